import type { Subscription } from './estate.ts';

/** An entry of `GET /subscriptions`. */
export function subscription(tenantId: string, subscriptionId: string, displayName: string, tags: Readonly<Record<string, string>> = {}): Subscription {
  return {
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    tenantId,
    displayName,
    state: 'Enabled',
    authorizationSource: 'RoleBased',
    subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: 'EnterpriseAgreement_2014-09-01', spendingLimit: 'Off' },
    managedByTenants: [],
    tags,
  };
}
