import { keysUsedAgo } from '../account-properties.ts';
import { account } from '../accounts.ts';
import type { Resource } from '../estate.ts';
import { resourceId, type Group } from '../ids.ts';
import { azureRoleAssignment, azureRoleDefinitions, azureRoles, dataContributor, dataPlaneAssignment, dataPlaneRole, dataReader, mongoUser } from '../roles.ts';
import { groups, subscriptionIds } from './company.ts';

const mongoWithUsers = { capabilities: [{ name: 'EnableMongo' }, { name: 'EnableMongoRoleBasedAccessControl' }] };

const accounts = {
  /** An application uses a key that everybody thought was retired. */
  coupons: account(groups.loyalty, 'coupons-table', { api: 'table', properties: { ...keysUsedAgo(2, null) } }),
  threads: account(groups.data, 'threads-mongo', { api: 'mongodb', properties: { ...mongoWithUsers, ...keysUsedAgo(200, 1) } }),
  members: account(groups.data, 'members-mongo', { api: 'mongodb', properties: mongoWithUsers }),
};

const idIn = (group: Group, name: string): string => resourceId(group, 'Microsoft.DocumentDB', 'databaseAccounts', name);
const shop = (name: string): string => idIn(groups.production, name);
const data = (name: string): string => idIn(groups.data, name);

const items = 'sqlDatabases/containers/items';
const loader = dataPlaneRole(shop('search-prod'), 'nosql', 'Search loader', 'readMetadata', `${items}/*`);
const auditor = dataPlaneRole(shop('fraud-prod'), 'nosql', 'Auditor', 'readMetadata', `${items}/read`, 'sqlDatabases/containers/executeQuery');
const clerk = dataPlaneRole(accounts.coupons.id, 'table', 'Clerk', 'readMetadata', 'tables/containers/entities/read', 'tables/containers/entities/upsert');
const walker = dataPlaneRole(data('relations-gremlin'), 'gremlin', 'Walker', 'readMetadata', 'gremlin/*');
const historian = dataPlaneRole(data('history-cassandra'), 'cassandra', 'Historian', 'readMetadata', 'cassandra/containers/entities/read');
const moderator = dataPlaneRole(accounts.threads.id, 'mongodb', 'Moderator', 'readMetadata', 'mongodb/databases/collections/documents/read');

/** Who may do what with data, beside the one application that each account of the shop has. */
const dataPlane: readonly Resource[] = [
  loader,
  auditor,
  clerk,
  walker,
  historian,
  moderator,
  dataPlaneAssignment(shop('orders-prod'), 'nosql', { principal: 'reporting', role: dataReader }),
  /** Everything in the account, although it works with one container. */
  dataPlaneAssignment(shop('payments-prod'), 'nosql', { principal: 'payments-worker', role: dataContributor }),
  dataPlaneAssignment(shop('search-prod'), 'nosql', { principal: 'search-loader', role: loader.name }),
  dataPlaneAssignment(shop('fraud-prod'), 'nosql', { principal: 'auditor', role: auditor.name }),
  dataPlaneAssignment(accounts.coupons.id, 'table', { principal: 'clerk', role: clerk.name, scope: '/dbs/TablesDB' }),
  dataPlaneAssignment(data('lookups-table'), 'table', { principal: 'lookups', role: dataContributor }),
  dataPlaneAssignment(data('relations-gremlin'), 'gremlin', { principal: 'walker', role: walker.name, scope: '/dbs/people' }),
  dataPlaneAssignment(data('history-cassandra'), 'cassandra', { principal: 'historian', role: historian.name }),
  dataPlaneAssignment(accounts.threads.id, 'mongodb', { principal: 'moderator', role: moderator.name }),
];

const users: readonly Resource[] = [
  mongoUser(accounts.threads.id, 'threads', 'app', ['threads', 'readWrite']),
  mongoUser(accounts.threads.id, 'threads', 'moderator', ['threads', 'threads.moderator']),
  mongoUser(accounts.members.id, 'members', 'app', ['members', 'readWrite']),
  /** Made for the move from another MongoDB. */
  mongoUser(accounts.members.id, 'admin', 'migration', ['admin', 'readWriteAnyDatabase'], ['admin', 'clusterMonitor']),
];

const { owner, contributor, reader, accountContributor, accountReader, operator, networkContributor } = azureRoles;
const subscription = (name: keyof typeof subscriptionIds): string => `/subscriptions/${subscriptionIds[name]}`;
const groupId = (of: Group): string => `/subscriptions/${of.subscription}/resourceGroups/${of.name}`;
const managementGroup = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;

/** A few identities and groups in production; everybody in staging; a person in the data team's subscription. */
const controlPlane: readonly Resource[] = [
  azureRoleAssignment(managementGroup('contoso'), owner, 'platform-owners', 'Group'),
  azureRoleAssignment(managementGroup('contoso'), reader, 'auditors', 'Group'),
  azureRoleAssignment(managementGroup('contoso-playground'), contributor, 'erika@contoso.com', 'User'),
  azureRoleAssignment(subscription('production'), contributor, 'deployment-production', 'ServicePrincipal'),
  azureRoleAssignment(groupId(groups.production), operator, 'shop-operators', 'Group'),
  azureRoleAssignment(groupId(groups.production), networkContributor, 'network-team', 'Group'),
  azureRoleAssignment(shop('orders-prod'), accountReader, 'orders-support', 'Group'),
  azureRoleAssignment(shop('orders-prod'), reader, 'max@contoso.com', 'User'),
  ...['deployment-staging', 'load-tests', 'nightly-tests', 'chaos', 'old-pipeline'].map(principal => azureRoleAssignment(subscription('staging'), contributor, principal, 'ServicePrincipal')),
  azureRoleAssignment(subscription('data'), contributor, 'deployment-data', 'ServicePrincipal'),
  azureRoleAssignment(groupId(groups.data), accountContributor, 'jana@contoso.com', 'User'),
  azureRoleAssignment(subscription('loyalty'), owner, 'loyalty-owners', 'Group'),
];

const definitions = Object.values(subscriptionIds).flatMap(azureRoleDefinitions);

export const roleResources: readonly Resource[] = [...Object.values(accounts).flatMap(({ resources }) => resources), ...dataPlane, ...users, ...definitions, ...controlPlane];

/** Each NoSQL account of the shop and of the loyalty team has an application that may change one database. */
export function applicationRoles(resources: readonly Resource[]): Resource[] {
  const teams: readonly string[] = [subscriptionIds.production, subscriptionIds.loyalty];
  const served = resources.filter(({ id, type, properties }) => type === 'Microsoft.DocumentDB/databaseAccounts' && teams.some(team => id.includes(team)) && properties['disableLocalAuth'] === true);
  return served.filter(({ name }) => name !== 'wishlist-prod').map(({ id, name }) => dataPlaneAssignment(id, 'nosql', { principal: `${name}/app`, role: dataContributor, scope: `/dbs/${name}` }));
}
