import type { AddressRange } from './address.ts';

/** A cluster of another Cosmos DB resource type; listing accounts does not show it. */
export type Cluster = MongoCluster | CassandraCluster;

/** `Microsoft.DocumentDB/mongoClusters` (Azure DocumentDB, formerly Cosmos DB for MongoDB vCore). */
export interface MongoCluster {
  readonly kind: 'mongo';
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly publicNetworkAccess: 'Enabled' | 'Disabled' | { readonly unrecognised: string };
  /** `NativeAuth`, `MicrosoftEntraID`; null where Azure leaves it out. */
  readonly allowedAuthModes: readonly string[] | null;
  /** `Disabled`, `SameZone`, `ZoneRedundantPreferred`; null where Azure leaves it out. */
  readonly highAvailability: string | null;
}

/** `Microsoft.DocumentDB/cassandraClusters` (Azure Managed Instance for Apache Cassandra). */
export interface CassandraCluster {
  readonly kind: 'cassandra';
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** `None`, `Cassandra`, `Ldap`; null where Azure leaves it out. */
  readonly authenticationMethod: string | null;
  /** The nodes write an audit log (`cassandraAuditLoggingEnabled`); null where Azure leaves it out. */
  readonly auditLogging: boolean | null;
}

/** A firewall rule of a MongoDB cluster: first to last address. */
export interface ClusterFirewallRule {
  readonly name: string;
  readonly range: AddressRange;
}
