import type { ScanIdentity, ScanSummary, SubscriptionResult } from '../core/scan.ts';
import type { Comparison } from '../core/transition.ts';

/** Where assessments go. A sink keeps what it cannot deliver. */
export interface Sink {
  /**
   * One subscription is done. Called once per subscription, in any order, several at a time. When it resolves, every
   * row is delivered or kept: what the next scan compares with may be written.
   */
  subscription(scan: ScanIdentity, result: SubscriptionResult, comparison: Comparison): Promise<void>;
  /**
   * The scan is over.
   * @param others perimeters and tenants, which belong to no single subscription's turn
   * @param names display names of subscriptions by id, as far as they are visible
   */
  close(summary: ScanSummary, others: Comparison, names: ReadonlyMap<string, string>): Promise<void>;
}
