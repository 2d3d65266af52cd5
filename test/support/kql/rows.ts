import type { assessmentsTable, findingsTable, Row, scansTable } from '../../../src/sinks/log-analytics/tables.ts';
import { accountId, subscriptionId } from '../ids.ts';
import type { Tables } from './evaluate.ts';

/** The time at which the queries of tests run. */
export const now = new Date('2026-11-20T10:00:00Z');

export function ago(hours: number): string {
  return new Date(now.getTime() - hours * 3_600_000).toISOString();
}

type Arrival = { readonly $arrivedAt?: string; readonly _BilledSize?: number };
export type FindingRow = Row<typeof findingsTable> & Arrival;
export type AssessmentRow = Row<typeof assessmentsTable> & Arrival;
export type ScanRow = Row<typeof scansTable> & Arrival;

/** A row says what is different about it, and the hours that have passed since its scan started. */
type Given<R> = Partial<R> & { readonly hours?: number };

function ofScan(hours: number): Pick<FindingRow, 'TimeGenerated' | 'ScanId' | 'ScanTime' | 'Version' | 'Baseline'> {
  return { TimeGenerated: ago(hours), ScanId: `scan-${hours}`, ScanTime: ago(hours), Version: '0.1.0', Baseline: 'standard 1' };
}

const account = {
  ResourceId: accountId.toLowerCase(),
  ResourceType: 'microsoft.documentdb/databaseaccounts',
  ResourceName: 'orders',
  SubscriptionId: subscriptionId,
  SubscriptionName: 'production',
  Location: 'westeurope',
};

/** A critical control fails on an account, by a scan of an hour ago. */
export function findingRow({ hours = 1, ...differences }: Given<FindingRow> = {}): FindingRow {
  const { ResourceId = account.ResourceId, ControlId = 'exposure-not-public' }: Partial<FindingRow> = differences;
  return {
    ...ofScan(hours),
    ...account,
    Change: 'new',
    Cause: 'resource',
    FindingId: [ResourceId, ControlId].join(':'),
    ControlId,
    Severity: 'critical',
    Status: 'fail',
    PreviousStatus: '',
    Since: ago(hours),
    FailingSince: ago(hours),
    Message: 'Everybody can reach it.',
    Observed: { reach: 'internet' },
    Gaps: null,
    Requirements: ['ASB NS-2'],
    Sources: ['GET /subscriptions'],
    Exemption: null,
    ...differences,
  };
}

/** An account that only perimeter rules admit, by a scan of an hour ago. */
export function assessmentRow({ hours = 1, ...differences }: Given<AssessmentRow> = {}): AssessmentRow {
  return {
    ...ofScan(hours),
    ...account,
    Change: 'new',
    Cause: 'resource',
    ScoreFloor: 60,
    ScoreCeiling: 80,
    Coverage: 0.75,
    Tags: { owner: 'data' },
    Reach: 'perimeterRules',
    PreviousReach: '',
    ReachSince: ago(hours),
    Perimeter: '',
    AccessMode: '',
    Outbound: 'open',
    DecidedBy: 'perimeter rule office',
    Latent: [],
    Explanation: 'Only what perimeter rules admit can reach it.',
    Passed: 5,
    Failed: 3,
    Unknown: 2,
    Exempted: 1,
    Manual: 0,
    NotApplicable: 4,
    FailedBySeverity: { critical: 1, high: 2, medium: 0, low: 0, info: 0 },
    ...differences,
  };
}

/** The closing row of a complete scan of an hour ago. */
export function scanRow({ hours = 1, ...differences }: Given<ScanRow> = {}): ScanRow {
  return {
    ...ofScan(hours),
    ScoreFloor: 60,
    ScoreCeiling: 80,
    Coverage: 0.75,
    Kind: 'scan',
    Scope: 'tenant',
    Cloud: 'public',
    FinishedAt: ago(hours - 0.25),
    DurationSeconds: 900,
    Complete: true,
    SubscriptionId: '',
    SubscriptionName: '',
    Outcome: '',
    Warnings: [],
    Reason: '',
    Expected: 1,
    Scanned: 1,
    Denied: 0,
    Throttled: 0,
    Failed: 0,
    Skipped: 0,
    Accounts: 1,
    Perimeters: 0,
    Emission: 'transitions',
    FindingRows: 1,
    Findings: 1,
    DroppedRows: 0,
    KeptRows: 0,
    ArmRequests: 100,
    ArmThrottled: 2,
    ArmRetries: 2,
    ...differences,
  };
}

/** A subscription that was read by a scan of an hour ago, which wrote what had changed. */
export function subscriptionRow({ hours = 1, ...differences }: Given<ScanRow> = {}): ScanRow {
  const nothing = {
    Expected: null,
    Scanned: null,
    Denied: null,
    Throttled: null,
    Failed: null,
    Skipped: null,
    Perimeters: null,
    DroppedRows: null,
    KeptRows: null,
    ArmRequests: null,
    ArmThrottled: null,
    ArmRetries: null,
  };
  return {
    ...scanRow({ hours }),
    ...nothing,
    ScoreFloor: null,
    ScoreCeiling: null,
    Coverage: null,
    Kind: 'subscription',
    SubscriptionId: subscriptionId,
    SubscriptionName: 'production',
    Outcome: 'scanned',
    Warnings: null,
    ...differences,
  };
}

/** Rows as the tables hold them. */
export function tablesOf({
  findings = [],
  assessments = [],
  scans = [],
}: {
  readonly findings?: readonly FindingRow[];
  readonly assessments?: readonly AssessmentRow[];
  readonly scans?: readonly ScanRow[];
}): Tables {
  return { CosmosComplianceFindings_CL: findings, CosmosComplianceAssessments_CL: assessments, CosmosComplianceScans_CL: scans };
}
