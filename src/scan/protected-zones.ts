import type { ListedAccount } from '../collectors/accounts.ts';
import { collectors } from '../collectors/index.ts';
import { isCosmosZone } from '../controls/data/private-dns-zones.ts';
import { isApproved, type Account } from '../core/account.ts';
import { allKnown, known, sourcesOf, type Fact } from '../core/fact.ts';
import type { ProtectedZone } from '../core/private-dns.ts';
import { isAtOrBelow, nameOf, subscriptionOf } from '../core/resource-id.ts';
import type { Knowledge } from './knowledge.ts';
import { endpointOf } from './read-private-dns.ts';

/**
 * The private DNS zones for Cosmos DB in a subscription, and those that its accounts' endpoints register in, which are
 * in another subscription as a rule, with their locks. An account or endpoint that cannot be seen at all adds no zone:
 * the account's own findings say so.
 */
export async function protectedZones(subscriptionId: string, accounts: readonly ListedAccount[], knowledge: Knowledge): Promise<Fact<readonly ProtectedZone[]>> {
  const own = await knowledge.once(collectors.privateDnsZones, subscriptionId);
  if (!own.known) return own;
  const used = allKnown(await Promise.all(accounts.map(async ({ account }) => (account.known ? zonesUsedBy(account.value, knowledge) : known([])))));
  if (!used.known) return used;
  const ids = [...new Map([...own.value, ...used.value.flat()].filter(id => isCosmosZone(nameOf(id))).map(id => [id.toLowerCase(), id])).values()];
  const zones = allKnown(await Promise.all(ids.map(id => withLocks(id, knowledge))));
  return zones.known ? known(zones.value, sourcesOf([own, used, zones])) : zones;
}

async function zonesUsedBy({ privateEndpointConnections }: Account, knowledge: Knowledge): Promise<Fact<readonly string[]>> {
  const endpoints = await Promise.all(privateEndpointConnections.filter(isApproved).map(connection => endpointOf(connection, knowledge)));
  const seen = allKnown(endpoints.filter(endpoint => endpoint.known || endpoint.reason !== 'missing'));
  if (!seen.known) return seen;
  const groups = allKnown(await Promise.all(seen.value.map(({ id }) => knowledge.once(collectors.privateDnsZoneGroups, id))));
  return groups.known ? known(groups.value.flat().map(({ zoneId }) => zoneId), groups.sources) : groups;
}

async function withLocks(id: string, knowledge: Knowledge): Promise<Fact<ProtectedZone>> {
  const locks = await knowledge.once(collectors.locks, subscriptionOf(id) ?? '');
  return locks.known ? known({ id, locks: locks.value.filter(({ scope }) => isAtOrBelow(id, scope) || isAtOrBelow(scope, id)) }, locks.sources) : locks;
}
