import type { Api } from './account-properties.ts';
import type { Resource } from './estate.ts';
import { guid } from './ids.ts';

/** What the role types of an API are called. */
const kinds: Readonly<Record<Api, string>> = { nosql: 'sql', mongodb: 'mongoMI', cassandra: 'cassandra', gremlin: 'gremlin', table: 'table' };

const accounts = 'Microsoft.DocumentDB/databaseAccounts';

/** The built-in roles over data, the same in every account. */
export const dataReader = '00000000-0000-0000-0000-000000000001';
export const dataContributor = '00000000-0000-0000-0000-000000000002';

/** `principal`: a name, from which the object id comes. `scope`: below the account; empty for all of it. */
export interface DataPlaneSpec {
  readonly principal: string;
  readonly role: string;
  readonly scope?: string;
}

/** An assignment of one of Cosmos DB's own roles. */
export function dataPlaneAssignment(accountId: string, api: Api, { principal, role, scope = '' }: DataPlaneSpec): Resource {
  const kind = kinds[api];
  const name = guid(`${accountId}/${principal}/${role}/${scope}`);
  const properties = {
    roleDefinitionId: `${accountId}/${kind}RoleDefinitions/${role}`,
    scope: `${accountId}${scope}`,
    principalId: guid(principal),
    ...(api !== 'nosql' && { provisioningState: 'Succeeded' }),
  };
  return { id: `${accountId}/${kind}RoleAssignments/${name}`, name, type: `${accounts}/${kind}RoleAssignments`, properties };
}

/** A role of the account's own. Azure lists the built-in ones beside it. */
export function dataPlaneRole(accountId: string, api: Api, roleName: string, ...dataActions: readonly string[]): Resource {
  const kind = kinds[api];
  const name = guid(`${accountId}/${roleName}`);
  const permissions = [{ dataActions: dataActions.map(action => `${accounts}/${action}`), notDataActions: [] }];
  return { id: `${accountId}/${kind}RoleDefinitions/${name}`, name, type: `${accounts}/${kind}RoleDefinitions`, properties: { roleName, type: 'CustomRole', assignableScopes: [accountId], permissions } };
}

/** A user of a MongoDB account. */
export function mongoUser(accountId: string, database: string, userName: string, ...roles: readonly (readonly [db: string, role: string])[]): Resource {
  const name = `${database}.${userName}`;
  const properties = { userName, databaseName: database, customData: '', roles: roles.map(([db, role]) => ({ db, role })), mechanisms: 'SCRAM-SHA-256' };
  return { id: `${accountId}/mongodbUserDefinitions/${name}`, name, type: `${accounts}/mongodbUserDefinitions`, properties };
}

interface AzureRole {
  readonly name: string;
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
}

/** @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export const azureRoles = {
  owner: { name: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', roleName: 'Owner', actions: ['*'] },
  contributor: {
    name: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    roleName: 'Contributor',
    actions: ['*'],
    notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write', 'Microsoft.Authorization/elevateAccess/Action'],
  },
  reader: { name: 'acdd72a7-3385-48ef-bd42-f606fba81ae7', roleName: 'Reader', actions: ['*/read'] },
  accountContributor: {
    name: '5bd9cd88-fe45-4216-938b-f97437e15450',
    roleName: 'DocumentDB Account Contributor',
    actions: ['Microsoft.Authorization/*/read', `${accounts}/*`, 'Microsoft.Resources/deployments/*', 'Microsoft.Resources/subscriptions/resourceGroups/read'],
  },
  accountReader: {
    name: 'fbdf93bf-df7d-467e-a4d2-9458aa1360c8',
    roleName: 'Cosmos DB Account Reader Role',
    actions: ['Microsoft.Authorization/*/read', 'Microsoft.DocumentDB/*/read', `${accounts}/readonlykeys/action`, 'Microsoft.Resources/subscriptions/resourceGroups/read'],
  },
  operator: {
    name: '230815da-be43-4aae-9cb4-875f7bd000aa',
    roleName: 'Cosmos DB Operator',
    actions: [`${accounts}/*`, 'Microsoft.Authorization/*/read', 'Microsoft.Resources/deployments/*', 'Microsoft.Resources/subscriptions/resourceGroups/read'],
    notActions: [`${accounts}/readonlyKeys/*`, `${accounts}/regenerateKey/*`, `${accounts}/listKeys/*`, `${accounts}/listConnectionStrings/*`, `${accounts}/sqlRoleDefinitions/write`, `${accounts}/sqlRoleAssignments/write`],
  },
  networkContributor: { name: '4d97b98b-1d4f-4787-a291-c67834d212e7', roleName: 'Network Contributor', actions: ['Microsoft.Authorization/*/read', 'Microsoft.Network/*'] },
} as const satisfies Readonly<Record<string, AzureRole>>;

/** The definitions that a subscription lists: the built-in ones come with its own id before them. */
export function azureRoleDefinitions(subscription: string): Resource[] {
  return Object.values<AzureRole>(azureRoles).map(({ name, roleName, actions, notActions = [] }) => ({
    id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
    name,
    type: 'Microsoft.Authorization/roleDefinitions',
    properties: {
      roleName,
      type: 'BuiltInRole',
      description: '',
      assignableScopes: ['/'],
      permissions: [{ actions, notActions, dataActions: [], notDataActions: [] }],
      createdOn: '2015-02-02T21:55:09.8806423Z',
      updatedOn: '2023-08-30T15:11:04.1234567Z',
      createdBy: null,
      updatedBy: null,
    },
  }));
}

/** An Azure role assignment at any scope; below a subscription its definition's id carries that subscription. */
export function azureRoleAssignment(scope: string, role: AzureRole, principal: string, principalType: 'Group' | 'ServicePrincipal' | 'User'): Resource {
  const name = guid(`${scope}/${role.name}/${principal}`);
  const [, subscription = ''] = /^(\/subscriptions\/[^/]+)/.exec(scope) ?? [];
  const properties = {
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role.name}`,
    principalId: guid(principal),
    principalType,
    scope,
    condition: null,
    conditionVersion: null,
    createdOn: '2026-02-03T09:12:41.5012345Z',
    updatedOn: '2026-02-03T09:12:41.5012345Z',
    createdBy: guid('platform@contoso.com'),
    updatedBy: guid('platform@contoso.com'),
    delegatedManagedIdentityResourceId: null,
    description: null,
  };
  return { id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`, name, type: 'Microsoft.Authorization/roleAssignments', properties };
}
