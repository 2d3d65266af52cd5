import { describe, expect, test } from 'vitest';
import { breaker, defaultBreaker, type Ending } from '../../src/azure/breaker.ts';
import { ProviderUnreachableError } from '../../src/azure/errors.ts';
import { defaultRetry } from '../../src/azure/retry.ts';
import { collect, type Collector } from '../../src/collectors/collector.ts';
import { known } from '../../src/core/fact.ts';
import { armFor, azureServer, failure, otherSubscription, page, subscription, type Answer } from '../support/azure-server.ts';
import { virtualClock } from '../support/clock.ts';

const settings = { failures: 3, openMs: 30_000 };
const security = 'Microsoft.Security';

/** Lets requests begin and end, one after another. */
function ended(clock = virtualClock(), ...endings: readonly Ending[]) {
  const of = breaker(settings, clock);
  for (const ending of endings) of.end(security, of.begin(security), ending);
  return of;
}

describe('a provider is asked', () => {
  test.each([
    ['at first', []],
    ['after fewer failures than settings say', ['unanswered', 'unanswered']],
    ['after failures that were not in a row', ['unanswered', 'unanswered', 'answered', 'unanswered', 'unanswered']],
    ['after denials and throttled requests, however many', ['neither', 'neither', 'neither', 'neither']],
  ] satisfies [string, Ending[]][])('%s', (_, endings) => {
    expect(ended(virtualClock(), ...endings).begin(security)).toBe('request');
  });
});

describe('a provider is left alone', () => {
  test.each([
    ['after so many failures in a row', ['unanswered', 'unanswered', 'unanswered']],
    ['after so many failures, whatever denials came in between: those are no answers of its own', ['unanswered', 'neither', 'unanswered', 'neither', 'unanswered']],
  ] satisfies [string, Ending[]][])('%s', (_, endings) => {
    const of = ended(virtualClock(), ...endings);
    expect(() => of.begin(security)).toThrow(ProviderUnreachableError);
    expect(() => of.begin(security)).toThrow('Microsoft.Security answered none of the last 3 requests; not asked again for 30 s.');
    expect(() => of.begin('microsoft.security')).toThrow(ProviderUnreachableError);
    expect(() => of.check(security)).toThrow(ProviderUnreachableError);
  });

  test('and others are not', () => {
    const of = ended(virtualClock(), 'unanswered', 'unanswered', 'unanswered');
    expect(of.begin('Microsoft.Insights')).toBe('request');
    expect(() => of.check('Microsoft.Insights')).not.toThrow();
  });

  test('by what began before as well, which counts as asked', () => {
    const of = breaker(settings, virtualClock());
    const begun = Array.from({ length: 5 }, () => of.begin(security));
    for (const each of begun) of.end(security, each, 'unanswered');
    expect(() => of.begin(security)).toThrow('answered none of the last 5 requests');
  });

  test('for as long as the settings say', async () => {
    const clock = virtualClock();
    const of = ended(clock, 'unanswered', 'unanswered', 'unanswered');
    await clock.advance(17_500);
    expect(() => of.begin(security)).toThrow('not asked again for 13 s.');
    await clock.advance(12_500);
    expect(of.begin(security)).toBe('probe');
  });

  test('until what was on its way is answered after all', () => {
    const of = breaker(settings, virtualClock());
    const late = of.begin(security);
    for (let time = 0; time < 3; time += 1) of.end(security, of.begin(security), 'unanswered');
    of.end(security, late, 'answered');
    expect(of.begin(security)).toBe('request');
  });
});

describe('after a while one request', () => {
  async function halfOpen() {
    const clock = virtualClock();
    const of = ended(clock, 'unanswered', 'unanswered', 'unanswered');
    await clock.advance(30_000);
    return { clock, of, probe: of.begin(security) };
  }

  test('asks again, and no other', async () => {
    const { of, probe } = await halfOpen();
    expect(probe).toBe('probe');
    expect(() => of.begin(security)).toThrow('answered none of the last 3 requests; not asked again before one request is answered.');
  });

  test('that is answered lets all others ask', async () => {
    const { of, probe } = await halfOpen();
    of.end(security, probe, 'answered');
    expect([of.begin(security), of.begin(security)]).toEqual(['request', 'request']);
  });

  test('that is not answered leaves the provider alone for as long again', async () => {
    const { clock, of, probe } = await halfOpen();
    of.end(security, probe, 'unanswered');
    expect(() => of.begin(security)).toThrow('answered none of the last 4 requests; not asked again for 30 s.');
    await clock.advance(30_000);
    expect(of.begin(security)).toBe('probe');
  });

  test('that finds out nothing leaves it to the next', async () => {
    const { of, probe } = await halfOpen();
    of.end(security, probe, 'neither');
    expect(of.begin(security)).toBe('probe');
  });
});

test('by default an outage costs what is documented', () => {
  const waits = Array.from({ length: defaultRetry.attempts }, (_, attempt) => defaultRetry.baseMs * 2 ** attempt * 1.25).reduce((sum, wait) => sum + wait, 0);
  expect(Math.round(waits / 1000)).toBe(31);
  const silent = (defaultRetry.attempts + 1) * 30_000 + waits;
  expect(Math.round(silent / 1000)).toBe(211);
  expect(Math.round((silent * defaultBreaker.failures) / 60_000)).toBe(18);
});

describe('requests to a provider that is out of order', () => {
  const server = azureServer();
  const pricing = (id: string): string => `/subscriptions/${id}/providers/Microsoft.Security/pricings`;
  const locks = (id: string): string => `/subscriptions/${id}/providers/Microsoft.Authorization/locks`;
  const plans: Collector<string, unknown[]> = { name: 'plans', actions: ['Microsoft.Security/pricings/read'], read: async (arm, id) => known((await arm.list(pricing(id), '1')).value) };
  const down = failure(503, 'ServiceUnavailable');
  const quick = (clock = virtualClock()) => ({ clock, breaker: { failures: 2, openMs: 30_000 } });

  test.each([
    ['503', down, 'Azure answered 503'],
    ['500', failure(500, 'InternalServerError'), 'Azure answered 500'],
    ['a broken connection', 'reset', 'ECONNRESET'],
  ] satisfies [string, Answer, string][])('end with %s, and after some fail at once, unsent, as unreachable', async (_, answer, says) => {
    server.answers({ [`GET ${pricing(subscription)}`]: () => answer });
    const arm = armFor(server, quick());
    for (let time = 0; time < 2; time += 1) expect(await collect(plans, arm, subscription)).toMatchObject({ known: false, detail: expect.stringContaining(says) });
    const { requests } = arm.counters;
    expect(requests).toBe(6);
    expect(await collect(plans, arm, otherSubscription)).toMatchObject({
      known: false,
      reason: 'unreachable',
      detail: `Cannot read plans of ${otherSubscription}: Microsoft.Security answered none of the last 2 requests; not asked again for 30 s.`,
    });
    expect(arm.counters.requests).toBe(requests);
  });

  test('take nothing from those to other providers', async () => {
    server.answers({ [`GET ${pricing(subscription)}`]: () => down, [`GET ${locks(subscription)}`]: () => page([]) });
    const arm = armFor(server, quick());
    for (let time = 0; time < 5; time += 1) await collect(plans, arm, subscription);
    expect(await arm.list(locks(subscription), '1')).toMatchObject({ known: true });
  });

  test('are asked again by one, once and without retries, and by all when that is answered', async () => {
    const clock = virtualClock();
    let isDown = true;
    server.answers({ [`GET ${pricing(subscription)}`]: () => (isDown ? down : page([])) });
    const arm = armFor(server, quick(clock));
    const ask = () => collect(plans, arm, subscription);
    for (let time = 0; time < 2; time += 1) await ask();
    await clock.advance(30_000);
    const { requests } = arm.counters;
    await Promise.all([ask(), ask(), ask()]);
    expect(arm.counters.requests).toBe(requests + 1);
    isDown = false;
    await clock.advance(30_000);
    expect(await ask()).toMatchObject({ known: true });
    expect(await Promise.all([ask(), ask()])).toMatchObject([{ known: true }, { known: true }]);
  });

  test('that were on their way say what they were answered, and are not sent again', async () => {
    let held: (() => void) | undefined;
    const holding = new Promise<void>(resolve => (held = resolve));
    let first = true;
    server.answers({
      [`GET ${pricing(otherSubscription)}`]: async () => {
        if (first) await holding;
        first = false;
        return down;
      },
      [`GET ${pricing(subscription)}`]: () => down,
    });
    const arm = armFor(server, quick());
    const late = collect(plans, arm, otherSubscription);
    for (let time = 0; time < 2; time += 1) await collect(plans, arm, subscription);
    const { requests } = arm.counters;
    held?.();
    expect(await late).toMatchObject({ reason: 'failed', detail: expect.stringContaining('Azure answered 503') });
    expect(arm.counters.requests).toBe(requests);
  });

  test('that wait for their turn are not sent', async () => {
    let held: (() => void) | undefined;
    const holding = new Promise<void>(resolve => (held = resolve));
    server.answers({
      [`GET ${locks(subscription)}`]: async () => {
        await holding;
        return page([]);
      },
      [`GET ${pricing(subscription)}`]: () => down,
    });
    const arm = armFor(server, { ...quick(), concurrency: 2, retry: { attempts: 0, baseMs: 1, longestWaitMs: 1_000 } });
    const first = arm.list(locks(subscription), '1');
    const waiting = await Promise.all(Array.from({ length: 6 }, () => collect(plans, arm, subscription)));
    const reasons = waiting.map(fact => (fact.known ? 'known' : fact.reason));
    // The next one begins while the last one ends.
    expect(reasons.filter(reason => reason === 'failed').length).toBeLessThanOrEqual(3);
    expect(reasons.filter(reason => reason === 'unreachable').length).toBeGreaterThanOrEqual(3);
    held?.();
    await first;
    expect(arm.counters.requests).toBeLessThanOrEqual(4);
  });

  test('are counted whatever Resource Manager denies in between: that is no answer of the provider', async () => {
    server.answers({ [`GET ${pricing(subscription)}`]: () => down, [`GET ${pricing(otherSubscription)}`]: () => failure(403, 'AuthorizationFailed') });
    const arm = armFor(server, quick());
    for (const id of [subscription, otherSubscription, subscription]) await collect(plans, arm, id);
    expect(await collect(plans, arm, subscription)).toMatchObject({ reason: 'unreachable' });
  });

  test.each([
    ['400', failure(400, 'BadRequest')],
    ['403', failure(403, 'AuthorizationFailed')],
    ['404', failure(404, 'ResourceNotFound')],
    ['429 that asks to wait too long', failure(429, 'TooManyRequests', 'Later.', { 'retry-after': '3600' })],
    ['429 that names no wait', failure(429, 'TooManyRequests')],
  ])('that are answered with %s never leave it alone', async (_, answer) => {
    server.answers({ [`GET ${pricing(subscription)}`]: () => answer });
    const arm = armFor(server, { breaker: { failures: 2, openMs: 30_000 } });
    for (let time = 0; time < 4; time += 1) expect(await collect(plans, arm, subscription)).not.toMatchObject({ reason: 'unreachable' });
  });
});
