import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reaches, type Reach } from '../../src/core/exposure.ts';
import { severities, type Finding, type Severity, type Status } from '../../src/core/finding.ts';
import { scoreOf, scoreOfScan, type Score } from '../../src/core/score.ts';

type Given = readonly [Status, Severity, state?: 'active' | 'expired'];

function findings(given: readonly Given[]): Finding[] {
  return given.map(([status, severity, state], i) => ({
    id: `${i}`,
    controlId: `control-${i}`,
    severity,
    status,
    message: '',
    observed: {},
    requirements: [],
    sources: [],
    ...(state && { exemption: { id: 'legacy', category: 'accepted-risk', reason: '', owner: '', expiresOn: '2026-12-31', state } }),
  }));
}

const statuses = ['pass', 'fail', 'notApplicable', 'unknown', 'manual'] as const;
const anyFindings: fc.Arbitrary<Given[]> = fc.array(fc.tuple(fc.constantFrom(...statuses), fc.constantFrom(...severities)), { maxLength: 30 });
const exemptible = new Set<Status>(['fail', 'unknown']);
/** As the engine makes them: only what fails or is unknown has an exemption. */
const anyExempted = fc
  .array(fc.tuple(fc.constantFrom(...statuses), fc.constantFrom(...severities), fc.constantFrom('active' as const, 'expired' as const, undefined)), { maxLength: 30 })
  .map(given => given.map(([status, severity, state]): Given => (exemptible.has(status) && state ? [status, severity, state] : [status, severity])));
const anyReach = fc.constantFrom<(Reach | null)[]>(...reaches, 'unknown', null);

describe('scoreOf', () => {
  test.each<{ when: string; given: readonly Given[]; score: Score; reach?: Reach | null }>([
    { when: 'nothing was judged', given: [], score: { floor: null, ceiling: null, coverage: 1 } },
    { when: 'nothing applies', given: [['notApplicable', 'critical']], score: { floor: null, ceiling: null, coverage: 1 } },
    { when: 'only findings without weight', given: [['pass', 'info'], ['fail', 'info']], score: { floor: null, ceiling: null, coverage: 1 } },
    { when: 'only a finding without weight, unknown', given: [['unknown', 'info']], score: { floor: null, ceiling: null, coverage: 0 } },
    { when: 'everything passes', given: [['pass', 'critical'], ['pass', 'low']], score: { floor: 100, ceiling: 100, coverage: 1 } },
    { when: 'everything fails', given: [['fail', 'critical']], score: { floor: 0, ceiling: 0, coverage: 1 } },
    { when: 'everything is unknown', given: [['unknown', 'critical'], ['unknown', 'low']], score: { floor: 0, ceiling: 100, coverage: 0 } },
    {
      when: 'severities weigh 10, 6, 3 and 1',
      given: [['pass', 'critical'], ['fail', 'high'], ['fail', 'medium'], ['fail', 'low']],
      score: { floor: 50, ceiling: 50, coverage: 1 },
    },
    { when: 'high weighs 6', given: [['fail', 'critical'], ['pass', 'high'], ['fail', 'medium'], ['fail', 'low']], score: { floor: 30, ceiling: 30, coverage: 1 } },
    { when: 'medium weighs 3', given: [['fail', 'critical'], ['fail', 'high'], ['pass', 'medium'], ['fail', 'low']], score: { floor: 15, ceiling: 15, coverage: 1 } },
    {
      when: 'unknown counts as failed in the floor and as passed in the ceiling',
      given: [['pass', 'medium'], ['fail', 'medium'], ['unknown', 'high']],
      score: { floor: 25, ceiling: 75, coverage: 2 / 3 },
    },
    { when: 'the floor is rounded down and the ceiling up', given: [['pass', 'low'], ['fail', 'low'], ['fail', 'low']], score: { floor: 33, ceiling: 34, coverage: 1 } },
    { when: 'what does not apply is outside', given: [['pass', 'low'], ['notApplicable', 'critical']], score: { floor: 100, ceiling: 100, coverage: 1 } },
    { when: 'what nobody attested is outside', given: [['pass', 'low'], ['manual', 'critical']], score: { floor: 100, ceiling: 100, coverage: 1 } },
    { when: 'what nobody attested is not known either, and not counted as such', given: [['unknown', 'low'], ['manual', 'low']], score: { floor: 0, ceiling: 100, coverage: 0 } },
    { when: 'nobody attested anything', given: [['manual', 'critical']], score: { floor: null, ceiling: null, coverage: 1 } },
    { when: 'a failure is exempted', given: [['pass', 'low'], ['fail', 'critical', 'active']], score: { floor: 100, ceiling: 100, coverage: 1 } },
    { when: 'an exemption has expired', given: [['pass', 'critical'], ['fail', 'critical', 'expired']], score: { floor: 50, ceiling: 50, coverage: 1 } },
    { when: 'what is unknown is exempted, and is still not known', given: [['pass', 'low'], ['unknown', 'critical', 'active']], score: { floor: 100, ceiling: 100, coverage: 0.5 } },
    { when: 'everything that has weight is exempted', given: [['fail', 'critical', 'active']], score: { floor: null, ceiling: null, coverage: 1 } },
    { when: 'the Internet reaches it, and that is exempted', given: [['pass', 'critical'], ['fail', 'critical', 'active']], reach: 'internet', score: { floor: 49, ceiling: 100, coverage: 1 } },
    { when: 'the Internet reaches it', given: [['pass', 'critical'], ['fail', 'low']], reach: 'internet', score: { floor: 49, ceiling: 91, coverage: 1 } },
    { when: 'all of Azure reaches it', given: [['pass', 'critical']], reach: 'allAzure', score: { floor: 49, ceiling: 100, coverage: 1 } },
    { when: 'it is public and worse than the cap', given: [['fail', 'critical'], ['pass', 'low']], reach: 'internet', score: { floor: 9, ceiling: 10, coverage: 1 } },
    { when: 'it is public and nothing has weight', given: [], reach: 'internet', score: { floor: null, ceiling: null, coverage: 1 } },
    { when: 'its reach is not public', given: [['pass', 'critical']], reach: 'perimeterRules', score: { floor: 100, ceiling: 100, coverage: 1 } },
    { when: 'its reach is not known', given: [['pass', 'critical']], reach: 'unknown', score: { floor: 100, ceiling: 100, coverage: 1 } },
  ])('$when', ({ given, reach = null, score }) => {
    expect(scoreOf(findings(given), reach)).toEqual(score);
  });

  test('the floor never exceeds the ceiling, and both are whole percentages', () => {
    fc.assert(
      fc.property(anyFindings, anyReach, (given, reach) => {
        const { floor, ceiling, coverage } = scoreOf(findings(given), reach);
        expect(floor === null).toBe(ceiling === null);
        expect(coverage).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeLessThanOrEqual(1);
        if (floor === null || ceiling === null) return;
        expect([floor, ceiling].every(Number.isInteger)).toBe(true);
        expect(0 <= floor && floor <= ceiling && ceiling <= 100).toBe(true);
      }),
    );
  });

  test('not knowing a finding any more never raises the floor, lowers the ceiling or raises the coverage', () => {
    fc.assert(
      fc.property(anyFindings, anyReach, fc.nat(), (given, reach, position) => {
        fc.pre(given.length > 0 && given[position % given.length]?.[0] !== 'manual');
        const lost = given.map(([status, severity], i): Given => [i === position % given.length ? 'unknown' : status, severity]);
        const before = scoreOf(findings(given), reach);
        const after = scoreOf(findings(lost), reach);
        expect(after.coverage).toBeLessThanOrEqual(before.coverage);
        if (before.floor === null || before.ceiling === null) return;
        expect(after.floor).not.toBeNull();
        expect(after.floor).toBeLessThanOrEqual(before.floor);
        expect(after.ceiling).toBeGreaterThanOrEqual(before.ceiling);
      }),
    );
  });

  test('an exemption never lowers the floor, never changes the coverage, and an expired one changes nothing', () => {
    fc.assert(
      fc.property(anyExempted, anyReach, (given, reach) => {
        const without = scoreOf(findings(given.map(([status, severity]): Given => [status, severity])), reach);
        const scored = scoreOf(findings(given), reach);
        const expired = scoreOf(findings(given.map(([status, severity, state]): Given => (state ? [status, severity, 'expired'] : [status, severity]))), reach);
        expect(expired).toEqual(without);
        expect(scored.coverage).toBe(without.coverage);
        if (scored.floor === null || without.floor === null || scored.ceiling === null) return;
        expect(scored.floor).toBeGreaterThanOrEqual(without.floor);
        expect(scored.floor).toBeLessThanOrEqual(scored.ceiling);
      }),
    );
  });

  test('the order of findings does not matter', () => {
    fc.assert(
      fc.property(anyFindings, given => {
        expect(scoreOf(findings(given.toReversed()), null)).toEqual(scoreOf(findings(given), null));
      }),
    );
  });
});

describe('scoreOfScan', () => {
  const account = (floor: number | null, ceiling: number | null, coverage = 1): Score => ({ floor, ceiling, coverage });

  test.each<{ when: string; accounts: Score[]; readShare: number; score: Score }>([
    { when: 'there are no accounts and every subscription was read', accounts: [], readShare: 1, score: { floor: null, ceiling: null, coverage: 1 } },
    { when: 'there are no accounts where it was read', accounts: [], readShare: 0.5, score: { floor: 0, ceiling: 100, coverage: 0.5 } },
    { when: 'nothing was read', accounts: [], readShare: 0, score: { floor: 0, ceiling: 100, coverage: 0 } },
    { when: 'it is the mean of the accounts', accounts: [account(100, 100), account(50, 80, 0.5)], readShare: 1, score: { floor: 75, ceiling: 90, coverage: 0.75 } },
    { when: 'accounts without a score are outside', accounts: [account(60, 70), account(null, null)], readShare: 1, score: { floor: 60, ceiling: 70, coverage: 1 } },
    { when: '29 of 100 subscriptions were read', accounts: [account(100, 100)], readShare: 0.29, score: { floor: 29, ceiling: 100, coverage: 0.29 } },
    { when: 'half of the subscriptions were read', accounts: [account(80, 90)], readShare: 0.5, score: { floor: 40, ceiling: 95, coverage: 0.5 } },
    { when: 'means are rounded apart', accounts: [account(100, 100), account(99, 99), account(99, 99)], readShare: 1, score: { floor: 99, ceiling: 100, coverage: 1 } },
  ])('$when', ({ accounts, readShare, score }) => {
    expect(scoreOfScan(accounts, readShare)).toEqual(score);
  });

  const anyAccount = fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([a, b, coverage]) => account(Math.min(a, b), Math.max(a, b), coverage));

  test('subscriptions that were not read never make it better', () => {
    fc.assert(
      fc.property(fc.array(anyAccount, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 50 }), fc.nat(50), (accounts, read, unread) => {
        const all = scoreOfScan(accounts, 1);
        const part = scoreOfScan(accounts, read / (read + unread));
        expect(part.floor).toBeLessThanOrEqual(all.floor ?? Number.NaN);
        expect(part.ceiling).toBeGreaterThanOrEqual(all.ceiling ?? Number.NaN);
        expect(part.coverage).toBeLessThanOrEqual(all.coverage);
        expect(part.ceiling).toBeLessThanOrEqual(100);
        expect(part.floor).toBeLessThanOrEqual(part.ceiling ?? Number.NaN);
      }),
    );
  });

  test('does not depend on the order in which accounts are judged, to the last digit', () => {
    const shares = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 60 })), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(shares, drawn => {
        const accounts = drawn.map(([known, all]) => account(50, 60, Math.min(1, known / all)));
        expect(scoreOfScan(accounts.toReversed(), 0.9)).toEqual(scoreOfScan(accounts, 0.9));
      }),
    );
  });
});
