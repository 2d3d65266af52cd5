import type { SecurityRule } from '../core/network.ts';
import { contains, parseRange, union } from '../exposure/address-set.ts';

interface Ports {
  readonly first: number;
  readonly last: number;
}

/**
 * Ports on which accounts answer: HTTPS and all APIs over it, MongoDB, Cassandra, and the NoSQL API in direct mode.
 * @see https://learn.microsoft.com/azure/cosmos-db/nosql/sdk-connection-modes#service-port-ranges
 */
const cosmosPorts: readonly Ports[] = [
  { first: 443, last: 443 },
  { first: 10250, last: 10256 },
  { first: 10350, last: 10350 },
  { first: 10000, last: 20000 },
];

/** Addresses that are nobody's on the Internet: private, shared, link-local, loopback, and the address of Azure's own services. */
const notPublic = union(
  ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '::1/128', 'fc00::/7', 'fe80::/10'].flatMap(text => parseRange(text) ?? []),
);

/** Whether a rule lets traffic on a port of Cosmos DB through. */
export function concernsCosmos({ access, protocol, destinationPorts }: SecurityRule): boolean {
  return access === 'Allow' && overTcp(protocol) && destinationPorts.some(text => meets(portsOf(text), cosmosPorts));
}

/** Whether a rule lets everything through, whatever its source, destination and port. */
export function allowsEverything({ access, protocol, sources, destinations, destinationPorts }: SecurityRule): boolean {
  return access === 'Allow' && overTcp(protocol) && sources.some(isAny) && destinations.some(isAny) && destinationPorts.some(isEveryPort);
}

/** The addresses and ranges on the Internet that a rule spells out on its far side: destinations of outbound rules, sources of inbound ones. */
export function literalPublicRanges({ direction, sources, destinations }: SecurityRule): string[] {
  return (direction === 'Outbound' ? destinations : sources).filter(isPublicLiteral);
}

function overTcp(protocol: string): boolean {
  return protocol === '*' || protocol.toLowerCase() === 'tcp';
}

function isAny(prefix: string): boolean {
  return /^(\*|any|0\.0\.0\.0\/0|::\/0)$/i.test(prefix);
}

function isEveryPort(text: string): boolean {
  const { first, last } = portsOf(text);
  return first <= 1 && last === 65535;
}

/** A service tag is no address, and neither is `*`. */
function isPublicLiteral(prefix: string): boolean {
  const range = parseRange(prefix);
  return range !== null && !contains(notPublic, range);
}

function meets({ first, last }: Ports, others: readonly Ports[]): boolean {
  return others.some(other => first <= other.last && other.first <= last);
}

function portsOf(text: string): Ports {
  if (text === '*') return { first: 0, last: 65535 };
  const match = /^(\d+)(?:-(\d+))?$/.exec(text.trim());
  if (!match) throw new Error(`Not a port or a range of ports: ${text}`);
  return { first: Number(match[1]), last: Number(match[2] ?? match[1]) };
}
