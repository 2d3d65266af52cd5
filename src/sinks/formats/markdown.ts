import { isExempted } from '../../core/exemption.ts';
import { isPublic, reaches, type Reach } from '../../core/exposure.ts';
import { accountType } from '../../core/assessment.ts';
import { severities, type Finding, type Severity } from '../../core/finding.ts';
import type { ReportInput } from '../report.ts';
import { catalogueOf, entriesOf, notReadIn, order, severitiesIn, type Entry } from './entries.ts';
import { code, table, words } from './markdown-text.ts';
import { portalLink } from './text.ts';

/** GitHub refuses a comment of more than 65,536 characters. */
const mostBytes = 60_000;

/** Rows of each table, from as many as a person reads down to none. */
const limits = [25, 15, 10, 5, 2, 0] as const;

/**
 * A summary for a pull request or a chat: how complete the scan was, who can reach the accounts, what to fix first, what
 * is not known and which permission would change that. Under 60 kB; what is left out is counted.
 */
export function* renderMarkdown(input: ReportInput): Generator<string> {
  const entries = entriesOf(input);
  const sections = [completeness(input), exposure(input, entries), fixFirst(input, entries), notKnown(entries), outside(entries), origin(input)];
  for (const limit of limits) {
    const text = `## Azure Cosmos DB compliance\n\n${joined(sections.map(section => section(limit)))}\n`;
    if (limit > 0 && Buffer.byteLength(text) > mostBytes) continue;
    yield text;
    return;
  }
}

/** A part of the summary, with so many rows in each table. */
type Section = (limit: number) => string;

function joined(parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('\n\n');
}

function completeness(input: ReportInput): Section {
  const { complete, subscriptions, accounts, perimeters, score: { floor, ceiling, coverage } } = input.summary;
  const { expected, scanned } = subscriptions;
  const others = (['denied', 'throttled', 'failed', 'skipped'] as const).flatMap(outcome => (subscriptions[outcome] > 0 ? `${subscriptions[outcome]} ${outcome}` : []));
  const read = `${scanned} of ${counted(expected, 'subscription')} read${others.length > 0 ? `, ${others.join(', ')}` : ''}; ${counted(accounts, 'account')}, ${counted(perimeters, 'perimeter')}`;
  const points = floor === null ? 'nothing to score' : `${floor} of 100 (up to ${ceiling} if everything unknown passes)`;
  const rows = notReadIn(input).map(({ subscription, why, detail, permission }) => [
    subscription ? code(subscription.name || subscription.subscriptionId, 60) : 'in the scan',
    words(why),
    code(detail, 300),
    permission === null ? '' : code(permission),
  ]);
  const head = [
    `**${complete ? 'Complete' : 'Incomplete'}**: ${read}.`,
    `**Score**: ${points}, coverage ${Math.floor(coverage * 100)} %.`,
    rows.length > 0 ? `### Not read (${rows.length})` : '',
  ];
  return limit => joined([...head, limited(['What', 'Outcome', 'Why', 'Permission'], rows, limit, 'thing that was not read', 'things that were not read')]);
}

function exposure(input: ReportInput, entries: readonly Entry[]): Section {
  const accounts = entries.filter(({ assessment: { resourceType, exposure } }) => exposure !== null || resourceType.toLowerCase() === accountType.toLowerCase());
  const reachOf = ({ assessment }: Entry): Reach => assessment.exposure?.reach ?? 'unknown';
  const counts = [...reaches, 'unknown' as const].map(reach => [reach, accounts.filter(entry => reachOf(entry) === reach).length] as const).filter(([, count]) => count > 0);
  const open = accounts.filter(entry => isPublic(reachOf(entry))).toSorted((a, b) => reaches.indexOf(reachOf(a) as 'internet') - reaches.indexOf(reachOf(b) as 'internet'));
  const rows = open.map(entry => {
    const { assessment: { name, resourceId, exposure }, subscription } = entry;
    const link = portalLink(input.portal, resourceId);
    return [link === null ? code(name, 60) : `[${code(name, 60)}](${link})`, code(subscription, 60), reachOf(entry), code(exposure?.decidedBy ?? '')];
  });
  const head = [
    '### Who can reach the accounts',
    counts.length === 0 ? 'No account was assessed.' : table(['Reach', 'Accounts'], counts.map(([reach, count]) => [reach, String(count)])),
    open.length === 0 ? '' : `Open to the Internet or to all of Azure: ${open.length}`,
  ];
  return limit => joined([...head, limited(['Account', 'Subscription', 'Reach', 'Decided by'], rows, limit, 'open account', 'open accounts')]);
}

interface Failing {
  readonly controlId: string;
  readonly severity: Severity;
  readonly resources: readonly Entry[];
  /** Of these, accounts that are open to the Internet or to all of Azure. */
  readonly open: number;
}

function fixFirst(input: ReportInput, entries: readonly Entry[]): Section {
  const catalogue = catalogueOf(input);
  const failing = failingIn(entries);
  const total = failing.reduce((sum, { resources }) => sum + resources.length, 0);
  if (failing.length === 0) return () => '### What to fix first\n\nNo finding fails.';
  const rows = failing.map(({ controlId, severity, resources, open }) => {
    const names = resources.slice(0, 3).map(({ assessment: { name } }) => code(name, 40));
    const more = resources.length > names.length ? ` and ${resources.length - names.length} more` : '';
    return [severity, `${code(controlId)} ${words(catalogue.get(controlId)?.title ?? '')}`.trim(), `${resources.length}${open > 0 ? ` (${open} open)` : ''}`, `${names.join(', ')}${more}`];
  });
  const heading = `### What to fix first (${counted(total, 'finding')} of ${counted(failing.length, 'control')})`;
  return limit => joined([heading, limited(['Severity', 'Control', 'Resources', 'Where'], rows, limit, 'failing control', 'failing controls')]);
}

/** Worst first; among equals the one with more open accounts, then the one that fails most often. */
function failingIn(entries: readonly Entry[]): Failing[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const finding of entry.findings) {
      if (finding.status !== 'fail' || isExempted(finding)) continue;
      const group = groups.get(finding.controlId);
      if (group) group.push(entry);
      else groups.set(finding.controlId, [entry]);
    }
  }
  const judged = severitiesIn(entries);
  const isOpen = ({ assessment: { exposure } }: Entry): boolean => exposure !== null && isPublic(exposure.reach);
  return [...groups]
    .map(([controlId, resources]): Failing => {
      const open = resources.filter(isOpen);
      return { controlId, severity: judged.get(controlId) ?? 'info', resources: [...open, ...resources.filter(entry => !isOpen(entry))], open: open.length };
    })
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.open - a.open || b.resources.length - a.resources.length || order(a.controlId, b.controlId));
}

function notKnown(entries: readonly Entry[]): Section {
  const groups = new Map<string, { readonly reason: string; readonly permission: string; readonly findings: Set<string>; readonly resources: Set<string> }>();
  const isUnknown = ({ status }: Finding): boolean => status === 'unknown';
  const unknown = entries.flatMap(({ assessment, findings }) => findings.filter(isUnknown).map(finding => ({ finding, resource: assessment.resourceId.toLowerCase() })));
  if (unknown.length === 0) return () => '';
  for (const { finding, resource } of unknown) {
    for (const { reason, permission = '' } of gapsOf(finding)) {
      const key = `${reason} ${permission}`;
      const group = groups.get(key) ?? { reason, permission, findings: new Set(), resources: new Set() };
      group.findings.add(finding.id);
      group.resources.add(resource);
      groups.set(key, group);
    }
  }
  const rows = [...groups]
    .toSorted(([a, first], [b, second]) => second.findings.size - first.findings.size || order(a, b))
    .map(([, { reason, permission, findings, resources }]) => [reason, permission === '' ? '' : code(permission), String(findings.size), String(resources.size)]);
  const heading = `### Not known (${counted(unknown.length, 'finding')})`;
  return limit => joined([heading, limited(['Reason', 'Permission that would change it', 'Findings', 'Resources'], rows, limit, 'reason', 'reasons')]);
}

function gapsOf({ gaps = [] }: Finding): readonly { readonly reason: string; readonly permission?: string }[] {
  return gaps.length > 0 ? gaps : [{ reason: 'unknown' }];
}

/** What is beside the score. */
function outside(entries: readonly Entry[]): Section {
  const findings = entries.flatMap(entry => entry.findings);
  const exempted = findings.filter(isExempted).length;
  const manual = findings.filter(({ status }) => status === 'manual').length;
  const parts = [...(exempted > 0 ? [`${counted(exempted, 'finding')} exempted`] : []), ...(manual > 0 ? [`${counted(manual, 'manual control')} to be attested by people`] : [])];
  return () => (parts.length === 0 ? '' : `Outside the score: ${parts.join(', ')}.`);
}

function origin({ summary: { startedAt, cloud, baseline, version, id, warnings } }: ReportInput): Section {
  const shown = [...warnings.slice(0, 5).map(warning => `- ${code(warning)}`), ...(warnings.length > 5 ? [`- and ${warnings.length - 5} more warnings`] : [])];
  const noticed = shown.length === 0 ? '' : `${shown.join('\n')}\n\n`;
  return () => `${noticed}Scan ${code(id)} of ${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${words(cloud)} cloud, baseline ${code(baseline)}, version ${code(version)}.`;
}

/** A table of so many rows, and how many are left out. */
function limited(head: readonly string[], rows: readonly (readonly string[])[], limit: number, one: string, several: string): string {
  const left = rows.length - limit;
  const more = left > 0 ? `And ${left} more ${left === 1 ? one : several}.` : '';
  return joined([table(head, rows.slice(0, limit)), more]);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
