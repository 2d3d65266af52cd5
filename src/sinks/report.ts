import type { Assessment } from '../core/assessment.ts';
import type { ControlInfo } from '../core/control.ts';
import type { ScanSummary, SubscriptionResult } from '../core/scan.ts';

/** A row of a source document, as reports show it. */
export interface ReportRequirement {
  readonly id: string;
  readonly document: string;
  readonly title: string;
  readonly responsibility: 'customer' | 'microsoft' | 'shared';
  readonly controls: readonly string[];
}

/** Everything a report may show of one scan. Renderers are pure functions of it: the same scan gives the same text. */
export interface ReportInput {
  readonly summary: ScanSummary;
  /** In order of id. */
  readonly subscriptions: readonly SubscriptionResult[];
  /** Accounts, clusters, perimeters, subscriptions and tenants, in order of resource id, lower case. */
  readonly assessments: readonly Assessment[];
  /** The whole catalogue, sorted by id. */
  readonly controls: readonly ControlInfo[];
  readonly requirements: readonly ReportRequirement[];
  /** Origin of the cloud's portal, for links; null where it has none. */
  readonly portal: string | null;
}
