import type { Account, Firewall, Subnet } from '../../src/core/account.ts';
import type { Organisation } from '../../src/core/control.ts';
import type { Exposure } from '../../src/core/exposure.ts';
import { known, type Snapshot } from '../../src/core/fact.ts';
import type { AccessRule, Association, DiagnosticSetting, InboundRules, PerimeterAssociation, PerimeterLink, Profile, Side } from '../../src/core/perimeter.ts';
import type { AccountFacts, PerimeterFacts } from '../../src/core/snapshot.ts';
import { firewallOf, inboundRulesOf } from '../../src/exposure/firewall.ts';

export const subscriptionId = '11111111-1111-1111-1111-111111111111';
export const otherSubscriptionId = '22222222-2222-2222-2222-222222222222';
export const foreignSubscriptionId = '99999999-9999-9999-9999-999999999999';
export const accountId = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;
export const perimeterId = `/subscriptions/${subscriptionId}/resourceGroups/network/providers/Microsoft.Network/networkSecurityPerimeters/production`;
export const subnetId = `/subscriptions/${subscriptionId}/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/apps`;
export const workspaceId = `/subscriptions/${subscriptionId}/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/security`;
export const endpointId = `/subscriptions/${subscriptionId}/resourceGroups/network/providers/Microsoft.Network/privateEndpoints/orders`;

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
    ...differences,
  };
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
  return { reach: 'perimeterRules', outbound: 'perimeterRules', trustedServices: 'off', decidedBy: 'perimeter rule production/default/office', latent: [], explanation: 'Only what perimeter rules admit can reach it.', ...differences };
}

/** Every fact of a compliant account, known. */
export function accountFacts(differences: Partial<AccountFacts> = {}): Snapshot<AccountFacts> {
  return facts({ account: account(), subnets: [], associations: [association()], perimeterHealth: { associations: 1, problems: [] }, firewall: firewall(), exposure: exposure(), ...differences });
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
    ...differences,
  };
}
