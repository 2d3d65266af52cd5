import type { Assessment } from '../core/assessment.ts';
import type { ScanIdentity, ScanSummary, SubscriptionResult } from '../core/scan.ts';

/** Where assessments go. A sink keeps what it cannot deliver and never ends a scan. */
export interface Sink {
  /** One subscription is done. Called once per subscription, in any order, several at a time. */
  subscription(scan: ScanIdentity, result: SubscriptionResult, assessments: readonly Assessment[]): Promise<void>;
  /** The scan is over; `others`, perimeters and tenants, belong to no single subscription's turn. */
  close(summary: ScanSummary, others: readonly Assessment[]): Promise<void>;
}
