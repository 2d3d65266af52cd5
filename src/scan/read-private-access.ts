import type { Account } from '../core/account.ts';
import type { Fact, Snapshot } from '../core/fact.ts';
import type { NetworkFacts } from '../core/network.ts';
import type { PrivateDnsFacts } from '../core/private-dns.ts';
import type { Knowledge } from './knowledge.ts';
import { readNetworks } from './read-networks.ts';
import { endpointsOf, readPrivateDns } from './read-private-dns.ts';

export type PrivateAccessFacts = NetworkFacts & PrivateDnsFacts;

/** Reads an account's approved private endpoints, the names that lead to them, and the networks around. Without endpoints and virtual network rules it asks for nothing. */
export async function readPrivateAccess(account: Fact<Account>, knowledge: Knowledge): Promise<Snapshot<PrivateAccessFacts>> {
  if (!account.known) {
    return {
      privateEndpoints: account,
      privateDnsLinks: account,
      privateDnsRecords: account,
      networks: account,
      securityGroups: account,
      flowLogs: account,
      publicAddresses: account,
    };
  }
  const endpoints = await endpointsOf(account.value, knowledge);
  const [privateDns, networks] = await Promise.all([readPrivateDns(account.value, endpoints, knowledge), readNetworks(account.value, endpoints, knowledge)]);
  return { ...privateDns, ...networks };
}
