import { expect, test } from 'vitest';
import { locks } from '../../src/collectors/locks.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const route = `GET /subscriptions/${subscription}/providers/Microsoft.Authorization/locks?api-version=2020-05-01`;
const account = `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;

const lock = (scope: string, name: string, level: unknown = 'CanNotDelete'): object => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
  name,
  type: 'Microsoft.Authorization/locks',
  properties: { level, notes: 'Keep.' },
});

specifyCollector(server, {
  collector: locks,
  subject: subscription,
  lists: [{ route, recorded: [lock(account, 'keep'), lock(`/subscriptions/${subscription}`, 'frozen', 'ReadOnly')] }],
  gives: [
    { name: 'keep', scope: account, level: 'CanNotDelete' },
    { name: 'frozen', scope: `/subscriptions/${subscription}`, level: 'ReadOnly' },
  ],
  empty: [],
  malformed: [
    { when: 'a lock has no id', element: { name: 'x', properties: { level: 'ReadOnly' } }, says: 'x is not what the API promises: id: ' },
    { when: 'an id is not that of a lock', element: { ...lock(account, 'x'), id: account }, says: 'x is not what the API promises: id: ' },
    { when: 'a lock has no level', element: lock(account, 'x', null), says: 'properties.level: ' },
    { when: 'a lock has no properties', element: { ...lock(account, 'x'), properties: undefined }, says: 'x is not what the API promises: properties: ' },
  ],
});

test.each([
  ['a level in another case', 'readonly', 'ReadOnly'],
  ['a level that is new', 'CanNotMove', { unrecognised: 'CanNotMove' }],
])('a lock with %s', async (_, sent, level) => {
  expect(await readOne(server, locks, subscription, { [route]: [lock(account, 'keep', sent)] })).toEqual([{ name: 'keep', scope: account, level }]);
});

test('the scope of a lock is found in any case', async () => {
  const id = `${account.toLowerCase()}/PROVIDERS/microsoft.authorization/LOCKS/keep`;
  expect(await readOne(server, locks, subscription, { [route]: [{ ...lock(account, 'keep'), id }] })).toMatchObject([{ scope: account.toLowerCase() }]);
});
