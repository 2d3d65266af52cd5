import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/sinks/html/index.ts';
import type { ReportInput } from '../../../src/sinks/report.ts';
import { ask, inBrowser } from '../../support/browser.ts';
import { finding } from '../../support/results.ts';
import { account, input, largeInput, sandboxInput } from './input.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Production, and one account of each reach elsewhere: enough to look for things in. */
function sampleOf(estate: ReportInput): ReportInput {
  const seen = new Set<string>();
  const assessments = estate.assessments.filter(({ name, exposure }) => name.endsWith('-prod') || seen.size < seen.add(exposure?.reach ?? name).size);
  return { ...estate, assessments, summary: { ...estate.summary, accounts: assessments.filter(({ exposure }) => exposure !== null).length } };
}

/** A page, and everything it said or asked for beside the document. */
interface Opened {
  readonly page: Page;
  readonly said: readonly string[];
}

inBrowser('the report in a browser', browser => {
  const folder = mkdtempSync(join(tmpdir(), 'cosmos-compliance-report-'));
  const file = (name: string): string => join(folder, name);
  let given: ReportInput;

  beforeAll(async () => {
    const sandbox = await sandboxInput();
    given = sampleOf(sandbox);
    writeFileSync(file('estate.html'), renderHtml(sandbox));
    writeFileSync(file('report.html'), renderHtml(given));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function open(name: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await browser().newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', message => said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', error => said.push(`error: ${error.message}`));
    page.on('request', request => {
      if (!request.url().startsWith(pathToFileURL(file(name)).href)) said.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(file(name)).href);
    return { page, said };
  }

  async function used(name: string, options: BrowserContextOptions, use: (opened: Opened) => Promise<void>): Promise<void> {
    const opened = await open(name, options);
    try {
      await use(opened);
    } finally {
      await opened.page.context().close();
    }
  }

  const report = (use: (page: Page) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> =>
    used('report.html', options, async ({ page, said }) => {
      await use(page);
      expect(said).toEqual([]);
    });

  describe('is accessible', () => {
    test.each([
      ['in light colours', { colorScheme: 'light' }, false],
      ['in dark colours', { colorScheme: 'dark' }, false],
      ['with everything open, in light colours', { colorScheme: 'light' }, true],
      ['with everything open, in dark colours', { colorScheme: 'dark' }, true],
      ['on a phone', { viewport: { width: 390, height: 844 } }, true],
    ] as const)('%s', { timeout: 300_000 }, (_, options, isOpen) =>
      used('accessible.html', options, async ({ page, said }) => {
        if (isOpen) await ask(page, `for (const each of document.querySelectorAll('details')) each.open = true`);
        await page.evaluate(axe);
        const found = await ask<readonly string[]>(page, `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html + ' ' + failureSummary).join(' | ')))`);
        expect(found).toEqual([]);
        expect(said).toEqual([]);
      }),
    );

    // One of each kind of resource, a few findings of each status: axe looks at every element, and 5,000 rows are the same row.
    beforeAll(() => {
      const kinds = new Set<string>();
      const assessments = given.assessments.flatMap(each => {
        if (kinds.size === kinds.add(`${each.resourceType} ${each.exposure?.reach ?? ''}`).size) return [];
        return [{ ...each, findings: [...Map.groupBy(each.findings, ({ status }) => status).values()].flatMap(findings => findings.slice(0, 2)) }];
      });
      const exemption = { id: 'later', category: 'accepted-risk', reason: 'So.', owner: 'team', expiresOn: '2027-01-01', state: 'active' } as const;
      const attested = finding({ controlId: 'mfa-required', status: 'pass', observed: { attestation: { by: 'Ada', on: '2026-01-01', until: '2027-01-01', evidence: 'ticket' } } });
      writeFileSync(file('accessible.html'), renderHtml({ ...given, assessments: [...assessments, account('exempted', { findings: [finding({ exemption }), attested] })] }));
    });
  });

  describe('shows only', () => {
    test('the whole estate asks for nothing, breaks no policy and says nothing', () =>
      used('estate.html', {}, async ({ page, said }) => {
        expect(await page.title()).toContain('Azure Cosmos DB compliance');
        await ask(page, `for (const each of document.querySelectorAll('details')) each.open = true`);
        expect(await ask(page, `performance.getEntriesByType('resource').length`)).toBe(0);
        expect(await ask(page, `getComputedStyle(document.querySelector('.glance')).display`)).toBe('grid');
        expect(said).toEqual([]);
      }));

    test('what Azure calls things is never run', async () => {
      const poison = `</script><script>window.hit=1</script><img src=x onerror=window.hit=1>`;
      writeFileSync(file('hostile.html'), renderHtml(input({ assessments: [account(`orders${poison}`, { tags: { [poison]: poison }, findings: [finding({ message: poison, observed: { [poison]: poison }, sources: [poison] })] })] }), { title: poison, note: poison }));
      await used('hostile.html', {}, async ({ page, said }) => {
        await page.locator('#found input, [data-over=found] input').first().fill('script');
        await page.locator('.resource summary').first().click();
        expect(await ask(page, `'hit' in window`)).toBe(false);
        expect(said).toEqual([]);
      });
    });

    test('an inline script or style that got through would not run', () =>
      used('report.html', {}, async ({ page, said }) => {
        await ask(page, `(() => { const script = document.createElement('script'); script.textContent = 'window.hit = 1'; document.body.append(script); document.body.setAttribute('style', 'display: none'); })()`);
        expect(await ask(page, `'hit' in window`)).toBe(false);
        expect(await ask(page, `getComputedStyle(document.body).display`)).not.toBe('none');
        expect(said.filter(line => line.includes('Content Security Policy'))).toHaveLength(2);
      }));
  });

  describe('fits', () => {
    test.each([390, 720, 1080, 1280, 1920])('%i pixels without scrolling sideways, everything open', width =>
      report(
        async page => {
          const overflow = (): Promise<number> => ask(page, 'document.documentElement.scrollWidth - document.documentElement.clientWidth');
          expect(await overflow()).toBe(0);
          await ask(page, `for (const each of document.querySelectorAll('.control, .more, .severities, .resource:nth-child(5n)')) each.open = true`);
          expect(await overflow()).toBe(0);
        },
        { viewport: { width, height: 844 } },
      ),
    );

    test('paper: what is open is printed, tools are not', () =>
      report(async page => {
        await page.emulateMedia({ media: 'print' });
        expect(await page.locator('.tools, nav, .copy').filter({ visible: true }).count()).toBe(0);
        expect(await page.locator('.on-paper').isVisible()).toBe(true);
        expect(await page.locator('main h2').filter({ visible: true }).count()).toBeGreaterThan(9);
      }));
  });

  test('can be read without scripts', () =>
    report(
      async page => {
        expect(await page.locator('.tools').filter({ visible: true }).count()).toBe(0);
        expect(await page.locator('#reached tbody tr').count()).toBe(given.summary.accounts);
        const [first] = given.assessments;
        const part = page.locator('.resource').filter({ hasText: first?.resourceId ?? '' }).first();
        await part.locator('summary').first().click();
        expect(await part.locator('.findings').isVisible()).toBe(true);
        await page.locator('.control summary').first().click();
        expect(await page.locator('.control pre').first().isVisible()).toBe(true);
      },
      { javaScriptEnabled: false },
    ));

  describe('by keyboard', () => {
    const status = (page: Page, over: string): Promise<string> => page.locator(`[data-over=${over}] [role=status]`).innerText();
    const says = async (page: Page, over: string, text: string | RegExp): Promise<void> => {
      await page.locator(`[data-over=${over}] [role=status]`).filter({ hasText: text }).waitFor();
    };

    test('the first stop skips to the report, and focus can be seen', () =>
      report(async page => {
        await page.keyboard.press('Tab');
        expect(await ask(page, `document.activeElement.textContent`)).toBe('Skip to the report');
        expect(await ask(page, `document.activeElement.getBoundingClientRect().left >= 0`)).toBe(true);
        expect(await ask(page, `getComputedStyle(document.activeElement).outlineStyle`)).toBe('solid');
        await page.keyboard.press('Enter');
        expect(await ask(page, `location.hash`)).toBe('#main');
      }));

    test('search narrows the accounts and says how many are left', () =>
      report(async page => {
        expect(await status(page, 'reached')).toBe(`${given.summary.accounts} of ${given.summary.accounts} accounts.`);
        await page.locator('[data-over=reached] input').focus();
        await page.keyboard.type('CUSTOMERS-PROD');
        await says(page, 'reached', `1 of ${given.summary.accounts} accounts.`);
        expect(await page.locator('#reached tbody tr').filter({ visible: true }).locator('th a').allInnerTexts()).toEqual(['customers-prod']);
        await page.keyboard.type('zzz');
        await says(page, 'reached', 'nothing matches');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await says(page, 'reached', `${given.summary.accounts} of`);
        expect(await ask(page, `document.activeElement.name`)).toBe('text');
      }));

    test.each([
      ['status', 'fail', (each: ReportInput['assessments'][number]) => each.findings.filter(({ status: of }) => of === 'fail').length],
      ['status', 'notApplicable', (each: ReportInput['assessments'][number]) => each.findings.filter(({ status: of }) => of === 'notApplicable').length],
      ['severity', 'critical', (each: ReportInput['assessments'][number]) => each.findings.filter(({ severity }) => severity === 'critical').length],
      ['reach', 'allAzure', (each: ReportInput['assessments'][number]) => (each.exposure?.reach === 'allAzure' ? each.findings.length : 0)],
    ])('filters findings by %s %s', (name, value, number) =>
      report(async page => {
        const counts = given.assessments.map(number).filter(count => count > 0);
        await page.locator(`[data-over=found] select[name=${name}]`).selectOption(value);
        const findings = counts.reduce((sum, count) => sum + count, 0).toLocaleString('en');
        await says(page, 'found', `${counts.length} of ${given.assessments.length} resources, ${findings} findings.`);
        expect(await page.locator('.resource').filter({ visible: true }).count()).toBe(counts.length);
      }),
    );

    test('filters by subscription and by what is written in a finding, together', () =>
      report(async page => {
        const production = given.subscriptions.find(({ name }) => name === 'contoso-production');
        const mine = given.assessments.filter(({ subscriptionId }) => subscriptionId === production?.subscriptionId);
        await page.locator('[data-over=found] select[name=subscription]').selectOption({ label: 'contoso-production' });
        await says(page, 'found', `${mine.length} of ${given.assessments.length} resources`);
        await page.locator('[data-over=found] input').fill('minimum-tls-1-2');
        const named = mine.flatMap(({ findings }) => findings.filter(({ controlId }) => controlId === 'minimum-tls-1-2'));
        await says(page, 'found', `${named.length} of ${given.assessments.length} resources, ${named.length} findings.`);
        expect(await page.locator('.resource').filter({ visible: true }).count()).toBe(named.length);
      }));

    test('a table is sorted by its headings, up and down, numbers as numbers', () =>
      report(async page => {
        const column = (): Promise<readonly string[]> => page.locator('#scores tbody tr > td:nth-child(2)').allInnerTexts();
        const button = page.locator('#scores thead button').filter({ hasText: 'Accounts' });
        await button.focus();
        await page.keyboard.press('Enter');
        const numbers = (texts: readonly string[]): readonly number[] => texts.filter(text => /^\d+$/.test(text)).map(Number);
        const up = await column();
        expect(numbers(up)).toEqual(numbers(up).toSorted((a, b) => a - b));
        expect(numbers(up).length).toBeGreaterThan(5);
        expect(await page.locator('#scores th[aria-sort=ascending]').innerText()).toContain('Accounts');
        await page.keyboard.press('Enter');
        expect(numbers(await column())).toEqual(numbers(up).toReversed());
        expect(await page.locator('#scores th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
      }));

    test('accounts are sorted by reach as the reach goes, not as it is spelt', () =>
      report(async page => {
        const first = (): Promise<string> => page.locator('#reached tbody tr').first().getAttribute('data-reach').then(String);
        const button = page.locator('#reached thead button').filter({ hasText: 'Reach' });
        await button.press('Enter');
        expect(await first()).toBe('internet');
        await button.press('Enter');
        expect(await first()).toBe('unknown');
      }));

    test('resources are sorted by what matters', () =>
      report(async page => {
        await page.locator('[data-over=found] label').filter({ hasText: 'Sort by' }).locator('select').selectOption('Most open');
        expect(await page.locator('.resource').first().getAttribute('data-reach')).toBe('internet');
        await page.locator('[data-over=found] label').filter({ hasText: 'Sort by' }).locator('select').selectOption('Most failures');
        const counts = await page.locator('.kind').first().locator('.resource').evaluateAll(items => items.map(item => Number(item.getAttribute('data-fail'))));
        expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      }));

    test('a link opens what it leads to, even where a filter hides it', () =>
      report(async page => {
        await page.locator('[data-over=found] input').fill('nothing is called so');
        await says(page, 'found', 'nothing matches');
        const link = page.locator('#reached tbody a').first();
        const target = await link.getAttribute('href');
        await link.press('Enter');
        await page.locator(target ?? '').waitFor({ state: 'visible' });
        expect(await ask(page, `document.querySelector('${target}').getBoundingClientRect().top < innerHeight`)).toBe(true);
        await ask(page, `document.querySelector('${target}').closest('details').open = false`);
        await link.press('Enter');
        await page.locator(target ?? '').waitFor({ state: 'visible' });
      }));

    test('all is opened and closed at once, what a filter hides aside', () =>
      report(async page => {
        await page.locator('[data-over=found] select[name=reach]').selectOption('internet');
        await says(page, 'found', /^14 of|^\d+ of/);
        const shown = given.assessments.filter(({ exposure }) => exposure?.reach === 'internet').length;
        await says(page, 'found', `${shown} of`);
        await page.locator('[data-over=found] button').filter({ hasText: 'Open all' }).press('Enter');
        expect(await page.locator('.resource[open]').count()).toBe(shown);
        await page.locator('[data-over=found] button').filter({ hasText: 'Close all' }).press('Enter');
        expect(await page.locator('.resource[open]').count()).toBe(0);
      }));

    test('code is copied', () =>
      report(
        async page => {
          await page.locator('.control summary').first().press('Enter');
          const figure = page.locator('.control .code').first();
          await figure.locator('button').press('Enter');
          await figure.locator('button').filter({ hasText: /Copied|Selected/ }).waitFor();
          const text = await figure.locator('code').textContent();
          const copied = await ask<string>(page, `navigator.clipboard.readText().catch(() => getSelection().toString())`);
          expect(copied).toBe(text);
        },
        { permissions: ['clipboard-read', 'clipboard-write'] },
      ));
  });

  test('ten thousand findings stay usable', async () => {
    const large = await largeInput(10_000);
    writeFileSync(file('large.html'), renderHtml(large));
    await used('large.html', {}, async ({ page, said }) => {
      const painted = await ask<number>(page, `performance.getEntriesByName('first-contentful-paint')[0].startTime`);
      expect(await page.locator('.findings tr[id]').count()).toBeGreaterThanOrEqual(10_000);
      await page.locator('[data-over=found] input').fill('minimum-tls-1-2');
      await page.locator('[data-over=found] [role=status]').filter({ hasText: 'findings' }).waitFor();
      const began = await ask<number>(page, 'performance.now()');
      await page.locator('[data-over=found] select[name=status]').selectOption('fail');
      const failing = large.assessments.flatMap(({ findings }) => findings).filter(({ controlId, status }) => controlId === 'minimum-tls-1-2' && status === 'fail').length;
      await page.locator('[data-over=found] [role=status]').filter({ hasText: new RegExp(`, ${failing} findings`) }).waitFor();
      const took = (await ask<number>(page, 'performance.now()')) - began;
      console.log(`ten thousand findings: first paint after ${Math.round(painted)} ms, a filter took ${Math.round(took)} ms`);
      expect(said).toEqual([]);
    });
  });
});

