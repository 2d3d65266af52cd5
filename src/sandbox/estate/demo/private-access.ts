import type { Resource } from '../estate.ts';
import { flowLog, networkWatcher, publicAddress } from '../guards.ts';
import { resourceId, type Group } from '../ids.ts';
import { lock } from '../monitoring.ts';
import { subnetId } from '../networks.ts';
import { privateDnsZone, privateEndpoint, recordsFor, zoneId, type RecordSpec } from '../private-access.ts';
import { groups } from './company.ts';
import { networks, residents, securityGroups } from './networks.ts';
import { workspaceId } from './perimeters.ts';

const documents = 'privatelink.documents.azure.com';
const mongo = 'privatelink.mongo.cosmos.azure.com';
const zones = { central: zoneId(groups.hub, documents), shop: zoneId(groups.production, documents), mongo: zoneId(groups.data, mongo) };

const shopRegions = ['West Europe', 'North Europe'];
const shop = { endpoints: subnetId(groups.production, 'vnet-shop', 'snet-endpoints'), north: subnetId(groups.productionNorth, 'vnet-shop-north', 'snet-endpoints') };
const dataEndpoints = subnetId(groups.data, 'vnet-data', 'snet-endpoints');
const account = (group: Group, name: string): string => resourceId(group, 'Microsoft.DocumentDB', 'databaseAccounts', name);

const records = {
  orders: recordsFor('orders-prod', '10.40.1.4', shopRegions),
  payments: recordsFor('payments-prod', '10.40.1.8', shopRegions),
  customers: recordsFor('customers-prod', '10.40.1.12', shopRegions),
  profiles: recordsFor('profiles-prod', '10.41.1.4', shopRegions),
  returns: recordsFor('returns-prod', '10.40.1.16', shopRegions),
  vouchers: recordsFor('vouchers-prod', '10.40.1.20', shopRegions),
  loyalty: recordsFor('loyalty-services', '10.10.5.4', ['West Europe']),
  reports: recordsFor('reports-mongo', '10.50.1.4', ['West Europe']),
  lookups: recordsFor('lookups-table', '10.50.1.8', ['West Europe']),
  cards: recordsFor('cards-nosql', '10.50.1.12', ['West Europe']),
  routes: recordsFor('routes-gremlin', '10.50.1.16', ['West Europe']),
};

const inShop = (endpoint: string, name: string, of: readonly RecordSpec[], ...registered: readonly string[]): Resource[] =>
  privateEndpoint(groups.production, endpoint, { accountId: account(groups.production, name), groupId: 'Sql', subnetId: shop.endpoints, records: of, zones: registered });
const inData = (endpoint: string, name: string, groupId: string, of: readonly RecordSpec[], ...registered: readonly string[]): Resource[] =>
  privateEndpoint(groups.data, endpoint, { accountId: account(groups.data, name), groupId, subnetId: dataEndpoints, records: of, zones: registered });

const endpoints: readonly Resource[] = [
  inShop('pe-orders', 'orders-prod', records.orders, zones.central),
  /** Nobody gave it a zone group: its names are kept by hand, if at all. */
  inShop('pe-payments', 'payments-prod', records.payments),
  /** Its records still hold the addresses of the endpoint before it. */
  inShop('pe-customers', 'customers-prod', records.customers, zones.central),
  /** Its network asks the resolver in the hub, which sees the zone. */
  privateEndpoint(groups.production, 'pe-profiles', { accountId: account(groups.production, 'profiles-prod'), groupId: 'Sql', subnetId: shop.north, records: records.profiles, zones: [zones.central] }),
  /** It registers in a zone of the team's own that no network sees. */
  inShop('pe-returns', 'returns-prod', records.returns, zones.shop),
  inShop('pe-vouchers', 'vouchers-prod', records.vouchers, zones.central),
  privateEndpoint(groups.hub, 'pe-loyalty', {
    accountId: account(groups.loyalty, 'loyalty-services'),
    groupId: 'Sql',
    subnetId: subnetId(groups.hub, 'vnet-hub', 'snet-endpoints'),
    records: records.loyalty,
    zones: [zones.central],
  }),
  inData('pe-reports', 'reports-mongo', 'MongoDB', records.reports, zones.mongo),
  /** A zone for another service. */
  inData('pe-lookups', 'lookups-table', 'Table', records.lookups, zoneId(groups.data, 'privatelink.blob.core.windows.net')),
  inData('pe-cards', 'cards-nosql', 'Sql', records.cards, zones.central),
  inData('pe-routes', 'routes-gremlin', 'Sql', records.routes, zones.central),
].flat();

const stale = records.customers.map(({ name }, position) => ({ name, address: `10.40.9.${4 + position}` }));
const central = [records.orders, stale, records.profiles, records.vouchers, records.loyalty, records.cards, records.routes].flat();

const dns: readonly Resource[] = [
  ...privateDnsZone(groups.hub, documents, { links: [networks.hub, networks.shop, networks.data], records: central }),
  lock(`${zones.central}/SOA/@`, 'keep-zone', 'CanNotDelete'),
  /** Nobody uses it, and nothing keeps it. */
  ...privateDnsZone(groups.productionNorth, 'privatelink.table.cosmos.azure.com', { links: [], records: [] }),
  ...privateDnsZone(groups.production, documents, { links: [], records: records.returns.slice(0, 2) }),
  ...privateDnsZone(groups.data, mongo, { links: [networks.data], records: records.reports }),
  ...privateDnsZone(groups.data, 'privatelink.blob.core.windows.net', { links: [networks.data], records: records.lookups }),
  ...privateDnsZone(groups.data, 'contoso.internal', { links: [networks.data], records: [] }),
];

const watchers = { production: networkWatcher(groups.production), hub: networkWatcher(groups.hub), data: networkWatcher(groups.data), north: networkWatcher(groups.productionNorth) };

/** On a network, on a security group without analytics, and off. */
const watched: readonly Resource[] = [
  ...Object.values(watchers),
  flowLog(watchers.production, 'fl-vnet-shop', { target: networks.shop, workspaceId }),
  flowLog(watchers.hub, 'fl-nsg-apps', { target: securityGroups.apps }),
  flowLog(watchers.data, 'fl-vnet-data', { target: networks.data, enabled: false, workspaceId }),
];

const addresses: readonly Resource[] = [
  publicAddress(groups.production, 'pip-agw-shop', { address: '20.61.0.10', usedBy: `${residents.shopGateway}/frontendIPConfigurations/public` }),
  publicAddress(groups.productionNorth, 'pip-jump-north', { address: '20.61.0.20', usedBy: `${residents.jumpHost}/ipConfigurations/ipconfig1`, protection: 'Enabled' }),
  publicAddress(groups.hub, 'pip-vpn-hub', { address: '20.61.0.30', usedBy: `${residents.vpnGateway}/ipConfigurations/default` }),
  publicAddress(groups.data, 'pip-spare', { address: '20.61.0.40' }),
];

export const privateAccessResources: readonly Resource[] = [...endpoints, ...dns, ...watched, ...addresses];
