import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { overview, type Overview } from '../../src/cli/overview.ts';
import { renderOverview } from '../../src/cli/table.ts';
import { decisive } from '../../src/core/exemption.ts';
import type { Finding } from '../../src/core/finding.ts';
import { exemption } from '../support/exemptions.ts';
import { assessment, comparison, finding, result, scan, summary } from '../support/results.ts';

const now = new Date('2026-11-20T06:00:00Z');
const exempted = (differences: Partial<Finding>, expiresOn = '2026-12-31'): Finding => {
  const applied = decisive([exemption({ expiresOn })], now);
  return finding({ ...differences, ...(applied && { exemption: applied }) });
};

async function seen(...findings: Finding[]): Promise<Overview> {
  const collected = overview();
  await collected.subscription(scan(), result(), comparison([assessment({ findings })]));
  return collected;
}

const gaps = [{ fact: 'account', reason: 'denied', detail: 'No.' }] as const;

describe('what counts against a scan', () => {
  test.each([
    ['a failure', finding(), 1],
    ['a failure whose exemption has expired', exempted({}, '2026-11-19'), 1],
    ['a failure that is exempted', exempted({}), 0],
    ['something unknown', finding({ status: 'unknown', gaps }), 0],
    ['something that nobody attested', finding({ status: 'manual' }), 0],
    ['a pass', finding({ status: 'pass' }), 0],
    ['a failure that is less severe', finding({ severity: 'low' }), 0],
  ])('%s ends it with the right code', async (_, given, code) => {
    expect(exitCodeOf({ complete: true }, await seen(given), 'high', null)).toBe(code);
    expect(exitCodeOf({ complete: true }, await seen(given), undefined, null)).toBe(0);
    expect(exitCodeOf({ complete: false }, await seen(given), 'high', null)).toBe(2);
  });

  test('what is exempted and unknown is still said to be unknown', async () => {
    const { unknownFindings, exempted: accepted } = await seen(exempted({ status: 'unknown', gaps }));
    expect([[...unknownFindings], [...accepted]]).toEqual([[['denied', 1]], [['accepted-risk', 1]]]);
  });
});

describe('where a control fails', () => {
  test.each([
    ['on few resources', ['b', 'a'], ['a', 'b']],
    ['on four', ['d', 'b', 'c', 'a'], ['a', 'b', 'c', 'd']],
    ['on many, the first in order whenever they come', ['f', 'e', 'd', 'g', 'b', 'c', 'h', 'a'], ['a', 'b', 'c', 'd']],
    ['on many of one name', ['b', 'b', 'b', 'b', 'b', 'a'], ['a', 'b', 'b', 'b']],
  ])('%s: all are counted, and four are named', async (_, names, examples) => {
    const collected = overview();
    for (const name of names) await collected.subscription(scan(), result(), comparison([assessment({ name, findings: [finding()] })]));
    expect([...collected.failing.values()]).toMatchObject([{ count: names.length, examples }]);
  });
});

describe('the table', () => {
  const rendered = async (warnings: readonly string[], ...findings: Finding[]): Promise<string> =>
    renderOverview({ summary: summary({ warnings }), subscriptions: [] }, await seen(...findings), { width: 100, color: false, sandbox: false });

  test('says what is accepted and what people have to attest', async () => {
    const text = await rendered([], exempted({}), exempted({ severity: 'low' }), finding({ status: 'manual', controlId: 'mfa-required' }));
    expect(text).toContain('Exempted, outside the score: accepted-risk 2');
    expect(text).toContain('To be attested by people: 1 manual controls');
    expect(text).toContain('  mfa-required');
    expect(text).toContain('No finding fails.');
  });

  test('says what people should look after', async () => {
    expect(await rendered(['Exemption legacy ends on 2026-12-01.'])).toContain('Warnings\n  Exemption legacy ends on 2026-12-01.\n');
  });

  test('says nothing of what there is not', async () => {
    expect(await rendered([], finding())).not.toMatch(/Exempted|attested|Warnings/);
  });
});
