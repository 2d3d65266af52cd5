import type { SubscriptionResult } from '../../core/scan.ts';
import { scoreOfScan, type Score } from '../../core/score.ts';
import { ranges, type Range } from './chart.ts';
import { compare, type Estate } from './estate.ts';
import { html, type Markup } from './markup.ts';
import { outcomeMark, row, scoreInWords, section, table, type Column } from './parts.ts';
import { grouped, percent } from './words.ts';

interface Scored {
  readonly result: SubscriptionResult;
  readonly score: Score;
}

/** Subscriptions that the picture has room for; the table has all of them. */
const pictured = 24;

const columns: readonly Column[] = [
  { name: 'Subscription' },
  { name: 'Accounts', numeric: true },
  { name: 'Floor', numeric: true },
  { name: 'Ceiling', numeric: true },
  { name: 'Coverage', numeric: true },
];

/** 4. The score of each subscription, from what is proven to what is possible. */
export function scoresSection(estate: Estate): Markup {
  const scored = lowestFirst(estate);
  const withScore = scored.filter(({ score }) => score.floor !== null);
  const items = [...wholeScan(estate.summary.score), ...withScore.slice(0, pictured).map(each => rangeOf(each, estate))];
  const described = { id: 'chart-score', title: 'Score by subscription, floor to ceiling', description: `${items.map(({ label, figure }) => `${label}: ${figure}`).join('; ')}.` };
  const abridged = withScore.length > pictured ? ` The picture shows the ${pictured} lowest; the table has all.` : '';
  const lead = `The floor counts what is unknown as failed, the ceiling as passed: the truth lies between. An account that the public can reach has no floor above 49.${abridged}`;
  const rows = scored.map(each => scoreRow(each, estate));
  const picture = items.length === 0 ? html`<p>There is nothing to score.</p>` : html`<figure>${ranges(described, items)}</figure>`;
  return section('scores', lead, html`<div class="pair">${picture}${table('Score by subscription', columns, rows, 'sortable tight')}</div>`);
}

function wholeScan(score: Score): readonly Range[] {
  const { floor, ceiling } = score;
  return floor === null || ceiling === null ? [] : [{ label: 'Whole scan', figure: scoreInWords(score), from: floor, to: ceiling, tone: 'accent' }];
}

function rangeOf({ result, score }: Scored, { subscriptionName }: Estate): Range {
  const isRead = result.outcome === 'scanned';
  const figure = isRead ? scoreInWords(score) : `${result.outcome}, ${scoreInWords(score)}`;
  return { label: subscriptionName(result.subscriptionId), figure, from: score.floor ?? 0, to: score.ceiling ?? 100, tone: isRead ? 'accent-soft' : 'unknown' };
}

function scoreRow({ result: { subscriptionId, outcome, accounts }, score: { floor, ceiling, coverage } }: Scored, { subscriptionName }: Estate): Markup {
  const figure = (value: number | null): string => (value === null ? '–' : String(value));
  return row(columns, [[subscriptionName(subscriptionId), outcome === 'scanned' ? null : html` ${outcomeMark(outcome)}`], outcome === 'scanned' ? grouped(accounts) : 'unknown', figure(floor), figure(ceiling), outcome === 'skipped' ? '–' : percent(coverage)]);
}

/**
 * A subscription that was not read could be anything from 0 to 100, as in the score of the scan. One that was skipped
 * has no score: it is deleted, or the scan was ended, which the outcome says.
 */
function lowestFirst({ subscriptions, accounts, subscriptionName }: Estate): readonly Scored[] {
  const bySubscription = Map.groupBy(accounts, ({ subscriptionId }) => subscriptionId.toLowerCase());
  const order = ({ score: { floor } }: Scored): number => floor ?? 101;
  return subscriptions
    .map(result => {
      const scores = (bySubscription.get(result.subscriptionId.toLowerCase()) ?? []).map(({ score }) => score);
      return { result, score: result.outcome === 'skipped' ? { floor: null, ceiling: null, coverage: 0 } : scoreOfScan(scores, result.outcome === 'scanned' ? 1 : 0) };
    })
    .toSorted((a, b) => order(a) - order(b) || compare(subscriptionName(a.result.subscriptionId), subscriptionName(b.result.subscriptionId)));
}
