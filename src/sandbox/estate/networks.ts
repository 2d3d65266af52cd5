import type { Resource } from './estate.ts';
import { guid, regionName, resourceId, type Group } from './ids.ts';

export interface SubnetSpec {
  readonly name: string;
  readonly addressPrefix: string;
  readonly serviceEndpoints?: readonly string[];
  readonly securityGroup?: string;
  /** Ids of IP configurations: of network interfaces, gateways, firewalls. */
  readonly ipConfigurations?: readonly string[];
  /** Default: Disabled. */
  readonly endpointPolicies?: 'Disabled' | 'NetworkSecurityGroupEnabled';
}

export interface NetworkSettings {
  readonly dnsServers?: readonly string[];
  readonly ddosPlan?: string;
}

export const cosmosEndpoint = 'Microsoft.AzureCosmosDB';

export function virtualNetwork(group: Group, name: string, addressPrefix: string, subnets: readonly SubnetSpec[], { dnsServers = [], ddosPlan }: NetworkSettings = {}): Resource {
  const id = resourceId(group, 'Microsoft.Network', 'virtualNetworks', name);
  return {
    id,
    name,
    type: 'Microsoft.Network/virtualNetworks',
    location: regionName(group.location),
    etag: `W/"${guid(id)}"`,
    tags: {},
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: guid(`${id}/guid`),
      addressSpace: { addressPrefixes: [addressPrefix] },
      dhcpOptions: { dnsServers },
      subnets: subnets.map(spec => subnet(id, group, spec)),
      virtualNetworkPeerings: [],
      enableDdosProtection: ddosPlan !== undefined,
      ...(ddosPlan !== undefined && { ddosProtectionPlan: { id: ddosPlan } }),
    },
  };
}

/** `serviceEndpoints`, `networkSecurityGroup` and `ipConfigurations` are left out where there are none. */
function subnet(networkId: string, { location }: Group, { name, addressPrefix, serviceEndpoints = [], securityGroup, ipConfigurations = [], endpointPolicies = 'Disabled' }: SubnetSpec): unknown {
  const endpoints = serviceEndpoints.map(service => ({ provisioningState: 'Succeeded', service, locations: [regionName(location)] }));
  return {
    id: `${networkId}/subnets/${name}`,
    name,
    type: 'Microsoft.Network/virtualNetworks/subnets',
    etag: `W/"${guid(`${networkId}/${name}`)}"`,
    properties: {
      provisioningState: 'Succeeded',
      addressPrefix,
      ...(endpoints.length > 0 && { serviceEndpoints: endpoints }),
      ...(securityGroup !== undefined && { networkSecurityGroup: { id: securityGroup } }),
      ...(ipConfigurations.length > 0 && { ipConfigurations: ipConfigurations.map(id => ({ id })) }),
      delegations: [],
      privateEndpointNetworkPolicies: endpointPolicies,
      privateLinkServiceNetworkPolicies: 'Enabled',
    },
  };
}

export function subnetId(group: Group, network: string, name: string): string {
  return resourceId(group, 'Microsoft.Network', 'virtualNetworks', network, 'subnets', name);
}

/** The account's firewall with rules for subnets, switched on. */
export function subnetRules(...ids: readonly string[]): Readonly<Record<string, unknown>> {
  return { isVirtualNetworkFilterEnabled: true, virtualNetworkRules: ids.map(id => ({ id, ignoreMissingVNetServiceEndpoint: false })) };
}
