import { list as listAccounts } from '@azure/arm-cosmosdb/api/databaseAccounts';
import { z } from 'zod';
import type { Account, Api } from '../core/account.ts';
import { known, type Fact } from '../core/fact.ts';
import { MalformedAnswerError } from '../azure/errors.ts';
import type { Collector } from './collector.ts';
import { unknownBecause } from './reason.ts';
import { absent, list, open } from './schema.ts';

/**
 * What is read of an account. Every property is optional in the API.
 * @see https://learn.microsoft.com/rest/api/cosmos-db-resource-provider/database-accounts/list
 */
const Wire = z.object({
  id: z.string(),
  name: z.string(),
  location: absent(z.string(), ''),
  kind: absent(z.string(), 'GlobalDocumentDB'),
  tags: absent(z.record(z.string(), z.string()), {}),
  // Absent: no identity. The type may be "SystemAssigned,UserAssigned".
  identity: absent(z.object({ type: absent(z.string(), 'None'), userAssignedIdentities: absent(z.record(z.string(), z.unknown()), {}) }), { type: 'None', userAssignedIdentities: {} }),
  properties: z.object({
    capabilities: list(z.object({ name: z.string() })),
    // Absent: the account takes public traffic. https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall
    publicNetworkAccess: absent(open(['Enabled', 'Disabled', 'SecuredByPerimeter']), 'Enabled' as const),
    ipRules: list(z.object({ ipAddressOrRange: z.string() })),
    isVirtualNetworkFilterEnabled: absent(z.boolean(), false),
    virtualNetworkRules: list(z.object({ id: z.string(), ignoreMissingVNetServiceEndpoint: absent(z.boolean(), false) })),
    // Absent: None. https://learn.microsoft.com/azure/cosmos-db/analytical-store-private-endpoints
    networkAclBypass: absent(z.string(), 'None'),
    networkAclBypassResourceIds: list(z.string()),
    // Absent: the account has no private endpoint connection.
    privateEndpointConnections: list(
      z.object({
        id: z.string(),
        properties: z.object({
          privateEndpoint: absent(z.object({ id: absent(z.string(), null) }), { id: null }),
          groupId: absent(z.string(), null),
          privateLinkServiceConnectionState: z.object({ status: z.string() }),
        }),
      }),
    ),
    // One comma-separated text per entry.
    cors: list(z.object({ allowedOrigins: z.string() })),
  }),
});

const AccountOnWire = Wire.transform(({ id, name, location, kind, tags, identity, properties }): Account => {
  const capabilities = properties.capabilities.map(({ name: capability }) => capability);
  return {
    id,
    name,
    location,
    tags,
    apis: apisOf(kind, capabilities),
    capabilities,
    publicNetworkAccess: properties.publicNetworkAccess,
    ipRules: properties.ipRules.map(({ ipAddressOrRange }) => ipAddressOrRange),
    virtualNetworkFilter: properties.isVirtualNetworkFilterEnabled,
    virtualNetworkRules: properties.virtualNetworkRules.map(({ id: subnetId, ignoreMissingVNetServiceEndpoint }) => ({ subnetId, ignoreMissingEndpoint: ignoreMissingVNetServiceEndpoint })),
    trustedServicesBypass: properties.networkAclBypass.toLowerCase() !== 'none',
    bypassResourceIds: properties.networkAclBypassResourceIds,
    privateEndpointConnections: properties.privateEndpointConnections.map(({ id: connectionId, properties: connection }) => ({
      id: connectionId,
      endpointId: connection.privateEndpoint.id,
      status: connection.privateLinkServiceConnectionState.status,
      groupId: connection.groupId,
    })),
    corsOrigins: properties.cors.flatMap(({ allowedOrigins }) => allowedOrigins.split(',').map(origin => origin.trim())),
    identity: {
      systemAssigned: /systemassigned/i.test(identity.type),
      userAssigned: /userassigned/i.test(identity.type) ? Object.keys(identity.userAssignedIdentities) : [],
    },
  };
});

/** `kind` is GlobalDocumentDB for Table, Gremlin and Cassandra too; capabilities tell them apart. */
function apisOf(kind: string, capabilities: readonly string[]): Api[] {
  const names = new Set(capabilities.map(name => name.toLowerCase()));
  const apis: Api[] = [];
  if (kind.toLowerCase() === 'mongodb' || names.has('enablemongo')) apis.push('mongodb');
  if (names.has('enablecassandra')) apis.push('cassandra');
  if (names.has('enablegremlin')) apis.push('gremlin');
  if (names.has('enabletable')) apis.push('table');
  return apis.length > 0 ? apis : ['nosql'];
}

/** An account of a subscription, or an account that is there and cannot be understood. */
export interface ListedAccount {
  readonly id: string;
  readonly account: Fact<Account>;
}

const Identified = z.object({ id: z.string() });

/** The accounts of a subscription, by subscription id. */
export const accounts: Collector<string, ListedAccount[]> = {
  name: 'accounts',
  actions: ['Microsoft.DocumentDB/databaseAccounts/read'],
  async read(arm, subscriptionId) {
    const { value, sources } = await arm.all(() => listAccounts(arm.cosmos(subscriptionId)));
    const listed = value.map((item): ListedAccount => {
      const { success, data } = Identified.safeParse(item);
      if (!success) throw new MalformedAnswerError('The list has an account without an id.', sources.join(' '));
      const account = AccountOnWire.safeParse(item);
      return { id: data.id, account: account.success ? known(account.data, sources) : unknownBecause(account.error, `account ${data.id}`, []) };
    });
    return known(listed, sources);
  },
};
