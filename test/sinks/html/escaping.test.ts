import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/sinks/html/index.ts';
import { visible } from '../../../src/sinks/html/markup.ts';
import type { ReportInput } from '../../../src/sinks/report.ts';
import { doorLocked, guardAwake } from '../../support/catalogue.ts';
import { exposure, perimeterId } from '../../support/builders.ts';
import { finding, result } from '../../support/results.ts';
import { account, input, parsed, sandboxInput, unknownFinding, type Parsed } from './input.ts';

/** Fields with a closed list of values, dates and numbers: nothing foreign gets into them. */
const closed = new Set(['severity', 'status', 'outcome', 'reach', 'outbound', 'trustedServices', 'latent', 'state', 'scope', 'complete', 'startedAt', 'finishedAt', 'responsibility', 'resourceType', 'parameters']);

/** The same value with something after every text in it, keys of open objects included. */
function poisoned<T>(value: T, poison: string): T {
  if (typeof value === 'string') return `${value}${poison}` as T;
  if (Array.isArray(value)) return value.map(each => poisoned(each, poison)) as T;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'reason' && 'detail' in value) return [key, inner];
      if (key === 'tags' || key === 'observed') return [key, Object.fromEntries(Object.entries(inner as object).map(([name, text]) => [name === 'attestation' ? name : `${name}${poison}`, poisoned(text, poison)]))];
      return [key, closed.has(key) ? inner : poisoned(inner, poison)];
    }),
  ) as T;
}

const exemption = { id: 'later', category: 'accepted-risk', reason: 'Moves next year.', owner: 'team', expiresOn: '2026-12-01', state: 'active' } as const;
const attestation = { by: 'somebody', on: '2026-01-01', until: '2026-12-01', evidence: 'ticket 7' };

/** One of everything that a report can show. */
const everything: ReportInput = {
  ...input({
    assessments: [
      account('orders', {
        tags: { team: 'shop' },
        exposure: exposure({ reach: 'internet', latent: ['bypassResources'], perimeters: [{ id: perimeterId, accessMode: 'Learning' }, { id: `${perimeterId}2`, accessMode: { unrecognised: 'Watching' } }] }),
        findings: [finding({ controlId: 'door-locked' }), unknownFinding({ controlId: 'not-in-the-catalogue' }), finding({ controlId: 'guard-awake', status: 'pass', observed: { attestation } }), finding({ controlId: 'x', observed: { tags: { team: ['shop'] }, text: 'x'.repeat(200) }, exemption })],
      }),
    ],
    subscriptions: [result(), result({ subscriptionId: '22222222-2222-2222-2222-222222222222', name: 'staging', outcome: 'denied', reason: 'Cannot read it. Needs Microsoft.DocumentDB/databaseAccounts/read.' })],
    summary: { complete: false, gaps: [{ reason: 'denied', detail: 'Cannot read one thing.', permission: 'Microsoft.Network/locations/read' }], warnings: ['An exemption ends.'] },
  }),
  controls: [doorLocked, guardAwake],
  requirements: [{ id: 'ASB NS-1', document: 'Baseline', title: 'Doors are locked.', responsibility: 'customer', controls: ['door-locked', 'missing'] }],
};

const vectors = ['<script>window.hit=1</script>', '"><img src=x onerror=window.hit=1>', "' onmouseover='window.hit=1", '</style><script>window.hit=1</script>', '</title><svg onload=window.hit=1>', '-->', ']]>', '<!--', '`${window.hit=1}`', 'javascript:window.hit=1', '{{7*7}}', '\u202Egnp.exe', '\0', '&lt;b&gt;', '&#x3C;b', '</textarea><b>', '<a href=//evil.example>', '\n<b>', '\\u003cb\\u003e'];

describe('whatever Azure calls things, the document keeps its shape', () => {
  let known: { readonly tags: ReadonlySet<string>; readonly attributes: ReadonlySet<string> };
  const tagsOf = ({ all }: Parsed): readonly string[] => all('*').map(({ tagName }) => tagName);
  const attributesOf = ({ all }: Parsed): readonly string[] => all('*').flatMap(each => each.getAttributeNames());
  beforeAll(async () => {
    const clean = [parsed(renderHtml(await sandboxInput())), parsed(renderHtml(everything, { note: 'Note.' }))];
    known = { tags: new Set(clean.flatMap(tagsOf)), attributes: new Set(clean.flatMap(attributesOf)) };
  });

  function check(poison: string): void {
    const document = parsed(renderHtml(poisoned(everything, poison), { title: `Title${poison}`, note: `Note${poison}` }));
    expect(tagsOf(document).filter(tag => !known.tags.has(tag))).toEqual([]);
    expect(attributesOf(document).filter(name => !known.attributes.has(name))).toEqual([]);
    expect(document.all('script, style')).toHaveLength(2);
    const targets = document.all('a').map(link => link.getAttribute('href') ?? '');
    expect(targets.filter(target => !target.startsWith('#') && !/^https:\/\/(example\.org|portal\.azure\.com)/.test(target))).toEqual([]);
    const text = document.root.textContent;
    const said = ['orders', 'Everybody can reach it.', 'Moves next year.', 'ticket 7', 'An exemption ends.', 'Doors are locked.', 'staging', 'Watching', 'Title', 'Note'];
    expect(said.filter(words => !text.includes(visible(`${words}${poison}`)))).toEqual([]);
  }

  test.each(vectors)('%j', check);

  test('and any other text', () => {
    const word = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ' ', 'a', '\r', '\u2028'), maxLength: 20 }));
    fc.assert(fc.property(word, check), { numRuns: 40 });
  });
});

test.each([
  ['javascript:alert(1)'],
  ['http://example.org/'],
  ['https://example.org/ onclick=x'],
  ['data:text/html,x'],
  ['//example.org'],
])('%s is no link', address => {
  const controls = [{ ...doorLocked, references: [address] as const }];
  const document = parsed(renderHtml({ ...input({ assessments: [account('orders', { findings: [finding({ controlId: 'door-locked' })] })] }), controls, portal: address }));
  expect(document.all('a:not([href^="#"])').map(({ outerHTML }) => outerHTML)).toEqual([]);
  expect(document.one('.control').textContent).toContain(address);
});
