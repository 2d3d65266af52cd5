import type { Assessment } from '../../core/assessment.ts';
import type { Reason } from '../../core/fact.ts';
import type { SubscriptionOutcome } from '../../core/scan.ts';
import { compare, type Estate } from './estate.ts';
import { html, joined, type Content, type Markup } from './markup.ts';
import { abridged, code, resourceLink, row, section, table, type Column } from './parts.ts';
import { count, grouped, reasonWords } from './words.ts';

/** One thing that could not be read, and whom it leaves in the dark. */
interface Hole {
  readonly reason: Reason | SubscriptionOutcome;
  /** The Azure action whose grant closes it; null where none would. */
  readonly permission: string | null;
  readonly detail: string;
  /** The finding that is unknown for want of a fact; null for a whole subscription or a part of the scan. */
  readonly unknown: { readonly finding: string; readonly fact: string; readonly resource: Assessment } | null;
}

/** 8. What could not be read, by reason and permission, and what would close each gap. */
export function unreadSection(estate: Estate): Markup {
  const holes = [...subscriptionHoles(estate), ...scanHoles(estate), ...findingHoles(estate)];
  const reasons = [...Map.groupBy(holes, ({ reason }) => reason)].toSorted(([keyA, a], [keyB, b]) => rank(a) - rank(b) || compare(keyA, keyB));
  if (reasons.length === 0) return section('unread', 'Everything that a control asked for was read.', null);
  const lead = html`${count(findingsIn(holes), 'finding is', 'findings are')} unknown, and ${count(holes.filter(({ unknown }) => unknown === null).length, 'thing')} beside findings could not be read. By reason, and by the permission whose grant would make it readable.`;
  return section('unread', lead, reasons.map(([reason, group]) => reasonPart(reason, group, estate)));
}

function findingsIn(holes: readonly Hole[]): number {
  return new Set(holes.flatMap(({ unknown }) => unknown?.finding ?? [])).size;
}

/** What a permission would open comes first, then what leaves a whole subscription out, then the rest by number. */
function rank(group: readonly Hole[]): number {
  const closable = group.some(({ permission }) => permission !== null);
  const whole = group.some(({ unknown }) => unknown === null);
  return (closable ? 0 : 2_000_000) - (whole ? 1_000_000 : 0) - group.length;
}

function subscriptionHoles({ subscriptions, subscriptionName }: Estate): readonly Hole[] {
  return subscriptions.flatMap(({ outcome, reason, subscriptionId }): Hole[] => {
    if (outcome === 'scanned') return [];
    return [{ reason: outcome, permission: permissionIn(reason ?? ''), detail: `All of ${subscriptionName(subscriptionId)}. ${reason ?? ''}`, unknown: null }];
  });
}

/** A subscription's reason is a sentence, which ends with the permission it takes where one would help. */
function permissionIn(sentence: string): string | null {
  return /\bNeeds (Microsoft\.[A-Za-z.]+(?:\/[A-Za-z]+)+(?:, Microsoft\.[A-Za-z.]+(?:\/[A-Za-z]+)+)*)\.$/.exec(sentence)?.[1] ?? null;
}

function scanHoles({ summary }: Estate): readonly Hole[] {
  return summary.gaps.map(({ reason, detail, permission }) => ({ reason, detail, permission: permission ?? null, unknown: null }));
}

function findingHoles({ assessments }: Estate): readonly Hole[] {
  return assessments.flatMap(resource =>
    resource.findings.flatMap(({ id, gaps = [] }) => gaps.map(({ reason, detail, fact, permission }): Hole => ({ reason, permission: permission ?? null, detail, unknown: { finding: id, fact, resource } }))),
  );
}

const closable: readonly Column[] = [{ name: 'Permission' }, { name: 'Findings unknown', numeric: true }, { name: 'What could not be read, and whom it leaves in the dark' }];
const others: readonly Column[] = [{ name: 'What is missing' }, { name: 'Findings unknown', numeric: true }, { name: 'What happened, and whom it leaves in the dark' }];

function reasonPart(reason: Hole['reason'], holes: readonly Hole[], estate: Estate): Markup {
  const { name, fix } = reasonWords[reason];
  const columns = holes.some(({ permission }) => permission !== null) ? closable : others;
  const groups = [...Map.groupBy(holes, hole => hole.permission ?? factsOf(hole))].toSorted(([a], [b]) => compare(a, b));
  const rows = groups.map(([key, group]) => row(columns, [named(key), figure(group), sentences(group, estate)]));
  return html`<div class="gap"><h3><b class="m m-unknown">${name}</b></h3><p>${fix}</p>${grants(holes, estate)}${table(`${name}: what could not be read`, columns, rows, 'tight gaps')}</div>`;
}

function factsOf({ unknown }: Hole): string {
  return unknown?.fact ?? '';
}

/** A permission or a fact; permissions that go together each on a line. */
function named(key: string): Content {
  return key === '' ? html`<span class="none">Not named</span>` : joined(key.split(', ').map(each => html`<code>${joined(each.split('/'), html`/<wbr>`)}</code>`), html`<br>`);
}

function figure(group: readonly Hole[]): Content {
  const findings = findingsIn(group);
  return findings === 0 ? '–' : grouped(findings);
}

/** Commands that assign the reader's role where it is missing: in the subscriptions that the sentences name. */
function grants(holes: readonly Hole[], { subscriptions }: Estate): Content {
  const known = subscriptions.map(({ subscriptionId }) => subscriptionId.toLowerCase());
  const scopes = holes.flatMap(({ permission, detail, unknown }) => {
    if (permission === null) return [];
    const text = detail.toLowerCase();
    const inText = known.filter(id => text.includes(id));
    return inText.length > 0 ? inText : (unknown?.resource.subscriptionId.toLowerCase() ?? []);
  });
  if (scopes.length === 0) return null;
  const commands = [...new Set(scopes)].toSorted(compare).map(id => `az role assignment create --role "Cosmos DB Compliance Reader" --assignee <object-id-of-the-scan> --scope /subscriptions/${id}`);
  return code('Azure CLI', commands.join('\n'));
}

/** Each sentence once, with the resources that it leaves in the dark. */
function sentences(group: readonly Hole[], estate: Estate): Content {
  const byDetail = [...Map.groupBy(group, ({ detail }) => detail)].toSorted(([a], [b]) => compare(a, b));
  const items = byDetail.map(([detail, holes]) => {
    const resources = [...new Set(holes.flatMap(({ unknown }) => unknown?.resource ?? []))];
    return html`<p>${detail}${resources.length === 0 ? null : html` <span class="behind">${abridged(resources.map(resource => resourceLink(resource, estate)), 6)}</span>`}</p>`;
  });
  const shown = 3;
  if (items.length <= shown + 1) return items;
  return html`${items.slice(0, shown)}<details class="more"><summary>and ${items.length - shown} more</summary>${items.slice(shown)}</details>`;
}
