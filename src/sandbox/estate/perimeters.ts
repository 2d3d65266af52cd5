import type { AccountBundle } from './accounts.ts';
import type { Resource } from './estate.ts';
import { guid, recased, regionName, resourceId, systemData, type Group } from './ids.ts';

export type AccessMode = 'Learning' | 'Enforced' | 'Audit';

export interface Rule {
  readonly name: string;
  readonly direction: 'Inbound' | 'Outbound';
  readonly addressPrefixes?: readonly string[];
  /** Subscription GUIDs. */
  readonly subscriptions?: readonly string[];
  readonly fullyQualifiedDomainNames?: readonly string[];
  readonly serviceTags?: readonly string[];
}

export interface ProfileSpec {
  readonly version: number;
  readonly rules: readonly Rule[];
}

/** Null: no such child resource. */
export interface PerimeterSpec {
  readonly profiles: Readonly<Record<string, ProfileSpec>>;
  readonly logCategories?: readonly string[] | null;
}

export interface Perimeter {
  readonly id: string;
  readonly name: string;
  readonly guid: string;
  readonly location: string;
  readonly profiles: Readonly<Record<string, ProfileSpec>>;
  readonly logCategories: readonly string[];
  readonly resources: readonly Resource[];
}

export const perimeterType = 'Microsoft.Network/networkSecurityPerimeters';

/** A perimeter with its profiles, access rules and logging configuration. */
export function perimeter(group: Group, name: string, { profiles, logCategories = null }: PerimeterSpec): Perimeter {
  const id = resourceId(group, 'Microsoft.Network', 'networkSecurityPerimeters', name);
  const location = regionName(group.location);
  const perimeterGuid = guid(`${name}/perimeter`);
  const properties = { provisioningState: 'Succeeded', perimeterGuid };
  const own: Resource = { id, name, type: perimeterType, location, tags: { owner: 'platform-security' }, properties, systemData };
  const ofProfiles = Object.entries(profiles).flatMap(([profile, spec]) => [
    child(id, 'profiles', profile, { accessRulesVersion: String(spec.version), diagnosticSettingsVersion: '2' }),
    ...spec.rules.map(rule => ({ ...child(`${id}/profiles/${profile}`, 'accessRules', rule.name, ruleProperties(rule)), type: `${perimeterType}/profiles/accessRules` })),
  ]);
  const logging = logCategories ? [child(id, 'loggingConfigurations', 'instance', { enabledLogCategories: logCategories, version: '2' })] : [];
  return { id, name, guid: perimeterGuid, location, profiles, logCategories: logCategories ?? [], resources: [own, ...ofProfiles, ...logging] };
}

/** A child of a perimeter or of one of its children. */
export function child(parent: string, type: string, name: string, properties: Readonly<Record<string, unknown>>): Resource {
  return { id: `${parent}/${type}/${name}`, name, type: `${perimeterType}/${type}`, properties, systemData };
}

function ruleProperties({ direction, addressPrefixes = [], subscriptions = [], fullyQualifiedDomainNames = [], serviceTags = [] }: Rule): Readonly<Record<string, unknown>> {
  return {
    provisioningState: 'Succeeded',
    direction,
    addressPrefixes,
    subscriptions: subscriptions.map(id => ({ id: `/subscriptions/${id}` })),
    fullyQualifiedDomainNames,
    networkSecurityPerimeters: [],
    emailAddresses: [],
    phoneNumbers: [],
    serviceTags,
  };
}

/** How the two sides of an association differ from what they should be. */
export interface AssociationDifferences {
  /** `null`: the account does not know of the association. */
  readonly account?: AccountSide | null;
  /** `null`: the perimeter does not know of it. */
  readonly perimeter?: { readonly provisioningState?: string; readonly hasProvisioningIssues?: 'yes' | 'no' } | null;
}

export interface AccountSide {
  readonly accessMode?: AccessMode;
  readonly profile?: ProfileSpec;
  readonly provisioningState?: string;
  readonly issues?: readonly Issue[];
}

export interface Issue {
  readonly name: string;
  readonly issueType: string;
  readonly severity: 'Warning' | 'Error';
  readonly description: string;
}

/** Both sides of an association: the perimeter's `resourceAssociations` child and the account's own configuration. */
export function associate(to: Perimeter, profile: string, account: AccountBundle, accessMode: AccessMode, differences: AssociationDifferences = {}): Resource[] {
  const name = `${account.name}-${guid(`${account.name}/${to.name}`).slice(0, 8)}`;
  const { account: accountSide = {}, perimeter: perimeterSide = {} } = differences;
  const sides: Resource[] = [];
  if (perimeterSide) {
    const { provisioningState = 'Succeeded', hasProvisioningIssues = 'no' } = perimeterSide;
    const ids = { privateLinkResource: { id: recased(account.id) }, profile: { id: `${to.id}/profiles/${profile}` } };
    sides.push(child(to.id, 'resourceAssociations', name, { provisioningState, accessMode, hasProvisioningIssues, ...ids }));
  }
  if (accountSide) sides.push(configuration(to, profile, account, name, { accessMode, ...accountSide }));
  return sides;
}

/** The account's side: versions are integers here and strings there, and rules have no service tags. */
function configuration(to: Perimeter, profileName: string, account: AccountBundle, associationName: string, side: AccountSide): Resource {
  const { accessMode, profile = to.profiles[profileName], provisioningState = 'Succeeded', issues = [] } = side;
  if (!profile) throw new Error(`Perimeter ${to.name} has no profile ${profileName}.`);
  const name = `${to.guid}.${associationName}`;
  return {
    id: `${account.id}/networkSecurityPerimeterConfigurations/${name}`,
    name,
    type: 'Microsoft.DocumentDB/databaseAccounts/networkSecurityPerimeterConfigurations',
    properties: {
      provisioningState,
      ...(issues.length > 0 && { provisioningIssues: issues.map(({ name: issue, ...properties }) => ({ name: issue, properties })) }),
      networkSecurityPerimeter: { id: to.id, perimeterGuid: to.guid, location: to.location },
      resourceAssociation: { name: associationName, accessMode },
      profile: {
        name: profileName,
        accessRulesVersion: profile.version,
        accessRules: profile.rules.map(rule => ({ name: rule.name, properties: sentToAccount(rule) })),
        diagnosticSettingsVersion: 2,
        enabledLogCategories: to.logCategories,
      },
    },
  };
}

/** Only what the rule has, as in the documented example. */
function sentToAccount({ direction, addressPrefixes, subscriptions, fullyQualifiedDomainNames }: Rule): Readonly<Record<string, unknown>> {
  return {
    direction,
    ...(addressPrefixes && { addressPrefixes }),
    ...(subscriptions && { subscriptions: subscriptions.map(id => ({ id: `/subscriptions/${id}` })) }),
    ...(fullyQualifiedDomainNames && { fullyQualifiedDomainNames }),
  };
}
