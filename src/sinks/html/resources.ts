import type { Assessment } from '../../core/assessment.ts';
import { compare, kindOf, kinds, reachOf, tallyOf, type Estate, type Kind } from './estate.ts';
import { perimetersInWords, latentInWords } from './exposure.ts';
import { toolbar } from './filters.ts';
import { findingsTable } from './findings.ts';
import { html, type Content, type Markup } from './markup.ts';
import { outerLink, reachMark, scoreInWords, section } from './parts.ts';
import { count, grouped, outboundWords, percent, trustedServicesWords } from './words.ts';

const headings: Readonly<Record<Kind, string>> = { account: 'Accounts', cluster: 'MongoDB and Cassandra clusters', perimeter: 'Network security perimeters', subscription: 'Subscriptions', tenant: 'Tenant' };

/** 6. Each resource with each of its findings: what was seen, how, and where the fix is. */
export function resourcesSection(estate: Estate): Markup {
  const byKind = Map.groupBy(estate.assessments, kindOf);
  const findings = estate.assessments.reduce((sum, assessment) => sum + assessment.findings.length, 0);
  const groups = kinds.map(kind => group(kind, byKind.get(kind) ?? [], estate));
  const lead = html`${count(estate.assessments.length, 'resource')}, ${count(findings, 'finding')}. Each control’s name leads to its fix; the numbers at the end of a row are the requests below it that the finding rests on. <span class="on-paper">On paper is what was open on the screen.</span>`;
  return section('resources', lead, [toolbar('found', 'Search the resources and findings', ['status', 'severity', 'reach', 'subscription'], estate), html`<div id="found">${groups}</div>`]);
}

function group(kind: Kind, resources: readonly Assessment[], estate: Estate): Content {
  if (resources.length === 0) return null;
  const sorted = resources.toSorted((a, b) => compare(a.name, b.name) || compare(a.resourceId, b.resourceId));
  return html`<div class="kind"><h3>${headings[kind]} <small>${grouped(resources.length)}</small></h3>
<div>${sorted.map(resource => resourcePart(resource, estate))}</div></div>`;
}

function resourcePart(resource: Assessment, estate: Estate): Markup {
  const { name, subscriptionId, score, exposure, findings } = resource;
  const kind = kindOf(resource);
  const reach = kind === 'account' ? reachOf(resource) : null;
  const tally = tallyOf(findings);
  const counts = (['fail', 'unknown', 'manual', 'exempted'] as const).flatMap(standing => (tally[standing] > 0 ? [html`<b class="m m-${standing}">${tally[standing]} ${countWords[standing]}</b>`] : []));
  const quiet = counts.length > 0 ? null : html`<b class="m m-pass">Nothing fails</b>`;
  const facts = [...(exposure === null ? [] : exposureFacts(resource)), ...identityFacts(resource, kind, estate)];
  return html`<details class="resource" data-item data-reach="${reach}" data-subscription="${subscriptionId}" data-fail="${tally.fail}" data-floor="${score.floor}"><summary><span class="what"><strong>${name}</strong><small>${kind === 'subscription' ? subscriptionId : estate.subscriptionName(subscriptionId)}</small></span><span>${reach === null ? null : reachMark(reach)}</span><span class="score"><small>Score </small>${scoreInWords(score)}</span><span class="counts">${counts}${quiet}</span></summary><div class="inside" id="${estate.anchorOf(resource)}"><dl class="facts">${facts}</dl>${findingsTable(resource, estate)}</div></details>
`;
}

const countWords = { fail: 'fail', unknown: 'unknown', manual: 'to attest', exempted: 'exempted' } as const;

function fact(name: string, content: Content): Markup {
  return html`<div><dt>${name}</dt><dd>${content}</dd></div>`;
}

function exposureFacts({ exposure }: Assessment): readonly Markup[] {
  if (exposure === null) return [];
  const { explanation, decidedBy, outbound, trustedServices } = exposure;
  return [
    fact('Who can reach it', explanation),
    fact('Decided by', decidedBy),
    fact('Perimeters', perimetersInWords(exposure)),
    fact('Latent risk', latentInWords(exposure)),
    fact('Outbound', outboundWords[outbound]),
    fact('Trusted services', trustedServicesWords[trustedServices]),
  ];
}

function identityFacts({ resourceId, resourceType, location, tags, score }: Assessment, kind: Kind, { portal }: Estate): readonly Markup[] {
  const link = portal === null || !resourceId.startsWith('/subscriptions/') ? null : outerLink(`${portal}/#resource${encodeURI(resourceId.toWellFormed())}`, 'Open in the portal');
  const tagged = tags === undefined ? 'not known' : Object.entries(tags).map(([name, value]) => `${name}=${value}`).toSorted(compare).join(', ');
  return [
    ...(score.floor === null ? [] : [fact('Score', `${scoreInWords(score)}, coverage ${percent(score.coverage)}`)]),
    ...(location === null ? [] : [fact('Location', location)]),
    ...(tagged === '' ? [] : [fact('Tags', tagged)]),
    ...(kind === 'account' ? [] : [fact('Type', resourceType)]),
    fact('Resource id', [html`<code class="id">${resourceId}</code>`, link === null ? null : html` ${link}`]),
  ];
}
