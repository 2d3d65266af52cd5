import { reaches, type Reach } from '../core/exposure.ts';
import type { ScanSummary } from '../core/scan.ts';
import type { ScanReport } from '../scan/close-scan.ts';
import type { Delivery } from '../sinks/log-analytics/sink.ts';
import { printable } from '../sinks/formats/text.ts';
import { columns, fitted } from './columns.ts';
import { painter, severityStyles, type Paint } from './paint.ts';
import { worstFirst, type ListedAccount, type Overview } from './overview.ts';

export interface Appearance {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  readonly sandbox: boolean;
}

/** The report in a terminal: how complete, who is reachable and why, what is worst, the score. */
export function renderOverview(report: ScanReport, overview: Overview, { width, color, sandbox }: Appearance): string {
  const paint = painter(color);
  const sections = [
    heading(report.summary, sandbox, paint),
    completeness(report, width, paint),
    reachable(overview, report.summary.accounts, width, paint),
    notKnown(overview, width, paint),
    worst(overview, width, paint),
    outside(overview, width, paint),
    warnings(report.summary, width, paint),
    score(report.summary, paint),
  ];
  return `${fitted(sections.filter(section => section !== '').join('\n\n'), width)}\n`;
}

function heading({ startedAt, finishedAt, cloud, baseline }: ScanSummary, sandbox: boolean, paint: Paint): string {
  const seconds = ((finishedAt.getTime() - startedAt.getTime()) / 1000).toFixed(1);
  const where = sandbox ? 'the sandbox (a made-up estate on this machine)' : `the ${cloud} cloud`;
  return `${paint('bold', 'Azure Cosmos DB compliance')}: ${where}, ${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${seconds} s, baseline ${printable(baseline)}`;
}

function completeness({ summary, subscriptions }: ScanReport, width: number, paint: Paint): string {
  const { expected, scanned, denied, throttled, failed, skipped } = summary.subscriptions;
  const others = Object.entries({ denied, throttled, failed, skipped }).flatMap(([name, count]) => (count > 0 ? `${count} ${name}` : []));
  const title = summary.complete ? paint('green', 'Complete') : paint(['bold', 'yellow'], 'Incomplete');
  const line = `${title}: ${scanned} of ${expected} subscriptions read${others.length > 0 ? `, ${others.join(', ')}` : ''}. ${summary.accounts} accounts, ${summary.perimeters} perimeters.`;
  const unread = subscriptions.filter(({ outcome }) => outcome !== 'scanned').map(({ name, subscriptionId, outcome, reason }) => [outcome, printable(name || subscriptionId), printable(reason ?? '')]);
  const gaps = summary.gaps.map(({ reason, detail, permission }) => [reason, '', printable(permission === undefined ? detail : `${detail} Needs ${permission}.`)]);
  return [line, columns([...unread, ...gaps], width)].filter(Boolean).join('\n');
}

function reachable({ publicAccounts, reaches: counts }: Overview, accounts: number, width: number, paint: Paint): string {
  const order = (reach: Reach): number => (reach === 'unknown' ? reaches.length : reaches.indexOf(reach));
  const sorted = publicAccounts.toSorted((a, b) => order(a.reach) - order(b.reach) || (a.name < b.name ? -1 : 1));
  const title = paint('bold', `Reachable from the Internet or all of Azure: ${sorted.length} of ${accounts} accounts`);
  const all = [...counts].toSorted(([a], [b]) => order(a) - order(b)).map(([reach, count]) => `${reach} ${count}`);
  const rows = columns(sorted.map(({ name, subscription, reach, decidedBy }) => [paint(reach === 'internet' ? 'red' : 'yellow', reach), name, subscription, decidedBy]), width);
  return [title, rows, all.length > 0 ? `All accounts by reach: ${all.join(', ')}` : ''].filter(Boolean).join('\n');
}

function notKnown({ unknownAccounts, unknownFindings }: Overview, width: number, paint: Paint): string {
  const findings = [...unknownFindings].map(([reason, count]) => `${reason} ${count}`);
  if (findings.length === 0) return '';
  const title = paint('bold', `Not known: ${unknownAccounts.length} accounts' reach; findings by reason: ${findings.join(', ')}`);
  const explained = ({ name, subscription, explanation }: ListedAccount): string[] => [name, subscription, explanation];
  return [title, columns(unknownAccounts.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(explained), width)].filter(Boolean).join('\n');
}

function worst({ failing }: Overview, width: number, paint: Paint): string {
  const controls = worstFirst(failing.values());
  if (controls.length === 0) return paint('green', 'No finding fails.');
  const rows = controls.slice(0, 15).map(({ controlId, severity, count, examples }) => [
    paint(severityStyles[severity], severity),
    controlId,
    String(count),
    `${examples.join(', ')}${count > examples.length ? ', …' : ''}`,
  ]);
  const more = controls.length > rows.length ? `\n… and ${controls.length - rows.length} more controls; --format json has everything.` : '';
  return `${paint('bold', 'Worst findings')}\n${columns(rows, width)}${more}`;
}

/** What is beside the score: accepted failures, and what people have to attest. */
function outside({ exempted, unattested }: Overview, width: number, paint: Paint): string {
  const counts = [...exempted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([category, count]) => `${category} ${count}`);
  const accepted = counts.length > 0 ? `${paint('bold', 'Exempted, outside the score')}: ${counts.join(', ')}` : '';
  if (unattested.length === 0) return accepted;
  const title = `${paint('bold', `To be attested by people: ${unattested.length} manual controls`)} (cosmos-compliance controls show ID prints the procedure)`;
  return [accepted, title, columns([[[...new Set(unattested)].toSorted().join(', ')]], width)].filter(Boolean).join('\n');
}

function warnings({ warnings: all }: ScanSummary, width: number, paint: Paint): string {
  return all.length === 0 ? '' : `${paint(['bold', 'yellow'], 'Warnings')}\n${columns(all.map(warning => [printable(warning)]), width)}`;
}

function score({ score: { floor, ceiling, coverage }, arm }: ScanSummary, paint: Paint): string {
  const points = floor === null ? 'nothing to score' : `${floor} (up to ${ceiling} if everything unknown passes)`;
  const requests = `${arm.requests} requests to Resource Manager, ${arm.throttled} throttled, ${arm.retries} sent again`;
  return `${paint('bold', `Score: ${points}`)}, coverage ${Math.floor(coverage * 100)} %\n${requests}`;
}

/** What became of the rows; in the sandbox, what arrived. */
export function renderDelivery({ delivered, kept, setAside, dropped, problem }: Delivery, arrived: ReadonlyMap<string, readonly unknown[]> | null): string {
  const rows = arrived === null ? [...delivered] : [...delivered.keys()].map((name): [string, number] => [name, arrived.get(name)?.length ?? 0]);
  const because = problem === null ? '' : ` (${problem})`;
  return [
    `Rows ${arrived === null ? 'taken by Log Analytics' : 'that arrived at the ingestion endpoint'}: ${countsOf(rows)}`,
    kept === null ? `How many rows are kept for the next scan is not known${because}.` : kept > 0 ? `${kept} rows are kept and will be sent by the next scan${because}.` : '',
    setAside > 0 ? `${setAside} rows kept by an earlier scan are set aside for somebody to look at, where the state is kept${because}.` : '',
    dropped.size > 0 ? `Rows given up because too many were kept: ${countsOf([...dropped])}.` : '',
  ].flatMap(line => (line === '' ? [] : `${line}\n`)).join('');
}

function countsOf(rows: readonly (readonly [string, number])[]): string {
  return rows.map(([name, count]) => `${name} ${count}`).join(', ');
}
