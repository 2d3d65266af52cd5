import { expect, test } from 'vitest';
import { mongoUsers } from '../../src/collectors/mongo-users.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const account = `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;
const route = `GET ${account}/mongodbUserDefinitions?api-version=2026-03-15`;

const user = (name: string, properties: object = {}): object => ({
  id: `${account}/mongodbUserDefinitions/${name}`,
  name,
  type: 'Microsoft.DocumentDB/databaseAccounts/mongodbUserDefinitions',
  properties: { userName: name, databaseName: 'sales', customData: 'Of no use.', roles: [{ db: 'sales', role: 'readWrite' }], mechanisms: 'SCRAM-SHA-256', ...properties },
});

specifyCollector(server, {
  collector: mongoUsers,
  subject: account,
  lists: [
    {
      route,
      recorded: [
        user('app'),
        user('report', {
          roles: [
            { db: 'sales', role: 'read' },
            { db: 'admin', role: 'read' },
          ],
        }),
      ],
    },
  ],
  gives: [
    { name: 'app', database: 'sales', roles: [{ database: 'sales', role: 'readWrite' }] },
    {
      name: 'report',
      database: 'sales',
      roles: [
        { database: 'sales', role: 'read' },
        { database: 'admin', role: 'read' },
      ],
    },
  ],
  empty: [],
  malformed: [
    { when: 'a user has no properties', element: { name: 'bare' }, says: 'bare is not what the API promises: properties: ' },
    { when: 'a user has no name', element: user('x', { userName: undefined }), says: 'properties.userName: ' },
    { when: 'a user has no database', element: user('x', { databaseName: null }), says: 'properties.databaseName: ' },
    { when: 'a role has no name', element: user('x', { roles: [{ db: 'sales' }] }), says: 'properties.roles.0.role: ' },
  ],
});

test.each([
  ['left out', undefined],
  ['null', null],
])('a user whose roles are %s is not known: it is not one without roles', async (_, roles) => {
  await expect(readOne(server, mongoUsers, account, { [route]: [user('app', { roles })] })).rejects.toThrow('properties.roles');
});

test('a password that Azure should not send is not kept', async () => {
  expect(JSON.stringify(await readOne(server, mongoUsers, account, { [route]: [user('app', { password: 'hunter2' })] }))).not.toContain('hunter2');
});
