import type { Api } from '../../core/account.ts';
import type { Cluster } from '../../core/cluster.ts';

/** The date of the documentation pages that the lists are from. */
export const logCategoriesAsOf = '2026-07-14';

/**
 * The log of requests for data, by API. The pages advise against collecting `DataPlaneRequests` besides for the APIs
 * that have a log of their own.
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-documentdb-databaseaccounts-logs
 * @see https://learn.microsoft.com/azure/cosmos-db/monitor-resource-logs
 */
export const requestLogs: Readonly<Record<Api, string>> = {
  nosql: 'DataPlaneRequests',
  mongodb: 'MongoRequests',
  cassandra: 'CassandraRequests',
  gremlin: 'GremlinRequests',
  table: 'TableApiRequests',
};

/** The log of changes to an account: keys, firewall, regions, failover, roles. */
export const controlPlaneLog = 'ControlPlaneRequests';

/**
 * The log of requests to a cluster.
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-documentdb-mongoclusters-logs
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-documentdb-cassandraclusters-logs
 */
export const clusterLogs: Readonly<Record<Cluster['kind'], string>> = {
  mongo: 'vCoreMongoRequests',
  cassandra: 'CassandraAudit',
};

/**
 * Groups that hold every category above. `allLogs` holds everything. `audit` holds all logs of what customers do with
 * data or settings, by Azure Monitor's definition; which categories these are is written nowhere.
 * @see https://learn.microsoft.com/azure/azure-monitor/essentials/diagnostic-settings
 */
export const auditedGroups: readonly string[] = ['allLogs', 'audit'];
