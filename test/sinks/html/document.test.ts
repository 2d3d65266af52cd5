import { hash } from 'node:crypto';
import vm from 'node:vm';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/sinks/html/index.ts';
import { standingOf } from '../../../src/sinks/html/estate.ts';
import { severityWords } from '../../../src/sinks/html/words.ts';
import type { ReportInput } from '../../../src/sinks/report.ts';
import { finding, result } from '../../support/results.ts';
import { account, input, largeInput, parsed, sandboxInput, unknownFinding, wordsOf, type Parsed } from './input.ts';

/** The text between two tags, exactly as it stands. */
const inner = (text: string, tag: string): readonly string[] => [...text.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(match => match[1] ?? '');

describe('the report of the demo estate', () => {
  let given: ReportInput;
  let document: Parsed;
  beforeAll(async () => {
    given = await sandboxInput();
    document = parsed(renderHtml(given));
  });

  test('answers in the order in which people ask', () => {
    expect(document.all('main h2').map(wordsOf)).toEqual([
      'Open to the public',
      'Fix first',
      'Not known',
      'Score',
      '1 How complete the scan is',
      '2 Who can reach the accounts',
      '3 What to fix first',
      '4 Score, floor to ceiling',
      '5 Coverage of the source documents',
      '6 Every resource, every finding',
      '7 Exemptions and attestations',
      '8 What could not be read',
      '9 Controls that fail nowhere',
    ]);
  });

  test('has every finding exactly once, where it stands, with its control, its severity and what it says', () => {
    const rows = new Map(document.all('.findings tr[id]').map(row => [row.id, row]));
    const findings = given.assessments.flatMap(each => each.findings);
    expect(rows.size).toBe(findings.length);
    expect(document.text.match(/<tr id="f/g)).toHaveLength(findings.length);
    for (const each of findings) {
      const row = rows.get(`f${each.id}`);
      const words = row ? wordsOf(row) : '';
      expect(row?.parentElement?.className, each.id).toBe(standingOf(each));
      expect(words.startsWith(severityWords[each.severity]), words).toBe(true);
      expect(words, each.id).toContain(`${each.controlId} ${each.message.replaceAll(/\s+/g, ' ')}`);
    }
  });

  test('every request behind a finding is written out below it', () => {
    for (const resource of document.all('.resource')) {
      const id = wordsOf(resource.querySelector('code.id') as typeof resource);
      const assessment = given.assessments.find(({ resourceId }) => resourceId === id);
      const requests = [...resource.querySelectorAll('.requests li')].map(item => item.textContent.replace('{id}', id).replace('{subscription}', `/subscriptions/${assessment?.subscriptionId}`));
      expect(requests, id).toEqual([...new Set(assessment?.findings.flatMap(({ sources }) => sources))].toSorted());
    }
  });

  test('counts what the input holds', () => {
    const statuses = Map.groupBy(given.assessments.flatMap(({ findings }) => findings), ({ status }) => status);
    for (const [status, findings] of statuses) expect(document.all(`.findings tbody.${status} tr[id]`), status).toHaveLength(findings.length);
    expect(document.all('.resource')).toHaveLength(given.assessments.length);
    expect(document.all('#reached tbody tr')).toHaveLength(given.summary.accounts);
    const { expected, scanned, denied, throttled, failed, skipped } = given.summary.subscriptions;
    expect(wordsOf(document.one('.equation'))).toBe(`${expected} expected = ${scanned} scanned + ${denied} denied + ${throttled} throttled + ${failed} failed + ${skipped} skipped`);
  });

  test('says how to fix a control in one place', () => {
    const judged = new Set(given.assessments.flatMap(({ findings }) => findings.map(({ controlId }) => controlId)));
    expect(document.all('.control')).toHaveLength(judged.size);
    const text = document.root.textContent;
    for (const { id, remediation } of given.controls) {
      const card = document.all('.control').filter(each => each.querySelector(`[id="control-${id}"]`) !== null);
      expect(card, id).toHaveLength(judged.has(id) ? 1 : 0);
      if (!judged.has(id) || remediation.cli === undefined) continue;
      expect(card[0]?.textContent, id).toContain(remediation.cli);
      expect(text.split(remediation.text).length - 1, id).toBe(1);
    }
  });

  test('every link inside it leads somewhere, and no two places have one name', () => {
    const ids = document.all('[id]').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Set(ids);
    const links = document.all('a[href^="#"]').map(link => link.getAttribute('href')?.slice(1) ?? '');
    expect(links.filter(id => !known.has(id))).toEqual([]);
    const named = document.all('[aria-labelledby]').flatMap(each => (each.getAttribute('aria-labelledby') ?? '').split(' '));
    expect(named.filter(id => !known.has(id))).toEqual([]);
  });

  test('charts are pictures with a title and a description, and a table beside each', () => {
    const charts = document.all('svg[role=img]');
    expect(charts).toHaveLength(6);
    for (const chart of charts) {
      expect(chart.querySelector('title')?.textContent, chart.outerHTML).toMatch(/\w/);
      expect(chart.querySelector('desc')?.textContent, chart.outerHTML).toMatch(/\d/);
      expect(chart.closest('section')?.querySelector('table'), chart.outerHTML).not.toBeNull();
    }
  });

  test('needs nothing from anywhere, and shows only', () => {
    const loading = document.all('link, img, iframe, object, embed, video, audio, base, form, [src], [srcset], [ping], [action], [style]');
    expect(loading.map(({ outerHTML }) => outerHTML)).toEqual([]);
    const attributes = new Set(document.all('*').flatMap(each => each.getAttributeNames()));
    expect([...attributes].filter(name => name.startsWith('on'))).toEqual([]);
    const [style = ''] = inner(document.text, 'style');
    expect(style.match(/url\([^)]*\)|@import|@font-face|expression/g)).toEqual(['url(#hatch)']);
    for (const link of document.all('a:not([href^="#"])')) {
      expect(link.getAttribute('href')).toMatch(/^https:\/\/(learn\.microsoft\.com|portal\.azure\.com|[a-z.]+)\//);
      expect(link.getAttribute('rel')).toBe('noopener noreferrer');
    }
  });

  test('allows its own style and script by their hashes, and nothing else', () => {
    const [style = '', ...styles] = inner(document.text, 'style');
    const [script = '', ...scripts] = inner(document.text, 'script');
    expect([...styles, ...scripts]).toEqual([]);
    const policy = document.one('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    const digest = (text: string): string => `'sha256-${hash('sha256', text, 'base64')}'`;
    expect(policy).toBe(`default-src 'none'; style-src ${digest(style)}; script-src ${digest(script)}; base-uri 'none'; form-action 'none'`);
    expect(() => new vm.Script(script)).not.toThrow();
    expect(style.length + script.length).toBeLessThan(200_000);
  });

  test('hides what only a script brings to life', () => {
    expect(document.all('.tools:not([hidden])')).toEqual([]);
    expect(document.all('button').filter(button => button.closest('.tools') === null)).toEqual([]);
  });
});

test('ten thousand findings stay below five megabytes', async () => {
  const large = await largeInput(10_000);
  const text = renderHtml(large);
  expect(text.match(/<tr id="f/g)?.length).toBeGreaterThanOrEqual(10_000);
  expect(Buffer.byteLength(text)).toBeLessThan(5_000_000);
});

describe('the same scan gives the same text', () => {
  const given = input({
    assessments: [
      account('orders', { findings: [finding(), unknownFinding({ controlId: 'perimeter-enforced' }), finding({ controlId: 'local-auth-disabled', severity: 'high' })] }),
      account('basket', { findings: [finding(), finding({ controlId: 'local-auth-disabled', severity: 'high', status: 'pass' })] }),
      account('search', { subscriptionId: '22222222-2222-2222-2222-222222222222', findings: [finding({ status: 'notApplicable' })] }),
      account('cart', { findings: [] }),
    ],
    subscriptions: [result(), result({ subscriptionId: '22222222-2222-2222-2222-222222222222', name: 'staging' }), result({ subscriptionId: '33333333-3333-3333-3333-333333333333', name: '', outcome: 'denied', reason: 'No.' })],
  });
  const text = renderHtml(given);
  const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> => fc.shuffledSubarray([...items], { minLength: items.length });

  test('whatever the order of its lists', () => {
    const orders = fc.record({ assessments: shuffled(given.assessments), subscriptions: shuffled(given.subscriptions), controls: shuffled(given.controls), requirements: shuffled(given.requirements) });
    fc.assert(
      fc.property(orders, lists => {
        const assessments = lists.assessments.map(each => ({ ...each, findings: each.findings.toReversed() }));
        expect(renderHtml({ ...given, ...lists, assessments })).toBe(text);
      }),
      { numRuns: 20 },
    );
  });

  test('and says neither when nor where it was written', () => {
    expect(renderHtml(given)).toBe(text);
    expect(text).not.toContain(String(new Date().getFullYear() + 1000));
    expect(text).not.toContain(process.cwd());
  });
});

test.each([
  ['its own title', { title: 'Weekly <report>' }, 'Weekly <report>', 0],
  ['a note', { note: 'A made-up estate.' }, 'Azure Cosmos DB compliance', 1],
  ['neither', {}, 'Azure Cosmos DB compliance', 0],
])('takes %s', (_, options, title, notes) => {
  const document = parsed(renderHtml(input(), options));
  expect(wordsOf(document.one('h1'))).toBe(title);
  expect(document.one('head title').textContent).toBe(`${title}, 20 November 2026, 06:00 UTC`);
  expect(document.all('.note')).toHaveLength(notes);
});
