import { outcomes, type SubscriptionOutcome } from '../../core/scan.ts';
import { strip, type Tone } from './chart.ts';
import type { Estate } from './estate.ts';
import { html, joined, type Content, type Markup } from './markup.ts';
import { outcomeMark, row, section, table, type Column } from './parts.ts';
import { count, grouped, outcomeWords, percent, reasonWords, scopeWords } from './words.ts';

const tones: Readonly<Record<SubscriptionOutcome, Tone>> = { scanned: 'accent', denied: 'unknown', throttled: 'unknown', failed: 'unknown', skipped: 'quiet' };

const outcomeColumns: readonly Column[] = [{ name: 'Outcome' }, { name: 'Subscriptions', numeric: true }, { name: 'What it means' }];
const unreadColumns: readonly Column[] = [{ name: 'Not read' }, { name: 'Outcome' }, { name: 'What happened' }];

/** 1. The denominator: what the scan should have read, and what became of it. */
export function completenessSection(estate: Estate): Markup {
  const { summary } = estate;
  const { expected } = summary.subscriptions;
  const parts = outcomes.map(outcome => ({ value: summary.subscriptions[outcome], tone: tones[outcome] }));
  const equation = `${grouped(expected)} expected = ${outcomes.map(outcome => `${grouped(summary.subscriptions[outcome])} ${outcome}`).join(' + ')}`;
  const picture = strip({ id: 'chart-completeness', title: 'Subscriptions by outcome', description: `${equation}.` }, parts, 24);
  const rows = outcomes.map(outcome => row(outcomeColumns, [outcomeMark(outcome), grouped(summary.subscriptions[outcome]), outcomeWords[outcome].meaning]));
  return section('completeness', html`What was not read is not in this report: no account of it passes, fails or counts. ${sawInWords(estate)}`, [
    html`<p class="equation">${equation}</p>${picture}`,
    table('Subscriptions by outcome', outcomeColumns, rows, 'tight'),
    notRead(estate),
    warnings(summary.warnings),
  ]);
}

function sawInWords({ summary, assessments }: Estate): string {
  const { accounts, perimeters, arm, score } = summary;
  const findings = assessments.reduce((sum, assessment) => sum + assessment.findings.length, 0);
  return `The scan judged ${count(accounts, 'account')} and ${count(perimeters, 'perimeter')} with ${count(findings, 'finding')}; ${percent(score.coverage)} of what it should know is known. It took ${count(arm.requests, 'request')} to Resource Manager, ${grouped(arm.throttled)} of them throttled.`;
}

function notRead({ summary, subscriptions, subscriptionName }: Estate): Content {
  const unread = subscriptions.filter(({ outcome }) => outcome !== 'scanned');
  const rows = [
    ...unread.map(({ subscriptionId, outcome, reason }) => row(unreadColumns, [subscriptionName(subscriptionId), outcomeMark(outcome), reason ?? ''])),
    ...summary.gaps.map(({ reason, detail, permission }) => row(unreadColumns, ['Beside subscriptions', html`<b class="m m-unknown">${reasonWords[reason].name}</b>`, permission === undefined ? detail : `${detail} Needs ${permission}.`])),
  ];
  if (rows.length === 0) return null;
  return html`${table('What was not read', unreadColumns, rows)}<p>Which permission or step closes each gap: <a href="#unread">what could not be read</a>.</p>`;
}

function warnings(all: readonly string[]): Content {
  if (all.length === 0) return null;
  return html`<h3>Warnings</h3><ul>${all.map(warning => html`<li>${warning}</li>`)}</ul>`;
}

/** The line at the top: whether the report is whole, and what is missing from it. */
export function completenessBanner({ summary, subscriptions, subscriptionName }: Estate): Markup {
  const { expected, scanned, skipped } = summary.subscriptions;
  const unread = subscriptions.filter(({ outcome }) => outcome !== 'scanned' && outcome !== 'skipped');
  const narrowed = summary.scope === 'tenant' ? '' : ` The scan was asked for ${scopeWords[summary.scope]} only.`;
  if (summary.complete) {
    return html`<p class="banner whole"><b>Complete.</b> <span>${expected === 1 ? 'The one expected subscription was' : `All ${grouped(expected)} expected subscriptions were`} read${scanned < expected ? ', or skipped because they are deleted' : ''}, and nothing else is missing.${narrowed}</span></p>`;
  }
  const named = unread.slice(0, 4).map(({ subscriptionId, outcome }) => html`<b>${subscriptionName(subscriptionId)}</b> (${outcome})`);
  const missed = expected - scanned - skipped;
  const more = missed > named.length ? html` and ${count(missed - named.length, 'other')}` : null;
  const missing = [
    ...(missed > 0 ? [html`${count(missed, 'subscription was', 'subscriptions were')} not read: ${joined(named, ', ')}${more}.`] : []),
    ...(skipped > 0 ? [html`${count(skipped, 'subscription was', 'subscriptions were')} skipped.`] : []),
    ...(summary.gaps.length > 0 ? [html`${count(summary.gaps.length, 'other thing')} could not be read.`] : []),
    ...(expected === 0 ? [html`The scan saw no subscription at all.`] : []),
  ];
  return html`<p class="banner partial"><b>Partial.</b> <span>${grouped(scanned)} of ${count(expected, 'expected subscription')} read. ${joined(missing, ' ')} The report says nothing about what is missing.${narrowed} <a href="#unread">What would close the gaps</a></span></p>`;
}
