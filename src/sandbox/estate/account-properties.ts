import { daysAgo, guid, regionName } from './ids.ts';

export type Api = 'nosql' | 'mongodb' | 'cassandra' | 'gremlin' | 'table';

const capabilities: Readonly<Record<Api, readonly string[]>> = {
  nosql: [],
  mongodb: ['EnableMongo'],
  cassandra: ['EnableCassandra'],
  gremlin: ['EnableGremlin'],
  table: ['EnableTable'],
};

const hosts: Readonly<Record<Api, string>> = {
  nosql: 'documents',
  mongodb: 'mongo.cosmos',
  cassandra: 'cassandra.cosmos',
  gremlin: 'gremlin.cosmos',
  table: 'table.cosmos',
};

/** The properties of an account that is kept well: closed to the public, keys off, backed up continuously. */
export function properties(name: string, api: Api, regions: readonly string[]): Readonly<Record<string, unknown>> {
  const locations = regions.map((region, priority) => location(name, region, priority, api));
  const key = { generationTime: daysAgo(101) };
  return {
    provisioningState: 'Succeeded',
    documentEndpoint: endpoint(name, api),
    publicNetworkAccess: 'Disabled',
    ipRules: [],
    isVirtualNetworkFilterEnabled: false,
    virtualNetworkRules: [],
    networkAclBypass: 'None',
    networkAclBypassResourceIds: [],
    databaseAccountOfferType: 'Standard',
    instanceId: guid(`${name}/instance`),
    createMode: 'Default',
    disableLocalAuth: api === 'nosql',
    disableKeyBasedMetadataWriteAccess: true,
    minimalTlsVersion: 'Tls12',
    defaultIdentity: 'FirstPartyIdentity',
    capabilities: capabilities[api].map(capability => ({ name: capability })),
    ...(api === 'mongodb' && { apiProperties: { serverVersion: '7.0' } }),
    cors: [],
    consistencyPolicy: { defaultConsistencyLevel: 'Session', maxIntervalInSeconds: 5, maxStalenessPrefix: 100 },
    enableAutomaticFailover: regions.length > 1,
    enableMultipleWriteLocations: false,
    writeLocations: locations.slice(0, 1),
    readLocations: locations,
    locations,
    failoverPolicies: locations.map(({ id, locationName, failoverPriority }) => ({ id, locationName, failoverPriority })),
    backupPolicy: api === 'cassandra' ? periodicBackup(240, 8, 'Geo') : { type: 'Continuous', continuousModeProperties: { tier: 'Continuous30Days' } },
    enableFreeTier: false,
    enableAnalyticalStorage: false,
    analyticalStorageConfiguration: { schemaType: api === 'mongodb' ? 'FullFidelity' : 'WellDefined' },
    enableBurstCapacity: false,
    enablePartitionMerge: false,
    enableMaterializedViews: false,
    enableAllVersionsAndDeletesChangeFeed: false,
    capacity: { totalThroughputLimit: 4000 },
    capacityMode: 'Provisioned',
    diagnosticLogSettings: { enableFullTextQuery: 'None' },
    keysMetadata: { primaryMasterKey: key, secondaryMasterKey: key, primaryReadonlyMasterKey: key, secondaryReadonlyMasterKey: key },
  };
}

interface Location {
  readonly id: string;
  readonly locationName: string;
  readonly documentEndpoint: string;
  readonly provisioningState: string;
  readonly failoverPriority: number;
  readonly isZoneRedundant: boolean;
}

function location(name: string, region: string, failoverPriority: number, api: Api): Location {
  const id = `${name}-${regionName(region)}`;
  return { id, locationName: region, documentEndpoint: endpoint(id, api), provisioningState: 'Succeeded', failoverPriority, isZoneRedundant: true };
}

function endpoint(name: string, api: Api): string {
  return `https://${name}.${hosts[api]}.azure.com:443/`;
}

/** The only mode that the Cassandra API has. */
export function periodicBackup(intervalMinutes: number, retentionHours: number, redundancy: string): Readonly<Record<string, unknown>> {
  return {
    type: 'Periodic',
    periodicModeProperties: { backupIntervalInMinutes: intervalMinutes, backupRetentionIntervalInHours: retentionHours, backupStorageRedundancy: redundancy },
  };
}

/** Keys regenerated so many days ago; null: so long ago that Azure has no time for them. */
export function keysMadeAgo(days: number | null, readOnlyDays: number | null): Readonly<Record<string, unknown>> {
  const [readWrite, readOnly] = [days, readOnlyDays].map(ago => (ago === null ? {} : { generationTime: daysAgo(ago) }));
  return { keysMetadata: { primaryMasterKey: readWrite, secondaryMasterKey: readWrite, primaryReadonlyMasterKey: readOnly, secondaryReadonlyMasterKey: readOnly } };
}

/** Keys of which the primary was last used so many days ago, and the secondary; null: Azure has no use on record. */
export function keysUsedAgo(primary: number | null, secondary: number | null): Readonly<Record<string, unknown>> {
  const [first, second] = [primary, secondary].map(ago => ({ generationTime: daysAgo(40), ...(ago !== null && { approximateLastUsageTime: daysAgo(ago) }) }));
  const unused = { generationTime: daysAgo(40) };
  return { keysMetadata: { primaryMasterKey: first, secondaryMasterKey: second, primaryReadonlyMasterKey: unused, secondaryReadonlyMasterKey: unused } };
}

/** IP rules as the firewall stores them. */
export function ipRules(...addresses: readonly string[]): Readonly<Record<string, unknown>> {
  return { ipRules: addresses.map(ipAddressOrRange => ({ ipAddressOrRange })) };
}
