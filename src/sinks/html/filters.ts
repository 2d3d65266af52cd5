import { severities } from '../../core/finding.ts';
import { compare, type Estate } from './estate.ts';
import { html, type Markup } from './markup.ts';
import { allReaches, reachWords, severityWords, standings, standingWords } from './words.ts';

/** What a list can be narrowed by, beside its text. */
export type Facet = 'severity' | 'status' | 'reach' | 'subscription';

const facetWords: Readonly<Record<Facet, string>> = { severity: 'Severity', status: 'Status', reach: 'Reach', subscription: 'Subscription' };

type Option = readonly [value: string, name: string];

/**
 * Search and filters over the items of a part of the document. The script brings them to life and shows them: without
 * scripts there is nothing to press.
 * @param over id of the element with the items
 */
export function toolbar(over: string, label: string, facets: readonly Facet[], estate: Estate): Markup {
  const selects = facets.map(facet => {
    const options = optionsOf(facet, estate).map(([value, name]) => html`<option value="${value}">${name}</option>`);
    return html`<label>${facetWords[facet]}<select name="${facet}"><option value="">All</option>${options}</select></label>`;
  });
  return html`<div class="tools" role="search" aria-label="${label}" data-over="${over}" hidden><label class="search">Search<input type="search" name="text" autocomplete="off" spellcheck="false"></label>${selects}<button type="button">Clear</button><p role="status" aria-live="polite"></p></div>`;
}

function optionsOf(facet: Facet, { assessments, subscriptionName }: Estate): readonly Option[] {
  switch (facet) {
    case 'severity':
      return severities.map(severity => [severity, severityWords[severity]]);
    case 'status':
      return standings.map(standing => [standing, standingWords[standing]]);
    case 'reach':
      return allReaches.map(reach => [reach, reachWords[reach]]);
    case 'subscription':
      return [...new Set(assessments.map(({ subscriptionId }) => subscriptionId))]
        .filter(id => id !== '')
        .map((id): Option => [id, subscriptionName(id)])
        .toSorted(([, a], [, b]) => compare(a, b));
  }
}
