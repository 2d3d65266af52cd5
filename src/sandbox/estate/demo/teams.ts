import { ipRules } from '../account-properties.ts';
import { account } from '../accounts.ts';
import type { Resource } from '../estate.ts';
import { resourceId } from '../ids.ts';
import { subnetRules } from '../networks.ts';
import { associate } from '../perimeters.ts';
import { groups } from './company.ts';
import { subnets } from './networks.ts';
import { core, data } from './perimeters.ts';

const enabled = { publicNetworkAccess: 'Enabled' };
const secured = { publicNetworkAccess: 'SecuredByPerimeter' };
const cors = (allowedOrigins: string): object => ({ cors: [{ allowedOrigins, allowedMethods: 'GET,PUT', allowedHeaders: '*', exposedHeaders: '*', maxAgeInSeconds: 3600 }] });

/**
 * Addresses of the portal's middleware in the public cloud.
 * @see https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#allow-requests-from-the-azure-portal
 */
const portal = ['13.91.105.215', '4.210.172.107', '13.88.56.148', '40.91.218.243'];

/** Firewalls, bypasses and browsers. */
const campaigns = account(groups.loyalty, 'loyalty-campaigns', { properties: { ...secured, networkAclBypass: 'AzureServices' } });
const loyalty = [
  campaigns,
  account(groups.loyalty, 'loyalty-points', { properties: { ...enabled, ...ipRules('198.51.100.32/28', ...portal) }, threatProtection: true }),
  account(groups.loyalty, 'loyalty-offers', { properties: { ...enabled, ...ipRules('198.51.100.32/28', ...portal.slice(0, 2), '104.42.195.92') } }),
  account(groups.loyalty, 'loyalty-web', { properties: { ...enabled, ...ipRules('198.51.100.32/28'), ...cors('*') } }),
  account(groups.loyalty, 'loyalty-shop', { properties: { ...enabled, ...ipRules('198.51.100.32/28'), ...cors('https://shop.contoso.com,https://www.contoso.com') } }),
  account(groups.loyalty, 'loyalty-services', { properties: { networkAclBypass: 'AzureServices' }, endpoints: [{ name: 'pe-loyalty', status: 'Approved', group: groups.hub }] }),
  account(groups.loyalty, 'loyalty-partners', { properties: { networkAclBypassResourceIds: [resourceId(groups.fabrikam, 'Microsoft.Synapse', 'workspaces', 'syn-fabrikam')] } }),
  account(groups.loyalty, 'loyalty-kiosks', { properties: { ...enabled, ...ipRules('145.0.0.0/8') } }),
  account(groups.loyalty, 'loyalty-stores', { properties: { ...enabled, ...ipRules(...Array.from({ length: 10 }, (_, store) => `145.20.${store * 2}.0/24`)) } }),
  account(groups.loyalty, 'loyalty-agency', { endpoints: [{ name: 'pe-agency', status: 'Approved', group: groups.fabrikam }] }),
];

/** Virtual network rules: one way to get them right, many to get them wrong. */
const telemetry = [
  account(groups.telemetry, 'telemetry-hot', { properties: { ...enabled, ...subnetRules(subnets.good, subnets.gateways) } }),
  account(groups.telemetry, 'telemetry-cold', { properties: { ...enabled, ...subnetRules(subnets.good, subnets.missing) } }),
  account(groups.telemetry, 'telemetry-moved', { properties: { ...enabled, ...subnetRules(subnets.missingNetwork) } }),
  account(groups.telemetry, 'telemetry-edge', {
    properties: { ...enabled, isVirtualNetworkFilterEnabled: true, virtualNetworkRules: [{ id: subnets.withoutEndpoint, ignoreMissingVNetServiceEndpoint: true }] },
  }),
  account(groups.telemetry, 'telemetry-gateway', { properties: { ...enabled, ...subnetRules(subnets.storageOnly) } }),
  account(groups.telemetry, 'telemetry-archive', { properties: { ...enabled, ...subnetRules(subnets.good), isVirtualNetworkFilterEnabled: false } }),
  account(groups.telemetry, 'telemetry-partner', { properties: { ...enabled, ...subnetRules(subnets.foreign) } }),
  account(groups.telemetry, 'telemetry-audit', { properties: { ...enabled, ...subnetRules(subnets.unreadable) } }),
  account(groups.telemetry, 'telemetry-field', { properties: { ...enabled, isVirtualNetworkFilterEnabled: true } }),
  account(groups.telemetry, 'telemetry-lab', { properties: { ...enabled, ...subnetRules(subnets.good), ...ipRules('198.51.100.32/28') }, oldCasing: true }),
];

/** The other APIs, and features that a perimeter does not support. */
const documents = account(groups.data, 'documents-mongo', { api: 'mongodb' });
const warehouse = account(groups.data, 'warehouse-nosql', {
  properties: {
    ...secured,
    enableAnalyticalStorage: true,
    enableMaterializedViews: true,
    enableAllVersionsAndDeletesChangeFeed: true,
    keyVaultKeyUri: 'https://kv-contoso-data.vault.azure.net/keys/cosmos-warehouse',
    customerManagedKeyStatus: 'Access to the configured customer managed key confirmed.',
    defaultIdentity: 'SystemAssignedIdentity',
  },
});
const others = [
  documents,
  warehouse,
  account(groups.data, 'reports-mongo', { api: 'mongodb', endpoints: [{ name: 'pe-reports', status: 'Approved' }] }),
  account(groups.data, 'history-cassandra', { api: 'cassandra', properties: enabled, identity: 'none' }),
  account(groups.data, 'relations-gremlin', { api: 'gremlin', properties: { ...enabled, ...ipRules('192.0.2.128/26') } }),
  account(groups.data, 'lookups-table', { api: 'table', endpoints: [{ name: 'pe-lookups', status: 'Approved' }] }),
  account(groups.data, 'features-serverless', { properties: { capabilities: [{ name: 'EnableServerless' }], capacityMode: 'Serverless' }, absent: ['capacity'] }),
];

const associations = [
  ...associate(core, 'apps', campaigns, 'Enforced'),
  ...associate(data, 'pipelines', documents, 'Learning'),
  ...associate(data, 'pipelines', warehouse, 'Enforced'),
];

export const teamResources: readonly Resource[] = [...[...loyalty, ...telemetry, ...others].flatMap(({ resources }) => resources), ...associations];
