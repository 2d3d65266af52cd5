/** A Log Analytics column type that both tables and streams know. */
export type ColumnType = 'string' | 'int' | 'long' | 'real' | 'boolean' | 'datetime' | 'dynamic';

export interface Column<Name extends string = string> {
  readonly name: Name;
  readonly type: ColumnType;
  readonly description: string;
}

export interface Table<Name extends string = string, ColumnName extends string = string> {
  readonly name: Name;
  readonly columns: readonly Column<ColumnName>[];
}

/** The stream of a data collection rule that feeds a table. */
export function streamOf(table: Table): string {
  return `Custom-${table.name}`;
}

function column<const Name extends string>(name: Name, type: ColumnType, description: string): Column<Name> {
  return { name, type, description };
}

/** `TimeGenerated` is replaced on arrival when it is older than two days, so rows carry the scan's own time. */
const scanColumns = [
  column('TimeGenerated', 'datetime', 'When the row was written (UTC).'),
  column('ScanId', 'string', 'The scan the row belongs to.'),
  column('ScanTime', 'datetime', 'When the scan started (UTC); survives late delivery.'),
  column('Version', 'string', 'Version of the monitor.'),
  column('Baseline', 'string', 'Name and version of the baseline.'),
] as const;

const resourceColumns = [
  column('ResourceId', 'string', 'Azure resource id, lower case.'),
  column('ResourceType', 'string', 'Azure resource type, lower case.'),
  column('ResourceName', 'string', 'Name of the resource.'),
  column('SubscriptionId', 'string', 'Subscription of the resource.'),
  column('SubscriptionName', 'string', 'Display name of the subscription; empty where it is not visible.'),
  column('Location', 'string', 'Azure region of the resource; empty where it is not known.'),
] as const;

/** How a row differs from the one before. */
const transitionColumns = [
  column('Change', 'string', 'new, regressed, fixed, changed, unchanged or gone. An assessment is new, changed, unchanged or gone.'),
  column('Cause', 'string', 'What brought the change about: resource, baseline (what it asks, or a new version of the monitor) or firstScan. Alerts speak of resource only.'),
] as const;

const scoreColumns = [
  column('ScoreFloor', 'int', 'Score with unknown counted as failed, 0 to 100; empty where nothing carries weight.'),
  column('ScoreCeiling', 'int', 'Score with unknown counted as passed, 0 to 100.'),
  column('Coverage', 'real', 'Share of findings that are known, 0 to 1.'),
] as const;

/** One row per finding that is emitted: all once a day, those that changed in between. Safe to receive twice: distinct by ScanId and FindingId. */
export const findingsTable = {
  name: 'CosmosComplianceFindings_CL',
  columns: [
    ...scanColumns,
    ...resourceColumns,
    ...transitionColumns,
    column('FindingId', 'string', 'The same for the same resource and control in every scan.'),
    column('ControlId', 'string', 'The control that judged.'),
    column('Severity', 'string', 'critical, high, medium, low or info.'),
    column('Status', 'string', 'pass, fail, notApplicable, unknown or manual; gone in the last row of a finding that is there no more.'),
    column('PreviousStatus', 'string', 'Status before; empty where there was none.'),
    column('Since', 'datetime', 'Time of the scan since which the status is what it is (UTC).'),
    column('FailingSince', 'datetime', 'Time of the scan since which it fails without a pass in between (UTC); empty where it does not.'),
    column('Message', 'string', 'What was found, as a sentence.'),
    column('Observed', 'dynamic', 'The values the control saw.'),
    column('Gaps', 'dynamic', 'For unknown: each fact that is missing, with reason, detail and permission.'),
    column('Requirements', 'dynamic', 'Requirement ids that the control answers.'),
    column('Sources', 'dynamic', 'The requests that the facts came from.'),
    column('Exemption', 'dynamic', 'What exempts a failing or unknown finding: id, category, reason, owner, expiresOn, and state active or expired. Only active ones are outside the score.'),
  ],
} as const satisfies Table;

/** One row per resource whenever its findings are emitted in full, and when something about it changed. */
export const assessmentsTable = {
  name: 'CosmosComplianceAssessments_CL',
  columns: [
    ...scanColumns,
    ...resourceColumns,
    ...transitionColumns,
    ...scoreColumns,
    column('Tags', 'dynamic', 'Tags of the resource; empty where they are not known.'),
    column('Reach', 'string', 'Who can reach the account: internet, allAzure, selectedNetworks, perimeterRules, privateOnly, closed or unknown; empty for other resources.'),
    column('PreviousReach', 'string', 'The last reach that was known before; empty where there was none.'),
    column('ReachSince', 'datetime', 'Time of the scan since which the reach is what it is (UTC).'),
    column('Perimeter', 'string', 'Resource id of the perimeter the account is associated with, lower case; empty where there is none or it is not known.'),
    column('AccessMode', 'string', 'Access mode of that association: Learning, Enforced or Audit.'),
    column('Outbound', 'string', 'What the account can reach: open, perimeterRules, denied or unknown.'),
    column('DecidedBy', 'string', 'The rule or setting that decides the reach.'),
    column('Latent', 'dynamic', 'Latent risks.'),
    column('Explanation', 'string', 'The exposure in a sentence or two.'),
    column('Passed', 'int', 'Findings that pass.'),
    column('Failed', 'int', 'Findings that fail and are not exempted.'),
    column('Unknown', 'int', 'Findings that are unknown and not exempted.'),
    column('Exempted', 'int', 'Findings that fail or are unknown and are outside the score by an active exemption.'),
    column('Manual', 'int', 'Findings that wait for the attestation of a person.'),
    column('NotApplicable', 'int', 'Findings that do not apply.'),
    column('FailedBySeverity', 'dynamic', 'Failing findings that are not exempted, by severity.'),
  ],
} as const satisfies Table;

/** One row per scan (`Kind` scan) and one per subscription of it (`Kind` subscription). */
export const scansTable = {
  name: 'CosmosComplianceScans_CL',
  columns: [
    ...scanColumns,
    ...scoreColumns,
    column('Kind', 'string', 'scan: the closing row of a scan; subscription: one subscription of it, as a whole; account: one subscription of it, of which only some accounts were asked for.'),
    column('Scope', 'string', 'What the scan was asked for: tenant, managementGroup, subscriptions or accounts.'),
    column('Cloud', 'string', 'Azure cloud.'),
    column('FinishedAt', 'datetime', 'When the scan, or the subscription, was finished (UTC).'),
    column('DurationSeconds', 'real', 'From start to finish.'),
    column('Complete', 'boolean', 'Everything that was expected was read.'),
    column('SubscriptionId', 'string', 'For Kind subscription.'),
    column('SubscriptionName', 'string', 'For Kind subscription.'),
    column('Outcome', 'string', 'For Kind subscription: scanned, denied, throttled, failed or skipped.'),
    column('Warnings', 'dynamic', 'For Kind scan: what people should look after although nothing is missing, such as exemptions that end.'),
    column('Reason', 'string', 'Why a subscription was not scanned; what a scan could not read.'),
    column('Expected', 'int', 'Subscriptions the scan was to read. Always scanned + denied + throttled + failed + skipped.'),
    column('Scanned', 'int', 'Subscriptions read.'),
    column('Denied', 'int', 'Subscriptions the identity may not read.'),
    column('Throttled', 'int', 'Subscriptions that Azure throttled for longer than the scan may wait.'),
    column('Failed', 'int', 'Subscriptions that failed otherwise.'),
    column('Skipped', 'int', 'Subscriptions left out, each with a reason.'),
    column('Accounts', 'int', 'Accounts assessed.'),
    column('Perimeters', 'int', 'Network security perimeters assessed.'),
    column('Emission', 'string', 'full: a row for every finding; partial: the same, while something that was there could not be looked at, whose older rows still hold; transitions: for those that changed. For Kind subscription of what is in it, for Kind scan of perimeters and tenants; empty where nothing was read.'),
    column('FindingRows', 'int', 'Rows written to the findings table.'),
    column('Findings', 'int', 'Findings made, written or not.'),
    column('DroppedRows', 'int', 'For Kind scan: undelivered rows given up because too many were kept.'),
    column('KeptRows', 'int', 'Rows of this and earlier scans that could not be delivered yet and are kept.'),
    column('ArmRequests', 'int', 'Requests sent to Azure Resource Manager.'),
    column('ArmThrottled', 'int', 'Answers 429.'),
    column('ArmRetries', 'int', 'Requests sent again.'),
  ],
} as const satisfies Table;

export const tables: readonly Table[] = [assessmentsTable, findingsTable, scansTable];

/** The value of a column in a row. A datetime is ISO 8601 text. */
interface ValueOf {
  string: string;
  datetime: string | null;
  int: number | null;
  long: number | null;
  real: number | null;
  boolean: boolean | null;
  dynamic: unknown;
}

/** A row of a table: every column, no other. */
export type Row<T extends Table> = { readonly [C in T['columns'][number] as C['name']]: ValueOf[C['type']] };
