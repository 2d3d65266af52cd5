import type { Assessment } from '../../core/assessment.ts';
import { isExempted } from '../../core/exemption.ts';
import { severities, type Status } from '../../core/finding.ts';
import type { ScanIdentity, ScanSummary, SubscriptionResult } from '../../core/scan.ts';
import type { assessmentsTable, findingsTable, Row, scansTable } from './tables.ts';

/** Columns that every row of a scan has. */
function ofScan({ id, startedAt, version, baseline }: ScanIdentity, now: Date): Pick<Row<typeof findingsTable>, 'TimeGenerated' | 'ScanId' | 'ScanTime' | 'Version' | 'Baseline'> {
  return { TimeGenerated: now.toISOString(), ScanId: id, ScanTime: startedAt.toISOString(), Version: version, Baseline: baseline };
}

function ofResource({ resourceId, resourceType, name, subscriptionId, location }: Assessment, subscriptionName: string) {
  return {
    ResourceId: resourceId.toLowerCase(),
    ResourceType: resourceType.toLowerCase(),
    ResourceName: name,
    SubscriptionId: subscriptionId,
    SubscriptionName: subscriptionName,
    Location: location ?? '',
  };
}

/** One row per finding of a resource. */
export function findingRows(scan: ScanIdentity, assessment: Assessment, subscriptionName: string, now: Date): Row<typeof findingsTable>[] {
  const common = { ...ofScan(scan, now), ...ofResource(assessment, subscriptionName) };
  return assessment.findings.map(({ id, controlId, severity, status, message, observed, gaps, requirements, sources, exemption }) => ({
    ...common,
    FindingId: id,
    ControlId: controlId,
    Severity: severity,
    Status: status,
    Message: message,
    Observed: observed,
    Gaps: gaps ?? null,
    Requirements: requirements,
    Sources: sources,
    Exemption: exemption ?? null,
  }));
}

/** One row for a resource. */
export function assessmentRow(scan: ScanIdentity, assessment: Assessment, subscriptionName: string, now: Date): Row<typeof assessmentsTable> {
  const { score, exposure, findings } = assessment;
  const counted = findings.filter(finding => !isExempted(finding));
  const count = (status: Status): number => counted.filter(finding => finding.status === status).length;
  const failed = counted.filter(({ status }) => status === 'fail');
  return {
    ...ofScan(scan, now),
    ...ofResource(assessment, subscriptionName),
    ScoreFloor: score.floor,
    ScoreCeiling: score.ceiling,
    Coverage: score.coverage,
    Reach: exposure?.reach ?? '',
    Outbound: exposure?.outbound ?? '',
    DecidedBy: exposure?.decidedBy ?? '',
    Latent: exposure?.latent ?? null,
    Explanation: exposure?.explanation ?? '',
    Passed: count('pass'),
    Failed: failed.length,
    Unknown: count('unknown'),
    Exempted: findings.length - counted.length,
    Manual: count('manual'),
    NotApplicable: count('notApplicable'),
    FailedBySeverity: Object.fromEntries(severities.map(severity => [severity, failed.filter(finding => finding.severity === severity).length])),
  };
}

const noCounts = { Expected: null, Scanned: null, Denied: null, Throttled: null, Failed: null, Skipped: null };

/** One row for a subscription of a scan. */
export function subscriptionRow(scan: ScanIdentity, result: SubscriptionResult, findings: number, now: Date): Row<typeof scansTable> {
  const { subscriptionId, name, outcome, reason, accounts, startedAt, finishedAt } = result;
  return {
    ...ofScan(scan, now),
    ...noCounts,
    Kind: 'subscription',
    Cloud: scan.cloud,
    ScoreFloor: null,
    ScoreCeiling: null,
    Coverage: null,
    FinishedAt: finishedAt.toISOString(),
    DurationSeconds: seconds(startedAt, finishedAt),
    Complete: outcome === 'scanned',
    SubscriptionId: subscriptionId,
    SubscriptionName: name,
    Outcome: outcome,
    Warnings: null,
    Reason: reason ?? '',
    Accounts: accounts,
    Perimeters: null,
    FindingRows: findings,
    KeptRows: null,
    ArmRequests: null,
    ArmThrottled: null,
    ArmRetries: null,
  };
}

/** The closing row of a scan. */
export function scanRow(summary: ScanSummary, findings: number, kept: number, now: Date): Row<typeof scansTable> {
  const { subscriptions, score, arm, gaps } = summary;
  return {
    ...ofScan(summary, now),
    Kind: 'scan',
    Cloud: summary.cloud,
    ScoreFloor: score.floor,
    ScoreCeiling: score.ceiling,
    Coverage: score.coverage,
    FinishedAt: summary.finishedAt.toISOString(),
    DurationSeconds: seconds(summary.startedAt, summary.finishedAt),
    Complete: summary.complete,
    SubscriptionId: '',
    SubscriptionName: '',
    Outcome: '',
    Warnings: summary.warnings,
    Reason: gaps.map(({ detail }) => detail).join(' '),
    Expected: subscriptions.expected,
    Scanned: subscriptions.scanned,
    Denied: subscriptions.denied,
    Throttled: subscriptions.throttled,
    Failed: subscriptions.failed,
    Skipped: subscriptions.skipped,
    Accounts: summary.accounts,
    Perimeters: summary.perimeters,
    FindingRows: findings,
    KeptRows: kept,
    ArmRequests: arm.requests,
    ArmThrottled: arm.throttled,
    ArmRetries: arm.retries,
  };
}

function seconds(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}
