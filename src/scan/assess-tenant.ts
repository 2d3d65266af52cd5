import { tenantControls } from '../controls/index.ts';
import type { Assessment } from '../core/assessment.ts';
import { assess, type Judge } from '../core/evaluate.ts';
import type { Plan } from './plan.ts';

/** Stands for a tenant that no subscription names. */
const unnamed = 'unknown';

export interface AssessedTenants {
  readonly assessments: readonly Assessment[];
  readonly warnings: readonly string[];
}

/** Judges what people attest, once for each tenant that the subscriptions of a plan belong to. */
export function assessTenants(plan: Pick<Plan, 'targets' | 'visible'>, judge: Judge): AssessedTenants {
  const tenants = tenantsOf(plan);
  return { assessments: (tenants.length > 0 ? tenants : [unnamed]).map(tenant => assessTenant(tenant, judge)), warnings: warningsOf(tenants) };
}

function tenantsOf({ targets, visible }: Pick<Plan, 'targets' | 'visible'>): readonly string[] {
  const wanted = new Set(targets.map(({ subscriptionId }) => subscriptionId));
  return [...new Set(visible.flatMap(({ id, tenantId }) => (tenantId !== null && wanted.has(id) ? [tenantId] : [])))].toSorted();
}

function assessTenant(tenant: string, judge: Judge): Assessment {
  const resource = { resourceId: `/tenants/${tenant}`, resourceType: 'Microsoft.Resources/tenants', name: 'tenant', subscriptionId: '', location: null };
  return assess(resource, null, {}, tenantControls, judge);
}

function warningsOf(tenants: readonly string[]): readonly string[] {
  if (tenants.length === 1) return [];
  if (tenants.length === 0) {
    return ['No subscription of the scan names its tenant: manual controls are reported for /tenants/unknown. Give the identity a role in a subscription of the scan.'];
  }
  const named = `${tenants.length} tenants (${tenants.join(', ')})`;
  return [`The subscriptions of the scan belong to ${named}, and attestations count for each. Scan each tenant with a baseline of its own where that is not meant.`];
}
