import { subscriptionOf } from '../core/resource-id.ts';

/**
 * Whose quota a request takes from: a subscription's (its id in lower case), Resource Graph's, or the tenant's.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export function quotaOwner(path: string): string {
  return subscriptionOf(path) ?? (/^\/providers\/microsoft\.resourcegraph\//i.test(path) ? 'resource graph' : 'tenant');
}

/** What a request asks for, without names. */
export interface Kind {
  /** Namespace of the resource provider that answers, as written: `Microsoft.Insights`. Null where Resource Manager itself does. */
  readonly provider: string | null;
  /** Types below it in lower case: `databaseaccounts/sqlroleassignments`. */
  readonly type: string;
}

/** The provider of an extension resource is the last one in its path. */
export function kindOf(path: string): Kind {
  const start = path.toLowerCase().lastIndexOf('/providers/');
  const [provider = '', ...rest] = (start < 0 ? '' : path.slice(start + '/providers/'.length)).split('/');
  const types = (start < 0 ? path.split('/').slice(1) : rest).filter((_, place) => place % 2 === 0);
  return { provider: provider || null, type: types.join('/').toLowerCase() };
}
