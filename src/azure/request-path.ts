import { subscriptionOf } from '../core/resource-id.ts';

/**
 * Whose quota a request takes from: a subscription's (its id in lower case), Resource Graph's, or the tenant's.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export function quotaOwner(path: string): string {
  return subscriptionOf(path) ?? (/^\/providers\/microsoft\.resourcegraph\//i.test(path) ? 'resource graph' : 'tenant');
}

/** Namespace of the resource provider that answers, as written: `Microsoft.Insights`. Null where Resource Manager itself does. The provider of an extension resource is the last one in its path. */
export function providerOf(path: string): string | null {
  return /^.*\/providers\/([^/]+)/i.exec(path)?.[1] ?? null;
}

/** What a request asks for, without names: `microsoft.documentdb/databaseaccounts/sqlroleassignments`. */
export function kindOf(path: string): string {
  const provider = providerOf(path)?.toLowerCase();
  const segments = path.toLowerCase().split('/').slice(1);
  const types = provider === undefined ? segments : segments.slice(segments.lastIndexOf(provider) + 1);
  return [...(provider === undefined ? [] : [provider]), ...types.filter((_, place) => place % 2 === 0)].join('/');
}
