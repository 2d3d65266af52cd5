import type { Faults } from '../faults.ts';

/** A resource as Resource Manager answers it at the newest api-version; older versions leave properties out. */
export interface Resource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** An entry of `GET /subscriptions`. */
export interface Subscription {
  readonly id: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly displayName: string;
  readonly state: string;
  readonly [field: string]: unknown;
}

/** A management group; `parent` is null for the topmost. */
export interface ManagementGroup {
  readonly name: string;
  readonly displayName: string;
  readonly parent: string | null;
  /** Subscription ids directly in it. */
  readonly subscriptions: readonly string[];
}

/** Everything a company has in Azure, as plain data. */
export interface Estate {
  readonly tenantId: string;
  /** What the identity sees, denied ones included. */
  readonly subscriptions: readonly Subscription[];
  /** Names of subscriptions the identity does not see at all: management groups list them. */
  readonly hidden: readonly Subscription[];
  readonly managementGroups: readonly ManagementGroup[];
  readonly resources: readonly Resource[];
  readonly faults: Faults;
  /** Ids of resources too new for Resource Graph, which lags behind. */
  readonly unindexed: readonly string[];
  /** Entries of a page by resource type; `defaultPageSize` otherwise. */
  readonly pageSizes: Readonly<Record<string, number>>;
}

export const defaultPageSize = 100;
