import { describe, expect, test } from 'vitest';
import type { ArmSettings } from '../../src/azure/arm.ts';
import { endOf } from '../../src/azure/deadline.ts';
import { DeadlineError, ThrottledError } from '../../src/azure/errors.ts';
import { armFor, azureServer, credential, failure, page, subscription, type Answer } from '../support/azure-server.ts';
import { virtualClock, type VirtualClock } from '../support/clock.ts';

describe('the end of a connection', () => {
  const wall = () => 5_000_000;
  const { signal: never } = new AbortController();

  test('without a deadline is that of the caller', () => {
    const { signal, timeLeft } = endOf(never, undefined);
    expect(signal).toBe(never);
    expect(timeLeft()).toBe(Infinity);
  });

  test('is the deadline, counted on a clock that nobody sets', async () => {
    const clock = virtualClock();
    const { signal, timeLeft } = endOf(never, new Date(wall() + 1_000), clock, wall);
    expect(timeLeft()).toBe(1_000);
    await clock.advance(999);
    expect([timeLeft(), signal.aborted]).toEqual([1, false]);
    await clock.advance(1);
    expect([timeLeft(), signal.aborted]).toEqual([0, true]);
    expect(signal.reason).toBeInstanceOf(DeadlineError);
  });

  test('is the deadline, also where a timer cannot be as long', async () => {
    const real = virtualClock();
    const short = { ...real, after: (milliseconds: number, call: () => void) => real.after(Math.min(milliseconds, 100), call) };
    const { signal } = endOf(never, new Date(wall() + 250), short, wall);
    await real.advance(249);
    expect(signal.aborted).toBe(false);
    await real.advance(1);
    expect(signal.aborted).toBe(true);
  });

  test('that has passed is over', () => {
    expect(endOf(never, new Date(wall() - 1), virtualClock(), wall)).toMatchObject({ signal: { aborted: true } });
  });

  test('is that of the caller where it comes first', () => {
    const controller = new AbortController();
    const { signal } = endOf(controller.signal, new Date(wall() + 1_000), virtualClock(), wall);
    controller.abort('interrupted');
    expect([signal.aborted, signal.reason]).toEqual([true, 'interrupted']);
  });
});

/** Nothing but the deadline can end these: every other limit is an hour. */
describe('at its deadline a connection ends', () => {
  const server = azureServer();
  const path = `/subscriptions/${subscription}/providers/Microsoft.DocumentDB/databaseAccounts`;
  const patient = { attemptMs: 3_600_000, retry: { attempts: 3, baseMs: 3_000_000, longestWaitMs: 3_600_000 } };
  /** Time passes when the test says so: a second, and the deadline is there. */
  const soon = (clock: VirtualClock): Partial<ArmSettings> => ({ ...patient, clock, deadline: new Date(Date.now() + 1_000) });
  const hangUntil = (clock: VirtualClock) => (): Answer => {
    void clock.advance(1_000);
    return 'hang';
  };
  const thrownBy = (reading: Promise<unknown>): Promise<unknown> =>
    reading.then(
      value => ({ value }),
      (error: unknown) => error,
    );

  test('a request without an answer', async () => {
    const clock = virtualClock();
    server.answers({ [`GET ${path}`]: hangUntil(clock) });
    const arm = armFor(server, soon(clock));
    expect(await thrownBy(arm.list(path, '1'))).toBeInstanceOf(DeadlineError);
    expect(arm.counters).toEqual({ requests: 1, throttled: 0, retries: 0 });
  });

  test('a request that waits for its turn', async () => {
    const clock = virtualClock();
    server.answers({ [`GET ${path}`]: hangUntil(clock) });
    const arm = armFor(server, { ...soon(clock), concurrency: 1 });
    expect(await Promise.all([1, 2, 3].map(() => thrownBy(arm.list(path, '1'))))).toEqual([1, 2, 3].map(() => expect.any(DeadlineError)));
  });

  test('a request whose token does not come', async () => {
    const clock = virtualClock();
    const getToken = (): Promise<never> => {
      void clock.advance(1_000);
      return new Promise(() => {});
    };
    const arm = armFor(server, { ...soon(clock), credential: { getToken } });
    expect(await thrownBy(arm.list(path, '1'))).toBeInstanceOf(DeadlineError);
  });

  test.each([
    ['what it was answered, rather than wait beyond', failure(503, 'ServiceUnavailable'), { name: 'ArmError', status: 503 }],
    ['what it was answered, rather than wait beyond for a quota', failure(429, 'TooManyRequests'), { name: 'ArmError', status: 429 }],
    ['that it was throttled, where Azure asks to wait beyond', failure(429, 'TooManyRequests', 'Later.', { 'retry-after': '60' }), { name: 'ThrottledError', retryAfterMs: 60_000, constructor: ThrottledError }],
    ['that the connection broke', 'reset' as const, { name: 'RestError', code: 'ECONNRESET' }],
  ])('a request at once with %s', async (_, answer, expected) => {
    server.answers({ [`GET ${path}`]: [answer] });
    const arm = armFor(server, { ...patient, deadline: new Date(Date.now() + 60_000) });
    expect(await thrownBy(arm.list(path, '1'))).toMatchObject(expected);
    expect(arm.counters.requests).toBe(1);
  });

  test('and nothing is sent any more', async () => {
    const arm = armFor(server, { ...patient, deadline: new Date(Date.now() - 1) });
    expect(await thrownBy(arm.list(path, '1'))).toBeInstanceOf(DeadlineError);
    expect(arm.counters.requests).toBe(0);
  });

  test('and not before', async () => {
    server.answers({ [`GET ${path}`]: [failure(503, 'ServiceUnavailable'), page([])] });
    const arm = armFor(server, { deadline: new Date(Date.now() + 3_600_000), credential: credential() });
    expect(await arm.list(path, '1')).toMatchObject({ known: true });
  });
});
