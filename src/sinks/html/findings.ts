import type { Assessment } from '../../core/assessment.ts';
import type { Finding, Observed } from '../../core/finding.ts';
import { compare, standingOf, type Estate } from './estate.ts';
import { html, type Content, type Markup } from './markup.ts';
import { controlLink, severityOrder, standingMark } from './parts.ts';
import { severityWords, standings, statusWords, type Standing } from './words.ts';

/** Every finding of a resource in a row of its own, by where they stand, and below them the requests they rest on, each once. */
export function findingsTable(resource: Assessment, estate: Estate): Content {
  const { findings } = resource;
  if (findings.length === 0) return html`<p>No control looks at it.</p>`;
  const requests = [...new Set(findings.flatMap(({ sources }) => sources))].toSorted(compare);
  const numbers = new Map(requests.map((request, index) => [request, index + 1]));
  const byStanding = Map.groupBy(findings, standingOf);
  const groups = standings.map(standing => group(standing, byStanding.get(standing) ?? [], numbers, estate));
  return html`<table class="findings"><caption>Findings</caption><thead><tr><th scope="col">Severity</th><th scope="col">Control, finding, what was observed</th><th scope="col">Evidence</th></tr></thead>${groups}</table>${evidence(requests, resource)}`;
}

/** The findings of a resource that stand alike, the gravest first. */
function group(standing: Standing, findings: readonly Finding[], numbers: ReadonlyMap<string, number>, estate: Estate): Content {
  if (findings.length === 0) return null;
  const sorted = findings.toSorted((a, b) => severityOrder(a.severity) - severityOrder(b.severity) || compare(a.controlId, b.controlId));
  return html`<tbody class="${standing}"><tr><th scope="rowgroup" colspan="3">${standingMark(standing)} ${findings.length}</th></tr>${sorted.map(finding => findingRow(finding, numbers, estate))}</tbody>`;
}

/** One of thousands of rows: it holds nothing that another place of the document says. */
function findingRow(finding: Finding, numbers: ReadonlyMap<string, number>, estate: Estate): Markup {
  const { id, controlId, severity, status, message, sources } = finding;
  const rests = rangesOf(sources.map(source => numbers.get(source) ?? 0));
  const accepted = standingOf(finding) === 'exempted' ? `${statusWords[status]}. ` : null;
  return html`<tr id="f${id}"><td>${severityWords[severity]}</td><td>${controlLink(controlId, estate)} ${accepted}${message}${exemption(finding)}${observedInWords(finding, estate)}</td><td>${rests}</td></tr>
`;
}

function exemption({ exemption: applied }: Finding): Content {
  if (!applied) return null;
  const { id, state, expiresOn } = applied;
  return html` <a href="#exceptions">${state === 'active' ? `Exempted until ${expiresOn}` : `Its exemption ended on ${expiresOn}`} (${id})</a>`;
}

/** Longer than this, what was observed is behind a click. */
const inline = 160;

/** The procedure of a manual control stands with the control. */
function observedInWords({ observed, controlId }: Finding, estate: Estate): Content {
  const hasProcedure = estate.control(controlId)?.procedure !== undefined;
  const shown: Observed = hasProcedure ? Object.fromEntries(Object.entries(observed).filter(([name]) => name !== 'procedure')) : observed;
  const entries = Object.entries(shown);
  if (entries.length === 0) return null;
  const lines = entries.map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const text = lines.join(', ');
  if (text.length <= inline) return html` <code>${text}</code>`;
  return html`<details class="more"><summary>Observed: ${entries.map(([name]) => name).join(', ')}</summary><pre>${lines.join('\n')}</pre></details>`;
}

function evidence(requests: readonly string[], { resourceId, subscriptionId }: Assessment): Content {
  if (requests.length === 0) return null;
  const subscription = `/subscriptions/${subscriptionId}`;
  const lines = requests.map(request => html`<li>${request.replace(resourceId, '{id}').replace(`${subscription}/`, '{subscription}/')}</li>`);
  return html`<details class="more requests"><summary>Evidence: ${requests.length === 1 ? 'the request' : `the ${requests.length} requests`} behind these findings</summary><p>{id} is the resource id above, {subscription} is ${subscription}.</p><ol>${lines}</ol></details>`;
}

/** `1–4, 7`. */
export function rangesOf(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].toSorted((a, b) => a - b);
  const runs: [first: number, last: number][] = [];
  for (const number of sorted) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}
