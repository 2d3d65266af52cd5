import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/azure/arm.ts';
import { tokenSource, type TokenSource } from '../../src/azure/tokens.ts';
import { generatedEstate } from '../../src/sandbox/index.ts';
import { armFor, azureServer, credential, failure, page, subscription, type Received } from '../support/azure-server.ts';
import { connected, type Connection } from '../support/connection.ts';

const { signal: noEnd } = new AbortController();

interface Scene {
  readonly tokens: TokenSource;
  /** What the credential was asked. */
  readonly asked: GetTokenOptions[];
  /** The time of the wall clock from now on, milliseconds. */
  at(this: void, now: number): void;
  /** Lets the credential answer what it was asked, by default with `token-<number>`. */
  give(this: void, answer?: string | Error): Promise<void>;
}

/** A credential whose tokens live so long, and answers when the test says so. */
function scene(life: number, signal = noEnd): Scene {
  let now = 0;
  const asked: GetTokenOptions[] = [];
  const open: { resolve: (token: AccessToken) => void; reject: (error: Error) => void }[] = [];
  const held: TokenCredential = {
    getToken: (_, options = {}) =>
      new Promise((resolve, reject) => {
        asked.push(options);
        open.push({ resolve, reject });
      }),
  };
  return {
    tokens: tokenSource(held, 'scope', signal, () => now),
    asked,
    at: time => (now = time),
    async give(answer = `token-${asked.length}`) {
      for (const { resolve, reject } of open.splice(0)) {
        if (typeof answer === 'string') resolve({ token: answer, expiresOnTimestamp: now + life });
        else reject(answer);
      }
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    },
  };
}

const hour = 3_600_000;

describe('a token', () => {
  test('is fetched once for all who ask at the same time', async () => {
    const { tokens, asked, give } = scene(hour);
    const all = Promise.all(Array.from({ length: 32 }, () => tokens.current()));
    await give();
    expect(new Set((await all).map(({ token }) => token))).toEqual(new Set(['token-1']));
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['an hour: five minutes before', hour, hour - 5 * 60_000],
    ['five seconds: one before', 5_000, 4_000],
  ])('that lives %s its end it is replaced, once, and behind the requests', async (_, life, from) => {
    const { tokens, asked, at, give } = scene(life);
    const first = tokens.current();
    await give();
    await first;
    at(from - 1);
    await Promise.all(Array.from({ length: 32 }, () => tokens.current()));
    expect(asked).toHaveLength(1);
    at(from);
    const during = await Promise.all(Array.from({ length: 32 }, () => tokens.current()));
    expect(new Set(during.map(({ token }) => token))).toEqual(new Set(['token-1']));
    expect(asked).toHaveLength(2);
    await give();
    expect(await tokens.current()).toMatchObject({ token: 'token-2' });
    expect(asked).toHaveLength(2);
  });

  test('is replaced when the credential wants it', async () => {
    let fetched = 0;
    const eager: TokenCredential = { getToken: async () => ({ token: `token-${(fetched += 1)}`, expiresOnTimestamp: hour, refreshAfterTimestamp: 1_000 }) };
    let now = 0;
    const tokens = tokenSource(eager, 'scope', noEnd, () => now);
    await tokens.current();
    now = 1_000;
    await tokens.current();
    expect(fetched).toBe(2);
  });

  test.each([
    ['an hour is not sent in its last half minute', hour, hour - 30_000],
    ['five seconds is not sent in its last half second', 5_000, 4_500],
  ])('that lives %s: requests wait for the next', async (_, life, from) => {
    const { tokens, at, give } = scene(life);
    const first = tokens.current();
    await give();
    await first;
    at(from);
    const waiting = Promise.all(Array.from({ length: 32 }, () => tokens.current()));
    await give('fresh');
    expect(new Set((await waiting).map(({ token }) => token))).toEqual(new Set(['fresh']));
  });

  test('that is known to be about to expire is never sent: law', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: 2 * hour }), fc.array(fc.integer({ min: 0, max: hour }), { minLength: 1 }), async (life, pauses) => {
        let now = 0;
        let end = 0;
        const instant: TokenCredential = { getToken: async () => ({ token: 'any', expiresOnTimestamp: (end = now + life) }) };
        const tokens = tokenSource(instant, 'scope', noEnd, () => now);
        for (const pause of pauses) {
          now += pause;
          const { expiresOnTimestamp } = await tokens.current();
          expect(expiresOnTimestamp - now).toBeGreaterThan(Math.min(30_000, life / 10) - 1);
          expect(expiresOnTimestamp).toBeLessThanOrEqual(end);
        }
      }),
    );
  });

  test('that cannot be replaced in time serves until its end, and the credential is not pestered', async () => {
    const { tokens, asked, at, give } = scene(hour);
    const first = tokens.current();
    await give();
    await first;
    for (const since of [0, 1_000, 2_999]) {
      at(hour - 5 * 60_000 + since);
      expect(await tokens.current()).toMatchObject({ token: 'token-1' });
      await give(new Error('Later.'));
    }
    expect(asked).toHaveLength(2);
    at(hour - 5 * 60_000 + 3_000);
    await tokens.current();
    expect(asked).toHaveLength(3);
  });

  test('that is not to be had is the error of the credential, for all who wait, and the next one asks again', async () => {
    const { tokens, asked, give } = scene(hour);
    const waiting = Promise.allSettled(Array.from({ length: 3 }, () => tokens.current()));
    await give(new Error('Please run az login.'));
    expect(await waiting).toMatchObject(Array.from({ length: 3 }, () => ({ status: 'rejected', reason: { message: 'Please run az login.' } })));
    const again = tokens.current();
    await give();
    expect(await again).toMatchObject({ token: 'token-2' });
    expect(asked).toHaveLength(2);
  });

  test('that a credential does not give at all is an error that says so', async () => {
    const none: TokenCredential = { getToken: async () => null };
    await expect(tokenSource(none, 'scope', noEnd).current()).rejects.toMatchObject({ name: 'CredentialUnavailableError', message: 'The credential gave no token.' });
  });

  test('is not waited for beyond the end of the scan, whatever the credential does', async () => {
    const controller = new AbortController();
    const { tokens } = scene(hour, controller.signal);
    const waiting = tokens.current();
    controller.abort(new Error('It is over.'));
    await expect(waiting).rejects.toThrow('It is over.');
  });

  test('that Azure refused is replaced once for all who were refused', async () => {
    const { tokens, asked, give } = scene(hour);
    const first = tokens.current();
    await give();
    const refused = await first;
    const renewing = Promise.all(Array.from({ length: 32 }, () => tokens.renew(refused)));
    await give();
    expect(await renewing).toEqual(Array.from({ length: 32 }, () => true));
    expect(await tokens.renew(refused)).toBe(true);
    expect(await tokens.current()).toMatchObject({ token: 'token-2' });
    expect(asked).toHaveLength(2);
  });

  test('that the credential gives again and again is believed to be the best there is', async () => {
    const { tokens, asked, give } = scene(hour);
    const first = tokens.current();
    await give('the same');
    const refused = await first;
    const outcomes: boolean[] = [];
    for (let time = 0; time < 4; time += 1) {
      const renewing = tokens.renew(refused);
      await give('the same');
      outcomes.push(await renewing);
    }
    expect(outcomes).toEqual([true, true, false, false]);
    expect(asked).toHaveLength(3);
  });
});

describe('a request whose token Azure refuses', () => {
  const server = azureServer();
  const path = `/subscriptions/${subscription}/providers/Microsoft.DocumentDB/databaseAccounts`;
  const stale = (code: string) => failure(401, code, 'The access token is invalid.');
  const ask = (asked = credential()) => armFor(server, { credential: asked }).list(path, '1');
  const sent = (): (string | undefined)[] => server.requests.map(({ headers }) => headers.authorization);

  test.each(['ExpiredAuthenticationToken', 'InvalidAuthenticationToken'])('as %s is sent again with a new one', async code => {
    server.answers({ [`GET ${path}`]: [stale(code), page([])] });
    expect(await ask()).toMatchObject({ known: true });
    expect(sent()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('is sent three times at most, and then it is believed', async () => {
    server.answers({ [`GET ${path}`]: () => stale('InvalidAuthenticationToken') });
    await expect(ask()).rejects.toMatchObject({ name: 'ArmError', status: 401, code: 'InvalidAuthenticationToken' });
    expect(sent()).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3']);
  });

  test('for another reason is not sent again', async () => {
    server.answers({ [`GET ${path}`]: [stale('InvalidAuthenticationTokenTenant')] });
    await expect(ask()).rejects.toMatchObject({ status: 401, code: 'InvalidAuthenticationTokenTenant' });
  });

  test('is counted as sent again', async () => {
    server.answers({ [`GET ${path}`]: [stale('ExpiredAuthenticationToken'), page([])] });
    const arm = armFor(server);
    await arm.list(path, '1');
    expect(arm.counters).toEqual({ requests: 2, throttled: 0, retries: 1 });
  });

  test('ends with what the credential says where there is no new one', async () => {
    server.answers({ [`GET ${path}`]: [stale('ExpiredAuthenticationToken')] });
    const noToken = Object.assign(new Error('Please run az login.'), { name: 'CredentialUnavailableError' });
    await expect(ask(credential(3_600_000, noToken))).rejects.toBe(noToken);
  });

  test('together with 31 others costs one new token', async () => {
    const asked = credential();
    server.answers({ [`GET ${path}`]: ({ headers }: Received) => (headers.authorization === 'Bearer token-1' ? stale('ExpiredAuthenticationToken') : page([])) });
    const arm = armFor(server, { credential: asked, concurrency: 32, pace: { first: 32, most: 32, refillPerSecond: 25, reserve: 50 } });
    await Promise.all(Array.from({ length: 32 }, () => arm.list(path, '1')));
    expect(asked.asked).toHaveLength(2);
  });

  test('is sent with the token of its turn, not of the time when it began to wait', async () => {
    const asked = credential(0, 3_600_000);
    server.answers({ [`GET ${path}`]: () => page([]) });
    const arm = armFor(server, { credential: asked, concurrency: 1 });
    await Promise.all([arm.list(path, '1'), arm.list(path, '1'), arm.list(path, '1')]);
    expect(sent()).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-2']);
  });
});

describe('tokens that live for seconds', () => {
  let azure: Connection;
  beforeAll(async () => {
    azure = await connected({ estate: generatedEstate({ subscriptions: 4, accountsPerSubscription: 1 }), tokenLifetimeMs: 2_000 });
  });
  afterAll(() => azure.stop());

  test('are fetched no oftener than they end, under 32 requests at once, and what came too late is sent again', async () => {
    const arm = connect({ cloud: azure.cloud, credential: azure.credential, signal: noEnd, concurrency: 32 });
    const begun = Date.now();
    const list = async (): Promise<void> => {
      while (Date.now() - begun < 2_500) await arm.list('/subscriptions', '2022-12-01');
    };
    await Promise.all(Array.from({ length: 32 }, list));
    const { issued, expired } = azure.sandbox.tokens();
    expect(issued).toBeGreaterThan(1);
    // Azure says the end in whole seconds: a token holds for a second at least, and is replaced in its last fifth.
    expect(issued).toBeLessThanOrEqual(2 + expired + (Date.now() - begun) / 800);
    expect(arm.counters).toMatchObject({ throttled: 0, retries: expired });
  });
});
