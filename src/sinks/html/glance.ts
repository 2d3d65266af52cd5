import { isPublicAccount, reachOf, tallyOf, type Estate } from './estate.ts';
import { html, type Content, type Markup } from './markup.ts';
import { controlLink, severityMark } from './parts.ts';
import { blastInWords, type ControlStanding } from './priorities.ts';
import { count, grouped, percent } from './words.ts';

/** The three questions everybody has, answered at the top: what is open, what to do first, what is not known. */
export function glance(standings: readonly ControlStanding[], estate: Estate): Markup {
  return html`<div class="glance">${openCard(estate)}${firstCard(standings, estate)}${unknownCard(estate)}${scoreCard(estate)}</div>`;
}

function card(look: string, title: string, figure: Content, text: Content, link: Markup): Markup {
  return html`<div class="card ${look}"><h2>${title}</h2><p class="big">${figure}</p>${text}<p class="go">${link}</p></div>`;
}

function openCard({ accounts }: Estate): Markup {
  const open = accounts.filter(isPublicAccount);
  const internet = open.filter(account => reachOf(account) === 'internet').length;
  const dark = accounts.filter(account => reachOf(account) === 'unknown').length;
  const text = html`<p>${grouped(internet)} from the whole Internet, ${grouped(open.length - internet)} from all of Azure. Of ${grouped(dark)} it is not known.</p>`;
  return card(open.length > 0 ? 'bad' : '', 'Open to the public', html`${grouped(open.length)} <small>of ${count(accounts.length, 'account')}</small>`, text, html`<a href="#exposure">Which, and by which rule</a>`);
}

function firstCard(standings: readonly ControlStanding[], estate: Estate): Markup {
  const [first, second] = standings.filter(({ failing }) => failing.length > 0);
  if (!first) return card('', 'Fix first', 'Nothing', html`<p>No finding fails.</p>`, html`<a href="#fixes">What is judged</a>`);
  const next = second ? html`<p>Then ${controlLink(second.controlId, estate)}.</p>` : null;
  const title = estate.control(first.controlId)?.title ?? first.controlId;
  return card('', 'Fix first', html`<a href="#${estate.controlAnchor(first.controlId)}">Not met: ${title}</a>`, html`<p>${severityMark(first.severity)} ${blastInWords(first)}</p>${next}`, html`<a href="#fixes">All, in order</a>`);
}

function unknownCard({ summary, accounts, assessments }: Estate): Markup {
  const tally = tallyOf(assessments.flatMap(({ findings }) => findings));
  const { expected, scanned } = summary.subscriptions;
  const dark = accounts.filter(account => reachOf(account) === 'unknown').length;
  const others = [
    [expected - scanned, 'subscription not read', 'subscriptions not read'],
    [summary.gaps.length, 'other gap', 'other gaps'],
    [dark, 'account of unknown reach', 'accounts of unknown reach'],
    [tally.manual, 'manual control to attest', 'manual controls to attest'],
  ] as const;
  const lines = others.filter(([number]) => number > 0).map(([number, one, many]) => html`<li>${count(number, one, many)}</li>`);
  const text = lines.length === 0 ? html`<p>Everything asked for was read.</p>` : html`<ul>${lines}</ul>`;
  return card(tally.unknown + dark > 0 || !summary.complete ? 'dark' : '', 'Not known', html`${grouped(tally.unknown)} <small>${tally.unknown === 1 ? 'finding' : 'findings'}</small>`, text, html`<a href="#unread">Why, and what would tell</a>`);
}

function scoreCard({ summary: { score } }: Estate): Markup {
  const { floor, ceiling, coverage } = score;
  const link = html`<a href="#scores">By subscription</a>`;
  if (floor === null || ceiling === null) return card('', 'Score', '–', html`<p>There is nothing to score.</p>`, link);
  return card('', 'Score', html`${floor}<small>–${ceiling} of 100</small>`, html`<p>Proven to possible; ${percent(coverage)} is known.</p>`, link);
}
