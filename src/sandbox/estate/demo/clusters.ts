import { cassandraCluster, mongoCluster } from '../clusters.ts';
import type { Resource } from '../estate.ts';
import { diagnosticSetting } from '../logs.ts';
import { groups } from './company.ts';
import { workspaceId } from './perimeters.ts';

const enabled = { publicNetworkAccess: 'Enabled' };

/** What listing accounts does not show. */
const clusters = {
  /** As a cluster should be. */
  orders: mongoCluster(groups.data, 'orders-vcore'),
  /** Every machine in Azure, passwords only, no standby, no logs. */
  catalog: mongoCluster(groups.data, 'catalog-vcore', {
    properties: { ...enabled, authConfig: { allowedModes: ['NativeAuth'] }, highAvailability: { targetMode: 'Disabled' } },
    rules: { AllowAllAzureServices: ['0.0.0.0', '0.0.0.0'] },
  }),
  /** No rule covers the Internet; two of them together do. */
  points: mongoCluster(groups.loyalty, 'points-vcore', {
    properties: { ...enabled, highAvailability: { targetMode: 'SameZone' } },
    rules: { lower: ['0.0.0.0', '127.255.255.255'], upper: ['128.0.0.0', '255.255.255.255'] },
  }),
  /** In a subscription without accounts. Azure leaves out how clients sign in. */
  platform: mongoCluster(groups.hub, 'platform-vcore', { properties: enabled, absent: ['authConfig'], rules: { office: ['198.51.100.32', '198.51.100.47'] } }),
  events: [cassandraCluster(groups.data, 'events-cassandra')],
  /** Whoever is in the network can do everything, and nothing is written down. */
  clicks: [cassandraCluster(groups.loyalty, 'clicks-cassandra', { authenticationMethod: 'None', cassandraAuditLoggingEnabled: false })],
};

const idOf = ([cluster]: readonly Resource[]): string => cluster?.id ?? '';

const settings: readonly Resource[] = [
  diagnosticSetting(idOf(clusters.orders), { name: 'to-security', workspaceId, categories: ['vCoreMongoRequests'] }),
  diagnosticSetting(idOf(clusters.platform), { name: 'to-security', workspaceId, categoryGroups: ['allLogs'] }),
  diagnosticSetting(idOf(clusters.events), { name: 'to-security', workspaceId, categories: ['CassandraAudit', 'CassandraLogs'] }),
  diagnosticSetting(idOf(clusters.clicks), { name: 'to-security', workspaceId, categoryGroups: ['audit'] }),
];

export const clusterResources: readonly Resource[] = [...Object.values(clusters).flat(), ...settings];
