import { expect, test } from 'vitest';
import { collect, type Collector } from '../../src/collectors/collector.ts';
import { collectors } from '../../src/collectors/index.ts';
import { known } from '../../src/core/fact.ts';
import { armFor, azureServer, credential } from '../support/azure-server.ts';

const server = azureServer();
const collector = <Subject>(read: Collector<Subject, number>['read']): Collector<Subject, number> => ({ name: 'things', actions: ['Some/thing/read'], read });

test('what a collector reads is the fact', async () => {
  expect(
    await collect(
      collector(() => Promise.resolve(known(7, ['GET /things']))),
      armFor(server),
      'x',
    ),
  ).toEqual({ known: true, value: 7, sources: ['GET /things'] });
});

test('what a collector throws is the reason, with what was read and of what', async () => {
  const failing = (): Promise<never> => Promise.reject(new Error('It broke.'));
  expect(await collect(collector<string>(failing), armFor(server), '/subscriptions/x')).toEqual({
    known: false,
    reason: 'failed',
    detail: 'Cannot read things of /subscriptions/x: It broke.',
    sources: [],
  });
  expect(await collect(collector<readonly string[]>(failing), armFor(server), ['x'])).toMatchObject({ detail: 'Cannot read things: It broke.' });
});

test('a collector that throws before it reads is no exception', async () => {
  const throwing = collector<string>(() => {
    throw new Error('Not an id.');
  });
  expect(await collect(throwing, armFor(server), 'x')).toMatchObject({ known: false, reason: 'failed', detail: 'Cannot read things of x: Not an id.' });
});

test('without a token every collector is denied, and says so', async () => {
  const noToken = Object.assign(new Error('Please run az login.'), { name: 'CredentialUnavailableError' });
  const arm = armFor(server, { credential: credential(noToken) });
  const fact = await collect(collectors.subscriptions, arm, 'the tenant');
  expect(fact).toEqual({ known: false, reason: 'denied', detail: 'Cannot read subscriptions of the tenant: no token: Please run az login.', sources: [] });
  expect(server.requests).toEqual([]);
});

test('the registry is sorted', () => {
  expect(Object.keys(collectors)).toEqual(Object.keys(collectors).toSorted());
});
