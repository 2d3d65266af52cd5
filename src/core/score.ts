import { isExempted } from './exemption.ts';
import { isPublic, type Reach } from './exposure.ts';
import type { Finding, Severity } from './finding.ts';

const weights: Readonly<Record<Severity, number>> = { critical: 10, high: 6, medium: 3, low: 1, info: 0 };

/** The best floor an account can have that the Internet, or all of Azure, can reach. */
const publicFloor = 49;

/**
 * Percentages, rounded down (floor) and up (ceiling) to whole numbers; null where nothing carries weight.
 * The floor counts unknown as failed, the ceiling counts it as passed. `coverage` is 0..1: known of all.
 */
export interface Score {
  readonly floor: number | null;
  readonly ceiling: number | null;
  readonly coverage: number;
}

/**
 * Scores one resource. What does not apply, what nobody attested and what is exempted is outside. An exemption accepts
 * a failure and tells nothing new: what is exempted and unknown still counts as not known in the coverage.
 */
export function scoreOf(findings: readonly Finding[], reach: Reach | null): Score {
  const weight = { pass: 0, fail: 0, unknown: 0 };
  let unknown = 0;
  let knowable = 0;
  for (const finding of findings) {
    const { status, severity } = finding;
    if (status === 'manual') continue;
    knowable += 1;
    if (status === 'unknown') unknown += 1;
    if (status !== 'notApplicable' && !isExempted(finding)) weight[status] += weights[severity];
  }
  const coverage = knowable === 0 ? 1 : (knowable - unknown) / knowable;
  const total = weight.pass + weight.fail + weight.unknown;
  if (total === 0) return { floor: null, ceiling: null, coverage };
  const floor = Math.floor((100 * weight.pass) / total);
  const ceiling = Math.ceil((100 * (weight.pass + weight.unknown)) / total);
  return { floor: reach !== null && isPublic(reach) ? Math.min(floor, publicFloor) : floor, ceiling, coverage };
}

/**
 * Scores a scan: the mean over the scores of its accounts, taken over the share of subscriptions that were read.
 * A subscription that was not read counts as all unknown: nothing in the floor, everything in the ceiling.
 * @param readShare subscriptions read of those expected, 0..1
 */
export function scoreOfScan(accounts: readonly Score[], readShare: number): Score {
  const scored = accounts.filter(score => score.floor !== null);
  const coverage = readShare * (accounts.length === 0 ? 1 : mean(accounts.map(score => score.coverage)));
  if (scored.length === 0) return readShare < 1 ? { floor: 0, ceiling: 100, coverage } : { floor: null, ceiling: null, coverage };
  const floor = Math.floor(readShare * mean(scored.map(score => score.floor ?? 0)) + rounding);
  const ceiling = Math.ceil(100 - readShare * (100 - mean(scored.map(score => score.ceiling ?? 100))) - rounding);
  return { floor, ceiling, coverage };
}

/** 29 of 100 at 100 points is 29, not 28.999…. */
const rounding = 1e-9;

/** Sorted first: sums of fractions depend on their order in the last digit, and subscriptions end in any order. */
function mean(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b).reduce((sum, value) => sum + value, 0) / values.length;
}
