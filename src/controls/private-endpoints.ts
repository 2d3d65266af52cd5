import { isApproved, type Account, type PrivateEndpointConnection } from '../core/account.ts';
import { shortened } from '../exposure/firewall.ts';

/** How many connections are in each state. */
export function countedByStatus(connections: readonly PrivateEndpointConnection[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of connections) counts[shortened(status)] = (counts[shortened(status)] ?? 0) + 1;
  return counts;
}

export function approvedOf({ privateEndpointConnections }: Account): PrivateEndpointConnection[] {
  return privateEndpointConnections.filter(isApproved);
}
