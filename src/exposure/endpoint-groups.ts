import { isApproved, type Account } from '../core/account.ts';
import { known, unknown, type Fact } from '../core/fact.ts';
import type { AccountEndpoint } from '../core/private-dns.ts';
import { nameOf, sameId } from '../core/resource-id.ts';

/**
 * The private link sub-resources that the approved connections are for. The account's own list often leaves them out;
 * the endpoints themselves, where they can be read, do not.
 */
export function endpointGroupsOf(account: Fact<Account>, endpoints: Fact<readonly AccountEndpoint[]>): Fact<readonly string[]> {
  if (!account.known) return account;
  const groups = new Set<string>();
  for (const { id, endpointId, groupId } of account.value.privateEndpointConnections.filter(isApproved)) {
    if (groupId !== null) {
      groups.add(groupId);
      continue;
    }
    if (!endpoints.known) return endpoints;
    const endpoint = endpoints.value.find(each => endpointId !== null && sameId(each.id, endpointId));
    if (!endpoint) return unknown('missing', `Azure does not say which sub-resource private endpoint connection ${nameOf(id)} is for.`, account.sources);
    for (const group of endpoint.groupIds) groups.add(group);
  }
  return known([...groups], endpoints.known ? [...account.sources, ...endpoints.sources] : account.sources);
}
