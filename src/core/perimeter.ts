import type { AddressRange } from './address.ts';
import type { Fact } from './fact.ts';

/** Portal names Learning "Transition". Audit logs and does not block. `unrecognised`: newer than this program. */
export type AccessMode = 'Learning' | 'Enforced' | 'Audit' | { readonly unrecognised: string };

export interface AccessRule {
  readonly name: string;
  readonly direction: 'Inbound' | 'Outbound';
  readonly addressPrefixes: readonly string[];
  /** Subscription ids (GUIDs, lower case). */
  readonly subscriptions: readonly string[];
  readonly perimeters: readonly string[];
  readonly fullyQualifiedDomainNames: readonly string[];
  readonly serviceTags: readonly string[];
}

export interface Profile {
  readonly name: string;
  /** Counts up with each change of the rules; null where Azure leaves it out. */
  readonly accessRulesVersion: string | null;
  readonly rules: readonly AccessRule[];
}

/** A `resourceAssociations` child of a perimeter. */
export interface PerimeterAssociation {
  readonly name: string;
  /** The associated resource, as written. */
  readonly resourceId: string;
  readonly profile: string;
  readonly accessMode: AccessMode;
  readonly provisioningState: string;
  readonly hasProvisioningIssues: boolean;
}

/** `outgoing`: a link of this perimeter. `incoming`: a link reference, made by the remote perimeter. */
export interface PerimeterLink {
  readonly name: string;
  readonly direction: 'outgoing' | 'incoming';
  /** Null where Azure names the remote perimeter by GUID only. */
  readonly remotePerimeterId: string | null;
  readonly remotePerimeterGuid: string | null;
  readonly localInboundProfiles: readonly string[];
  readonly localOutboundProfiles: readonly string[];
  readonly remoteInboundProfiles: readonly string[];
  readonly status: string;
}

/** A diagnostic setting: which logs go to which workspace. */
export interface DiagnosticSetting {
  readonly name: string;
  /** Null where logs go to storage or an event hub only. */
  readonly workspaceId: string | null;
  /** Enabled categories. */
  readonly categories: readonly string[];
  /** Enabled category groups: `allLogs`, `audit`. */
  readonly categoryGroups: readonly string[];
}

/** One configuration under an account (`networkSecurityPerimeterConfigurations`): its own view of a perimeter. */
export interface PerimeterConfiguration {
  readonly name: string;
  readonly perimeterId: string;
  readonly perimeterGuid: string | null;
  readonly associationName: string;
  readonly side: Side;
}

/** What one side of an association says: the account's configuration, or the perimeter. */
export interface Side {
  readonly accessMode: AccessMode;
  readonly profile: string;
  readonly accessRulesVersion: string | null;
  readonly rules: readonly AccessRule[];
  readonly provisioningState: string;
  /** Provisioning issues in words; empty when there are none. */
  readonly issues: readonly string[];
}

/**
 * An account's membership in a perimeter, as both sides tell it. A side that was read and does not hold the
 * association is a known null.
 */
export interface Association {
  readonly perimeterId: string;
  readonly name: string;
  readonly account: Fact<Side | null>;
  readonly perimeter: Fact<Side | null>;
}

/** Whether an account's associations are in force as configured. */
export interface PerimeterHealth {
  readonly associations: number;
  /** One sentence per problem. */
  readonly problems: readonly string[];
}

/** Inbound access rules of a perimeter with their addresses parsed. */
export interface InboundRules {
  readonly rules: readonly { readonly profile: string; readonly rule: string; readonly ranges: readonly AddressRange[]; readonly serviceTags: readonly string[] }[];
}
