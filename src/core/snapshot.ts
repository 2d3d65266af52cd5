import type { Account, Firewall, Subnet } from './account.ts';
import type { ActivityLogAlert } from './alert.ts';
import type { Cluster, ClusterFirewallRule } from './cluster.ts';
import type { ThreatProtection } from './defender.ts';
import type { Exposure } from './exposure.ts';
import type { Snapshot } from './fact.ts';
import type { KeyVaultMembership } from './key-vault.ts';
import type { Lock } from './lock.ts';
import type { NetworkFacts } from './network.ts';
import type { PerimeterFeatures } from './perimeter-features.ts';
import type { Association, DiagnosticSetting, InboundRules, PerimeterAssociation, PerimeterHealth, PerimeterLink, Profile } from './perimeter.ts';
import type { PreviewSettings } from './preview.ts';
import type { PrivateDnsFacts, ProtectedZone } from './private-dns.ts';
import type { ControlPlaneGrant, DataPlaneGrant, MongoUser } from './roles.ts';

/** Facts about an account. The ones that `DerivedAccountFacts` names are derived in `exposure/`; the others are read. */
export interface AccountFacts extends NetworkFacts, PrivateDnsFacts {
  readonly account: Account;
  /** The subnets its virtual network rules name. */
  readonly subnets: readonly Subnet[];
  readonly diagnosticSettings: readonly DiagnosticSetting[];
  /** Where the activity log of the account's subscription goes. */
  readonly activityLogSettings: readonly DiagnosticSetting[];
  /** Locks anywhere in the account's subscription. */
  readonly locks: readonly Lock[];
  readonly threatProtection: ThreatProtection;
  readonly preview: PreviewSettings;
  readonly dataPlaneRoles: readonly DataPlaneGrant[];
  /** Azure role assignments with some power over the account. */
  readonly controlPlaneRoles: readonly ControlPlaneGrant[];
  /** Empty unless the account is a MongoDB one with users of its own. */
  readonly mongoUsers: readonly MongoUser[];
  readonly associations: readonly Association[];
  readonly perimeterHealth: PerimeterHealth;
  readonly keyVaultMembership: KeyVaultMembership;
  /** Known as soon as one feature in use decides. */
  readonly perimeterFeatures: PerimeterFeatures;
  readonly firewall: Firewall;
  /** Private link sub-resources (`Sql`, `MongoDB`, …) that the approved connections are for. */
  readonly endpointGroups: readonly string[];
  /** Known only when the reach is. */
  readonly exposure: Exposure;
}

export type DerivedAccountFacts = Pick<AccountFacts, 'associations' | 'perimeterHealth' | 'keyVaultMembership' | 'perimeterFeatures' | 'firewall' | 'endpointGroups' | 'exposure'>;

/** The facts about an account that collectors read. */
export type ReadAccountFacts = Snapshot<Omit<AccountFacts, keyof DerivedAccountFacts>>;

/** Facts about a network security perimeter. `inboundRules` is derived from `profiles`. */
export interface PerimeterFacts {
  readonly profiles: readonly Profile[];
  readonly associations: readonly PerimeterAssociation[];
  readonly links: readonly PerimeterLink[];
  /** Log categories the perimeter emits. */
  readonly logCategories: readonly string[];
  readonly diagnosticSettings: readonly DiagnosticSetting[];
  readonly inboundRules: InboundRules;
}

/** Facts about a subscription that has accounts, judged once for all of them. */
export interface SubscriptionFacts {
  /** Ids of the accounts. */
  readonly accountIds: readonly string[];
  readonly activityLogAlerts: readonly ActivityLogAlert[];
  readonly locks: readonly Lock[];
  /** Private DNS zones for Cosmos DB: those of the subscription, and those of others that its accounts use. */
  readonly privateDnsZones: readonly ProtectedZone[];
}

/** Facts about a MongoDB or Cassandra cluster. */
export interface ClusterFacts {
  readonly cluster: Cluster;
  /** Firewall rules in force: none for a Cassandra cluster, and none where public network access is Disabled. */
  readonly clusterFirewall: readonly ClusterFirewallRule[];
  readonly diagnosticSettings: readonly DiagnosticSetting[];
}

/** The tenant has no facts: its controls are judged by people. */
export type TenantFacts = { readonly [Name in never]: unknown };

export interface FactsOf {
  readonly account: AccountFacts;
  readonly cluster: ClusterFacts;
  readonly perimeter: PerimeterFacts;
  readonly subscription: SubscriptionFacts;
  readonly tenant: TenantFacts;
}

/** What a control looks at. */
export type Scope = keyof FactsOf;
export type SnapshotOf<S extends Scope> = Snapshot<FactsOf[S]>;
