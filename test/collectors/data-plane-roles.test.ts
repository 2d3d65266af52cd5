import { describe, expect, test } from 'vitest';
import { collect } from '../../src/collectors/collector.ts';
import { cassandraRoles, gremlinRoles, mongoRoles, nosqlRoles, tableRoles } from '../../src/collectors/data-plane-roles.ts';
import { armFor, azureServer, failure, page, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const account = `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;
const builtInReader = '00000000-0000-0000-0000-000000000001';
const builtInContributor = '00000000-0000-0000-0000-000000000002';
const custom = 'cccccccc-0000-0000-0000-000000000000';

/** What differs between the APIs is the name of the lists and nothing else. */
function wire(kind: string) {
  const of = (type: string): string => `${account}/${kind}Role${type}`;
  return {
    assignments: `GET ${of('Assignments')}?api-version=2026-03-15`,
    definitions: `GET ${of('Definitions')}?api-version=2026-03-15`,
    assignment: (name: string, role: string, properties: object = {}): object => ({
      id: `${of('Assignments')}/${name}`,
      name,
      properties: { principalId: 'AAAA-1', roleDefinitionId: `${of('Definitions')}/${role}`, scope: account, ...properties },
    }),
    definition: (name: string, roleName: unknown, permissions: unknown): object => ({
      id: `${of('Definitions')}/${name}`,
      name,
      properties: { roleName, type: 'CustomRole', assignableScopes: [account], permissions },
    }),
  };
}

const { assignments, definitions, assignment, definition } = wire('sql');
const grant = { api: 'nosql', principalId: 'aaaa-1', scope: account, accountWide: true } as const;
const reader = { name: 'Cosmos DB Built-in Data Reader', kind: 'reader', dataActions: [] } as const;
const contributor = { name: 'Cosmos DB Built-in Data Contributor', kind: 'contributor', dataActions: [] } as const;
const own = {
  name: 'Item reader',
  kind: 'other',
  dataActions: ['Microsoft.DocumentDB/databaseAccounts/readMetadata', 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read'],
} as const;

specifyCollector(server, {
  collector: nosqlRoles,
  subject: account,
  lists: [
    { route: assignments, recorded: [assignment('one', builtInReader), assignment('two', custom.toUpperCase(), { scope: `${account}/dbs/sales` })] },
    {
      route: definitions,
      recorded: [
        definition(custom, 'Item reader', [{ dataActions: [own.dataActions[0]], notDataActions: [] }, { dataActions: [own.dataActions[1]] }]),
        definition(builtInReader, 'Another name for the built-in role', []),
      ],
    },
  ],
  gives: [
    { ...grant, role: reader },
    { ...grant, scope: `${account}/dbs/sales`, accountWide: false, role: own },
  ],
  empty: [],
  malformed: [
    { when: 'an assignment has no properties', element: { name: 'bare' }, says: 'bare is not what the API promises: properties: ' },
    { when: 'an assignment is to nobody', element: assignment('x', custom, { principalId: null }), says: 'properties.principalId: ' },
    { when: 'an assignment has no role', element: assignment('x', custom, { roleDefinitionId: undefined }), says: 'properties.roleDefinitionId: ' },
    { when: 'an assignment has no scope', element: assignment('x', custom, { scope: undefined }), says: 'properties.scope: ' },
    { when: 'a definition has no name', list: 1, element: definition('x', null, []), says: 'x is not what the API promises: properties.roleName: ' },
    { when: 'what a role may do is one text', list: 1, element: definition('x', 'X', [{ dataActions: '*' }]), says: 'properties.permissions.0.dataActions: ' },
  ],
});

describe.each([
  ['nosql', 'sql', nosqlRoles],
  ['mongodb', 'mongoMI', mongoRoles],
  ['table', 'table', tableRoles],
  ['gremlin', 'gremlin', gremlinRoles],
  ['cassandra', 'cassandra', cassandraRoles],
] as const)('grants of the %s API', (api, kind, collector) => {
  const on = wire(kind);

  test('are read from its own lists', async () => {
    const sent = { [on.assignments]: [on.assignment('one', custom)], [on.definitions]: [on.definition(custom, 'Item reader', [{ dataActions: own.dataActions }])] };
    expect(await readOne(server, collector, account, sent)).toEqual([{ ...grant, api, role: own }]);
  });

  test('need its own permissions', async () => {
    server.answers({ [on.assignments]: () => failure(403, 'AuthorizationFailed') });
    expect(await collect(collector, armFor(server), account)).toMatchObject({
      reason: 'denied',
      permission: `Microsoft.DocumentDB/databaseAccounts/${kind}RoleAssignments/read, Microsoft.DocumentDB/databaseAccounts/${kind}RoleDefinitions/read`,
    });
  });

  test('of built-in roles need no definitions', async () => {
    expect(await readOne(server, collector, account, { [on.assignments]: [on.assignment('one', builtInReader), on.assignment('two', builtInContributor)] })).toEqual([
      { ...grant, api, role: reader },
      { ...grant, api, role: contributor },
    ]);
  });
});

test('an assignment of a role that the account does not have is malformed', async () => {
  server.answers({ [assignments]: [page([assignment('one', custom)])], [definitions]: [page([])] });
  expect(await collect(nosqlRoles, armFor(server), account)).toMatchObject({
    known: false,
    reason: 'malformed',
    detail: expect.stringContaining(`An assignment names role ${custom}, which the account does not have.`),
    sources: [assignments, definitions],
  });
});

test.each([
  [account, true],
  [account.toLowerCase(), true],
  [`${account}/`, true],
  ['/', true],
  ['', true],
  [`${account}/dbs/sales`, false],
  [`${account}/dbs/sales/colls/orders`, false],
  [`${account.toUpperCase()}/TABLES/x`, false],
  ['/dbs/sales', false],
  ['dbs/sales', false],
])('a grant at "%s" is for the whole account: %s', async (scope, accountWide) => {
  expect(await readOne(server, nosqlRoles, account, { [assignments]: [assignment('one', builtInReader, { scope })] })).toMatchObject([{ scope, accountWide }]);
});

test('a role whose permissions are left out is not known: it is not one that may do nothing', async () => {
  const read = readOne(server, nosqlRoles, account, { [assignments]: [assignment('one', custom)], [definitions]: [definition(custom, 'Empty', null)] });
  await expect(read).rejects.toThrow('properties.permissions');
});
