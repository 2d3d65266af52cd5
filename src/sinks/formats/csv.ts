import { stringify } from 'csv-stringify/sync';
import type { Finding } from '../../core/finding.ts';
import type { ReportInput } from '../report.ts';
import { catalogueOf, entriesOf, notReadIn, type Entry, type NotRead } from './entries.ts';
import { json, printable } from './text.ts';

/**
 * Columns, in order. Those of the Log Analytics tables have their names and contents. `Title`, `Reach`, `Permissions`
 * (the Azure actions whose grant would make an unknown finding known) and `Remediation` are for people.
 */
export const csvColumns = [
  'ScanId', 'ScanTime', 'Version', 'Baseline', 'Complete',
  'SubscriptionId', 'SubscriptionName', 'ResourceId', 'ResourceType', 'ResourceName', 'Location', 'Reach',
  'FindingId', 'ControlId', 'Title', 'Severity', 'Status', 'Message', 'Permissions', 'Remediation',
  'Observed', 'Gaps', 'Requirements', 'Exemption', 'Sources',
] as const;

type Row = Readonly<Partial<Record<(typeof csvColumns)[number], string>>>;

/**
 * A row for each finding, and one with the status `notRead` for everything the scan could not read: RFC 4180, every
 * cell quoted and on one line, UTF-8 with a byte order mark. No cell opens as a formula.
 */
export function* renderCsv(input: ReportInput): Generator<string> {
  const { summary } = input;
  const ofScan = { ScanId: summary.id, ScanTime: summary.startedAt.toISOString(), Version: summary.version, Baseline: summary.baseline, Complete: String(summary.complete) };
  const catalogue = catalogueOf(input);
  yield `\uFEFF${lines([csvColumns.map(String)])}`;
  for (const missing of notReadIn(input)) yield lines([cellsOf({ ...ofScan, ...rowOfMissing(missing) })]);
  for (const entry of entriesOf(input)) {
    const rows = entry.findings.map(finding => {
      const control = catalogue.get(finding.controlId);
      return cellsOf({ ...ofScan, ...rowOf(entry, finding), Title: control?.title ?? '', Remediation: control?.remediation.text ?? '' });
    });
    if (rows.length > 0) yield lines(rows);
  }
}

function rowOf({ assessment, subscription }: Entry, { id, controlId, severity, status, message, observed, gaps, requirements, exemption, sources }: Finding): Row {
  return {
    SubscriptionId: assessment.subscriptionId,
    SubscriptionName: subscription,
    ResourceId: assessment.resourceId.toLowerCase(),
    ResourceType: assessment.resourceType.toLowerCase(),
    ResourceName: assessment.name,
    Location: assessment.location ?? '',
    Reach: assessment.exposure?.reach ?? '',
    FindingId: id,
    ControlId: controlId,
    Severity: severity,
    Status: status,
    Message: message,
    Permissions: [...new Set((gaps ?? []).flatMap(({ permission }) => permission ?? []))].join(' '),
    Observed: json(observed),
    Gaps: gaps ? json(gaps) : '',
    Requirements: json(requirements),
    Exemption: exemption ? json(exemption) : '',
    Sources: json(sources),
  };
}

function rowOfMissing({ id, subscription, why, detail, permission }: NotRead): Row {
  const of = subscription?.subscriptionId;
  const ofSubscription: Row = subscription ? { SubscriptionId: of ?? '', SubscriptionName: subscription.name, ResourceId: `/subscriptions/${of}`, ResourceType: 'microsoft.resources/subscriptions' } : {};
  return { ...ofSubscription, FindingId: id, Status: 'notRead', Message: `${why}: ${detail}`, Permissions: permission ?? '' };
}

function cellsOf(row: Row): string[] {
  return csvColumns.map(name => withoutFormulas(printable(row[name] ?? '')));
}

/**
 * Spreadsheets take a cell for a formula by its first character. Where they split at semicolons, as many do by their
 * language, a cell begins after every one of these, and quotes do not help.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function withoutFormulas(cell: string): string {
  return cell.replace(/(^|;)(?=[\s"']*[=+\-@＝＋－＠])/g, "$1'");
}

function lines(rows: readonly (readonly string[])[]): string {
  return stringify(rows.map(row => [...row]), { quoted: true, quoted_empty: true, record_delimiter: 'windows', escape_formulas: true });
}
