import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Arm } from '../../src/azure/arm.ts';
import { denials } from '../../src/azure/denials.ts';
import { collect } from '../../src/collectors/collector.ts';
import { collectors } from '../../src/collectors/index.ts';
import { generatedEstate, type Estate } from '../../src/sandbox/index.ts';
import { armFor, azureServer, failure, otherSubscription, page, subscription, type Answer } from '../support/azure-server.ts';
import { connected, type Connection } from '../support/connection.ts';

const account = (name: string, of = subscription): string => `/subscriptions/${of}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/${name}`;
const settings = (name: string, of = subscription): string => `${account(name, of)}/providers/Microsoft.Insights/diagnosticSettings`;
const denied = 'AuthorizationFailed';

describe('a denial surprises', () => {
  test.each(['AuthorizationFailed', 'LinkedAuthorizationFailed', 'Forbidden'])('as %s', code => {
    expect(denials().surprises('GET', settings('a'), code)).toBe(true);
  });

  test.each(['', 'ReadOnlyDisabledSubscription', 'RequestDisallowedByPolicy', 'authorizationfailed'])('not as "%s", which no role changes', code => {
    expect(denials().surprises('GET', settings('a'), code)).toBe(false);
  });

  test.each([
    ['another account', 'GET', settings('b'), false],
    ['the same in other letters', 'GET', settings('b').toUpperCase().replace('SUBSCRIPTIONS', 'subscriptions'), false],
    ['another subscription', 'GET', settings('a', otherSubscription), true],
    ['another type of the provider', 'GET', settings('a').replace('diagnosticSettings', 'metrics'), true],
    ['another provider', 'GET', account('a'), true],
    ['another method', 'POST', settings('a'), true],
  ])('no more after two of its kind, and for %s', (_, method, path, surprises) => {
    const memory = denials();
    expect([memory.surprises('GET', settings('a'), denied), memory.surprises('GET', settings('a'), denied)]).toEqual([true, true]);
    expect(memory.surprises('GET', settings('a'), denied)).toBe(false);
    expect(memory.surprises(method, path, denied)).toBe(surprises);
  });
});

describe('a request that is denied', () => {
  const server = azureServer();
  const no = failure(403, denied, 'You may not.');
  const list = (arm: Arm, name: string) => arm.list(settings(name), '1');

  test('by mistake is sent again and answered', async () => {
    server.answers({ [`GET ${settings('a')}`]: [no, page([])] });
    const arm = armFor(server);
    expect(await list(arm, 'a')).toMatchObject({ known: true, value: [] });
    expect(arm.counters).toEqual({ requests: 2, throttled: 0, retries: 1 });
  });

  test('twice is believed, in the words of Azure', async () => {
    server.answers({ [`GET ${settings('a')}`]: [no, no] });
    await expect(list(armFor(server), 'a')).rejects.toMatchObject({ name: 'ArmError', status: 403, code: denied, message: 'You may not.' });
  });

  test('like two before is believed at once', async () => {
    server.answers({ [`GET ${settings('a')}`]: [no, no], [`GET ${settings('b')}`]: [no], [`GET ${settings('c')}`]: [no] });
    const arm = armFor(server);
    for (const name of ['a', 'b', 'c']) await expect(list(arm, name)).rejects.toMatchObject({ status: 403 });
    expect(arm.counters.requests).toBe(4);
  });

  test('together with others of its kind costs two more at most', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `account-${index}`);
    server.answers(Object.fromEntries(names.map(name => [`GET ${settings(name)}`, () => no])));
    const arm = armFor(server, { concurrency: 12 });
    await Promise.allSettled(names.map(name => list(arm, name)));
    expect(arm.counters.requests).toBeLessThanOrEqual(14);
  });

  test.each([
    ['is unavailable', failure(503, 'ServiceUnavailable')],
    ['is throttled', failure(429, 'TooManyRequests')],
  ] satisfies [string, Answer][])('and then %s is still retried', async (_, then) => {
    server.answers({ [`GET ${settings('a')}`]: [no, then, page([])] });
    expect(await list(armFor(server), 'a')).toMatchObject({ known: true });
  });
});

describe('thirty per cent denied subscriptions', () => {
  let azure: Connection;
  afterAll(() => azure.stop());

  /** The requests of a scan's kind: one list for each subscription, and for those that can be read more of each account. */
  async function read(estate: Estate): Promise<{ readonly requests: number; readonly retries: number }> {
    const arm = connect({ cloud: azure.cloud, credential: azure.credential, signal: new AbortController().signal, concurrency: 16, retry: { attempts: 1, baseMs: 1, longestWaitMs: 60_000 } });
    await Promise.all(
      estate.subscriptions.map(async ({ subscriptionId }) => {
        const listed = await collect(collectors.accounts, arm, subscriptionId);
        if (listed.known) await Promise.all(listed.value.map(each => collect(collectors.diagnosticSettings, arm, each.id)));
      }),
    );
    return arm.counters;
  }

  beforeAll(async () => {
    const estate = generatedEstate({ subscriptions: 20, accountsPerSubscription: 2 });
    azure = await connected({ estate, faults: { deniedSubscriptions: estate.subscriptions.slice(0, 6).map(({ subscriptionId }) => subscriptionId) } });
  });

  test('cost one more request each, and a scan less than a seventh more', async () => {
    const { requests, retries } = await read(generatedEstate({ subscriptions: 20, accountsPerSubscription: 2 }));
    expect(retries).toBe(6);
    expect(requests).toBe(20 + 14 * 2 + 6);
    expect(requests / (requests - retries)).toBeLessThan(8 / 7);
  });

  test('cost no more in subscriptions without accounts than one request each', async () => {
    await azure.stop();
    const estate = generatedEstate({ subscriptions: 20, accountsPerSubscription: 0 });
    azure = await connected({ estate, faults: { deniedSubscriptions: estate.subscriptions.slice(0, 6).map(({ subscriptionId }) => subscriptionId) } });
    const { requests } = await read(estate);
    expect(requests).toBe(26);
  });
});
