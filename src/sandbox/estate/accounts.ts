import { properties, type Api } from './account-properties.ts';
import type { Resource } from './estate.ts';
import { guid, recased, resourceId, type Group } from './ids.ts';
import { threatProtection } from './monitoring.ts';

export type EndpointStatus = 'Approved' | 'Pending' | 'Rejected' | 'Disconnected';

/** A private endpoint's connection to an account. */
export interface Endpoint {
  readonly name: string;
  readonly status: EndpointStatus;
  /** Where the endpoint itself is; default: the account's group. */
  readonly group?: Group;
  /** The sub-resource, which the account's own list tells too; default: the API's, which only the connection tells. */
  readonly groupId?: string;
  /** Of another tenant, whose endpoints Resource Manager does not show. */
  readonly hidden?: boolean;
}

/** What an account is, as far as it differs from a well kept one. */
export interface AccountSpec {
  readonly api?: Api;
  /** Over the defaults. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Properties that Resource Manager leaves out. */
  readonly absent?: readonly string[];
  /** `null`: the field is absent. */
  readonly identity?: 'system' | 'user' | 'both' | 'none' | null;
  readonly endpoints?: readonly Endpoint[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly regions?: readonly string[];
  /** Defender's own setting of the account; default: off. */
  readonly threatProtection?: boolean;
  /** Writes its id as older providers do. */
  readonly oldCasing?: boolean;
}

export interface AccountBundle {
  readonly id: string;
  readonly name: string;
  /** The account, its private endpoint connections and its Defender setting. */
  readonly resources: readonly Resource[];
}

const groupIds: Readonly<Record<Api, string>> = { nosql: 'Sql', mongodb: 'MongoDB', cassandra: 'Cassandra', gremlin: 'Gremlin', table: 'Table' };

/** An account in the shape of api-version 2026-04-01-preview, the newest. */
export function account(group: Group, name: string, spec: AccountSpec = {}): AccountBundle {
  const { api = 'nosql', absent = [], endpoints = [], tags = {}, regions = [group.location], identity = 'system', oldCasing = false } = spec;
  const plain = resourceId(group, 'Microsoft.DocumentDB', 'databaseAccounts', name);
  const id = oldCasing ? recased(plain) : plain;
  const all = {
    ...properties(name, api, regions),
    ...(endpoints.length > 0 && { privateEndpointConnections: endpoints.map(endpoint => inline(id, group, endpoint)) }),
    ...spec.properties,
  };
  const resource: Resource = {
    id,
    name,
    type: 'Microsoft.DocumentDB/databaseAccounts',
    location: group.location,
    kind: api === 'mongodb' ? 'MongoDB' : 'GlobalDocumentDB',
    tags,
    systemData: { createdAt: '2026-02-03T09:12:41.5012345Z' },
    ...(identity && { identity: identityOf(group, name, identity) }),
    properties: Object.fromEntries(Object.entries(all).filter(([key]) => !absent.includes(key))),
  };
  return { id, name, resources: [resource, ...endpoints.map(endpoint => connection(id, group, api, endpoint)), threatProtection(id, spec.threatProtection ?? false)] };
}

/** In the account itself Resource Manager leaves out name, provisioning state and mostly the group id. */
function inline(accountId: string, group: Group, endpoint: Endpoint): unknown {
  return { id: connectionId(accountId, endpoint), properties: { ...common(group, endpoint), ...(endpoint.groupId !== undefined && { groupId: endpoint.groupId }) } };
}

function connection(accountId: string, group: Group, api: Api, endpoint: Endpoint): Resource {
  return {
    id: connectionId(accountId, endpoint).replace('/Microsoft.DocumentDB/', '/Microsoft.DocumentDb/'),
    name: endpoint.name,
    type: 'Microsoft.DocumentDb/databaseAccounts/privateEndpointConnections',
    properties: { ...common(group, endpoint), groupId: endpoint.groupId ?? groupIds[api], provisioningState: endpoint.status === 'Pending' ? 'Pending' : 'Succeeded' },
  };
}

function connectionId(accountId: string, { name }: Endpoint): string {
  return `${accountId}/privateEndpointConnections/${name}`;
}

function common(group: Group, endpoint: Endpoint): Readonly<Record<string, unknown>> {
  const id = resourceId(endpoint.group ?? group, 'Microsoft.Network', 'privateEndpoints', endpoint.name);
  return { ...(endpoint.hidden !== true && { privateEndpoint: { id } }), privateLinkServiceConnectionState: { status: endpoint.status, actionsRequired: 'None', description: descriptions[endpoint.status] } };
}

const descriptions: Readonly<Record<EndpointStatus, string>> = {
  Approved: 'Auto-approved',
  Pending: 'Please approve my connection',
  Rejected: 'Not ours',
  Disconnected: 'The private endpoint was deleted',
};

function identityOf(group: Group, name: string, kind: NonNullable<AccountSpec['identity']>): unknown {
  const system = { principalId: guid(`${name}/principal`), tenantId: guid('contoso/tenant') };
  const userId = resourceId(group, 'Microsoft.ManagedIdentity', 'userAssignedIdentities', `id-${name}`);
  const user = { [userId]: { clientId: guid(`${name}/client`), principalId: guid(`${name}/user`) } };
  switch (kind) {
    case 'none':
      return { type: 'None' };
    case 'system':
      return { type: 'SystemAssigned', ...system };
    case 'user':
      return { type: 'UserAssigned', userAssignedIdentities: user };
    case 'both':
      return { type: 'SystemAssigned,UserAssigned', ...system, userAssignedIdentities: user };
  }
}
