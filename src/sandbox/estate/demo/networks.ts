import type { Resource } from '../estate.ts';
import { cosmosEndpoint, subnetId, virtualNetwork } from '../networks.ts';
import { groups } from './company.ts';

export const networkResources: readonly Resource[] = [
  virtualNetwork(groups.hub, 'vnet-hub', '10.10.0.0/16', [
    { name: 'GatewaySubnet', addressPrefix: '10.10.0.0/27' },
    { name: 'snet-apps', addressPrefix: '10.10.1.0/24', serviceEndpoints: ['Microsoft.Storage', cosmosEndpoint] },
    { name: 'snet-storage-only', addressPrefix: '10.10.2.0/24', serviceEndpoints: ['Microsoft.Storage'] },
    { name: 'snet-plain', addressPrefix: '10.10.3.0/24' },
  ]),
  virtualNetwork(groups.telemetry, 'vnet-telemetry', '10.20.0.0/16', [{ name: 'snet-gateways', addressPrefix: '10.20.1.0/24', serviceEndpoints: [cosmosEndpoint] }]),
  virtualNetwork(groups.treasury, 'vnet-treasury', '10.30.0.0/16', [{ name: 'snet-ledger', addressPrefix: '10.30.1.0/24', serviceEndpoints: [cosmosEndpoint] }]),
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
