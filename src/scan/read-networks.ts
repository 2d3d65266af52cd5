import { collectors } from '../collectors/index.ts';
import type { Collector } from '../collectors/collector.ts';
import type { Account } from '../core/account.ts';
import { allKnown, known, sourcesOf, unknown, type Fact, type Snapshot } from '../core/fact.ts';
import type { AccountNetwork, AccountSubnet, FlowLog, NetworkFacts, PublicAddress, SecurityGroup, VirtualNetwork } from '../core/network.ts';
import type { PrivateEndpoint } from '../core/private-dns.ts';
import { sameId, subscriptionOf } from '../core/resource-id.ts';
import type { Knowledge } from './knowledge.ts';
import { together } from './together.ts';

/** Reads the networks that an account's virtual network rules and approved private endpoints use, and what guards them. */
export async function readNetworks(account: Account, endpoints: Fact<readonly PrivateEndpoint[]>, knowledge: Knowledge): Promise<Snapshot<NetworkFacts>> {
  const networks = endpoints.known ? await networksOf(account, endpoints.value, knowledge) : endpoints;
  const of = async <T>(read: (networks: readonly AccountNetwork[], knowledge: Knowledge) => Promise<Fact<T>>): Promise<Fact<T>> => (networks.known ? read(networks.value, knowledge) : networks);
  return together<Snapshot<NetworkFacts>>({ networks, securityGroups: of(securityGroupsOf), flowLogs: of(flowLogsOf), publicAddresses: of(publicAddressesOf) });
}

/** Subnets of rules that do not exist are left out; `subnets` knows of them. */
async function networksOf({ virtualNetworkRules }: Account, endpoints: readonly PrivateEndpoint[], knowledge: Knowledge): Promise<Fact<readonly AccountNetwork[]>> {
  const ofEndpoints = new Set(endpoints.map(({ subnetId }) => subnetId.toLowerCase()));
  const used = new Set([...virtualNetworkRules.map(({ subnetId }) => subnetId.toLowerCase()), ...ofEndpoints]);
  const stray = [...used].find(id => subscriptionOf(id) === null);
  if (stray !== undefined) return unknown('malformed', `Subnet ${stray} names no subscription.`);
  const listed = await eachSubscription(collectors.virtualNetworks, [...used], knowledge);
  if (!listed.known) return listed;
  const networks = listed.value.flatMap((network): AccountNetwork[] => {
    const subnets = network.subnets.flatMap(({ id, securityGroupId, endpointPolicies }): AccountSubnet[] =>
      used.has(id.toLowerCase()) ? [{ id, securityGroupId, endpointPolicies, holdsEndpoint: ofEndpoints.has(id.toLowerCase()) }] : [],
    );
    return subnets.length === 0 ? [] : [{ ...network, subnets, residents: [...new Set(network.subnets.flatMap(({ residents }) => residents))] }];
  });
  const found = new Set(networks.flatMap(({ subnets }) => subnets.map(({ id }) => id.toLowerCase())));
  const unseen = [...ofEndpoints].find(id => !found.has(id));
  if (unseen !== undefined) return unknown('missing', `A private endpoint is in subnet ${unseen}, which the list of virtual networks does not hold: it may not be readable.`, listed.sources);
  return known(networks, listed.sources);
}

async function securityGroupsOf(networks: readonly AccountNetwork[], knowledge: Knowledge): Promise<Fact<readonly SecurityGroup[]>> {
  const ids = [...new Set(networks.flatMap(({ subnets }) => subnets.flatMap(({ securityGroupId }) => securityGroupId?.toLowerCase() ?? [])))];
  const listed = await eachSubscription(collectors.securityGroups, ids, knowledge);
  if (!listed.known) return listed;
  const groups = listed.value.filter(({ id }) => ids.includes(id.toLowerCase()));
  const unseen = ids.find(id => groups.every(group => !sameId(group.id, id)));
  if (unseen !== undefined) return unknown('missing', `A subnet has network security group ${unseen}, which the list of its subscription does not hold: it may not be readable.`, listed.sources);
  return known(groups, listed.sources);
}

/** A flow log is kept by the network watcher of its target's subscription and region. */
async function flowLogsOf(networks: readonly AccountNetwork[], knowledge: Knowledge): Promise<Fact<readonly FlowLog[]>> {
  const watchers = await eachSubscription(collectors.networkWatchers, networks.map(({ id }) => id), knowledge);
  if (!watchers.known) return watchers;
  const watching = watchers.value.filter(watcher => networks.some(network => watcher.location === network.location && subscriptionOf(watcher.id) === subscriptionOf(network.id)));
  const logs = allKnown(await Promise.all(watching.map(({ id }) => knowledge.once(collectors.flowLogs, id))));
  if (!logs.known) return logs;
  const targets = new Set(networks.flatMap(({ id, subnets }) => [id, ...subnets.flatMap(subnet => [subnet.id, subnet.securityGroupId ?? subnet.id])]).map(id => id.toLowerCase()));
  return known(logs.value.flat().filter(({ targetId }) => targets.has(targetId.toLowerCase())), sourcesOf([watchers, logs]));
}

/** A public address is in the subscription of the network that its resource is in. */
async function publicAddressesOf(networks: readonly AccountNetwork[], knowledge: Knowledge): Promise<Fact<readonly PublicAddress[]>> {
  const listed = await eachSubscription(collectors.publicAddresses, networks.map(({ id }) => id), knowledge);
  if (!listed.known) return listed;
  const residents = new Set(networks.flatMap(network => network.residents).map(id => id.toLowerCase()));
  return known(listed.value.filter(({ residentId }) => residentId !== null && residents.has(residentId.toLowerCase())), listed.sources);
}

/** What a collector lists, over the subscriptions of some resources; unknown where one of them is. */
async function eachSubscription<T>(collector: Collector<string, readonly T[]>, ids: readonly string[], knowledge: Knowledge): Promise<Fact<readonly T[]>> {
  const subscriptions = [...new Set(ids.map(id => subscriptionOf(id) ?? ''))];
  const listed = allKnown(await Promise.all(subscriptions.map(subscription => knowledge.once(collector, subscription))));
  return listed.known ? known(listed.value.flat(), listed.sources) : listed;
}

/** The virtual networks that hold certain ids, by subscription. */
export async function virtualNetworksOf(ids: readonly string[], knowledge: Knowledge): Promise<Fact<readonly VirtualNetwork[]>> {
  return eachSubscription(collectors.virtualNetworks, ids, knowledge);
}
