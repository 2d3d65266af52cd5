import { describe, expect, test } from 'vitest';
import { controlPlaneRoles } from '../../src/collectors/control-plane-roles.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const below = `/subscriptions/${subscription}/providers/Microsoft.Authorization`;
const assignments = `GET ${below}/roleAssignments?api-version=2022-04-01`;
const definitions = `GET ${below}/roleDefinitions?api-version=2022-04-01`;
const contributorId = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const readerId = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

const assignment = (name: string, properties: object = {}): object => ({
  id: `${below}/roleAssignments/${name}`,
  name,
  properties: {
    principalId: 'AAAA-1',
    principalType: 'User',
    roleDefinitionId: `${below}/roleDefinitions/${contributorId}`,
    scope: `/subscriptions/${subscription}`,
    condition: null,
    ...properties,
  },
});
const definition = (name: string, roleName: string, permissions: unknown): object => ({
  id: `${below}/roleDefinitions/${name}`,
  name,
  type: 'Microsoft.Authorization/roleDefinitions',
  properties: { roleName, type: 'BuiltInRole', permissions },
});
const contributor = definition(contributorId, 'Contributor', [
  { actions: ['*'], notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'], dataActions: [], notDataActions: [] },
]);
const reader = definition(readerId, 'Reader', [{ actions: ['*/read'], notActions: [] }]);

specifyCollector(server, {
  collector: controlPlaneRoles,
  subject: subscription,
  lists: [
    {
      route: assignments,
      recorded: [
        assignment('one'),
        assignment('two', {
          principalId: 'bbbb-2',
          principalType: 'ServicePrincipal',
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${readerId.toUpperCase()}`,
          scope: '/providers/Microsoft.Management/managementGroups/corp',
        }),
        assignment('three', { roleDefinitionId: `${below}/roleDefinitions/not-listed`, principalType: undefined, scope: '/' }),
      ],
    },
    { route: definitions, recorded: [contributor, reader] },
  ],
  gives: [
    {
      principalId: 'aaaa-1',
      principalType: 'User',
      scope: `/subscriptions/${subscription}`,
      role: 'Contributor',
      powers: { listsKeys: true, readsReadOnlyKeys: true, writesAccount: true },
    },
    {
      principalId: 'bbbb-2',
      principalType: 'ServicePrincipal',
      scope: '/providers/Microsoft.Management/managementGroups/corp',
      role: 'Reader',
      powers: { listsKeys: false, readsReadOnlyKeys: true, writesAccount: false },
    },
    { principalId: 'aaaa-1', principalType: 'Unknown', scope: '/', role: 'not-listed', powers: null },
  ],
  empty: [],
  malformed: [
    { when: 'an assignment has no properties', element: { name: 'bare' }, says: 'bare is not what the API promises: properties: ' },
    { when: 'an assignment is to nobody', element: assignment('x', { principalId: undefined }), says: 'x is not what the API promises: properties.principalId: ' },
    { when: 'an assignment has no role', element: assignment('x', { roleDefinitionId: null }), says: 'properties.roleDefinitionId: ' },
    { when: 'an assignment has no scope', element: assignment('x', { scope: undefined }), says: 'properties.scope: ' },
    { when: 'a role has no name', list: 1, element: definition('x', undefined as unknown as string, []), says: 'x is not what the API promises: properties.roleName: ' },
    { when: 'what a role may do is one text', list: 1, element: definition('x', 'X', [{ actions: '*' }]), says: 'properties.permissions.0.actions: ' },
  ],
});

describe('what a role can do to an account', () => {
  const nothing = { listsKeys: false, readsReadOnlyKeys: false, writesAccount: false };
  const account = 'Microsoft.DocumentDB/databaseAccounts';

  test.each([
    ['nothing', [], nothing],
    ['nothing', [], nothing],
    ['listing keys', [{ actions: [`${account}/listKeys/action`] }], { ...nothing, listsKeys: true }],
    ['listing connection strings', [{ actions: [`${account}/listConnectionStrings/*`] }], { ...nothing, listsKeys: true }],
    ['the action for read-only keys', [{ actions: [`${account}/readonlykeys/action`] }], { ...nothing, listsKeys: true }],
    ['reading read-only keys', [{ actions: [`${account.toUpperCase()}/readonlykeys/read`] }], { ...nothing, readsReadOnlyKeys: true }],
    [
      'everything but keys',
      [{ actions: [`${account}/*`], notActions: [`${account}/listKeys/*`, `${account}/listConnectionStrings/*`, `${account}/readonlykeys/*`] }],
      { ...nothing, writesAccount: true },
    ],
    [
      'what one part leaves out and another gives',
      [{ actions: [`${account}/write`], notActions: [`${account}/*`] }, { actions: [`${account}/write`] }],
      { ...nothing, writesAccount: true },
    ],
    ['another resource', [{ actions: ['Microsoft.Storage/*', 'Microsoft.DocumentDB/mongoClusters/*'] }], nothing],
  ])('%s', async (_, permissions, powers) => {
    const read = await readOne(server, controlPlaneRoles, subscription, { [assignments]: [assignment('one')], [definitions]: [definition(contributorId, 'Custom', permissions)] });
    expect(read).toMatchObject([{ role: 'Custom', powers }]);
  });

  test.each([
    ['permissions are left out', undefined],
    ['permissions are null', null],
    ['actions are left out', [{ notActions: [] }]],
  ])('is not known where %s: such a role is not one without power', async (_, permissions) => {
    await expect(readOne(server, controlPlaneRoles, subscription, { [assignments]: [assignment('one')], [definitions]: [definition(contributorId, 'Custom', permissions)] })).rejects.toThrow('properties.permissions');
  });
});
