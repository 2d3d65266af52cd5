import { manualControl } from '../core/control.ts';

export const privateNetworksConnected = manualControl({
  id: 'private-networks-connected',
  title: 'Networks outside Azure and in other regions reach the accounts over private connections.',
  severity: 'medium',
  rationale:
    "A private endpoint helps only those who can route to it. Where a data centre, an office or another virtual network has no private way in, somebody will open the account's firewall for it, and the traffic crosses the Internet.",
  remediation: {
    text: 'Connect the network by ExpressRoute, a site-to-site VPN, virtual network peering or a private endpoint of its own, forward its DNS queries for the private zones to Azure, and then remove its firewall rule.',
  },
  references: [
    'https://learn.microsoft.com/azure/expressroute/expressroute-introduction',
    'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpngateways',
    'https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview',
    'https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints',
  ],
  requirements: ['ASB NS-2'],
  procedure: [
    'List every network with clients of Cosmos DB: data centres, offices, partner sites, other clouds, and virtual networks without a private endpoint. The IP rules of the accounts (finding firewall-ranges-narrow) name the ones that come over the Internet today.',
    'For each, write down the private way to the network that holds the private endpoint: an ExpressRoute circuit or VPN connection (`az network vnet-gateway list`, `az network express-route list`), or a peering with state Connected (`az network vnet peering list --vnet-name <network> --resource-group <group>`).',
    'From a machine in each network, resolve `<account>.documents.azure.com`. It must give the private address of the endpoint, not a public one.',
    "From the same machine, open a TLS connection to that name on port 443 and run one read with the application's identity.",
    'Record for each network the way it takes, the answer of the name resolution and the date. Attest when none is left that comes over the Internet; otherwise exempt it in the baseline or connect it.',
  ],
});
