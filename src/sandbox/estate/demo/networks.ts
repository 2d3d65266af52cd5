import type { Resource } from '../estate.ts';
import { securityGroup } from '../guards.ts';
import { resourceId } from '../ids.ts';
import { cosmosEndpoint, subnetId, virtualNetwork } from '../networks.ts';
import { groups } from './company.ts';

/** Resources with an address in a network, and a public one. */
export const residents = {
  shopGateway: resourceId(groups.production, 'Microsoft.Network', 'applicationGateways', 'agw-shop'),
  jumpHost: resourceId(groups.productionNorth, 'Microsoft.Network', 'networkInterfaces', 'nic-jump-north'),
  vpnGateway: resourceId(groups.hub, 'Microsoft.Network', 'virtualNetworkGateways', 'vpn-hub'),
} as const;

const endpointRules = [{ name: 'clients', direction: 'Inbound', from: ['10.0.0.0/8'], to: ['VirtualNetwork'], ports: ['443', '10000-20000'] }] as const;

const guards = {
  endpoints: securityGroup(groups.production, 'nsg-endpoints', [...endpointRules, { name: 'nobody-else', direction: 'Inbound', access: 'Deny', protocol: '*', from: ['*'], to: ['*'], ports: ['*'] }]),
  /** Addresses that Cosmos DB had once. */
  apps: securityGroup(groups.hub, 'nsg-apps', [
    { name: 'cosmos-by-address', direction: 'Outbound', from: ['VirtualNetwork'], to: ['40.68.0.0/16', '52.232.0.0/16'], ports: ['443'] },
    { name: 'storage', direction: 'Outbound', from: ['VirtualNetwork'], to: ['Storage.WestEurope'], ports: ['443'] },
  ]),
  hubEndpoints: securityGroup(groups.hub, 'nsg-hub-endpoints', endpointRules),
  /** Opened while somebody looked for an error. */
  data: securityGroup(groups.data, 'nsg-data', [...endpointRules, { name: 'debugging', direction: 'Inbound', protocol: '*', from: ['*'], to: ['*'], ports: ['*'] }]),
};

const shop = virtualNetwork(
  groups.production,
  'vnet-shop',
  '10.40.0.0/16',
  [
    { name: 'snet-endpoints', addressPrefix: '10.40.1.0/24', securityGroup: guards.endpoints.id, endpointPolicies: 'NetworkSecurityGroupEnabled' },
    { name: 'snet-gateway', addressPrefix: '10.40.2.0/24', ipConfigurations: [`${residents.shopGateway}/gatewayIPConfigurations/gateway`] },
  ],
  { ddosPlan: resourceId(groups.hub, 'Microsoft.Network', 'ddosProtectionPlans', 'ddos-contoso') },
);

const north = virtualNetwork(
  groups.productionNorth,
  'vnet-shop-north',
  '10.41.0.0/16',
  [
    { name: 'snet-endpoints', addressPrefix: '10.41.1.0/24' },
    { name: 'snet-jump', addressPrefix: '10.41.2.0/24', ipConfigurations: [`${residents.jumpHost}/ipConfigurations/ipconfig1`] },
  ],
  { dnsServers: ['10.10.4.4'] },
);

const hub = virtualNetwork(groups.hub, 'vnet-hub', '10.10.0.0/16', [
  { name: 'GatewaySubnet', addressPrefix: '10.10.0.0/27', ipConfigurations: [`${residents.vpnGateway}/ipConfigurations/default`] },
  { name: 'snet-apps', addressPrefix: '10.10.1.0/24', serviceEndpoints: ['Microsoft.Storage', cosmosEndpoint], securityGroup: guards.apps.id },
  { name: 'snet-storage-only', addressPrefix: '10.10.2.0/24', serviceEndpoints: ['Microsoft.Storage'] },
  { name: 'snet-plain', addressPrefix: '10.10.3.0/24' },
  { name: 'snet-resolver', addressPrefix: '10.10.4.0/28' },
  { name: 'snet-endpoints', addressPrefix: '10.10.5.0/24', securityGroup: guards.hubEndpoints.id },
]);

const data = virtualNetwork(groups.data, 'vnet-data', '10.50.0.0/16', [{ name: 'snet-endpoints', addressPrefix: '10.50.1.0/24', securityGroup: guards.data.id }]);

export const networks = { shop: shop.id, north: north.id, hub: hub.id, data: data.id } as const;
export const securityGroups = { apps: guards.apps.id } as const;

export const networkResources: readonly Resource[] = [
  hub,
  virtualNetwork(groups.telemetry, 'vnet-telemetry', '10.20.0.0/16', [{ name: 'snet-gateways', addressPrefix: '10.20.1.0/24', serviceEndpoints: [cosmosEndpoint] }]),
  virtualNetwork(groups.treasury, 'vnet-treasury', '10.30.0.0/16', [{ name: 'snet-ledger', addressPrefix: '10.30.1.0/24', serviceEndpoints: [cosmosEndpoint] }]),
  shop,
  north,
  data,
  ...Object.values(guards),
];

/** Subnets that virtual network rules name, by what is the matter with them. */
export const subnets = {
  good: subnetId(groups.hub, 'vnet-hub', 'snet-apps'),
  gateways: subnetId(groups.telemetry, 'vnet-telemetry', 'snet-gateways'),
  storageOnly: subnetId(groups.hub, 'vnet-hub', 'snet-storage-only'),
  withoutEndpoint: subnetId(groups.hub, 'vnet-hub', 'snet-plain'),
  missing: subnetId(groups.hub, 'vnet-hub', 'snet-retired'),
  missingNetwork: subnetId(groups.telemetry, 'vnet-telemetry-old', 'snet-gateways'),
  foreign: subnetId(groups.fabrikam, 'vnet-fabrikam', 'snet-integration'),
  unreadable: subnetId(groups.treasury, 'vnet-treasury', 'snet-ledger'),
} as const;
