import type { Score } from '../core/score.ts';
import { scoreOfScan } from '../core/score.ts';
import { outcomes, type ArmCounters, type ScanGap, type ScanIdentity, type ScanSummary, type SubscriptionCounts, type SubscriptionResult } from '../core/scan.ts';
import type { Target } from './plan.ts';

export interface Closing {
  readonly identity: ScanIdentity;
  readonly targets: readonly Target[];
  readonly results: readonly SubscriptionResult[];
  readonly scores: readonly Score[];
  readonly perimeters: number;
  readonly findings: number;
  readonly findingRows: number;
  readonly arm: ArmCounters;
  readonly gaps: readonly ScanGap[];
  readonly finishedAt: Date;
}

/** Sums a scan up. A target without a result counts as failed: the numbers always add up. */
export function close({ identity, targets, results, scores, perimeters, findings, findingRows, arm, gaps, finishedAt }: Closing): Omit<ScanSummary, 'warnings'> {
  const counts = countsOf(targets, results);
  const skippedOnPurpose = targets.filter(({ skip }) => skip !== null).length;
  const readable = counts.expected - skippedOnPurpose;
  const noSubscription: ScanGap = { reason: 'denied', detail: 'The identity sees no subscription in scope.', permission: 'Microsoft.Resources/subscriptions/read' };
  const allGaps = counts.expected === 0 && gaps.length === 0 ? [noSubscription] : gaps;
  return {
    ...identity,
    finishedAt,
    subscriptions: counts,
    complete: readable === counts.scanned && allGaps.length === 0,
    accounts: scores.length,
    perimeters,
    findings,
    findingRows,
    score: scoreOfScan(scores, readable === 0 ? (counts.expected === 0 ? 0 : 1) : counts.scanned / readable),
    arm: { ...arm },
    gaps: allGaps.toSorted((a, b) => (a.detail < b.detail ? -1 : 1)),
  };
}

function countsOf(targets: readonly Target[], results: readonly SubscriptionResult[]): SubscriptionCounts {
  const counts = Object.fromEntries(outcomes.map(outcome => [outcome, results.filter(result => result.outcome === outcome).length])) as Record<(typeof outcomes)[number], number>;
  return { expected: targets.length, ...counts, failed: counts.failed + targets.length - results.length };
}
