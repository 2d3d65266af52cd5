import type { Reach } from '../../core/exposure.ts';
import { severities, type Severity } from '../../core/finding.ts';
import type { SubscriptionOutcome } from '../../core/scan.ts';
import type { Assessment } from '../../core/assessment.ts';
import type { Estate } from './estate.ts';
import { html, joined, type Content, type Markup } from './markup.ts';
import { allReaches, outcomeWords, reachWords, severityWords, standingWords, type Standing } from './words.ts';

/** The sections in their order; the number is part of the heading. */
export const sectionTitles = {
  completeness: 'How complete the scan is',
  exposure: 'Who can reach the accounts',
  fixes: 'What to fix first',
  scores: 'Score, floor to ceiling',
  requirements: 'Coverage of the source documents',
  resources: 'Every resource, every finding',
  exceptions: 'Exemptions and attestations',
  unread: 'What could not be read',
  controls: 'Controls that fail nowhere',
} as const;
/** A section of the document; also its anchor. */
export type SectionId = keyof typeof sectionTitles;
/** The sections in their order. */
export const sectionIds = Object.keys(sectionTitles) as readonly SectionId[];

/**
 * A numbered section with its heading.
 * @param lead what one has to know to read it, in a sentence or two
 */
export function section(id: SectionId, lead: Content, body: Content): Markup {
  const number = sectionIds.indexOf(id) + 1;
  return html`<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h"><span class="number">${number}</span> ${sectionTitles[id]}</h2><p class="lead">${lead}</p>${body}</section>
`;
}

/** A column of a table; figures stand to the right. */
export interface Column {
  readonly name: string;
  readonly numeric?: boolean;
}

/**
 * A table with a caption. On a narrow screen each row stands as a card, its cells below the names of their columns.
 * @param rows cells made by `row` or `cells`
 */
export function table(caption: Content, columns: readonly Column[], rows: readonly Markup[], look = ''): Markup {
  const head = columns.map(({ name, numeric }) => html`<th scope="col"${numeric ? numericClass : null}>${name}</th>`);
  return html`<table class="stack ${look}"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

const numericClass = html` class="n"`;

/** Cells of one row under these columns; the first names the row. */
export function cells(columns: readonly Column[], contents: readonly Content[]): Markup {
  const made = contents.map((content, index) => {
    const { name = '', numeric } = columns[index] ?? {};
    const look = numeric ? numericClass : null;
    return index === 0 ? html`<th scope="row"${look}>${content}</th>` : html`<td data-l="${name}"${look}>${content}</td>`;
  });
  return html`${made}`;
}

/** A row of a table. */
export function row(columns: readonly Column[], contents: readonly Content[]): Markup {
  return html`<tr>${cells(columns, contents)}</tr>`;
}

/** A word and a sign for where a finding stands. */
export function standingMark(standing: Standing): Markup {
  return html`<b class="m m-${standing}">${standingWords[standing]}</b>`;
}

/** A word for a severity. */
export function severityMark(severity: Severity): Markup {
  return html`<b class="v v-${severity}">${severityWords[severity]}</b>`;
}

/** A word and a sign for a reach. */
export function reachMark(reach: Reach): Markup {
  return html`<b class="c c-${reach}">${reachWords[reach]}</b>`;
}

/** A word and a sign for what became of a subscription. */
export function outcomeMark(outcome: SubscriptionOutcome): Markup {
  return html`<b class="m m-${outcome === 'scanned' ? 'pass' : outcome === 'skipped' ? 'notApplicable' : 'unknown'}">${outcomeWords[outcome].name}</b>`;
}

/** A place in a list from most to least open; unknown last. */
export function reachOrder(reach: Reach): number {
  return allReaches.indexOf(reach);
}

/** A place in a list from most to least severe. */
export function severityOrder(severity: Severity): number {
  return severities.indexOf(severity);
}

/** A link to a resource's part of the document. */
export function resourceLink(resource: Assessment, estate: Estate): Markup {
  return html`<a href="#${estate.anchorOf(resource)}">${resource.name}</a>`;
}

/** A link to a control's part of the document, where it has one. */
export function controlLink(id: string, { controlAnchor }: Estate): Markup {
  const anchor = controlAnchor(id);
  return anchor === null ? html`<b>${id}</b>` : html`<a href="#${anchor}">${id}</a>`;
}

/** A link out of the document; null where the address is none of a secure site. */
export function outerLink(address: string, text: string = address.replace(/^https:\/\//, '')): Markup | null {
  return /^https:\/\/[^\s]+$/i.test(address) ? html`<a href="${address}" rel="noopener noreferrer">${text}</a>` : null;
}

/** Lines of code that a button copies. */
export function code(label: string, text: string): Markup {
  return html`<figure class="code"><figcaption>${label}</figcaption><pre><code>${text}</code></pre></figure>`;
}

/** The first few, and the others behind "more". */
export function abridged(items: readonly Content[], shown: number): Content {
  if (items.length <= shown + 2) return joined(items, ', ');
  return html`${joined(items.slice(0, shown), ', ')}<details class="more"><summary>and ${items.length - shown} more</summary>${joined(items.slice(shown), ', ')}</details>`;
}

/** Floor to ceiling. */
export function scoreInWords({ floor, ceiling }: { readonly floor: number | null; readonly ceiling: number | null }): string {
  if (floor === null || ceiling === null) return 'nothing to score';
  return floor === ceiling ? String(floor) : `${floor}–${ceiling}`;
}
