import type { Resource } from '../estate.ts';
import { resourceId, type Group } from '../ids.ts';
import { diagnosticSetting, type DiagnosticSpec } from '../logs.ts';
import { activityLogAlert, defenderPlans, lock, type PlanSpec } from '../monitoring.ts';
import { groups, subscriptionIds } from './company.ts';
import { workspaceId } from './perimeters.ts';

type Name = keyof typeof subscriptionIds;

const subscription = (name: Name): string => `/subscriptions/${subscriptionIds[name]}`;
const groupId = ({ subscription: id, name }: Group): string => `/subscriptions/${id}/resourceGroups/${name}`;
const accountId = (group: Group, name: string): string => resourceId(group, 'Microsoft.DocumentDB', 'databaseAccounts', name);

const full: PlanSpec = { tier: 'Standard', coverage: 'FullyCovered' };
const off: PlanSpec = { tier: 'Free', coverage: 'NotCovered' };
/** Null: the list does not have the plan. */
const plans: Partial<Record<Name, PlanSpec | null>> = {
  production: full,
  staging: { tier: 'Free', coverage: 'PartiallyCovered' },
  development: off,
  hub: full,
  loyalty: { tier: 'Standard', coverage: 'PartiallyCovered' },
  telemetry: null,
  data: full,
  labs: off,
  treasury: full,
  logistics: off,
};

/** A whole group, a whole subscription, one account, and a lock that holds something else. */
const locks: readonly Resource[] = [
  lock(groupId(groups.production), 'keep-shop', 'CanNotDelete'),
  lock(subscription('data'), 'keep-data', 'ReadOnly'),
  lock(accountId(groups.telemetry, 'telemetry-hot'), 'keep-telemetry', 'CanNotDelete'),
  lock(resourceId(groups.telemetry, 'Microsoft.Network', 'virtualNetworks', 'vnet-telemetry'), 'keep-network', 'CanNotDelete'),
];

const archiveId = resourceId(groups.logs, 'Microsoft.Storage', 'storageAccounts', 'stcontosoarchive');
const toSecurity = (logs: Pick<DiagnosticSpec, 'categories' | 'categoryGroups'>, name = 'to-security'): DiagnosticSpec => ({ name, workspaceId, ...logs });

/** Beside those that the accounts of production bring along. */
const accountLogs: readonly Resource[] = [
  diagnosticSetting(accountId(groups.production, 'basket-prod'), toSecurity({ categories: ['DataPlaneRequests'] }, 'requests')),
  diagnosticSetting(accountId(groups.production, 'basket-prod'), toSecurity({ categories: ['ControlPlaneRequests'] }, 'changes')),
  diagnosticSetting(accountId(groups.production, 'search-prod'), toSecurity({ categoryGroups: ['audit'] })),
  diagnosticSetting(accountId(groups.production, 'sessions-prod'), { name: 'to-archive', storageAccountId: archiveId, categoryGroups: ['allLogs'] }),
  diagnosticSetting(accountId(groups.production, 'pricing-prod'), toSecurity({ categories: ['QueryRuntimeStatistics', 'PartitionKeyStatistics'] })),
  diagnosticSetting(accountId(groups.data, 'documents-mongo'), toSecurity({ categories: ['DataPlaneRequests'] })),
  diagnosticSetting(accountId(groups.data, 'reports-mongo'), toSecurity({ categories: ['MongoRequests', 'ControlPlaneRequests'] })),
  diagnosticSetting(accountId(groups.data, 'history-cassandra'), toSecurity({ categoryGroups: ['allLogs'] })),
  diagnosticSetting(accountId(groups.data, 'relations-gremlin'), toSecurity({ categories: ['GremlinRequests'] })),
  diagnosticSetting(accountId(groups.data, 'lookups-table'), toSecurity({ categories: ['TableApiRequests', 'ControlPlaneRequests'] })),
];

const activityLogs: readonly Resource[] = [
  diagnosticSetting(subscription('production'), toSecurity({ categories: ['Administrative', 'Security', 'Policy', 'Alert'] }, 'activity-log')),
  diagnosticSetting(subscription('data'), toSecurity({ categories: ['Administrative'] }, 'activity-log')),
  diagnosticSetting(subscription('telemetry'), toSecurity({ categories: ['Security'] }, 'activity-log')),
  diagnosticSetting(subscription('loyalty'), { name: 'activity-log', storageAccountId: archiveId, categories: ['Administrative', 'Security'] }),
];

const account = 'Microsoft.DocumentDB/databaseAccounts';
const administrative = { field: 'category', equals: 'Administrative' };
const operations = { field: 'operationName', containsAny: [`${account}/regenerateKey/action`, `${account}/write`, `${account}/delete`] };

const alerts: readonly Resource[] = [
  activityLogAlert(groups.production, 'cosmos-keys-and-deletes', {
    scopes: [subscription('production')],
    conditions: [administrative, { anyOf: [{ field: 'operationName', equals: `${account}/regenerateKey/action` }, { field: 'operationName', equals: `${account}/delete` }] }],
  }),
  activityLogAlert(groups.production, 'cosmos-writes', {
    scopes: [groupId(groups.production), groupId(groups.productionNorth)],
    conditions: [administrative, { field: 'operationName', equals: `${account}/write` }, { field: 'status', equals: 'Succeeded' }],
  }),
  /** Everything anybody does, which is more than enough. */
  activityLogAlert(groups.data, 'all-changes', { scopes: [subscription('data')], conditions: [administrative] }),
  activityLogAlert(groups.loyalty, 'cosmos-operations', { scopes: [subscription('loyalty')], conditions: [administrative, operations], enabled: false }),
  activityLogAlert(groups.telemetry, 'cosmos-operations', { scopes: [subscription('telemetry')], conditions: [administrative, operations], actionGroups: [] }),
  activityLogAlert(groups.staging, 'cosmos-failures', { scopes: [subscription('staging')], conditions: [administrative, operations, { field: 'status', equals: 'Failed' }] }),
];

const planned = Object.entries(plans).flatMap(([name, plan]) => defenderPlans(subscriptionIds[name as Name], plan));

export const monitoringResources: readonly Resource[] = [...planned, ...locks, ...accountLogs, ...activityLogs, ...alerts];
