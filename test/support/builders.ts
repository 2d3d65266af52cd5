import type { Account, Firewall, Subnet } from '../../src/core/account.ts';
import type { ActivityLogAlert } from '../../src/core/alert.ts';
import type { Organisation } from '../../src/core/control.ts';
import type { Exposure } from '../../src/core/exposure.ts';
import { known, type Snapshot } from '../../src/core/fact.ts';
import type { AccessRule, Association, DiagnosticSetting, InboundRules, PerimeterAssociation, PerimeterLink, Profile, Side } from '../../src/core/perimeter.ts';
import type { CassandraCluster, MongoCluster } from '../../src/core/cluster.ts';
import type { Lock } from '../../src/core/lock.ts';
import type { PreviewSettings } from '../../src/core/preview.ts';
import type { ControlPlaneGrant, DataPlaneGrant } from '../../src/core/roles.ts';
import type { AccountFacts, ClusterFacts, PerimeterFacts, SubscriptionFacts } from '../../src/core/snapshot.ts';
import { firewallOf, inboundRulesOf } from '../../src/exposure/firewall.ts';
import { accountId, endpointId, otherSubscriptionId, perimeterId, subnetId, subscriptionId, workspaceId } from './ids.ts';
import { networkFacts, protectedZone } from './network-builders.ts';

export { accountId, endpointId, foreignSubscriptionId, otherSubscriptionId, perimeterId, subnetId, subscriptionId, workspaceId } from './ids.ts';

/** A compliant account: public access secured by a perimeter, one approved private endpoint, an identity. */
export function account(differences: Partial<Account> = {}): Account {
  return {
    id: accountId,
    name: 'orders',
    location: 'westeurope',
    tags: {},
    apis: ['nosql'],
    capabilities: [],
    publicNetworkAccess: 'SecuredByPerimeter',
    ipRules: [],
    virtualNetworkFilter: false,
    virtualNetworkRules: [],
    trustedServicesBypass: false,
    bypassResourceIds: [],
    privateEndpointConnections: [connection()],
    corsOrigins: [],
    identity: { systemAssigned: true, userAssigned: [] },
    localAuthDisabled: true,
    keyMetadataWritesDisabled: true,
    keys: { primary: '2026-10-01T00:00:00Z', secondary: '2026-10-01T00:00:00Z', primaryReadOnly: '2026-10-01T00:00:00Z', secondaryReadOnly: '2026-10-01T00:00:00Z' },
    minimumTls: 'Tls12',
    keyVaultKeyUri: null,
    defaultIdentity: 'FirstPartyIdentity',
    customerManagedKeyStatus: null,
    backup: { type: 'Continuous', tier: 'Continuous30Days', migratingTo: null },
    regions: [region(), region({ name: 'North Europe', failoverPriority: 1 })],
    automaticFailover: true,
    multipleWriteRegions: false,
    consistency: 'Session',
    throughputLimit: 4000,
    analyticalStore: false,
    serverless: false,
    ...differences,
  };
}

export function region(differences: Partial<Account['regions'][number]> = {}): Account['regions'][number] {
  return { name: 'West Europe', zoneRedundant: true, failoverPriority: 0, ...differences };
}

export function connection(differences: Partial<Account['privateEndpointConnections'][number]> = {}): Account['privateEndpointConnections'][number] {
  return { id: `${accountId}/privateEndpointConnections/orders`, endpointId, status: 'Approved', groupId: 'Sql', ...differences };
}

export function subnet(differences: Partial<Subnet> = {}): Subnet {
  return { id: subnetId, exists: true, serviceEndpoints: ['Microsoft.AzureCosmosDB'], ...differences };
}

/** The firewall that IP rules make. */
export function firewall(...ipRules: string[]): Firewall {
  const parsed = firewallOf(known(account({ ipRules })));
  if (!parsed.known) throw new Error(parsed.detail);
  return parsed.value;
}

export function rule(differences: Partial<AccessRule> = {}): AccessRule {
  return { name: 'office', direction: 'Inbound', addressPrefixes: [], subscriptions: [], perimeters: [], fullyQualifiedDomainNames: [], serviceTags: [], ...differences };
}

/** A profile with one narrow inbound rule. */
export function profile(differences: Partial<Profile> = {}): Profile {
  return { name: 'default', accessRulesVersion: '3', rules: [rule({ addressPrefixes: ['203.0.113.0/28'] })], ...differences };
}

/** What the inbound rules of the profiles admit. */
export function inboundRules(...profiles: Profile[]): InboundRules {
  const parsed = inboundRulesOf(known(profiles));
  if (!parsed.known) throw new Error(parsed.detail);
  return parsed.value;
}

export function perimeterAssociation(differences: Partial<PerimeterAssociation> = {}): PerimeterAssociation {
  return { name: 'orders', resourceId: accountId, profile: 'default', accessMode: 'Enforced', provisioningState: 'Succeeded', hasProvisioningIssues: false, ...differences };
}

export function link(differences: Partial<PerimeterLink> = {}): PerimeterLink {
  return {
    name: 'partner',
    direction: 'outgoing',
    remotePerimeterId: `/subscriptions/${otherSubscriptionId}/resourceGroups/network/providers/Microsoft.Network/networkSecurityPerimeters/partner`,
    remotePerimeterGuid: 'aaaaaaaa-0000-0000-0000-000000000001',
    localInboundProfiles: ['default'],
    localOutboundProfiles: ['default'],
    remoteInboundProfiles: ['default'],
    status: 'Approved',
    ...differences,
  };
}

export function diagnosticSetting(differences: Partial<DiagnosticSetting> = {}): DiagnosticSetting {
  return { name: 'to-workspace', workspaceId, categories: [], categoryGroups: ['allLogs'], ...differences };
}

export function side(differences: Partial<Side> = {}): Side {
  return { accessMode: 'Enforced', profile: 'default', accessRulesVersion: '3', rules: profile().rules, provisioningState: 'Succeeded', issues: [], ...differences };
}

/** An association both sides of which say the same. */
export function association(differences: Partial<Side> = {}): Association {
  return { perimeterId, name: 'orders', account: known(side(differences)), perimeter: known(side(differences)) };
}

export function exposure(differences: Partial<Exposure> = {}): Exposure {
  return { reach: 'perimeterRules', outbound: 'perimeterRules', trustedServices: 'off', decidedBy: 'perimeter rule production/default/office', latent: [], perimeters: [], explanation: 'Only what perimeter rules admit can reach it.', ...differences };
}

/** No key was used for three months, query text is not logged, and no feature is on. */
export function preview(differences: Partial<PreviewSettings> = {}): PreviewSettings {
  return {
    keysLastUsed: { primary: '2026-08-20T06:00:00Z', secondary: null, primaryReadOnly: null, secondaryReadOnly: null },
    fullTextQuery: 'None',
    materializedViews: false,
    allVersionsAndDeletesChangeFeed: false,
    ...differences,
  };
}

/** An application that may change the data of one database. */
export function dataPlaneGrant(differences: Partial<DataPlaneGrant> = {}): DataPlaneGrant {
  return {
    api: 'nosql',
    principalId: 'aaaaaaaa-1111-1111-1111-111111111111',
    scope: `${accountId}/dbs/shop`,
    accountWide: false,
    role: { name: 'Cosmos DB Built-in Data Contributor', kind: 'contributor', dataActions: [] },
    ...differences,
  };
}

/** A deployment identity with rights over one resource group. */
export function controlPlaneGrant(differences: Partial<ControlPlaneGrant> = {}): ControlPlaneGrant {
  return {
    principalId: 'bbbbbbbb-1111-1111-1111-111111111111',
    principalType: 'ServicePrincipal',
    scope: `/subscriptions/${subscriptionId}/resourceGroups/data`,
    role: 'Contributor',
    powers: { listsKeys: true, readsReadOnlyKeys: true, writesAccount: true },
    inherited: false,
    ...differences,
  };
}

/** Every fact of a compliant account, known. */
export function accountFacts(differences: Partial<AccountFacts> = {}): Snapshot<AccountFacts> {
  return facts({
    account: account(),
    subnets: [],
    diagnosticSettings: [diagnosticSetting()],
    activityLogSettings: [diagnosticSetting({ categories: ['Administrative'], categoryGroups: [] })],
    locks: [lock()],
    threatProtection: { by: 'plan' },
    preview: preview(),
    dataPlaneRoles: [dataPlaneGrant()],
    controlPlaneRoles: [controlPlaneGrant()],
    mongoUsers: [],
    associations: [association()],
    perimeterHealth: { associations: 1, problems: [] },
    keyVaultMembership: { state: 'noKey' },
    perimeterFeatures: { state: 'noKey' },
    firewall: firewall(),
    endpointGroups: ['Sql'],
    exposure: exposure(),
    ...networkFacts(),
    ...differences,
  });
}

/** Every fact of a compliant perimeter, known. */
export function perimeterFacts(differences: Partial<PerimeterFacts> = {}): Snapshot<PerimeterFacts> {
  return facts({
    profiles: [profile()],
    associations: [perimeterAssociation()],
    links: [],
    logCategories: [],
    diagnosticSettings: [diagnosticSetting()],
    inboundRules: { rules: [] },
    ...differences,
  });
}

/** Every fact of a compliant subscription, known. */
export function subscriptionFacts(differences: Partial<SubscriptionFacts> = {}): Snapshot<SubscriptionFacts> {
  return facts({ accountIds: [accountId], activityLogAlerts: [activityLogAlert()], locks: [lock()], privateDnsZones: [protectedZone()], ...differences });
}

/** On the whole subscription. */
export function lock(differences: Partial<Lock> = {}): Lock {
  return { name: 'keep', scope: `/subscriptions/${subscriptionId}`, level: 'CanNotDelete', ...differences };
}

/** Watches every administrative operation in the subscription. */
export function activityLogAlert(differences: Partial<ActivityLogAlert> = {}): ActivityLogAlert {
  return {
    name: 'operations',
    enabled: true,
    scopes: [`/subscriptions/${subscriptionId}`],
    actionGroups: [`/subscriptions/${subscriptionId}/resourceGroups/alerts/providers/Microsoft.Insights/actionGroups/security`],
    conditions: [[{ field: 'category', values: ['Administrative'] }]],
    ...differences,
  };
}

export function mongoCluster(differences: Partial<MongoCluster> = {}): MongoCluster {
  return {
    kind: 'mongo',
    id: `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.DocumentDB/mongoClusters/catalog`,
    name: 'catalog',
    location: 'westeurope',
    tags: {},
    publicNetworkAccess: 'Disabled',
    allowedAuthModes: ['MicrosoftEntraID'],
    highAvailability: 'ZoneRedundantPreferred',
    ...differences,
  };
}

export function cassandraCluster(differences: Partial<CassandraCluster> = {}): CassandraCluster {
  return {
    kind: 'cassandra',
    id: `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.DocumentDB/cassandraClusters/history`,
    name: 'history',
    location: 'westeurope',
    tags: {},
    authenticationMethod: 'Cassandra',
    auditLogging: true,
    ...differences,
  };
}

/** Every fact of a compliant MongoDB cluster, known. */
export function clusterFacts(differences: Partial<ClusterFacts> = {}): Snapshot<ClusterFacts> {
  return facts({ cluster: mongoCluster(), clusterFirewall: [], diagnosticSettings: [diagnosticSetting()], ...differences });
}

function facts<Values extends object>(values: Values): Snapshot<Values> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, known(value, [`GET ${name}`])])) as Snapshot<Values>;
}

export function organisation(differences: Partial<Organisation> = {}): Organisation {
  return {
    cloud: 'public',
    subscriptions: new Set([subscriptionId, otherSubscriptionId]),
    trustedSubscriptions: new Set(),
    approvedRanges: [],
    approvedOutboundDomains: [],
    allowedWorkspaces: [],
    allowedRegions: [],
    requiredTags: [],
    dataPlaneOwners: new Set(),
    ...differences,
  };
}
