import type { Account, Api } from './account.ts';

/** A right over data that one of Cosmos DB's own roles gives to an Entra ID identity. Azure's roles have no part in it. */
export interface DataPlaneGrant {
  readonly api: Api;
  /** Object id, lower case. */
  readonly principalId: string;
  /** As written: the account, or a database, container, table below it. */
  readonly scope: string;
  readonly accountWide: boolean;
  readonly role: DataPlaneRole;
}

export interface DataPlaneRole {
  readonly name: string;
  /** The built-in Data Reader and Data Contributor; `other` is everything that says itself what it may do. */
  readonly kind: 'reader' | 'contributor' | 'other';
  /** What an `other` role may do. */
  readonly dataActions: readonly string[];
}

/** What an Azure role can do to an account, or to its keys. */
export interface AccountPowers {
  /** Lists read-write keys, read-only keys or connection strings. */
  readonly listsKeys: boolean;
  /** Has the read action for read-only keys, which every role that may read everything has. */
  readonly readsReadOnlyKeys: boolean;
  /** Changes the account's settings. */
  readonly writesAccount: boolean;
}

/** An Azure role assignment. */
export interface RoleAssignment {
  /** Object id, lower case. */
  readonly principalId: string;
  /** `User`, `Group`, `ServicePrincipal`, …; `Unknown` where the principal was deleted. */
  readonly principalType: string;
  /** A subscription, group or resource, a management group, or `/`. */
  readonly scope: string;
  readonly role: string;
  /** Null where the role's definition is not listed. */
  readonly powers: AccountPowers | null;
}

/** An Azure role assignment that reaches an account with some power over it. */
export interface ControlPlaneGrant extends RoleAssignment {
  readonly powers: AccountPowers;
  /** Assigned above the subscription. */
  readonly inherited: boolean;
}

/** A user that a MongoDB account knows by name and password. */
export interface MongoUser {
  readonly name: string;
  readonly database: string;
  readonly roles: readonly { readonly database: string; readonly role: string }[];
}

/**
 * Whether the account knows users of its own: a MongoDB account whose access control was turned on.
 * @see https://learn.microsoft.com/azure/cosmos-db/mongodb/how-to-setup-role-based-access-control
 */
export function hasMongoUsers({ apis, capabilities }: Pick<Account, 'apis' | 'capabilities'>): boolean {
  return apis.includes('mongodb') && capabilities.some(name => name.toLowerCase() === 'enablemongorolebasedaccesscontrol');
}
