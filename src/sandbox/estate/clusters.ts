import type { Resource } from './estate.ts';
import { regionName, resourceId, systemData, type Group } from './ids.ts';

export interface MongoClusterSpec {
  /** Over the defaults. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Properties that Resource Manager leaves out. */
  readonly absent?: readonly string[];
  /** First and last address, by name of the rule. */
  readonly rules?: Readonly<Record<string, readonly [string, string]>>;
}

/** A MongoDB cluster (vCore) that is kept well, with its firewall rules, in the shape of api-version 2025-09-01. */
export function mongoCluster(group: Group, name: string, { properties = {}, absent = [], rules = {} }: MongoClusterSpec = {}): Resource[] {
  const id = resourceId(group, 'Microsoft.DocumentDB', 'mongoClusters', name);
  const all = {
    provisioningState: 'Succeeded',
    clusterStatus: 'Ready',
    administrator: { userName: 'clusteradmin' },
    serverVersion: '8.0',
    publicNetworkAccess: 'Disabled',
    authConfig: { allowedModes: ['NativeAuth', 'MicrosoftEntraID'] },
    highAvailability: { targetMode: 'ZoneRedundantPreferred' },
    storage: { sizeGb: 128, type: 'PremiumSSD' },
    compute: { tier: 'M30' },
    sharding: { shardCount: 1 },
    backup: { earliestRestoreTime: '2026-10-16T08:00:00Z' },
    previewFeatures: [],
    infrastructureVersion: '2.0',
    connectionString: `mongodb+srv://<user>:<password>@${name}.mongocluster.cosmos.azure.com`,
    replica: { replicationState: 'Active', role: 'Primary' },
    ...properties,
  };
  const cluster: Resource = {
    id,
    name,
    type: 'Microsoft.DocumentDB/mongoClusters',
    location: regionName(group.location),
    tags: {},
    systemData,
    properties: Object.fromEntries(Object.entries(all).filter(([key]) => !absent.includes(key))),
  };
  const firewall = Object.entries(rules).map(([rule, [startIpAddress, endIpAddress]]): Resource => ({
    id: `${id}/firewallRules/${rule}`,
    name: rule,
    type: 'Microsoft.DocumentDB/mongoClusters/firewallRules',
    systemData,
    properties: { provisioningState: 'Succeeded', startIpAddress, endIpAddress },
  }));
  return [cluster, ...firewall];
}

/** A cluster of Managed Instance for Apache Cassandra that is kept well. */
export function cassandraCluster(group: Group, name: string, properties: Readonly<Record<string, unknown>> = {}): Resource {
  return {
    id: resourceId(group, 'Microsoft.DocumentDB', 'cassandraClusters', name),
    name,
    type: 'Microsoft.DocumentDB/cassandraClusters',
    location: group.location,
    tags: {},
    identity: { type: 'None' },
    properties: {
      provisioningState: 'Succeeded',
      delegatedManagementSubnetId: resourceId(group, 'Microsoft.Network', 'virtualNetworks', `vnet-${name}`, 'subnets', 'management'),
      cassandraVersion: '4.0',
      authenticationMethod: 'Cassandra',
      repairEnabled: true,
      hoursBetweenBackups: 24,
      deallocated: false,
      cassandraAuditLoggingEnabled: true,
      clientCertificates: [],
      externalSeedNodes: [],
      seedNodes: [{ ipAddress: '10.40.1.4' }, { ipAddress: '10.40.1.5' }],
      ...properties,
    },
  };
}
