import type { Reason } from './fact.ts';
import type { Score } from './score.ts';

/** How a scan ended for one subscription. `skipped` carries its reason too. */
export const outcomes = ['scanned', 'denied', 'throttled', 'failed', 'skipped'] as const;
export type SubscriptionOutcome = (typeof outcomes)[number];

/** One subscription of a scan. */
export interface SubscriptionResult {
  readonly subscriptionId: string;
  /** Empty where the name is not visible. */
  readonly name: string;
  readonly outcome: SubscriptionOutcome;
  /** Null where it was scanned. */
  readonly reason: string | null;
  readonly accounts: number;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** The denominator: expected = scanned + denied + throttled + failed + skipped, always. */
export type SubscriptionCounts = Readonly<Record<SubscriptionOutcome | 'expected', number>>;

/** Something a scan should have seen and could not, beside subscriptions: perimeters of a subscription, for example. */
export interface ScanGap {
  readonly reason: Reason;
  readonly detail: string;
  readonly permission?: string;
}

/** What identifies a scan in every row and report. */
export interface ScanIdentity {
  readonly id: string;
  readonly startedAt: Date;
  readonly cloud: string;
  /** Version of the monitor. */
  readonly version: string;
  /** Name and version of the baseline. */
  readonly baseline: string;
  readonly scope: ScopeKind;
}

/** What a scan was asked for: everything the identity sees, or less. */
export type ScopeKind = 'tenant' | 'managementGroup' | 'subscriptions' | 'accounts';

/** What a scan asked of Azure Resource Manager. */
export interface ArmCounters {
  readonly requests: number;
  readonly throttled: number;
  readonly retries: number;
}

/** The closing statement of a scan. */
export interface ScanSummary extends ScanIdentity {
  readonly finishedAt: Date;
  readonly subscriptions: SubscriptionCounts;
  /** Every expected subscription was read, or skipped because it is deleted, and nothing else is missing. */
  readonly complete: boolean;
  readonly accounts: number;
  readonly perimeters: number;
  /** Findings made, and rows written for them: all once a day, those that changed in between. */
  readonly findings: number;
  readonly findingRows: number;
  readonly score: Score;
  readonly arm: ArmCounters;
  readonly gaps: readonly ScanGap[];
  /** What people should look after although nothing is missing: exemptions that end, a baseline that could not be read. */
  readonly warnings: readonly string[];
}
