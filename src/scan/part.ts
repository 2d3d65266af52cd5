import type { UsedExemptions } from '../baseline/exemptions.ts';
import type { ArmCounters, ScanGap, SubscriptionResult } from '../core/scan.ts';
import type { Score } from '../core/score.ts';

/**
 * What one subscription of a scan came to, as far as the closing statement needs it. Small and plain, so that it can be
 * kept as JSON until all of them are there; its assessments have gone to the sinks.
 */
export interface ScanPart {
  readonly result: SubscriptionResult;
  /** Of its accounts. */
  readonly scores: readonly Score[];
  readonly exemptions: UsedExemptions;
  readonly gaps: readonly ScanGap[];
  readonly warnings: readonly string[];
  /** Ids of the perimeters that came up beside those of the inventory. */
  readonly perimeters: readonly string[];
  /** Findings made, and rows written for them. */
  readonly findings: number;
  readonly findingRows: number;
  /** What this process asked of Resource Manager since its last part was done. */
  readonly arm: ArmCounters;
}

export function sumOf(counters: readonly ArmCounters[]): ArmCounters {
  const sum = (name: keyof ArmCounters): number => counters.reduce((total, each) => total + each[name], 0);
  return { requests: sum('requests'), throttled: sum('throttled'), retries: sum('retries') };
}
