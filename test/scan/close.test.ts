import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outcomes, type SubscriptionOutcome } from '../../src/core/scan.ts';
import type { Score } from '../../src/core/score.ts';
import { close, type Closing } from '../../src/scan/close.ts';
import type { Target } from '../../src/scan/plan.ts';
import { result, scan } from '../support/results.ts';

const good: Score = { floor: 80, ceiling: 80, coverage: 1 };
const target = (subscriptionId: string, skip: string | null = null): Target => ({ subscriptionId, name: '', skip });

function closing(differences: Partial<Closing> = {}): Closing {
  return {
    identity: scan(),
    targets: [target('a'), target('b')],
    results: [result({ subscriptionId: 'a' }), result({ subscriptionId: 'b' })],
    scores: [good],
    perimeters: 1,
    findings: 1,
    findingRows: 1,
    arm: { requests: 5, throttled: 0, retries: 0 },
    gaps: [],
    finishedAt: new Date('2026-11-20T06:05:00Z'),
    ...differences,
  };
}

/** A scan of targets that ended in any way, some of them in none. */
const ended = fc
  .array(fc.record({ skip: fc.constantFrom(null, null, 'The subscription is deleted.'), outcome: fc.constantFrom<(SubscriptionOutcome | null)[]>(null, ...outcomes) }), { maxLength: 30 })
  .map(all => {
    const targets = all.map(({ skip }, number) => target(String(number), skip));
    const results = all.flatMap(({ skip, outcome }, number) => (outcome === null ? [] : result({ subscriptionId: String(number), outcome: skip === null ? outcome : 'skipped' })));
    return { targets, results };
  });

describe('the numbers', () => {
  test('always add up, also where subscriptions have no result', () => {
    fc.assert(
      fc.property(ended, ({ targets, results }) => {
        const { expected, scanned, denied, throttled, failed, skipped } = close(closing({ targets, results })).subscriptions;
        expect(expected).toBe(targets.length);
        expect(scanned + denied + throttled + failed + skipped).toBe(expected);
        expect(scanned).toBe(results.filter(({ outcome }) => outcome === 'scanned').length);
      }),
    );
  });

  test('a scan is complete only where every subscription was scanned, or skipped on purpose', () => {
    fc.assert(
      fc.property(ended, ({ targets, results }) => {
        const purpose = new Set(targets.filter(({ skip }) => skip !== null).map(({ subscriptionId }) => subscriptionId));
        const scanned = new Set(results.filter(({ outcome }) => outcome === 'scanned').map(({ subscriptionId }) => subscriptionId));
        const all = targets.every(({ subscriptionId }) => purpose.has(subscriptionId) || scanned.has(subscriptionId));
        expect(close(closing({ targets, results })).complete).toBe(targets.length > 0 && all);
      }),
    );
  });

  test('what was not read never raises the floor and never lowers the ceiling', () => {
    fc.assert(
      fc.property(ended, ({ targets, results }) => {
        const { score } = close(closing({ targets, results }));
        expect(score.floor ?? 0).toBeLessThanOrEqual(80);
        expect(score.ceiling ?? 100).toBeGreaterThanOrEqual(80);
        expect(score.coverage).toBeGreaterThanOrEqual(0);
        expect(score.coverage).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('complete', () => {
  test.each<[string, Partial<Closing>, boolean]>([
    ['everything was scanned', {}, true],
    ['everything was scanned and there is no account', { scores: [] }, true],
    ['all else is deleted', { targets: [target('a'), target('b', 'The subscription is deleted.')], results: [result({ subscriptionId: 'a' }), result({ subscriptionId: 'b', outcome: 'skipped' })] }, true],
    ['one was denied', { results: [result(), result({ outcome: 'denied' })] }, false],
    ['one was throttled', { results: [result(), result({ outcome: 'throttled' })] }, false],
    ['one failed', { results: [result(), result({ outcome: 'failed' })] }, false],
    ['one was skipped because the scan was ended', { results: [result(), result({ outcome: 'skipped' })] }, false],
    ['one has no result', { results: [result()] }, false],
    ['something else could not be read', { gaps: [{ reason: 'denied', detail: 'Perimeters.' }] }, false],
  ])('when %s: %#', (_, differences, complete) => {
    expect(close(closing(differences)).complete).toBe(complete);
  });

  test('a subscription without a result counts as failed', () => {
    expect(close(closing({ results: [result()] })).subscriptions).toMatchObject({ expected: 2, scanned: 1, failed: 1 });
  });
});

test('nothing in scope is incomplete, and says so', () => {
  const summary = close(closing({ targets: [], results: [], scores: [] }));
  expect(summary).toMatchObject({ complete: false, subscriptions: { expected: 0, scanned: 0 }, score: { floor: 0, ceiling: 100, coverage: 0 } });
  expect(summary.gaps).toEqual([{ reason: 'denied', detail: 'The identity sees no subscription in scope.', permission: 'Microsoft.Resources/subscriptions/read' }]);
});

test('nothing read is a score of nothing to everything', () => {
  const { score } = close(closing({ results: [result({ outcome: 'denied' }), result({ outcome: 'failed' })], scores: [] }));
  expect(score).toEqual({ floor: 0, ceiling: 100, coverage: 0 });
});

test('half of the subscriptions read halves coverage and floor', () => {
  const { score } = close(closing({ results: [result(), result({ outcome: 'denied' })] }));
  expect(score).toEqual({ floor: 40, ceiling: 90, coverage: 0.5 });
});

test('the counters are those of the moment', () => {
  const arm = { requests: 1, throttled: 0, retries: 0 };
  const summary = close(closing({ arm }));
  arm.requests = 2;
  expect(summary.arm.requests).toBe(1);
  expect(summary).toMatchObject({ ...scan(), finishedAt: new Date('2026-11-20T06:05:00Z'), accounts: 1, perimeters: 1 });
});
