import type { Assessment } from '../../core/assessment.ts';
import type { Exposure, Reach } from '../../core/exposure.ts';
import { nameOf } from '../../core/resource-id.ts';
import { bars, type Tone } from './chart.ts';
import { compare, isPublicAccount, reachOf, type Estate } from './estate.ts';
import { toolbar } from './filters.ts';
import { html, joined, type Content, type Markup } from './markup.ts';
import { cells, reachMark, reachOrder, resourceLink, row, section, table, type Column } from './parts.ts';
import { accessModeInWords, allReaches, count, grouped, latentWords, reachMeanings, reachWords } from './words.ts';

const tones: Readonly<Record<Reach, Tone>> = {
  internet: 'fail',
  allAzure: 'fail-soft',
  selectedNetworks: 'accent',
  perimeterRules: 'accent-soft',
  privateOnly: 'accent-faint',
  closed: 'quiet',
  unknown: 'unknown',
};

const reachColumns: readonly Column[] = [{ name: 'Reach' }, { name: 'Accounts', numeric: true }, { name: 'Can be reached' }];
const columns: readonly Column[] = [{ name: 'Account' }, { name: 'Reach' }, { name: 'Decided by, and why' }, { name: 'Perimeter and access mode' }, { name: 'Latent risk' }];

/** 2. Which accounts can be reached from where, and by which rule. */
export function exposureSection(estate: Estate): Markup {
  const { accounts } = estate;
  const byReach = Map.groupBy(accounts, reachOf);
  const number = (reach: Reach): number => byReach.get(reach)?.length ?? 0;
  const items = allReaches.map(reach => ({ label: reachWords[reach], value: number(reach), figure: grouped(number(reach)), tone: tones[reach] }));
  const described = {
    id: 'chart-reach',
    title: 'Accounts by reach, from most to least open',
    description: `${items.map(({ label, figure }) => `${label} ${figure}`).join(', ')}.`,
  };
  const counts = allReaches.map(reach => row(reachColumns, [reachMark(reach), grouped(number(reach)), reachMeanings[reach]]));
  const latent = accounts.filter(({ exposure }) => (exposure?.latent.length ?? 0) > 0).length;
  const lead = html`Public access, perimeters, firewalls and private endpoints judged together: the most open path that exists decides. ${count(latent, 'account carries', 'accounts carry')} a latent risk that its reach does not show.`;
  return section('exposure', lead, [
    html`<div class="pair"><figure>${bars(described, items)}</figure>${table('Accounts by reach', reachColumns, counts, 'tight')}</div>`,
    accounts.length === 0 ? html`<p>The scan saw no account.</p>` : accountTable(estate),
  ]);
}

function accountTable(estate: Estate): Content {
  const sorted = estate.accounts.toSorted((a, b) => reachOrder(reachOf(a)) - reachOrder(reachOf(b)) || compare(a.name, b.name));
  const rows = sorted.map(account => accountRow(account, estate));
  return html`${toolbar('reached', 'Search the accounts', ['reach', 'subscription'], estate)}<div id="reached">${table('Accounts, most open first', columns, rows, 'sortable reached')}</div>`;
}

function accountRow(account: Assessment, estate: Estate): Markup {
  const { exposure, subscriptionId } = account;
  const reach = reachOf(account);
  const contents: readonly Content[] = [
    html`${resourceLink(account, estate)}<small>${estate.subscriptionName(subscriptionId)}</small>`,
    reachMark(reach),
    exposure === null ? 'It was not judged.' : html`<strong>${exposure.decidedBy}</strong><small>${exposure.explanation}</small>`,
    exposure === null ? '' : perimetersInWords(exposure),
    exposure === null ? '' : latentInWords(exposure),
  ];
  return html`<tr data-item data-reach="${reach}" data-subscription="${subscriptionId}" data-order="${reachOrder(reach)}">${cells(columns, contents)}</tr>`;
}

/** Where the reach is not known, what is not listed may still be there. */
function none({ reach }: Exposure): Markup {
  return html`<span class="none">${reach === 'unknown' ? 'None known' : 'None'}</span>`;
}

/** The perimeters an account is in, each with the access mode that counts. */
export function perimetersInWords(exposure: Exposure): Content {
  const { perimeters } = exposure;
  return perimeters.length === 0 ? none(exposure) : joined(perimeters.map(({ id, accessMode }) => html`${nameOf(id)} <small>${accessModeInWords(accessMode)}</small>`), html`<br>`);
}

/** What would open an account, or partly does. */
export function latentInWords(exposure: Exposure): Content {
  const { latent } = exposure;
  return latent.length === 0 ? none(exposure) : joined(latent.map(risk => latentWords[risk]), html`<br>`);
}

/** Accounts that the Internet or all of Azure can reach. */
export function publicAccounts({ accounts }: Estate): readonly Assessment[] {
  return accounts.filter(isPublicAccount);
}
