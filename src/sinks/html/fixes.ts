import { severities, type Severity } from '../../core/finding.ts';
import { controlCard } from './control-card.ts';
import { compare, type Estate } from './estate.ts';
import { html, type Content, type Markup } from './markup.ts';
import { abridged, section, severityMark } from './parts.ts';
import type { ControlStanding } from './priorities.ts';
import { count } from './words.ts';

/** Severities whose controls are listed at once; the others are behind one click. */
const urgent: ReadonlySet<Severity> = new Set(['critical', 'high']);

/** 3. Failing controls, what to fix first first, with the resources behind each and the fix. */
export function fixesSection(standings: readonly ControlStanding[], estate: Estate): Markup {
  const failing = standings.filter(({ failing }) => failing.length > 0);
  const bySeverity = Map.groupBy(failing, ({ severity }) => severity);
  const lead = 'Each line is a good state that is not met. By severity, then by the accounts behind it: those that the public can reach first, then all. Exempted failures are not here.';
  const ranks = new Map(failing.map((each, index) => [each, index + 1]));
  const cards = (controls: readonly ControlStanding[]): Markup => html`<div class="list">${controls.map(each => controlCard(each, ranks.get(each) ?? null, estate))}</div>`;
  const groups = severities.map(severity => group(severity, bySeverity.get(severity) ?? [], cards));
  return section('fixes', lead, failing.length === 0 ? html`<p>No finding fails.</p>` : groups);
}

function group(severity: Severity, controls: readonly ControlStanding[], cards: (controls: readonly ControlStanding[]) => Markup): Content {
  if (controls.length === 0) return null;
  const heading = html`${severityMark(severity)} <span>${count(controls.length, 'control')}</span>`;
  if (urgent.has(severity)) return html`<h3 class="severity">${heading}</h3>${cards(controls)}`;
  return html`<details class="severities"><summary><h3 class="severity">${heading}</h3></summary>${cards(controls)}</details>`;
}

/** 9. The controls that the findings of passing, unknown or manual outcomes link to. */
export function controlsSection(standings: readonly ControlStanding[], estate: Estate): Markup {
  const others = standings.filter(({ failing }) => failing.length === 0);
  const judged = new Set(standings.map(({ controlId }) => controlId));
  const off = estate.controls.flatMap(({ id }) => (judged.has(id) ? [] : [html`<code>${id}</code>`]));
  const lead = html`${count(others.length, 'control')} with findings and no failure: they pass, are not known, or wait for somebody’s word.`;
  const cards = others.toSorted((a, b) => compare(a.controlId, b.controlId)).map(control => controlCard(control, severityMark(control.severity), estate));
  return section('controls', lead, html`<div class="list marked">${cards}</div>${off.length > 0 ? html`<p class="stands">Without a finding, because the baseline switches them off or the scan saw nothing they look at: ${abridged(off, 6)}</p>` : null}`);
}
