import { ipRules } from '../account-properties.ts';
import { account, type AccountBundle, type AccountSpec, type Endpoint } from '../accounts.ts';
import type { Resource } from '../estate.ts';
import { resourceId } from '../ids.ts';
import { diagnosticSetting } from '../logs.ts';
import { subnetRules } from '../networks.ts';
import { associate } from '../perimeters.ts';
import { groups } from './company.ts';
import { subnets } from './networks.ts';
import { core, data, egress, logistics, migration, partners, shared, treasury, workspaceId } from './perimeters.ts';

const approved = (name: string): Endpoint => ({ name, status: 'Approved' });
const enabled = { publicNetworkAccess: 'Enabled' };
const secured = { publicNetworkAccess: 'SecuredByPerimeter' };
const twoRegions = ['West Europe', 'North Europe'];

const tags = { owner: 'shop', classification: 'internal' };

const shop = (name: string, spec: AccountSpec = {}): AccountBundle => account(groups.production, name, { tags, regions: twoRegions, ...spec });

/** The shop: what a company that tries hard ends up with. */
const accounts = {
  /** What all should look like: Enforced, narrow rules, a private endpoint, logged. */
  orders: shop('orders-prod', { properties: secured, endpoints: [approved('pe-orders')] }),
  payments: shop('payments-prod', { endpoints: [approved('pe-payments'), { name: 'pe-payments-old', status: 'Rejected' }] }),
  catalog: shop('catalog-prod', { properties: { ...enabled, ...ipRules('198.51.100.32/28', '203.0.113.7') }, identity: 'both', oldCasing: true }),
  /** The perimeter is in a subscription the monitor may not read. */
  invoices: shop('invoices-prod', { properties: secured }),
  /** The perimeter is in a subscription that is throttled. */
  shipments: shop('shipments-prod', { oldCasing: true }),
  /** Disabled, and yet open: a Learning association and a rule for 0.0.0.0/0. */
  customers: shop('customers-prod', { endpoints: [approved('pe-customers')] }),
  /** Enabled without a firewall, and yet closed but for narrow rules: Enforced overrides it. */
  basket: shop('basket-prod', { properties: enabled }),
  /** A narrow firewall that an Enforced perimeter with a rule for everybody overrides. */
  search: shop('search-prod', { properties: { ...enabled, ...ipRules('198.51.100.32/28') } }),
  sessions: shop('sessions-prod', { properties: { ...enabled, ...ipRules('0.0.0.0/1', '128.0.0.0/1') } }),
  pricing: shop('pricing-prod', { properties: { ...enabled, ...ipRules('0.0.0.0', '198.51.100.32/28') } }),
  ledger: shop('ledger-prod', { properties: { networkAclBypassResourceIds: [resourceId(groups.data, 'Microsoft.Synapse', 'workspaces', 'syn-contoso')] } }),
  audit: shop('audit-prod', { properties: secured, identity: 'user' }),
  /** Open the day somebody deletes its private endpoint. */
  profiles: shop('profiles-prod', { properties: enabled, endpoints: [approved('pe-profiles')] }),
  /** The endpoint was asked for and never approved, so there is no private endpoint and no firewall. */
  reviews: shop('reviews-prod', { properties: enabled, endpoints: [{ name: 'pe-reviews', status: 'Pending' }] }),
  recommendations: shop('recommendations-prod', { properties: secured }),
  inventory: account(groups.productionNorth, 'inventory-prod', { properties: { ...enabled, ...subnetRules(subnets.good) } }),
  returns: shop('returns-prod', { endpoints: [approved('pe-returns'), { name: 'pe-returns-gone', status: 'Disconnected' }] }),
  vouchers: shop('vouchers-prod', { properties: secured, endpoints: [approved('pe-vouchers')] }),
  fraud: shop('fraud-prod', { properties: secured }),
  events: shop('events-prod'),
  eventsIpv6: shop('events-ipv6-prod'),
  wishlist: shop('wishlist-prod', { identity: null }),
  exports: shop('exports-prod', { properties: secured }),
  newsletter: shop('newsletter-prod', { properties: secured }),
  tracking: shop('tracking-prod'),
};

const associations: readonly Resource[] = [
  ...associate(core, 'apps', accounts.orders, 'Enforced'),
  ...associate(treasury, 'ledger', accounts.invoices, 'Enforced'),
  ...associate(logistics, 'depots', accounts.shipments, 'Enforced'),
  ...associate(migration, 'transition', accounts.customers, 'Learning'),
  ...associate(core, 'apps', accounts.basket, 'Enforced'),
  ...associate(migration, 'transition', accounts.search, 'Enforced'),
  ...associate(core, 'apps', accounts.recommendations, 'Learning'),
  ...associate(core, 'apps', accounts.returns, 'Enforced'),
  ...associate(core, 'sealed', accounts.vouchers, 'Enforced'),
  ...associate(core, 'sealed', accounts.fraud, 'Enforced'),
  ...associate(data, 'ingest', accounts.events, 'Learning'),
  ...associate(migration, 'transition-ipv6', accounts.eventsIpv6, 'Learning'),
  ...associate(partners, 'partners', accounts.wishlist, 'Enforced'),
  ...associate(egress, 'everything-out', accounts.exports, 'Enforced'),
  ...associate(egress, 'dot-com', accounts.newsletter, 'Enforced'),
  ...associate(shared, 'wide', accounts.tracking, 'Enforced'),
];

const logs = { name: 'to-security', workspaceId, categories: ['DataPlaneRequests', 'ControlPlaneRequests'] };
const logged: readonly Resource[] = [accounts.orders, accounts.payments, accounts.catalog].map(({ id }) => diagnosticSetting(id, logs));

export const productionResources: readonly Resource[] = [...Object.values(accounts).flatMap(({ resources }) => resources), ...associations, ...logged];
