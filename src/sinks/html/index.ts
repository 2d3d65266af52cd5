import { hash } from 'node:crypto';
import type { ReportInput } from '../report.ts';
import { patterns } from './chart.ts';
import { completenessBanner, completenessSection } from './completeness.ts';
import { coverageSection } from './coverage.ts';
import { estateOf, type Estate } from './estate.ts';
import { exceptionsSection } from './exceptions.ts';
import { exposureSection } from './exposure.ts';
import { controlsSection, fixesSection } from './fixes.ts';
import { glance } from './glance.ts';
import { html, Markup } from './markup.ts';
import { sectionIds, sectionTitles } from './parts.ts';
import { controlStandings } from './priorities.ts';
import { resourcesSection } from './resources.ts';
import { scoresSection } from './scores.ts';
import { script } from './script.ts';
import { style } from './style.ts';
import { unreadSection } from './unread.ts';
import { duration, moment, scopeWords } from './words.ts';

/** What a report says of itself. */
export interface HtmlOptions {
  /** Heading and name of the document. */
  readonly title?: string;
  /** A sentence below the heading, such as where the data is from. */
  readonly note?: string;
}

/**
 * A scan as one HTML document that needs nothing else: no network, and no script to be read. The same input gives the
 * same text, whatever the order of its lists.
 */
export function renderHtml(input: ReportInput, { title = 'Azure Cosmos DB compliance', note }: HtmlOptions = {}): string {
  const estate = estateOf(input);
  const standings = controlStandings(estate);
  const sections = [
    completenessSection(estate),
    exposureSection(estate),
    fixesSection(standings, estate),
    scoresSection(estate),
    coverageSection(estate),
    resourcesSection(estate),
    exceptionsSection(estate),
    unreadSection(estate),
    controlsSection(standings, estate),
  ];
  const head = html`<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><title>${title}, ${moment(input.summary.startedAt)}</title>${new Markup(`<style>${style}</style>`)}`;
  const navigation = html`<nav aria-label="Sections"><ol>${sectionIds.map(id => html`<li><a href="#${id}">${sectionTitles[id]}</a></li>`)}</ol></nav>`;
  const body = html`<a class="skip" href="#main">Skip to the report</a>${patterns}<header class="top"><h1>${title}</h1>${facts(estate)}${note === undefined ? null : html`<p class="note">${note}</p>`}</header>${navigation}<main id="main">${completenessBanner(estate)}${glance(standings, estate)}
${sections}</main>${footer(estate)}${new Markup(`<script>${script}</script>`)}`;
  return html`<!doctype html>
<html lang="en"><head>${head}</head><body>${body}</body></html>
`.text;
}

/** Nothing is loaded, and only the style and the script of this document run. Hashes rather than `unsafe-inline`: a text that got through would be inert. */
const policy = `default-src 'none'; style-src '${digest(style)}'; script-src '${digest(script)}'; base-uri 'none'; form-action 'none'`;

function digest(text: string): string {
  return `sha256-${hash('sha256', text, 'base64')}`;
}

function facts({ summary: { startedAt, finishedAt, cloud, baseline, scope, id } }: Estate): Markup {
  const items = [
    ['Scanned', `${moment(startedAt)}, in ${duration(finishedAt.getTime() - startedAt.getTime())}`],
    ['Cloud', cloud],
    ['Scope', scopeWords[scope]],
    ['Baseline', baseline],
    ['Scan', id],
  ] as const;
  return html`<dl>${items.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function footer({ summary: { version } }: Estate): Markup {
  return html`<footer><p>Made by cosmos-compliance-monitor ${version}. It reads Azure Resource Manager; it changes nothing and reads no data and no key.</p></footer>`;
}
