import { z } from 'zod';
import type { Account, Api, Backup, KeyGenerations } from '../core/account.ts';
import { absent, list, open } from './schema.ts';

/** Absent: the key was made before 2022-06-18. https://learn.microsoft.com/rest/api/cosmos-db-resource-provider/database-accounts/get#accountkeymetadata */
const Key = absent(z.object({ generationTime: absent(z.iso.datetime({ offset: true }), null) }), { generationTime: null });
const noKey = { generationTime: null };
const noKeys = { primaryMasterKey: noKey, secondaryMasterKey: noKey, primaryReadonlyMasterKey: noKey, secondaryReadonlyMasterKey: noKey };

const BackupOnWire = z
  .object({
    type: z.string(),
    migrationState: absent(z.object({ status: absent(z.string(), ''), targetType: absent(z.string(), null) }), { status: '', targetType: null }),
    periodicModeProperties: absent(
      z.object({ backupIntervalInMinutes: absent(z.int(), null), backupRetentionIntervalInHours: absent(z.int(), null), backupStorageRedundancy: absent(z.string(), null) }),
      { backupIntervalInMinutes: null, backupRetentionIntervalInHours: null, backupStorageRedundancy: null },
    ),
    continuousModeProperties: absent(z.object({ tier: absent(z.string(), null) }), { tier: null }),
  })
  .transform(({ type, migrationState, periodicModeProperties, continuousModeProperties }): Backup => {
    const migratingTo = /inprogress|initiated/i.test(migrationState.status) ? migrationState.targetType : null;
    if (type.toLowerCase() === 'continuous') return { type: 'Continuous', tier: continuousModeProperties.tier, migratingTo };
    if (type.toLowerCase() !== 'periodic') return { type: 'unrecognised', text: type, migratingTo };
    const { backupIntervalInMinutes, backupRetentionIntervalInHours, backupStorageRedundancy } = periodicModeProperties;
    return { type: 'Periodic', intervalMinutes: backupIntervalInMinutes, retentionHours: backupRetentionIntervalInHours, redundancy: backupStorageRedundancy, migratingTo };
  });

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
    // Absent: keys work. https://learn.microsoft.com/azure/cosmos-db/how-to-disable-key-based-authentication
    disableLocalAuth: absent(z.boolean(), false),
    disableKeyBasedMetadataWriteAccess: absent(z.boolean(), false),
    keysMetadata: absent(z.object({ primaryMasterKey: Key, secondaryMasterKey: Key, primaryReadonlyMasterKey: Key, secondaryReadonlyMasterKey: Key }), noKeys),
    minimalTlsVersion: absent(z.string(), null),
    keyVaultKeyUri: absent(z.string(), null),
    defaultIdentity: absent(z.string(), null),
    customerManagedKeyStatus: absent(z.string(), null),
    backupPolicy: absent(BackupOnWire, null),
    locations: list(z.object({ locationName: z.string(), isZoneRedundant: absent(z.boolean(), null), failoverPriority: absent(z.int(), null) })),
    enableAutomaticFailover: absent(z.boolean(), false),
    enableMultipleWriteLocations: absent(z.boolean(), false),
    consistencyPolicy: absent(z.object({ defaultConsistencyLevel: absent(z.string(), null) }), { defaultConsistencyLevel: null }),
    // Absent, or -1: no limit.
    capacity: absent(z.object({ totalThroughputLimit: absent(z.int(), -1) }), { totalThroughputLimit: -1 }),
    enableAnalyticalStorage: absent(z.boolean(), false),
  }),
});

export const AccountOnWire = Wire.transform(({ id, name, location, kind, tags, identity, properties }): Account => {
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
    corsOrigins: properties.cors.flatMap(({ allowedOrigins }) => allowedOrigins.split(',').map(origin => origin.trim())).filter(origin => origin !== ''),
    identity: {
      systemAssigned: /systemassigned/i.test(identity.type),
      userAssigned: /userassigned/i.test(identity.type) ? Object.keys(identity.userAssignedIdentities) : [],
    },
    localAuthDisabled: properties.disableLocalAuth,
    keyMetadataWritesDisabled: properties.disableKeyBasedMetadataWriteAccess,
    keys: keysOf(properties.keysMetadata),
    minimumTls: properties.minimalTlsVersion,
    // An empty text where Microsoft manages the key: Azure/azure-sdk-for-go#15199.
    keyVaultKeyUri: properties.keyVaultKeyUri === '' ? null : properties.keyVaultKeyUri,
    defaultIdentity: properties.defaultIdentity,
    customerManagedKeyStatus: properties.customerManagedKeyStatus,
    backup: properties.backupPolicy,
    regions: properties.locations.map(({ locationName, isZoneRedundant, failoverPriority }) => ({ name: locationName, zoneRedundant: isZoneRedundant, failoverPriority })),
    automaticFailover: properties.enableAutomaticFailover,
    multipleWriteRegions: properties.enableMultipleWriteLocations,
    consistency: properties.consistencyPolicy.defaultConsistencyLevel,
    throughputLimit: properties.capacity.totalThroughputLimit === -1 ? null : properties.capacity.totalThroughputLimit,
    analyticalStore: properties.enableAnalyticalStorage,
    serverless: capabilities.some(name => name.toLowerCase() === 'enableserverless'),
  };
});

function keysOf(metadata: z.output<typeof Wire>['properties']['keysMetadata']): KeyGenerations {
  return {
    primary: metadata.primaryMasterKey.generationTime,
    secondary: metadata.secondaryMasterKey.generationTime,
    primaryReadOnly: metadata.primaryReadonlyMasterKey.generationTime,
    secondaryReadOnly: metadata.secondaryReadonlyMasterKey.generationTime,
  };
}

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
