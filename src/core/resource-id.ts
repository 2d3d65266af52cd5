/** Azure resource ids are compared without case: `resourcegroups` and `resourceGroups` are both on the wire. */
export function sameId(a: string, b: string): boolean {
  // Azure compares character by character: ids of different lengths are never the same, and most that are compared differ in that.
  return a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());
}

/** Whether `scope` is the resource itself, or a subscription, resource group or resource that holds it. */
export function isAtOrBelow(id: string, scope: string): boolean {
  const outer = scope.toLowerCase().replace(/\/+$/, '');
  return outer !== '' && `${id.toLowerCase()}/`.startsWith(`${outer}/`);
}

/** The last segment: the resource's name. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The subscription's GUID in lower case; null for an id that is not under a subscription. */
export function subscriptionOf(id: string): string | null {
  return /^\/?subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? null;
}

/** The resource group's name as written; null where there is none. */
export function resourceGroupOf(id: string): string | null {
  return /\/resourcegroups\/([^/]+)/i.exec(id)?.[1] ?? null;
}

/** The id of the resource that `id` is a direct child of. */
export function parentOf(id: string): string {
  return id.split('/').slice(0, -2).join('/');
}

/** The id of the resource that `id` is a part of, at any depth; the id itself where it names no resource. */
export function topLevelOf(id: string): string {
  return /^.*?\/providers\/[^/]+\/[^/]+\/[^/]+/i.exec(id)?.[0] ?? id;
}
