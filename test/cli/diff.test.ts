import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffCommand, type DiffOptions } from '../../src/cli/diff-command.ts';
import { compareScans, hidesSomething, isWorse, type ScanDiff } from '../../src/cli/diff.ts';
import { renderDiff, renderDiffMarkdown } from '../../src/cli/diff-text.ts';
import type { SavedScan } from '../../src/cli/saved-scan.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import type { Reach } from '../../src/core/exposure.ts';
import type { Status } from '../../src/core/finding.ts';
import { accountId, exposure, otherSubscriptionId, perimeterId, subscriptionId } from '../support/builders.ts';
import { captured } from '../support/captured.ts';
import { temporaryFolder } from '../support/folder.ts';
import { exempted, findingOf, gaps, hostileText, unsafeIn } from '../support/report-inputs.ts';
import { assessment } from '../support/results.ts';
import { savedScan } from '../support/saved-scans.ts';

const otherId = accountId.replace(subscriptionId, otherSubscriptionId);

/** An account with a finding of that status. */
function account(status: Status, differences: Partial<Assessment> = {}, finding: Parameters<typeof findingOf>[2] = {}): Assessment {
  const resourceId = differences.resourceId ?? accountId;
  return assessment({ findings: [findingOf(resourceId, 'tls-modern', { severity: 'high', status, ...(status === 'unknown' && { gaps, observed: {} }), ...finding })], ...differences });
}

function reaching(reach: Reach, differences: Partial<Assessment> = {}): Assessment {
  return assessment({ exposure: exposure({ reach }), findings: [], ...differences });
}

const older = (...assessments: Assessment[]): SavedScan => savedScan({ assessments });
const later = (scan: Partial<SavedScan['scan']> = {}, differences: Partial<SavedScan> = {}, ...assessments: Assessment[]): SavedScan => savedScan({ ...differences, assessments, scan: { startedAt: new Date('2026-11-21T06:00:00Z'), ...scan } });

/** The one finding's transition, and why. */
function only({ findings }: ScanDiff): unknown {
  return Object.entries(findings).flatMap(([transition, all]) => all.map(({ previousStatus, status, cause }) => [transition, previousStatus, status, cause]));
}

describe('a finding', () => {
  test.each<[string, Assessment[], Assessment[], unknown, boolean]>([
    ['that fails after it passed has regressed', [account('pass')], [account('fail')], [['regressed', 'pass', 'fail', 'resource']], true],
    ['that fails after it did not apply has regressed', [account('notApplicable')], [account('fail')], [['regressed', 'notApplicable', 'fail', 'resource']], true],
    ['that passes after it failed is fixed', [account('fail')], [account('pass')], [['fixed', 'fail', 'pass', 'resource']], false],
    ['that fails as before is unchanged', [account('fail')], [account('fail')], [], false],
    ['that fails for other values is changed', [account('fail')], [account('fail', {}, { observed: { more: 1 } })], [['changed', 'fail', 'fail', 'resource']], false],
    ['of a new resource is new', [], [account('fail')], [['new', null, 'fail', 'resource']], false],
    ['that judges since is new, by the baseline', [assessment({ findings: [] })], [account('fail')], [['new', null, 'fail', 'baseline']], false],
    ['that judges no more is gone, by the baseline', [account('fail')], [assessment({ findings: [] })], [['gone', 'fail', null, 'baseline']], false],
    ['of a resource that is gone is gone', [account('fail')], [], [['gone', 'fail', null, 'resource']], false],
    ['that regressed and is exempted makes nothing worse', [account('pass')], [account('fail', {}, exempted('2026-12-31'))], [['regressed', 'pass', 'fail', 'resource']], false],
    ['that was never known and fails is new', [account('unknown')], [account('fail')], [['new', 'unknown', 'fail', 'resource']], false],
  ])('%s', (_, before, after, expected, worse) => {
    const diff = compareScans(older(...before), later({}, {}, ...after));
    expect(only(diff)).toEqual(expected);
    expect(isWorse(diff)).toBe(worse);
    expect(hidesSomething(diff)).toBe(false);
  });

  test('that was known and is unknown is changed, and hidden', () => {
    const diff = compareScans(older(account('fail')), later({}, {}, account('unknown')));
    expect(only(diff)).toEqual([['changed', 'fail', 'unknown', 'resource']]);
    expect(diff.lost).toHaveLength(1);
    expect([isWorse(diff), hidesSomething(diff)]).toEqual([false, true]);
  });

  test.each<[string, Record<string, string>, Record<string, string>, string, string, unknown]>([
    ['another digest of the control', { 'tls-modern': 'a' }, { 'tls-modern': 'b' }, 'standard 1', 'standard 1', [['changed', 'pass', 'fail', 'baseline']]],
    ['the same digest under another baseline', { 'tls-modern': 'a' }, { 'tls-modern': 'a' }, 'standard 1', 'strict 2', [['regressed', 'pass', 'fail', 'resource']]],
    ['another baseline, and no digest to tell', {}, {}, 'standard 1', 'strict 2', [['changed', 'pass', 'fail', 'baseline']]],
  ])('that fails under %s', (_, oldDigests, newDigests, oldBaseline, newBaseline, expected) => {
    const before = savedScan({ assessments: [account('pass')], scan: { judgedBy: oldDigests, baseline: oldBaseline } });
    expect(only(compareScans(before, later({ judgedBy: newDigests, baseline: newBaseline }, {}, account('fail'))))).toEqual(expected);
  });
});

describe('an account', () => {
  test.each<[string, Reach, Reach, 'opened' | 'closed' | null, boolean]>([
    ['that comes to be public has opened, which is worse', 'privateOnly', 'internet', 'opened', true],
    ['that is public to all of Azure and then to everybody', 'allAzure', 'internet', 'opened', true],
    ['that opens to some networks has opened', 'closed', 'selectedNetworks', 'opened', false],
    ['that is not public any more has closed', 'internet', 'closed', 'closed', false],
    ['whose reach is the same is not listed', 'internet', 'internet', null, false],
    ['whose reach is not known any more is not listed', 'internet', 'unknown', null, false],
    ['whose reach was not known is not listed', 'unknown', 'internet', null, false],
  ])('%s', (_, from, to, list, worse) => {
    const diff = compareScans(older(reaching(from)), later({}, {}, reaching(to)));
    expect([diff.opened.map(change => [change.from, change.to]), diff.closed.map(change => [change.from, change.to])]).toEqual([list === 'opened' ? [[from, to]] : [], list === 'closed' ? [[from, to]] : []]);
    expect(isWorse(diff)).toBe(worse);
  });

  test('that opened makes nothing worse where that is exempted', () => {
    const exposed = (status: Status): Partial<Assessment> => ({ findings: [findingOf(accountId, 'exposure-not-public', { status, ...(status === 'fail' && exempted('2026-12-31')) })] });
    expect(isWorse(compareScans(older(reaching('closed', exposed('pass'))), later({}, {}, reaching('internet', exposed('fail')))))).toBe(false);
  });

  test('that opened is not accepted by an exemption from something else', () => {
    const other = (status: Status): Partial<Assessment> => ({ findings: [findingOf(accountId, 'tls-modern', { status, ...(status === 'fail' && exempted('2026-12-31')) })] });
    expect(isWorse(compareScans(older(reaching('closed', other('pass'))), later({}, {}, reaching('internet', other('fail')))))).toBe(true);
  });

  test('that opened does so under any baseline', () => {
    expect(isWorse(compareScans(older(reaching('closed')), later({ baseline: 'strict 2' }, {}, reaching('internet'))))).toBe(true);
  });

  test('the public come first', () => {
    const named = (name: string, reach: Reach): Assessment => reaching(reach, { resourceId: `${accountId}-${name}`, name });
    const diff = compareScans(older(named('a', 'closed'), named('b', 'closed'), named('c', 'closed')), later({}, {}, named('a', 'selectedNetworks'), named('b', 'internet'), named('c', 'allAzure')));
    expect(diff.opened.map(({ resource }) => resource.name)).toEqual(['b', 'c', 'a']);
  });
});

describe('what the newer scan did not read', () => {
  const denied: Partial<SavedScan> = { subscriptions: [{ subscriptionId, name: 'production', outcome: 'denied', reason: 'Cannot read accounts.', accounts: 0 }] };
  const perimeter = assessment({ resourceId: perimeterId, resourceType: 'Microsoft.Network/networkSecurityPerimeters', exposure: null });
  const tenant = assessment({ resourceId: '/tenants/t', resourceType: 'Microsoft.Resources/tenants', subscriptionId: '', exposure: null });
  const withoutAccounts: Partial<SavedScan> = { subscriptions: [{ subscriptionId, name: 'production', outcome: 'scanned', accounts: 0 }] };

  test.each<[string, Assessment, Partial<SavedScan['scan']>, Partial<SavedScan>, RegExp | 'gone', boolean]>([
    ['an account of a subscription that was denied', account('fail'), { complete: false }, denied, /^denied: Cannot read accounts\.$/, true],
    ['an account of a subscription that is not in the scan', account('fail'), {}, { subscriptions: [] }, /not in the scope of the newer scan/, true],
    ['an account, where single accounts were asked for', account('fail'), { scope: 'accounts' }, {}, /asked for single accounts/, true],
    ['an account of a subscription that is deleted', account('fail'), {}, { subscriptions: [{ subscriptionId, name: '', outcome: 'skipped', reason: 'The subscription is deleted.', accounts: 0 }] }, /^skipped: The subscription is deleted\.$/, false],
    ['an account of a subscription that an ended scan skipped', account('fail'), { complete: false }, { subscriptions: [{ subscriptionId, name: '', outcome: 'skipped', reason: 'The scan was ended.', accounts: 0 }] }, /^skipped/, true],
    ['a perimeter, where a list failed', perimeter, { complete: false, gaps: [{ reason: 'denied', detail: 'Cannot list perimeters.' }] }, {}, /a list that it would be in could not be read/, true],
    ['a perimeter, where only Resource Graph would have found it', perimeter, {}, withoutAccounts, /no list that was read proves that it is gone/, true],
    ['a perimeter, where they were listed', perimeter, {}, {}, 'gone', false],
    ['an account, where another list failed', account('fail'), { complete: false, gaps: [{ reason: 'denied', detail: 'Cannot list perimeters.' }] }, {}, 'gone', false],
    ['a tenant, where a subscription was scanned', tenant, { scope: 'subscriptions' }, {}, /did not look at the whole tenant/, true],
    ['a tenant, where the whole tenant was', tenant, {}, {}, 'gone', false],
  ])('%s', (_, lost, scan, differences, expected, hides) => {
    const diff = compareScans(older(lost), later(scan, differences));
    expect(diff.unread.map(({ why }) => expected !== 'gone' && expected.test(why))).toEqual(expected === 'gone' ? [] : [true]);
    expect(diff.goneResources).toHaveLength(expected === 'gone' ? 1 : 0);
    expect(diff.findings.fixed).toEqual([]);
    expect(diff.findings.gone).toHaveLength(expected === 'gone' ? lost.findings.length : 0);
    expect(hidesSomething(diff)).toBe(hides);
  });

  test('a resource that the older scan may have missed is new, and may be older', () => {
    const before = savedScan({ subscriptions: [{ subscriptionId, name: 'production', outcome: 'denied', reason: 'No.', accounts: 0 }] });
    const [fresh] = compareScans(before, later({}, {}, account('fail'))).newResources;
    expect(fresh).toMatchObject({ failing: 1, unknown: 0, mayBeOlder: true });
    expect(compareScans(older(), later({}, {}, account('fail'))).newResources[0]?.mayBeOlder).toBe(false);
  });
});

test('a result is compared with itself', () => {
  expect(compareScans(older(account('fail')), older(account('fail'))).unchanged).toBe(1);
});

describe('two results that cannot be compared', () => {
  test.each([
    ['the newer one first', later(), older(), /named first is the newer one\. Name the older result first: cosmos-compliance diff OLD\.json NEW\.json/],
    ['of two clouds', older(), later({ cloud: 'china' }), /of the public cloud, the newer one of china\. Name two results of the same cloud/],
  ])('%s', (_, first, second, says) => {
    expect(() => compareScans(first, second)).toThrow(says);
  });
});

const before = older(account('pass'), reaching('closed', { resourceId: `${accountId}2`, name: 'basket' }), account('fail', { resourceId: otherId, name: 'treasury-db', subscriptionId: otherSubscriptionId }));
const after = later({ baseline: 'strict 2', complete: false, judgedBy: { 'tls-modern': 'b' } }, { subscriptions: [{ subscriptionId, name: 'production', outcome: 'scanned', accounts: 3 }, { subscriptionId: otherSubscriptionId, name: 'treasury', outcome: 'denied', reason: 'No.', accounts: 0 }] }, account('pass'), reaching('internet', { resourceId: `${accountId}2`, name: 'basket' }), account('fail', { resourceId: `${accountId}3`, name: 'search' }));

describe('the text', () => {
  test('says what opened first, then what was not read, and the baselines', () => {
    expect(renderDiff(compareScans(before, after), { width: 100, color: false })).toBe(`Changes from 2026-11-20 06:00 UTC to 2026-11-21 06:00 UTC
The baselines differ: standard 1, then strict 2.
Not asked the same of 1 controls: tls-modern. What differs by that is changed, not regressed or
fixed.
Incomplete: the newer result.

Opened (1)
  closed to internet  basket  production  perimeter rule production/default/office

Not read by the newer scan (1)
  treasury-db  treasury  denied: No.

New resources (1)
  search  production  reach perimeterRules, 1 fail, 0 unknown

Worse: 1 accounts opened, 0 closed; findings: 1 new, 0 regressed, 0 fixed, 0 changed, 0 gone, 1
unchanged; 1 resources not read, 0 findings not known any more.
`);
  });

  test('of Markdown says the same in tables', () => {
    const markdown = renderDiffMarkdown(compareScans(before, after));
    expect(markdown).toContain('### Opened (1)\n\n| Reach | Account | Subscription | Decided by |\n| --- | --- | --- | --- |\n| closed to internet | `basket` | `production` | `perimeter rule production/default/office` |');
    expect(markdown).toContain('| `treasury-db` | `treasury` | `denied: No.` |');
  });

  test('of no difference is short', () => {
    const same = compareScans(older(account('fail')), later({}, {}, account('fail')));
    expect(renderDiff(same, { width: 100, color: false })).toContain('\nNothing is different.\n\nNo regression: 0 accounts opened');
    expect(renderDiffMarkdown(same)).toContain('\nNothing is different.\n');
  });

  test('names the first controls that are not asked the same', () => {
    const asked = (count: number, digest: string): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`c-${index}`, digest]));
    const head = (count: number): string => renderDiff(compareScans(savedScan({ scan: { judgedBy: asked(count, 'a') } }), later({ judgedBy: asked(count, 'b') })), { width: 200, color: false });
    expect(head(5)).toContain('Not asked the same of 5 controls: c-0, c-1, c-2, c-3, c-4. What');
    expect(head(6)).toContain('Not asked the same of 6 controls: c-0, c-1, c-2, c-3, c-4 and 1 more. What');
  });

  test('is coloured where somebody has to look', () => {
    const text = renderDiff(compareScans(before, after), { width: 100, color: true });
    const yellow = text.split('\n').filter(line => line.startsWith('\u001B[1m\u001B[33m'));
    expect(yellow.map(line => stripVTControlCharacters(line))).toEqual(['Opened (1)', 'Not read by the newer scan (1)']);
    const worse = renderDiff(compareScans(older(account('pass')), later({}, {}, account('fail'))), { width: 100, color: true });
    expect(worse).toContain('\u001B[33mRegressed (1)');
    expect(renderDiff(compareScans(older(account('pass')), later({}, {}, account('unknown'))), { width: 100, color: true })).toContain('\u001B[33mNot known any more (1)');
  });

  test('of forty differences leaves none out', () => {
    const forty = (status: Status): Assessment[] => Array.from({ length: 40 }, (_, index) => account(status, { resourceId: `${accountId}${index}`, name: `a${index}` }));
    const diff = compareScans(older(...forty('pass')), later({}, {}, ...forty('fail')));
    expect(renderDiff(diff, { width: 100, color: false })).not.toContain('more;');
    expect(renderDiffMarkdown(diff)).not.toMatch(/^And /m);
  });

  test('of many differences says how many are left out', () => {
    const many = (status: Status): Assessment[] => Array.from({ length: 60 }, (_, index) => account(status, { resourceId: `${accountId}${index}`, name: `a${index}` }));
    const diff = compareScans(older(...many('pass')), later({}, {}, ...many('fail')));
    expect(renderDiff(diff, { width: 100, color: false })).toContain('Regressed (60)');
    expect(renderDiff(diff, { width: 100, color: false })).toContain('… and 20 more; --format json has all.');
    expect(renderDiffMarkdown(diff)).toContain('And 20 more.');
  });

  test('shows hostile names as text, at any width', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 40, max: 200 }), (text, width) => {
        const named = (status: Status, reach: Reach): Assessment => account(status, { name: text, exposure: exposure({ reach, decidedBy: text }) }, { message: text });
        const diff = compareScans(older(named('pass', 'closed')), later({ baseline: text, version: text }, {}, named('fail', 'internet')));
        const shown = renderDiff(diff, { width, color: false });
        expect(unsafeIn(shown)).toEqual([]);
        expect(shown.split('\n').filter(line => line.length > width)).toEqual([]);
        expect(unsafeIn(renderDiffMarkdown(diff))).toEqual([]);
      }),
    );
  });
});

describe('the command', () => {
  const file = (scan: SavedScan): string => {
    const path = join(temporaryFolder(), 'scan.json');
    writeFileSync(path, JSON.stringify(scan));
    return path;
  };
  const run = async (first: SavedScan, second: SavedScan, options: Partial<DiffOptions> = {}): Promise<{ readonly code: number; readonly text: string }> => {
    const { output, text } = captured();
    return { code: await diffCommand(file(first), file(second), { format: 'table', ...options }, () => output), text: text() };
  };

  test.each<[number, string, SavedScan, SavedScan, Partial<DiffOptions>]>([
    [0, 'nothing is different', older(account('fail')), later({}, {}, account('fail')), {}],
    [0, 'something is fixed', older(account('fail')), later({}, {}, account('pass')), {}],
    [1, 'something regressed', older(account('pass')), later({}, {}, account('fail')), {}],
    [0, "what differs is the baseline's doing", older(account('pass')), later({ baseline: 'strict 2' }, {}, account('fail')), {}],
    [2, 'the newer result hides something', before, after, {}],
    [1, 'it does, and that is allowed', before, after, { allowIncomplete: true }],
    [0, 'the newer result is incomplete, and hides nothing that was known', older(account('fail')), later({ complete: false }, {}, account('fail')), {}],
    [0, 'something that failed is gone', older(account('fail')), later({}, {}), {}],
  ])('ends with %i where %s', async (code, _, first, second, options) => {
    expect((await run(first, second, options)).code).toBe(code);
  });

  test('as JSON is everything', async () => {
    const { text } = await run(before, after, { format: 'json' });
    expect(JSON.parse(text)).toMatchObject({ older: { baseline: 'standard 1' }, newer: { baseline: 'strict 2' }, worse: true, hides: true, opened: [{ from: 'closed', to: 'internet' }], unread: [{ why: 'denied: No.' }], unchanged: 1 });
  });

  test('writes to a file', async () => {
    const path = join(temporaryFolder(), 'changes.md');
    const { text } = await run(before, after, { format: 'markdown', output: path });
    expect(text).toBe('');
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(path, 'utf8')).toMatch(/^## Changes from/);
  });

  test('refuses what is no result', async () => {
    await expect(diffCommand('/does/not/exist.json', '/neither.json', { format: 'table' })).rejects.toThrow(/Cannot read \/does\/not\/exist\.json/);
  });
});
