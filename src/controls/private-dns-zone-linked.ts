import type { AddressRange } from '../core/address.ts';
import { control, fail, notApplicable, pass } from '../core/control.ts';
import type { AccountEndpoint, PrivateDnsLinks } from '../core/private-dns.ts';
import { nameOf, parentOf, sameId } from '../core/resource-id.ts';
import { contains, parseRange, union } from '../exposure/address-set.ts';
import { isDocumented, privateDnsZonesAsOf, zonesFor } from './data/private-dns-zones.ts';
import { cut, listed } from './support.ts';

/**
 * A network that the zone is linked to resolves names in it. One that is not does where its DNS servers, every one of
 * them, are in networks that the zone is linked to: a hub with a resolver or a firewall as DNS proxy.
 */
export const privateDnsZoneLinked = control({
  id: 'private-dns-zone-linked',
  scope: 'account',
  title: 'Each approved private endpoint registers in the right private DNS zone, and its network resolves names there.',
  severity: 'medium',
  rationale:
    'Clients keep using the public name. Without the zone it leads to the public address: traffic fails where public access is closed, and somebody opens it to get going again. Records kept by hand in another zone go stale unseen.',
  remediation: {
    text: "Create the private DNS zone that fits the endpoint's sub-resource, link it to the endpoint's virtual network (or to the network of the DNS servers it uses), and add a zone group to the endpoint so that Azure keeps the records.",
    cli: [
      'az network private-dns link vnet create --resource-group <group> --zone-name privatelink.documents.azure.com --name <link> --virtual-network <network-id> --registration-enabled false',
      'az network private-endpoint dns-zone-group create --resource-group <group> --endpoint-name <endpoint> --name default --private-dns-zone <zone-id> --zone-name cosmos',
    ].join('\n'),
    bicep:
      "resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {\n  parent: zone\n  name: '<link>'\n  location: 'global'\n  properties: {\n    registrationEnabled: false\n    virtualNetwork: {\n      id: network.id\n    }\n  }\n}\n\nresource zones 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = {\n  parent: endpoint\n  name: 'default'\n  properties: {\n    privateDnsZoneConfigs: [\n      {\n        name: 'cosmos'\n        properties: {\n          privateDnsZoneId: zone.id\n        }\n      }\n    ]\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints#private-zone-name-mapping', 'https://learn.microsoft.com/azure/private-link/private-endpoint-dns', 'https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration'],
  requirements: ['ASB NS-3', 'ASB NS-7'],
  notApplicableWhen: 'the account has no approved private endpoint, or the zone names of its cloud are not documented',
  needs: ['privateEndpoints', 'privateDnsLinks'],
  evaluate({ privateEndpoints, privateDnsLinks }, { organisation: { cloud } }) {
    const observed = { cloud, documented: privateDnsZonesAsOf, endpoints: cut(privateEndpoints.map(({ id, zones }) => ({ endpoint: nameOf(id), zones: zones.map(({ zoneId }) => nameOf(zoneId)) }))) };
    if (privateEndpoints.length === 0) return notApplicable('The account has no approved private endpoint.', observed);
    const judged = privateEndpoints.flatMap(endpoint => endpoint.groupIds.map(groupId => judge(endpoint, groupId, privateDnsLinks, cloud)));
    const problems = [...new Set(judged.flatMap(({ problem }) => problem ?? []))];
    if (problems.length > 0) return fail(`Names do not lead to every private endpoint: ${listed(problems, '; ')}.`, { ...observed, problems: cut(problems) });
    const strange = judged.find(({ undocumented }) => undocumented !== null);
    if (strange) return notApplicable(`No private DNS zone names are documented for the cloud "${cloud}", and ${strange.undocumented} is none of another cloud's.`, observed);
    return pass(observed);
  },
});

interface Judged {
  readonly problem: string | null;
  /** A zone whose name nobody documents, in a cloud whose names nobody documents. */
  readonly undocumented: string | null;
}

function judge(endpoint: AccountEndpoint, groupId: string, links: PrivateDnsLinks, cloud: string): Judged {
  const name = nameOf(endpoint.id);
  const right = zonesFor(cloud, groupId);
  if (right.length === 0) throw new Error(`The private DNS zone of sub-resource ${groupId} is not known.`);
  if (endpoint.zones.length === 0) return problem(`${name} has no zone group`);
  const zones = endpoint.zones.map(({ zoneId }) => zoneId).filter(id => right.includes(nameOf(id).toLowerCase()));
  if (zones.length === 0) {
    const found = listed(endpoint.zones.map(({ zoneId }) => nameOf(zoneId)));
    return isDocumented(cloud) ? problem(`${name} registers in ${found} instead of ${listed(right)}`) : { problem: null, undocumented: found };
  }
  const problems = zones.map(id => notResolved(id, parentOf(endpoint.subnetId), links));
  return problems.includes(null) ? { problem: null, undocumented: null } : problem(problems.flatMap(each => each ?? []).join(', and '));
}

function problem(text: string): Judged {
  return { problem: text, undocumented: null };
}

/** Null where names in the zone are resolved in the network; else what is missing, in words. */
function notResolved(zoneId: string, networkId: string, { zones, resolvers }: PrivateDnsLinks): string | null {
  const zone = zones.find(({ id }) => sameId(id, zoneId));
  if (!zone) throw new Error(`The links of zone ${nameOf(zoneId)} were not read.`);
  if (zone.networks.some(({ id }) => sameId(id, networkId))) return null;
  const resolver = resolvers.find(each => sameId(each.networkId, networkId));
  if (!resolver) throw new Error(`The DNS servers of network ${nameOf(networkId)} were not read.`);
  const { dnsServers } = resolver;
  if (dnsServers.length === 0) return `zone ${nameOf(zoneId)} is not linked to network ${nameOf(networkId)}`;
  const reached = union(zone.networks.flatMap(({ addressPrefixes }) => (addressPrefixes ?? []).flatMap(parsed)));
  const covered = dnsServers.every(server => parsed(server).some(address => contains(reached, address)));
  return covered ? null : `zone ${nameOf(zoneId)} is not linked to network ${nameOf(networkId)}, nor to a network that holds its DNS servers (${listed(dnsServers)})`;
}

function parsed(text: string): AddressRange[] {
  const range = parseRange(text);
  return range ? [range] : [];
}
