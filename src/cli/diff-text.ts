import type { Severity } from '../core/finding.ts';
import { code, table as markdownTable, words } from '../sinks/formats/markdown-text.ts';
import { printable } from '../sinks/formats/text.ts';
import { columns, fitted } from './columns.ts';
import type { Look } from './controls-text.ts';
import { isWorse, type ChangedResource, type FindingChange, type NewResource, type ReachChange, type ScanDiff } from './diff.ts';
import { painter, severityStyles } from './paint.ts';

/** Our own words, a severity, or a text from Azure, which is shown as such. */
type Cell = string | { readonly severity: Severity } | { readonly azure: string };

interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Whether somebody has to look. */
  readonly alarming: boolean;
}

/** Rows of a section; `--format json` has all. */
const mostRows = 40;

/** What is different, in a terminal. */
export function renderDiff(diff: ScanDiff, { width, color }: Look): string {
  const paint = painter(color);
  const cell = (content: Cell): string => {
    if (typeof content === 'string') return content;
    return 'severity' in content ? paint(severityStyles[content.severity], content.severity) : printable(content.azure);
  };
  const parts = sectionsOf(diff).map(({ title, rows, alarming }) => {
    const more = rows.length > mostRows ? `\n… and ${rows.length - mostRows} more; --format json has all.` : '';
    return `${paint(alarming ? ['bold', 'yellow'] : 'bold', title)}\n${columns(rows.slice(0, mostRows).map(row => row.map(cell)), width)}${more}`;
  });
  const head = headOf(diff).map((line, index) => (index === 0 ? paint('bold', line) : line)).join('\n');
  return `${fitted([head, ...(parts.length === 0 ? ['Nothing is different.'] : parts), totalOf(diff)].join('\n\n'), width)}\n`;
}

/** What is different, for a pull request or a chat. */
export function renderDiffMarkdown(diff: ScanDiff): string {
  const cell = (content: Cell): string => {
    if (typeof content === 'string') return words(content);
    return 'severity' in content ? content.severity : code(content.azure);
  };
  const parts = sectionsOf(diff).map(({ title, head, rows }) => {
    const more = rows.length > mostRows ? `\n\nAnd ${rows.length - mostRows} more.` : '';
    return `### ${title}\n\n${markdownTable(head, rows.slice(0, mostRows).map(row => row.map(cell)))}${more}`;
  });
  const [first = '', ...notes] = headOf(diff);
  return `${[`## ${words(first)}`, ...notes.map(words), ...(parts.length === 0 ? ['Nothing is different.'] : parts), words(totalOf(diff))].join('\n\n')}\n`;
}

function headOf({ older, newer, askedDifferently }: ScanDiff): string[] {
  const day = ({ startedAt }: ScanDiff['older']): string => startedAt.toISOString().slice(0, 16).replace('T', ' ');
  const incomplete = [older, newer].flatMap(({ complete }, index) => (complete ? [] : index === 0 ? 'the older' : 'the newer'));
  const controls = askedDifferently.length > 5 ? `${askedDifferently.slice(0, 5).join(', ')} and ${askedDifferently.length - 5} more` : askedDifferently.join(', ');
  return [
    `Changes from ${day(older)} UTC to ${day(newer)} UTC`,
    ...(older.baseline === newer.baseline ? [] : [`The baselines differ: ${printable(older.baseline)}, then ${printable(newer.baseline)}.`]),
    ...(older.version === newer.version ? [] : [`The versions differ: ${printable(older.version)}, then ${printable(newer.version)}.`]),
    ...(askedDifferently.length === 0 ? [] : [`Not asked the same of ${askedDifferently.length} controls: ${printable(controls)}. What differs by that is changed, not regressed or fixed.`]),
    ...(incomplete.length === 0 ? [] : [`Incomplete: ${incomplete.join(' and ')} result.`]),
  ];
}

/** Accounts that opened or closed come first; what the newer scan does not tell comes before what it tells. */
function sectionsOf(diff: ScanDiff): Section[] {
  const { opened, closed, unread, lost, findings, newResources, goneResources } = diff;
  const fresh = new Set(newResources.map(({ resource }) => resource.resourceId));
  const left = new Set(goneResources.map(({ resourceId }) => resourceId));
  const changes = ['Severity', 'Control', 'Resource', 'Subscription', 'What'];
  const sections: Section[] = [
    { title: `Opened (${opened.length})`, head: ['Reach', 'Account', 'Subscription', 'Decided by'], rows: opened.map(reachRow), alarming: true },
    { title: `Closed (${closed.length})`, head: ['Reach', 'Account', 'Subscription', 'Decided by'], rows: closed.map(reachRow), alarming: false },
    {
      title: `Not read by the newer scan (${unread.length})`,
      head: ['Resource', 'Subscription', 'Why'],
      rows: unread.map(({ resource, why }) => [...placeOf(resource), { azure: why }]),
      alarming: true,
    },
    { title: `Not known any more (${lost.length})`, head: changes, rows: lost.map(change => rowOf(change, { azure: change.message })), alarming: true },
    {
      title: `Regressed (${findings.regressed.length})`,
      head: changes,
      rows: findings.regressed.map(change => rowOf(change, { azure: change.exempted ? `exempted: ${change.message}` : change.message })),
      alarming: true,
    },
    { title: `Fixed (${findings.fixed.length})`, head: changes, rows: findings.fixed.map(change => rowOf(change, `fail, then ${change.status}`)), alarming: false },
    {
      title: `New resources (${newResources.length})`,
      head: ['Resource', 'Subscription', 'What'],
      rows: newResources.map(fresh => [...placeOf(fresh.resource), newInWords(fresh)]),
      alarming: false,
    },
    {
      title: `Gone resources (${goneResources.length})`,
      head: ['Resource', 'Subscription', 'Type'],
      rows: goneResources.map(resource => [...placeOf(resource), { azure: resource.resourceType }]),
      alarming: false,
    },
    ...[
      ['New findings', findings.new.filter(({ resource }) => !fresh.has(resource.resourceId))] as const,
      ['Changed', findings.changed.filter(change => !lost.includes(change))] as const,
      ['Gone findings', findings.gone.filter(({ resource }) => !left.has(resource.resourceId))] as const,
    ].map(([title, all]): Section => ({ title: `${title} (${all.length})`, head: changes, rows: all.map(change => rowOf(change, inWords(change))), alarming: false })),
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

function reachRow({ resource, from, to, decidedBy }: ReachChange): Cell[] {
  return [`${from} to ${to}`, ...placeOf(resource), { azure: decidedBy }];
}

function placeOf({ name, subscription }: ChangedResource): Cell[] {
  return [{ azure: name }, { azure: subscription }];
}

function rowOf({ severity, controlId, resource }: FindingChange, what: Cell): Cell[] {
  return [{ severity }, controlId, ...placeOf(resource), what];
}

function newInWords({ reach, failing, unknown, mayBeOlder }: NewResource): string {
  return [...(reach === null ? [] : [`reach ${reach}`]), `${failing} fail`, `${unknown} unknown`, ...(mayBeOlder ? ['not read before'] : [])].join(', ');
}

function inWords({ status, previousStatus, cause, exempted }: FindingChange): string {
  const from = previousStatus ?? 'nothing';
  const states = status === previousStatus ? `still ${from}` : `${from}, then ${status ?? 'nothing'}`;
  return `${states}${exempted ? ', exempted' : ''}${cause === 'baseline' ? ' (by the baseline)' : ''}`;
}

function totalOf(diff: ScanDiff): string {
  const { findings, unchanged, opened, closed, unread, lost } = diff;
  const counts = Object.entries(findings).map(([name, all]) => `${all.length} ${name}`);
  const accounts = `${opened.length} accounts opened, ${closed.length} closed`;
  const hidden = `${unread.length} resources not read, ${lost.length} findings not known any more`;
  return `${isWorse(diff) ? 'Worse' : 'No regression'}: ${accounts}; findings: ${counts.join(', ')}, ${unchanged} unchanged; ${hidden}.`;
}
