import type { AddressRange } from './address.ts';

/** What the account serves. Decided by capabilities; `kind` only tells MongoDB apart. */
export type Api = 'nosql' | 'mongodb' | 'cassandra' | 'gremlin' | 'table';

/** `unrecognised`: a value newer than this program. It is never guessed at. */
export type PublicNetworkAccess = 'Enabled' | 'Disabled' | 'SecuredByPerimeter' | { readonly unrecognised: string };

/** A Cosmos DB account as Resource Manager describes it (`Microsoft.DocumentDB/databaseAccounts`). */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly apis: readonly Api[];
  readonly capabilities: readonly string[];
  readonly publicNetworkAccess: PublicNetworkAccess;
  /** IPv4 addresses and CIDR ranges, as written. `0.0.0.0` admits every Azure datacenter. */
  readonly ipRules: readonly string[];
  /** When off, virtual network rules have no effect and do not restrict anybody. */
  readonly virtualNetworkFilter: boolean;
  readonly virtualNetworkRules: readonly VirtualNetworkRule[];
  readonly trustedServicesBypass: boolean;
  readonly bypassResourceIds: readonly string[];
  readonly privateEndpointConnections: readonly PrivateEndpointConnection[];
  readonly corsOrigins: readonly string[];
  readonly identity: { readonly systemAssigned: boolean; readonly userAssigned: readonly string[] };
  /** Account keys are rejected (`disableLocalAuth`). */
  readonly localAuthDisabled: boolean;
  /** Keys cannot change databases, containers and throughput (`disableKeyBasedMetadataWriteAccess`). */
  readonly keyMetadataWritesDisabled: boolean;
  readonly keys: KeyGenerations;
  /** `Tls`, `Tls11`, `Tls12` or newer; null where Azure leaves it out. */
  readonly minimumTls: string | null;
  /** Null where Microsoft manages the key. */
  readonly keyVaultKeyUri: string | null;
  /** The identity that reaches the key vault, for example `SystemAssignedIdentity`. */
  readonly defaultIdentity: string | null;
  /** Free text; carries troubleshooting guidance where the key cannot be used. */
  readonly customerManagedKeyStatus: string | null;
  /** Null where Azure leaves the policy out. */
  readonly backup: Backup | null;
  readonly regions: readonly Region[];
  readonly automaticFailover: boolean;
  readonly multipleWriteRegions: boolean;
  /** `Strong`, `BoundedStaleness`, `Session`, `ConsistentPrefix`, `Eventual`; null where Azure leaves it out. */
  readonly consistency: string | null;
  /** Request units per second over all containers; null = no limit. */
  readonly throughputLimit: number | null;
  readonly analyticalStore: boolean;
  /** Capability `EnableServerless`: one region, no provisioned throughput. */
  readonly serverless: boolean;
}

/** When each key was made, ISO 8601. Null: before 2022-06-18, when Azure began to record it. */
export interface KeyGenerations {
  readonly primary: string | null;
  readonly secondary: string | null;
  readonly primaryReadOnly: string | null;
  readonly secondaryReadOnly: string | null;
}

export type Backup = BackupMode & {
  /** A change to the other mode that is under way. */
  readonly migratingTo: string | null;
};

export type BackupMode =
  | { readonly type: 'Periodic'; readonly intervalMinutes: number | null; readonly retentionHours: number | null; readonly redundancy: string | null }
  /** Tier: `Continuous7Days`, `Continuous30Days` or newer. */
  | { readonly type: 'Continuous'; readonly tier: string | null }
  | { readonly type: 'unrecognised'; readonly text: string };

export interface Region {
  /** Display name, for example `West Europe`. */
  readonly name: string;
  /** Null where Azure leaves it out. */
  readonly zoneRedundant: boolean | null;
  readonly failoverPriority: number | null;
}

export interface VirtualNetworkRule {
  readonly subnetId: string;
  /** The rule was accepted although the subnet lacks the service endpoint: it may admit nobody. */
  readonly ignoreMissingEndpoint: boolean;
}

/** `status` is free text in the API; compare it without case. */
export interface PrivateEndpointConnection {
  readonly id: string;
  /** Null where the platform hides the endpoint of another tenant. */
  readonly endpointId: string | null;
  readonly status: string;
  /** Null where the account's inline list leaves it out. */
  readonly groupId: string | null;
}

export function isApproved(connection: PrivateEndpointConnection): boolean {
  return connection.status.toLowerCase() === 'approved';
}

/** A subnet that a virtual network rule names. */
export interface Subnet {
  readonly id: string;
  readonly exists: boolean;
  /** Services with an endpoint on the subnet, for example `Microsoft.AzureCosmosDB`. */
  readonly serviceEndpoints: readonly string[];
}

/** The account's IP firewall with its rules parsed. */
export interface Firewall {
  /** Ranges of the rules, without the special `0.0.0.0`. */
  readonly ranges: readonly AddressRange[];
  /** `0.0.0.0` is among the rules. */
  readonly azureDatacenters: boolean;
}
