import type { AccountNetwork, AccountSubnet, FlowLog, NetworkFacts, PublicAddress, SecurityGroup, SecurityRule } from '../../src/core/network.ts';
import type { AccountEndpoint, DnsName, PrivateDnsFacts, PrivateDnsLinks, ProtectedZone, ZoneRecords } from '../../src/core/private-dns.ts';
import { lock } from './builders.ts';
import { endpointId, subnetId, subscriptionId } from './ids.ts';

const network = `/subscriptions/${subscriptionId}/resourceGroups/network/providers/Microsoft.Network`;
export const networkId = `${network}/virtualNetworks/hub`;
export const otherNetworkId = `${network}/virtualNetworks/spoke`;
export const securityGroupId = `${network}/networkSecurityGroups/apps`;
export const zoneId = `${network}/privateDnsZones/privatelink.documents.azure.com`;
export const nicId = `${network}/networkInterfaces/gateway`;

/** The names of the account builder's account: its own, and one for each region. */
export const records: readonly DnsName[] = [
  { name: 'orders', addresses: ['10.0.0.4'] },
  { name: 'orders-westeurope', addresses: ['10.0.0.5'] },
  { name: 'orders-northeurope', addresses: ['10.0.0.6'] },
];

/** Registers all its records in the zone of the NoSQL API. */
export function endpoint(differences: Partial<AccountEndpoint> = {}): AccountEndpoint {
  return { id: endpointId, subnetId, groupIds: ['Sql'], names: [], zones: [{ zoneId, records }], ...differences };
}

export function dnsLinks(differences: Partial<PrivateDnsLinks> = {}): PrivateDnsLinks {
  return { zones: [{ id: zoneId, networks: [{ id: networkId, addressPrefixes: null }] }], resolvers: [], ...differences };
}

export function zoneRecords(differences: Partial<ZoneRecords> = {}): ZoneRecords {
  return { zoneId, records, ...differences };
}

export function protectedZone(differences: Partial<ProtectedZone> = {}): ProtectedZone {
  return { id: zoneId, locks: [lock()], ...differences };
}

/** A subnet with a private endpoint and a security group that holds for it. */
export function accountSubnet(differences: Partial<AccountSubnet> = {}): AccountSubnet {
  return { id: subnetId, securityGroupId, endpointPolicies: 'NetworkSecurityGroupEnabled', holdsEndpoint: true, ...differences };
}

/** A network with a gateway and a DDoS protection plan. */
export function accountNetwork(differences: Partial<AccountNetwork> = {}): AccountNetwork {
  return { id: networkId, location: 'westeurope', addressPrefixes: ['10.0.0.0/16'], dnsServers: [], ddosProtection: true, subnets: [accountSubnet()], residents: [nicId], ...differences };
}

export function securityRule(differences: Partial<SecurityRule> = {}): SecurityRule {
  return { name: 'cosmos', direction: 'Inbound', access: 'Allow', protocol: 'Tcp', sources: ['VirtualNetwork'], destinations: ['*'], destinationPorts: ['443'], ...differences };
}

export function securityGroup(...rules: readonly SecurityRule[]): SecurityGroup {
  return { id: securityGroupId, rules: rules.length > 0 ? rules : [securityRule()] };
}

export function flowLog(differences: Partial<FlowLog> = {}): FlowLog {
  return { id: `${network}/networkWatchers/west/flowLogs/hub`, targetId: networkId, enabled: true, trafficAnalytics: true, ...differences };
}

export function publicAddress(differences: Partial<PublicAddress> = {}): PublicAddress {
  return { id: `${network}/publicIPAddresses/gateway`, residentId: nicId, protection: 'VirtualNetworkInherited', ...differences };
}

/** What a compliant account has around it. */
export function networkFacts(): NetworkFacts & PrivateDnsFacts {
  return {
    privateEndpoints: [endpoint()],
    privateDnsLinks: dnsLinks(),
    privateDnsRecords: [zoneRecords()],
    networks: [accountNetwork()],
    securityGroups: [securityGroup()],
    flowLogs: [flowLog()],
    publicAddresses: [publicAddress()],
  };
}
