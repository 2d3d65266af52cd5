import { isApproved, type Account } from '../core/account.ts';
import { known, type Fact, type Snapshot } from '../core/fact.ts';
import type { NetworkFacts } from '../core/network.ts';
import type { PrivateDnsFacts } from '../core/private-dns.ts';
import type { Knowledge } from './knowledge.ts';
import { readNetworks } from './read-networks.ts';
import { endpointsOf, readPrivateDns } from './read-private-dns.ts';

export type PrivateAccessFacts = NetworkFacts & PrivateDnsFacts;

/** What is known where there is nothing to ask for. */
const nothing: Snapshot<PrivateAccessFacts> = {
  privateEndpoints: known([]),
  privateDnsLinks: known({ zones: [], resolvers: [] }),
  privateDnsRecords: known([]),
  networks: known([]),
  securityGroups: known([]),
  flowLogs: known([]),
  publicAddresses: known([]),
};

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
  const { privateEndpointConnections, virtualNetworkRules } = account.value;
  if (!privateEndpointConnections.some(isApproved) && virtualNetworkRules.length === 0) return nothing;
  const endpoints = await endpointsOf(account.value, knowledge);
  const [privateDns, networks] = await Promise.all([readPrivateDns(account.value, endpoints, knowledge), readNetworks(account.value, endpoints, knowledge)]);
  return { ...privateDns, ...networks };
}
