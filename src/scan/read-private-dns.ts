import { collectors } from '../collectors/index.ts';
import { isApproved, type Account, type PrivateEndpointConnection } from '../core/account.ts';
import { allKnown, known, sourcesOf, unknown, type Fact, type Snapshot } from '../core/fact.ts';
import type { AccountEndpoint, LinkedZone, PrivateDnsFacts, PrivateDnsLinks, PrivateEndpoint, ZoneRecords } from '../core/private-dns.ts';
import { nameOf, parentOf, sameId, subscriptionOf } from '../core/resource-id.ts';
import type { Knowledge } from './knowledge.ts';
import { virtualNetworksOf } from './read-networks.ts';
import { together } from './together.ts';

/** The private endpoint behind each approved connection. One that cannot be seen makes them unknown: it is never left out. */
export async function endpointsOf({ privateEndpointConnections }: Account, knowledge: Knowledge): Promise<Fact<readonly PrivateEndpoint[]>> {
  return allKnown(await Promise.all(privateEndpointConnections.filter(isApproved).map(connection => endpointOf(connection, knowledge))));
}

/** The endpoint behind one connection; `missing` where it cannot be seen. */
export async function endpointOf({ id, endpointId }: PrivateEndpointConnection, knowledge: Knowledge): Promise<Fact<PrivateEndpoint>> {
  if (endpointId === null) return unknown('missing', `Azure does not say which private endpoint is behind connection ${nameOf(id)}: it may be of another tenant.`);
  const subscription = subscriptionOf(endpointId);
  if (subscription === null) return unknown('malformed', `Connection ${nameOf(id)} names ${endpointId}, which is not the id of a private endpoint.`);
  const listed = await knowledge.once(collectors.privateEndpoints, subscription);
  if (!listed.known) return listed;
  const found = listed.value.find(endpoint => sameId(endpoint.id, endpointId));
  if (found) return known(found, listed.sources);
  return unknown('missing', `Private endpoint ${endpointId} is approved, and the list of its subscription does not hold it: it may not be readable.`, listed.sources);
}

/** Reads how the names of an account lead to its approved private endpoints. */
export async function readPrivateDns(account: Account, endpoints: Fact<readonly PrivateEndpoint[]>, knowledge: Knowledge): Promise<Snapshot<PrivateDnsFacts>> {
  const privateEndpoints = endpoints.known ? allKnown(await Promise.all(endpoints.value.map(endpoint => withZones(account, endpoint, knowledge)))) : endpoints;
  const [privateDnsLinks, privateDnsRecords] = privateEndpoints.known
    ? [linksOf(privateEndpoints.value, knowledge), recordsOf(account, privateEndpoints.value, knowledge)]
    : [privateEndpoints, privateEndpoints];
  return together<Snapshot<PrivateDnsFacts>>({ privateEndpoints, privateDnsLinks, privateDnsRecords });
}

async function withZones({ id: accountId, privateEndpointConnections }: Account, { targets, ...endpoint }: PrivateEndpoint, knowledge: Knowledge): Promise<Fact<AccountEndpoint>> {
  const ofConnections = privateEndpointConnections.filter(({ endpointId }) => endpointId !== null && sameId(endpointId, endpoint.id)).flatMap(({ groupId }) => groupId ?? []);
  const ofTargets = targets.filter(({ resourceId }) => sameId(resourceId, accountId)).flatMap(target => target.groupIds);
  const groupIds = [...new Set([...ofConnections, ...ofTargets])];
  if (groupIds.length === 0) return unknown('malformed', `Private endpoint ${nameOf(endpoint.id)} names no sub-resource of the account.`);
  const zones = await knowledge.once(collectors.privateDnsZoneGroups, endpoint.id);
  return zones.known ? known({ ...endpoint, groupIds, zones: zones.value }, zones.sources) : zones;
}

function zoneIdsOf(endpoints: readonly AccountEndpoint[]): string[] {
  return [...new Map(endpoints.flatMap(({ zones }) => zones.map(({ zoneId }) => [zoneId.toLowerCase(), zoneId] as const))).values()];
}

/** Where a zone is not linked to an endpoint's network, that network's DNS servers may be in one that the zone is linked to. */
async function linksOf(endpoints: readonly AccountEndpoint[], knowledge: Knowledge): Promise<Fact<PrivateDnsLinks>> {
  const zones = allKnown(
    await Promise.all(
      zoneIdsOf(endpoints).map(async (id): Promise<Fact<LinkedZone>> => {
        const links = await knowledge.once(collectors.privateDnsZoneLinks, id);
        return links.known ? known({ id, networks: links.value.map(network => ({ id: network, addressPrefixes: null })) }, links.sources) : links;
      }),
    ),
  );
  if (!zones.known) return zones;
  const isLinked = (zoneId: string, networkId: string): boolean =>
    zones.value.some(({ id, networks }) => sameId(id, zoneId) && networks.some(network => sameId(network.id, networkId)));
  const apart = endpoints.filter(endpoint => endpoint.zones.some(({ zoneId }) => !isLinked(zoneId, parentOf(endpoint.subnetId)))).map(({ subnetId }) => parentOf(subnetId));
  const networks = await virtualNetworksOf(apart, knowledge);
  if (!networks.known) return networks;
  const resolvers = networks.value.filter(({ id }) => apart.some(each => sameId(each, id))).map(({ id, dnsServers }) => ({ networkId: id, dnsServers }));
  if (resolvers.every(({ dnsServers }) => dnsServers.length === 0)) return known({ zones: zones.value, resolvers }, sourcesOf([zones, networks]));
  const linked = await virtualNetworksOf(zones.value.flatMap(zone => zone.networks.map(({ id }) => id)), knowledge);
  if (!linked.known) return linked;
  const prefixes = new Map(linked.value.map(({ id, addressPrefixes }) => [id.toLowerCase(), addressPrefixes]));
  const located = zones.value.map(({ id, networks: all }): LinkedZone => ({ id, networks: all.map(network => ({ ...network, addressPrefixes: prefixes.get(network.id.toLowerCase()) ?? null })) }));
  return known({ zones: located, resolvers }, sourcesOf([zones, networks, linked]));
}

/** A zone holds the records of many accounts: kept are those that may be of this one. */
async function recordsOf({ name }: Account, endpoints: readonly AccountEndpoint[], knowledge: Knowledge): Promise<Fact<readonly ZoneRecords[]>> {
  const own = name.toLowerCase();
  return allKnown(
    await Promise.all(
      zoneIdsOf(endpoints).map(async (zoneId): Promise<Fact<ZoneRecords>> => {
        const records = await knowledge.once(collectors.privateDnsRecords, zoneId);
        if (!records.known) return records;
        const isOwn = (record: string): boolean => record === own || record.startsWith(`${own}-`) || record.startsWith(`${own}.`);
        return known({ zoneId, records: records.value.filter(record => isOwn(record.name.toLowerCase())) }, records.sources);
      }),
    ),
  );
}
