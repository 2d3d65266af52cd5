import type { Lock } from './lock.ts';

/** Facts about how the names of an account lead to its private endpoints. */
export interface PrivateDnsFacts {
  readonly privateEndpoints: readonly AccountEndpoint[];
  readonly privateDnsLinks: PrivateDnsLinks;
  /** Of the zones that the endpoints register in. */
  readonly privateDnsRecords: readonly ZoneRecords[];
}

/** A private endpoint of any service. */
export interface PrivateEndpoint {
  readonly id: string;
  readonly subnetId: string;
  readonly targets: readonly PrivateLinkTarget[];
  /** Public names and the addresses behind them; Azure leaves them out where a zone group registers them. */
  readonly names: readonly DnsName[];
}

export interface PrivateLinkTarget {
  readonly resourceId: string;
  /** Sub-resources, for example `Sql`. */
  readonly groupIds: readonly string[];
}

/** A name and its addresses: fully qualified, or relative to a zone where it is a record. */
export interface DnsName {
  readonly name: string;
  /** IPv4. */
  readonly addresses: readonly string[];
}

/** An entry of a zone group: a private DNS zone in which an endpoint keeps its records, as Azure manages them. */
export interface ZoneRegistration {
  readonly zoneId: string;
  /** The records it keeps there. */
  readonly records: readonly DnsName[];
}

/** An approved private endpoint of the account. */
export interface AccountEndpoint extends Omit<PrivateEndpoint, 'targets'> {
  /** Sub-resources of the account that it reaches, for example `Sql`. */
  readonly groupIds: readonly string[];
  readonly zones: readonly ZoneRegistration[];
}

/** Which networks see the zones that the account's endpoints register in. */
export interface PrivateDnsLinks {
  readonly zones: readonly LinkedZone[];
  /** DNS servers by network, of endpoints' networks that some zone is not linked to. */
  readonly resolvers: readonly { readonly networkId: string; readonly dnsServers: readonly string[] }[];
}

export interface LinkedZone {
  readonly id: string;
  readonly networks: readonly LinkedNetwork[];
}

export interface LinkedNetwork {
  readonly id: string;
  /** Read only where DNS servers have to be looked for in it; null = not read. */
  readonly addressPrefixes: readonly string[] | null;
}

/** The A records in a zone that the account's names may stand for. */
export interface ZoneRecords {
  readonly zoneId: string;
  readonly records: readonly DnsName[];
}

/** A private DNS zone for Cosmos DB, with the locks that keep it: on the zone, above it, or on a record in it. */
export interface ProtectedZone {
  readonly id: string;
  readonly locks: readonly Lock[];
}
