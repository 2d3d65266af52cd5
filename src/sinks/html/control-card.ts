import type { ControlInfo } from '../../core/control.ts';
import type { Estate } from './estate.ts';
import { html, joined, type Content, type Markup } from './markup.ts';
import { abridged, code, outerLink, resourceLink } from './parts.ts';
import { blastInWords, type ControlStanding, type Failing } from './priorities.ts';
import { standings, standingWords } from './words.ts';

/**
 * One control: where it fails, why it matters, how to fix it. The only place that says so; findings link to it.
 * @param mark what stands before its name
 */
export function controlCard(standing: ControlStanding, mark: Content, estate: Estate): Markup {
  const { controlId, failing } = standing;
  const control = estate.control(controlId);
  const blast = failing.length > 0 ? blastInWords(standing) : standsInWords(standing);
  const about = control === null ? [term('Control', 'The catalogue of this report does not have it.')] : howTo(control);
  return html`<details class="control"><summary><span class="rank">${mark}</span><span class="what"><strong>${control?.title ?? controlId}</strong><code id="control-${controlId}">${controlId}</code></span><span class="blast">${blast}</span></summary><dl class="inside" id="${estate.controlAnchor(controlId)}">${failing.length > 0 ? [term('Where it fails', affected(failing, estate)), term('All findings', standsInWords(standing))] : null}${about}</dl></details>
`;
}

function term(name: string, content: Content): Markup {
  return html`<dt>${name}</dt><dd>${content}</dd>`;
}

/** `714 fail, 3 unknown`. */
function standsInWords({ tally }: ControlStanding): string {
  return standings.flatMap(each => (tally[each] > 0 ? [`${standingWords[each]} ${tally[each]}`] : [])).join(', ');
}

/** What the public can reach first, then by subscription. */
function affected(failing: readonly Failing[], estate: Estate): Content {
  const open = failing.filter(({ isPublic }) => isPublic);
  const others = Map.groupBy(failing.filter(({ isPublic }) => !isPublic), ({ resource }) => estate.subscriptionName(resource.subscriptionId));
  const line = (name: Content, each: readonly Failing[]): Markup => html`<p>${name} ${abridged(each.map(({ resource }) => resourceLink(resource, estate)), 12)}</p>`;
  return [
    open.length > 0 ? line(html`<b class="c c-internet">Publicly reachable</b>`, open) : null,
    ...[...others].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => line(html`<span class="group">${name}</span>`, each)),
  ];
}

function howTo({ rationale, remediation, procedure, references, requirements, notApplicableWhen }: ControlInfo): Content {
  return [
    term('Why it matters', rationale),
    procedure === undefined ? null : term('How a person checks it', html`<ol>${procedure.map(step => html`<li>${step}</li>`)}</ol>`),
    term('How to fix it', [html`<p>${remediation.text}</p>`, remediation.cli === undefined ? null : code('Azure CLI', remediation.cli), remediation.bicep === undefined ? null : code('Bicep', remediation.bicep)]),
    notApplicableWhen === undefined ? null : term('Not applicable when', `${notApplicableWhen}.`),
    term('Answers', requirements.join(', ')),
    term('References', joined(references.map(reference => outerLink(reference) ?? reference), html`<br>`)),
  ];
}
