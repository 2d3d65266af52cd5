import { control, fail, notApplicable, pass } from '../core/control.ts';
import { nameOf } from '../core/resource-id.ts';
import { noNetworks, notApplicableWithoutNetworks, subnetName, subnetsOf } from './networks.ts';
import { cut, listed } from './support.ts';

/**
 * Subnets in which Azure allows no security group, by name.
 * @see https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub
 * @see https://learn.microsoft.com/azure/firewall/firewall-faq
 * @see https://learn.microsoft.com/azure/route-server/route-server-faq
 */
const withoutGroups = new Set(['azurefirewallmanagementsubnet', 'azurefirewallsubnet', 'gatewaysubnet', 'routeserversubnet']);

export const subnetsHaveNsg = control({
  id: 'subnets-have-nsg',
  scope: 'account',
  title: 'Every subnet of a virtual network rule or an approved private endpoint has a network security group.',
  severity: 'medium',
  rationale:
    'Whatever gets into such a subnet reaches the account. Without a security group nothing filters what moves there from the rest of the network, and nothing says what should.',
  remediation: {
    text: "Create a network security group with the rules that the subnet needs and assign it. For private endpoints to be filtered too, set the subnet's private endpoint network policies to NetworkSecurityGroupEnabled.",
    cli: 'az network vnet subnet update --ids <subnet-id> --network-security-group <group-id> --private-endpoint-network-policies NetworkSecurityGroupEnabled',
    bicep: "resource subnet 'Microsoft.Network/virtualNetworks/subnets@2025-05-01' = {\n  parent: network\n  name: '<subnet>'\n  properties: {\n    addressPrefix: '<range>'\n    networkSecurityGroup: {\n      id: securityGroup.id\n    }\n    privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled'\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview', 'https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy'],
  requirements: ['ASB NS-1'],
  notApplicableWhen: `${notApplicableWithoutNetworks}, or only ones in which Azure allows no security group`,
  needs: ['networks'],
  evaluate({ networks }) {
    const all = subnetsOf(networks);
    const able = all.filter(({ id }) => !withoutGroups.has(nameOf(id).toLowerCase()));
    const bare = able.filter(({ securityGroupId }) => securityGroupId === null).map(subnetName);
    // A group that does not hold for the endpoints in its subnet: said, and not judged here.
    const unfiltered = able.filter(subnet => subnet.holdsEndpoint && subnet.securityGroupId !== null && !/^(enabled|networksecuritygroupenabled)$/i.test(subnet.endpointPolicies)).map(subnetName);
    const observed = { subnets: cut(able.map(subnetName)), withoutGroup: cut(bare), endpointsNotFiltered: cut(unfiltered) };
    if (all.length === 0) return notApplicable(noNetworks, observed);
    if (able.length === 0) return notApplicable(`Azure allows no network security group in ${listed(all.map(subnetName))}.`, observed);
    return bare.length > 0 ? fail(`These subnets have no network security group: ${listed(bare)}.`, observed) : pass(observed);
  },
});
