import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { VirtualNetwork } from '../core/network.ts';
import { topLevelOf } from '../core/resource-id.ts';
import type { Collector } from './collector.ts';
import { absent, elements, list, Reference } from './schema.ts';

/** @see https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks/list-all */
const SubnetOnWire = z.object({
  id: z.string(),
  properties: z.object({
    serviceEndpoints: list(z.object({ service: z.string() })),
    // Absent: the subnet has none. https://learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works
    networkSecurityGroup: absent(Reference, null),
    // Absent: Disabled. https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy
    privateEndpointNetworkPolicies: absent(z.string(), 'Disabled'),
    ipConfigurations: list(Reference),
    applicationGatewayIPConfigurations: list(Reference),
  }),
});

const NetworkOnWire = z
  .object({
    id: z.string(),
    location: z.string(),
    properties: z.object({
      addressSpace: absent(z.object({ addressPrefixes: list(z.string()) }), { addressPrefixes: [] }),
      // Absent or empty: Azure's own DNS. https://learn.microsoft.com/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances
      dhcpOptions: absent(z.object({ dnsServers: list(z.string()) }), { dnsServers: [] }),
      // Absent: no plan. https://learn.microsoft.com/azure/ddos-protection/manage-ddos-protection
      enableDdosProtection: absent(z.boolean(), false),
      subnets: list(SubnetOnWire),
    }),
  })
  .transform(({ id, location, properties }): VirtualNetwork => ({
    id,
    location: location.toLowerCase(),
    addressPrefixes: properties.addressSpace.addressPrefixes,
    dnsServers: properties.dhcpOptions.dnsServers,
    ddosProtection: properties.enableDdosProtection,
    subnets: properties.subnets.map(({ id: subnetId, properties: subnet }) => ({
      id: subnetId,
      serviceEndpoints: subnet.serviceEndpoints.map(({ service }) => service),
      securityGroupId: subnet.networkSecurityGroup,
      endpointPolicies: subnet.privateEndpointNetworkPolicies,
      residents: [...new Set([...subnet.ipConfigurations, ...subnet.applicationGatewayIPConfigurations].map(topLevelOf))],
    })),
  }));

/** The virtual networks of a subscription with their subnets, by subscription id. */
export const virtualNetworks: Collector<string, VirtualNetwork[]> = {
  name: 'virtual networks',
  actions: ['Microsoft.Network/virtualNetworks/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.all(() => arm.network(subscriptionId).virtualNetworks.listAll());
    return known(elements(NetworkOnWire, listed), listed.sources);
  },
};
