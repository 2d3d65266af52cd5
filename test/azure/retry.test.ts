import { createHttpHeaders, createPipelineRequest, RestError, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { meter } from '../../src/azure/counters.ts';
import { ThrottledError } from '../../src/azure/errors.ts';
import { defaultRetry, retryPolicy, type RetrySettings } from '../../src/azure/retry.ts';

type Outcome = { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | Error;

interface Run {
  readonly result: number | Error;
  /** Milliseconds before each request but the first. */
  readonly waits: readonly number[];
  readonly retries: number;
  readonly requests: readonly PipelineRequest[];
}

/** Sends one request through the policy; the outcomes come in turn, the last one again and again. */
async function run(outcomes: readonly Outcome[], settings: Partial<RetrySettings> = {}, signal = new AbortController().signal): Promise<Run> {
  const counted = meter();
  const request = createPipelineRequest({ url: 'https://management.azure.com/subscriptions' });
  const times: number[] = [];
  const requests: PipelineRequest[] = [];
  const policy = retryPolicy({ attempts: 2, baseMs: 1, longestWaitMs: 60_000, ...settings }, counted, signal);
  const result = await policy
    .sendRequest(request, sent => {
      times.push(performance.now());
      requests.push({ ...sent });
      const outcome = outcomes[Math.min(times.length, outcomes.length) - 1];
      return outcome === undefined || outcome instanceof Error ? Promise.reject(outcome ?? new Error('none')) : Promise.resolve(response(request, outcome));
    })
    .then(
      ({ status }) => status,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
  return { result, waits: times.slice(1).map((time, index) => time - (times[index] ?? 0)), retries: counted.counters.retries, requests };
}

function response(request: PipelineRequest, { status, headers = {} }: Exclude<Outcome, Error>): PipelineResponse {
  return { request, status, headers: createHttpHeaders(headers) };
}

const restError = (code?: string): RestError => new RestError('It broke.', code === undefined ? {} : { code });

describe('is sent again', () => {
  test.each([408, 429, 500, 502, 503, 504])('after %i', async status => {
    expect(await run([{ status }, { status: 200 }])).toMatchObject({ result: 200, retries: 1 });
  });

  test.each(['ETIMEDOUT', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'REQUEST_SEND_ERROR', 'PARSE_ERROR'])('after %s', async code => {
    expect(await run([restError(code), { status: 200 }])).toMatchObject({ result: 200, retries: 1 });
  });

  test('after different failures in a row', async () => {
    expect(await run([{ status: 503 }, restError('ECONNRESET'), { status: 200 }])).toMatchObject({ result: 200, retries: 2 });
  });

  test('as often as the settings say, and then gives the last answer', async () => {
    expect(await run([{ status: 503 }], { attempts: 4 })).toMatchObject({ result: 503, retries: 4 });
  });

  test('as often as the settings say, and then throws the last failure', async () => {
    expect(await run([{ status: 503 }, restError('ECONNRESET')])).toMatchObject({ result: { code: 'ECONNRESET' }, retries: 2 });
  });

  test('not at all where the settings say so', async () => {
    expect(await run([{ status: 429 }], { attempts: 0 })).toMatchObject({ result: 429, retries: 0 });
  });
});

describe('is not sent again', () => {
  test.each([200, 204, 304, 400, 401, 403, 404, 409, 410, 501, 505])('after %i', async status => {
    expect(await run([{ status, headers: { 'retry-after': '1' } }])).toMatchObject({ result: status, retries: 0 });
  });

  test.each([
    ['a certificate that is not trusted', restError('DEPTH_ZERO_SELF_SIGNED_CERT')],
    ['a failure without a code', restError()],
    ['a failure that is not of the connection', new TypeError('A defect.')],
    ['a failed sign-in, whatever its code', Object.assign(new Error('No token.'), { name: 'AuthenticationError', code: 'ETIMEDOUT' })],
  ])('after %s', async (_, failure) => {
    expect(await run([failure, { status: 200 }])).toMatchObject({ result: failure, retries: 0 });
  });
});

describe('waits', () => {
  test('at least as long as Azure says', async () => {
    const { waits } = await run([{ status: 429, headers: { 'retry-after-ms': '40' } }, { status: 503, headers: { 'x-ms-retry-after-ms': '60' } }, { status: 200 }]);
    expect(waits[0]).toBeGreaterThan(38);
    expect(waits[1]).toBeGreaterThan(58);
  });

  test('longer each time where Azure says nothing', async () => {
    const { waits } = await run([{ status: 429 }], { attempts: 3, baseMs: 20 });
    for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThan(20 * 2 ** index * 0.75 - 2);
    expect(waits).toHaveLength(3);
  });

  test('a little where Azure says not at all', async () => {
    const { waits } = await run([{ status: 429, headers: { 'retry-after': '0' } }, { status: 429, headers: { 'retry-after': '-1' } }, { status: 200 }], { baseMs: 20 });
    expect(Math.min(...waits)).toBeGreaterThan(13);
  });

  test('never longer than allowed where Azure says nothing', async () => {
    const { result, waits } = await run([{ status: 500 }], { baseMs: 3_600_000, longestWaitMs: 5 });
    expect(result).toBe(500);
    expect(Math.max(...waits)).toBeLessThan(3_000);
  });

  test('by default for a quarter of a minute at least, all in all', () => {
    const shortest = Array.from({ length: defaultRetry.attempts }, (_, attempt) => defaultRetry.baseMs * 2 ** attempt * 0.75);
    expect(shortest.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(15_000);
  });
});

describe('a wait that is longer than allowed', () => {
  test.each([
    ['Retry-After in seconds', { 'retry-after': '3600' }, 3_600_000],
    ['retry-after-ms', { 'retry-after-ms': '60001' }, 60_001],
    ["Resource Graph's quota", { 'x-ms-user-quota-resets-after': '01:00:00' }, 3_600_000],
  ])('ends the request at once: %s', async (_, headers, wait) => {
    const { result, retries } = await run([{ status: 429, headers }]);
    expect(result).toBeInstanceOf(ThrottledError);
    expect(result).toMatchObject({ retryAfterMs: wait, message: `Azure asks to wait ${Math.round(wait / 1000)} s, which is longer than the scan may wait.` });
    expect(retries).toBe(0);
  });

  test('as a date ends it too', async () => {
    const { result } = await run([{ status: 503, headers: { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() } }]);
    expect(result).toBeInstanceOf(ThrottledError);
  });

  test('does not matter after the last attempt', async () => {
    expect(await run([{ status: 429, headers: { 'retry-after': '3600' } }], { attempts: 0 })).toMatchObject({ result: 429 });
  });

  test('of exactly the longest is waited for', async () => {
    expect(await run([{ status: 429, headers: { 'retry-after-ms': '5' } }, { status: 200 }], { longestWaitMs: 5 })).toMatchObject({ result: 200 });
  });
});

describe('the end of the scan', () => {
  test('ends a wait at once', async () => {
    const controller = new AbortController();
    const running = run([{ status: 429, headers: { 'retry-after': '50' } }], {}, controller.signal);
    setTimeout(() => controller.abort(new Error('The scan was interrupted.')), 10);
    const { result, retries } = await running;
    expect(result).toMatchObject({ message: 'The scan was interrupted.' });
    expect(retries).toBe(1);
  });

  test('lets no wait begin', async () => {
    const { requests } = await run([{ status: 503 }], { baseMs: 30_000 }, AbortSignal.abort());
    expect(requests).toHaveLength(1);
  });

  test('is passed on to whatever handles the request, which the SDKs do for the first page only', async () => {
    const { signal } = new AbortController();
    const { requests } = await run([{ status: 503 }, { status: 200 }], {}, signal);
    expect(requests.map(({ abortSignal }) => abortSignal)).toEqual([signal, signal]);
  });
});
