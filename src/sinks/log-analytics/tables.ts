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

const scoreColumns = [
  column('ScoreFloor', 'int', 'Score with unknown counted as failed, 0 to 100; empty where nothing carries weight.'),
  column('ScoreCeiling', 'int', 'Score with unknown counted as passed, 0 to 100.'),
  column('Coverage', 'real', 'Share of findings that are known, 0 to 1.'),
] as const;

/** One row per finding that is emitted. Safe to receive twice: distinct by ScanId and FindingId. */
export const findingsTable = {
  name: 'CosmosComplianceFindings_CL',
  columns: [
    ...scanColumns,
    ...resourceColumns,
    column('FindingId', 'string', 'The same for the same resource and control in every scan.'),
    column('ControlId', 'string', 'The control that judged.'),
    column('Severity', 'string', 'critical, high, medium, low or info.'),
    column('Status', 'string', 'pass, fail, notApplicable, unknown or manual.'),
    column('Message', 'string', 'What was found, as a sentence.'),
    column('Observed', 'dynamic', 'The values the control saw.'),
    column('Gaps', 'dynamic', 'For unknown: each fact that is missing, with reason, detail and permission.'),
    column('Requirements', 'dynamic', 'Requirement ids that the control answers.'),
    column('Sources', 'dynamic', 'The requests that the facts came from.'),
    column('Exemption', 'dynamic', 'What exempts a failing or unknown finding: id, category, reason, owner, expiresOn, and state active or expired. Only active ones are outside the score.'),
  ],
} as const satisfies Table;

/** One row per resource and scan. */
export const assessmentsTable = {
  name: 'CosmosComplianceAssessments_CL',
  columns: [
    ...scanColumns,
    ...resourceColumns,
    ...scoreColumns,
    column('Reach', 'string', 'Who can reach the account: internet, allAzure, selectedNetworks, perimeterRules, privateOnly, closed or unknown; empty for other resources.'),
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
    column('Kind', 'string', 'scan: the closing row of a whole scan; subscription: one subscription of it.'),
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
    column('FindingRows', 'int', 'Rows written to the findings table.'),
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
  datetime: string;
  int: number | null;
  long: number | null;
  real: number | null;
  boolean: boolean | null;
  dynamic: unknown;
}

/** A row of a table: every column, no other. */
export type Row<T extends Table> = { readonly [C in T['columns'][number] as C['name']]: ValueOf[C['type']] };
