import { control, fail, notApplicable, pass } from '../core/control.ts';
import type { AccountNetwork, PublicAddress } from '../core/network.ts';
import { nameOf, sameId } from '../core/resource-id.ts';
import { noNetworks, notApplicableWithoutNetworks } from './networks.ts';
import { cut, listed } from './support.ts';

/**
 * Judged are the public addresses of resources that are in the networks: network interfaces, gateways, firewalls,
 * bastion hosts. Those of public load balancers, scale sets and NAT gateways are in no subnet, so nothing tells which network they serve.
 */
export const ddosProtectionEnabled = control({
  id: 'ddos-protection-enabled',
  scope: 'account',
  title: 'Public addresses in the networks that the account uses have DDoS protection.',
  severity: 'low',
  rationale: 'A flood against one public address takes the gateway or the clients behind it down, and with them the way to the account.',
  remediation: {
    text: 'Assign a DDoS protection plan to the virtual network, or turn on IP protection for the single address. Better still, remove public addresses that nothing needs.',
    cli: 'az network vnet update --ids <network-id> --ddos-protection true --ddos-protection-plan <plan-id>',
    bicep: "resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {\n  name: '<network>'\n  properties: {\n    enableDdosProtection: true\n    ddosProtectionPlan: {\n      id: plan.id\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/ddos-protection/ddos-protection-overview', 'https://learn.microsoft.com/azure/ddos-protection/ddos-protection-sku-comparison'],
  requirements: ['ASB NS-4'],
  notApplicableWhen: `${notApplicableWithoutNetworks}, or no resource in the subnets of these networks has a public address`,
  needs: ['networks', 'publicAddresses'],
  evaluate({ networks, publicAddresses }) {
    const judged = publicAddresses.map(address => ({ address: nameOf(address.id), network: networkOf(address, networks), protection: address.protection }));
    const bare = judged.filter(({ network, protection }) => protection === 'Disabled' || (protection === 'VirtualNetworkInherited' && !network.ddosProtection));
    const observed = {
      networks: cut(networks.map(({ id, ddosProtection }) => ({ network: nameOf(id), ddosProtection }))),
      publicAddresses: publicAddresses.length,
      unprotected: cut(bare.map(({ address, network }) => ({ address, network: nameOf(network.id) }))),
    };
    if (networks.length === 0) return notApplicable(noNetworks, observed);
    if (bare.length > 0) return fail(`These public addresses have no DDoS protection: ${listed(bare.map(({ address, network }) => `${address} in ${nameOf(network.id)}`))}.`, observed);
    const strange = judged.find(({ protection }) => typeof protection !== 'string');
    if (strange) throw new Error(`Public address ${strange.address} has a DDoS protection mode that this program does not know.`);
    if (judged.length === 0) return notApplicable('No network interface, gateway, firewall or bastion host in the networks that the account uses has a public address.', observed);
    return pass(observed);
  },
});

function networkOf({ id, residentId }: PublicAddress, networks: readonly AccountNetwork[]): AccountNetwork {
  const network = networks.find(({ residents }) => residents.some(resident => residentId !== null && sameId(resident, residentId)));
  if (!network) throw new Error(`Public address ${nameOf(id)} is in none of the networks.`);
  return network;
}
