import type { Resource } from '../../core/assessment.ts';
import { isExempted } from '../../core/exemption.ts';
import { severities, type Status } from '../../core/finding.ts';
import type { AccessMode } from '../../core/perimeter.ts';
import type { ScanIdentity, ScanSummary, SubscriptionResult } from '../../core/scan.ts';
import { writesUnchanged, type ComparedAssessment, type Comparison, type GoneResource } from '../../core/transition.ts';
import type { assessmentsTable, findingsTable, Row, scansTable } from './tables.ts';

/** Columns that every row of a scan has. */
function ofScan({ id, startedAt, version, baseline }: ScanIdentity, now: Date): Pick<Row<typeof findingsTable>, 'TimeGenerated' | 'ScanId' | 'ScanTime' | 'Version' | 'Baseline'> {
  return { TimeGenerated: now.toISOString(), ScanId: id, ScanTime: startedAt.toISOString(), Version: version, Baseline: baseline };
}

function ofResource({ resourceId, resourceType, name, subscriptionId, location }: Resource, subscriptionName: string) {
  return {
    ResourceId: resourceId.toLowerCase(),
    ResourceType: resourceType.toLowerCase(),
    ResourceName: name,
    SubscriptionId: subscriptionId,
    SubscriptionName: subscriptionName,
    Location: location ?? '',
  };
}

/** One row per finding of a resource that is to be written. */
export function findingRows(scan: ScanIdentity, { assessment, findings }: ComparedAssessment, emission: Comparison['emission'], subscriptionName: string, now: Date): Row<typeof findingsTable>[] {
  const common = { ...ofScan(scan, now), ...ofResource(assessment, subscriptionName) };
  const written = writesUnchanged(emission) ? findings : findings.filter(({ transition }) => transition !== 'unchanged');
  return written.map(({ finding, transition, cause, previousStatus, since, failingSince }) => ({
    ...common,
    Change: transition,
    Cause: cause,
    FindingId: finding.id,
    ControlId: finding.controlId,
    Severity: finding.severity,
    Status: finding.status,
    PreviousStatus: previousStatus ?? '',
    Since: since.toISOString(),
    FailingSince: failingSince?.toISOString() ?? null,
    Message: finding.message,
    Observed: finding.observed,
    Gaps: finding.gaps ?? null,
    Requirements: finding.requirements,
    Sources: finding.sources,
    Exemption: finding.exemption ?? null,
  }));
}

/** The last row of each finding that is there no more. */
export function goneRows(scan: ScanIdentity, { resource, isGone, findings }: GoneResource, subscriptionName: string, now: Date): Row<typeof findingsTable>[] {
  const common = { ...ofScan(scan, now), ...ofResource(resource, subscriptionName) };
  return findings.map(({ id, controlId, severity, previousStatus, since, failingSince, cause }) => ({
    ...common,
    Change: 'gone',
    Cause: cause,
    FindingId: id,
    ControlId: controlId,
    Severity: severity,
    Status: 'gone',
    PreviousStatus: previousStatus,
    Since: since.toISOString(),
    FailingSince: failingSince?.toISOString() ?? null,
    Message: isGone ? 'The resource is there no more.' : 'The control judges the resource no more.',
    Observed: {},
    Gaps: null,
    Requirements: [],
    Sources: [],
    Exemption: null,
  }));
}

function accessModeOf(mode: AccessMode | null | undefined): string {
  return typeof mode === 'object' ? (mode?.unrecognised ?? '') : (mode ?? '');
}

/** One row for a resource. */
export function assessmentRow(scan: ScanIdentity, { assessment, transition, cause, previousReach, reachSince }: ComparedAssessment, subscriptionName: string, now: Date): Row<typeof assessmentsTable> {
  const { score, exposure, findings, tags } = assessment;
  const counted = findings.filter(finding => !isExempted(finding));
  const count = (status: Status): number => counted.filter(finding => finding.status === status).length;
  const failed = counted.filter(({ status }) => status === 'fail');
  const [perimeter] = exposure?.perimeters ?? [];
  return {
    ...ofScan(scan, now),
    ...ofResource(assessment, subscriptionName),
    Change: transition,
    Cause: cause,
    ScoreFloor: score.floor,
    ScoreCeiling: score.ceiling,
    Coverage: score.coverage,
    Tags: tags ?? null,
    Reach: exposure?.reach ?? '',
    PreviousReach: previousReach ?? '',
    ReachSince: reachSince?.toISOString() ?? null,
    Perimeter: perimeter?.id.toLowerCase() ?? '',
    AccessMode: accessModeOf(perimeter?.accessMode),
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

/** The last row of a resource that is there no more. */
export function goneRow(scan: ScanIdentity, { resource, previousReach, cause }: GoneResource, subscriptionName: string, now: Date): Row<typeof assessmentsTable> {
  return {
    ...ofScan(scan, now),
    ...ofResource(resource, subscriptionName),
    Change: 'gone',
    Cause: cause,
    ScoreFloor: null,
    ScoreCeiling: null,
    Coverage: null,
    Tags: null,
    Reach: '',
    PreviousReach: previousReach ?? '',
    ReachSince: null,
    Perimeter: '',
    AccessMode: '',
    Outbound: '',
    DecidedBy: '',
    Latent: null,
    Explanation: 'The resource is there no more.',
    Passed: 0,
    Failed: 0,
    Unknown: 0,
    Exempted: 0,
    Manual: 0,
    NotApplicable: 0,
    FailedBySeverity: null,
  };
}

/** Findings made, and rows written for them. */
export interface Counts {
  readonly findings: number;
  readonly findingRows: number;
}

const noCounts = { Expected: null, Scanned: null, Denied: null, Throttled: null, Failed: null, Skipped: null };

/** One row for a subscription of a scan. */
export function subscriptionRow(scan: ScanIdentity, result: SubscriptionResult, emission: Comparison['emission'], { findings, findingRows }: Counts, now: Date): Row<typeof scansTable> {
  const { subscriptionId, name, outcome, reason, accounts, startedAt, finishedAt } = result;
  return {
    ...ofScan(scan, now),
    ...noCounts,
    Kind: scan.scope === 'accounts' ? 'account' : 'subscription',
    Scope: scan.scope,
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
    Emission: outcome === 'scanned' ? emission : '',
    FindingRows: findingRows,
    Findings: findings,
    DroppedRows: null,
    KeptRows: null,
    ArmRequests: null,
    ArmThrottled: null,
    ArmRetries: null,
  };
}

/** The closing row of a scan. */
export function scanRow(summary: ScanSummary, emission: Comparison['emission'], { kept, dropped }: { readonly kept: number | null; readonly dropped: number | null }, now: Date): Row<typeof scansTable> {
  const { subscriptions, score, arm, gaps } = summary;
  return {
    ...ofScan(summary, now),
    Kind: 'scan',
    Scope: summary.scope,
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
    Emission: emission,
    FindingRows: summary.findingRows,
    Findings: summary.findings,
    DroppedRows: dropped,
    KeptRows: kept,
    ArmRequests: arm.requests,
    ArmThrottled: arm.throttled,
    ArmRetries: arm.retries,
  };
}

function seconds(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}
