import type { Estate, ManagementGroup } from './estate/estate.ts';

/** A list above subscriptions. */
export interface TenantOperation {
  readonly type: string;
  readonly pattern: RegExp;
  readonly versions: readonly string[];
  /** Null where what the path names does not exist. */
  items(this: void, estate: Estate, name: string): readonly unknown[] | null;
}

export const tenantOperations: readonly TenantOperation[] = [
  { type: 'Microsoft.Resources/subscriptions', pattern: /^\/subscriptions$/, versions: ['2022-12-01'], items: estate => estate.subscriptions },
  {
    type: 'Microsoft.Management/managementGroups/descendants',
    pattern: /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)\/descendants$/,
    versions: ['2021-04-01'],
    items: descendants,
  },
  {
    type: 'Microsoft.Authorization/permissions',
    pattern: /^\/subscriptions\/([^/]+)\/providers\/microsoft\.authorization\/permissions$/,
    versions: ['2022-04-01'],
    items: () => [{ actions: ['*/read'], notActions: [] }],
  },
];

/** @see https://learn.microsoft.com/rest/api/managementgroups/management-groups/get-descendants */
function descendants(estate: Estate, name: string): readonly unknown[] | null {
  const group = estate.managementGroups.find(each => each.name.toLowerCase() === name);
  if (!group) return null;
  const displayNames = new Map([...estate.subscriptions, ...estate.hidden].map(({ subscriptionId, displayName }) => [subscriptionId, displayName]));
  return below(estate, group).flatMap(each => [
    ...(each === group ? [] : [descendant(idOf(each.name), 'Microsoft.Management/managementGroups', each.name, each.displayName, each.parent ?? '')]),
    ...each.subscriptions.map(id => descendant(`/subscriptions/${id}`, '/subscriptions', id, displayNames.get(id) ?? id, each.name)),
  ]);
}

/** The group and all groups in it. */
function below(estate: Estate, group: ManagementGroup): ManagementGroup[] {
  return [group, ...estate.managementGroups.filter(({ parent }) => parent === group.name).flatMap(child => below(estate, child))];
}

/** Subscription ids in any of the groups, by name; the groups are found without case. */
export function subscriptionsBelow(estate: Estate, groups: readonly string[]): string[] {
  const named = estate.managementGroups.filter(({ name }) => groups.some(each => each.toLowerCase() === name.toLowerCase()));
  return named.flatMap(group => below(estate, group)).flatMap(({ subscriptions }) => subscriptions);
}

function descendant(id: string, type: string, name: string, displayName: string, parent: string): unknown {
  return { id, type, name, properties: { displayName, parent: { id: idOf(parent) } } };
}

function idOf(group: string): string {
  return `/providers/Microsoft.Management/managementGroups/${group}`;
}
