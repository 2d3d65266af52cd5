import type { Arm } from '../azure/arm.ts';
import { collect } from '../collectors/collector.ts';
import { collectors } from '../collectors/index.ts';
import type { Subscription } from '../collectors/subscriptions.ts';
import type { Unknown } from '../core/fact.ts';
import { Problem } from '../core/problem.ts';
import { subscriptionOf } from '../core/resource-id.ts';
import type { ScanGap, ScopeKind } from '../core/scan.ts';

/** What a scan is to look at. Everything the identity sees, unless narrowed. */
export interface ScanScope {
  /** Subscription ids; empty = all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Name of a management group; null = the whole tenant. */
  readonly managementGroup: string | null;
  /** Resource ids of accounts; nothing but these is assessed. Left out or empty = all. */
  readonly accounts?: readonly string[];
}

/** A subscription to be read. */
export interface Target {
  readonly subscriptionId: string;
  /** Empty where the name is not visible. */
  readonly name: string;
  /** Why it is not read; null where it is. */
  readonly skip: string | null;
  /** Resource ids of the accounts that are asked for, lower case. Left out = the whole subscription. */
  readonly accounts?: readonly string[];
}

/** The denominator of a scan, and what it knows of the tenant. */
export interface Plan {
  readonly targets: readonly Target[];
  /** Every subscription the identity sees, in scope or not. */
  readonly visible: readonly Subscription[];
  /** What was asked for and is in no target. */
  readonly gaps: readonly ScanGap[];
}

/**
 * Decides what is to be read. A subscription that is asked for and not visible stays in the plan: reading it says why.
 * @throws Problem where the subscriptions cannot be listed: without them there is no denominator
 */
export async function plan(arm: Arm, scope: ScanScope): Promise<Plan> {
  const visible = await collect(collectors.subscriptions, arm, 'the tenant');
  if (!visible.known) throw cannotPlan(visible);
  const { asked, gaps } = await askedFor(arm, scope, visible.value);
  const excluded = new Set(scope.exclude.map(id => id.toLowerCase()));
  const accounts = accountsBySubscription(scope.accounts ?? []);
  const byId = new Map(visible.value.map(subscription => [subscription.id, subscription]));
  const targets = [...new Map(asked.map(({ id, name }) => [id, name]))]
    .filter(([id]) => !excluded.has(id))
    .map(([subscriptionId, name]): Target => {
      const subscription = byId.get(subscriptionId);
      const skip = subscription?.state.toLowerCase() === 'deleted' ? 'The subscription is deleted.' : null;
      const wanted = accounts.get(subscriptionId);
      return { subscriptionId, name: subscription?.name || name, skip, ...(wanted && { accounts: wanted }) };
    })
    .toSorted((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1));
  return { targets, visible: visible.value, gaps };
}

interface Asked {
  readonly asked: readonly Pick<Subscription, 'id' | 'name'>[];
  readonly gaps: readonly ScanGap[];
}

/** Lower case, each once. */
function accountsBySubscription(accounts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const ids = [...new Set(accounts.map(id => id.toLowerCase()))].toSorted();
  return Map.groupBy(ids, id => subscriptionOf(id) ?? '');
}

/** What a scope asks for, from the narrowest. */
export function scopeKindOf({ include, exclude, managementGroup, accounts = [] }: ScanScope): ScopeKind {
  if (accounts.length > 0) return 'accounts';
  if (include.length > 0) return 'subscriptions';
  if (managementGroup !== null) return 'managementGroup';
  return exclude.length > 0 ? 'subscriptions' : 'tenant';
}

async function askedFor(arm: Arm, { include, managementGroup, accounts = [] }: ScanScope, visible: readonly Subscription[]): Promise<Asked> {
  const included = (accounts.length > 0 ? [...accountsBySubscription(accounts).keys()] : include).map(id => ({ id: id.toLowerCase(), name: '' }));
  if (managementGroup === null) return { asked: included.length > 0 ? included : visible, gaps: [] };
  const below = await collect(collectors.managementGroupSubscriptions, arm, managementGroup);
  if (!below.known) throw cannotPlan(below);
  if (included.length === 0) return { asked: below.value, gaps: [] };
  const wanted = new Set(included.map(({ id }) => id));
  const inGroup = new Set(below.value.map(({ id }) => id));
  const outside = [...wanted].filter(id => !inGroup.has(id));
  return {
    asked: below.value.filter(({ id }) => wanted.has(id)),
    gaps: outside.map(id => ({ reason: 'missing', detail: `Subscription ${id} is not below management group ${managementGroup}.` })),
  };
}

function cannotPlan({ reason, detail, permission }: Unknown): Problem {
  const fixes: Partial<Record<Unknown['reason'], string>> = {
    denied: /no token/.test(detail)
      ? 'Sign in with `az login`, or run where a managed identity is assigned (AZURE_CLIENT_ID names a user-assigned one).'
      : `Grant ${permission ?? 'read access'} to the identity.`,
    throttled: 'Run the scan again later.',
    unreachable: 'Check AZURE_CLOUD, ARM_ENDPOINT, the proxy and NODE_EXTRA_CA_CERTS.',
    missing: 'Check the name of the management group, or the ARM_ENDPOINT.',
  };
  return new Problem(detail, fixes[reason] ?? 'Check that AZURE_CLOUD and ARM_ENDPOINT name a Resource Manager endpoint.');
}
