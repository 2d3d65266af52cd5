import type { ManagementGroup, Subscription } from '../estate.ts';
import { group, guid } from '../ids.ts';
import { subscription } from '../subscriptions.ts';

export const tenantId = guid('contoso/tenant');

/** Subscription ids of Contoso, by what they are for. */
export const subscriptionIds = {
  production: guid('contoso-production'),
  staging: guid('contoso-staging'),
  development: guid('contoso-development'),
  /** Perimeters and the hub network; no accounts. */
  hub: guid('contoso-hub'),
  loyalty: guid('contoso-team-loyalty'),
  telemetry: guid('contoso-team-telemetry'),
  data: guid('contoso-team-data'),
  /** Nothing in it. */
  future: guid('contoso-future'),
  /** One account, too new for Resource Graph. */
  labs: guid('contoso-labs'),
  /** The identity sees it and may read nothing in it. */
  treasury: guid('contoso-treasury'),
  /** Throttled for an hour. */
  logistics: guid('contoso-logistics'),
  /** In the management group only: the identity does not see it. */
  board: guid('contoso-board'),
} as const;

/** Another company's subscription. */
export const fabrikamId = guid('fabrikam-integration');

export const groups = {
  production: group(subscriptionIds.production, 'rg-shop-prod'),
  productionNorth: group(subscriptionIds.production, 'rg-shop-prod-neu', 'North Europe'),
  staging: group(subscriptionIds.staging, 'rg-shop-staging'),
  development: group(subscriptionIds.development, 'rg-dev'),
  perimeters: group(subscriptionIds.hub, 'rg-perimeters'),
  hub: group(subscriptionIds.hub, 'rg-hub-network'),
  logs: group(subscriptionIds.hub, 'rg-logs'),
  loyalty: group(subscriptionIds.loyalty, 'rg-loyalty'),
  telemetry: group(subscriptionIds.telemetry, 'rg-telemetry'),
  data: group(subscriptionIds.data, 'rg-data'),
  labs: group(subscriptionIds.labs, 'rg-labs'),
  treasury: group(subscriptionIds.treasury, 'rg-treasury'),
  logistics: group(subscriptionIds.logistics, 'rg-logistics'),
  fabrikam: group(fabrikamId, 'rg-integration'),
} as const;

function named(name: keyof typeof subscriptionIds, displayName: string, environment: string): Subscription {
  return subscription(tenantId, subscriptionIds[name], displayName, { environment });
}

export const subscriptions: readonly Subscription[] = [
  named('production', 'contoso-production', 'production'),
  named('staging', 'contoso-staging', 'staging'),
  named('development', 'contoso-development', 'development'),
  named('hub', 'contoso-hub', 'production'),
  named('loyalty', 'contoso-team-loyalty', 'production'),
  named('telemetry', 'contoso-team-telemetry', 'production'),
  named('data', 'contoso-team-data', 'production'),
  named('future', 'contoso-future', 'none'),
  named('labs', 'contoso-labs', 'development'),
  named('treasury', 'contoso-treasury', 'production'),
  named('logistics', 'contoso-logistics', 'production'),
];

export const hidden: readonly Subscription[] = [named('board', 'contoso-board', 'production')];

export const managementGroups: readonly ManagementGroup[] = [
  { name: 'contoso', displayName: 'Contoso', parent: null, subscriptions: [] },
  { name: 'contoso-platform', displayName: 'Platform', parent: 'contoso', subscriptions: [subscriptionIds.hub, subscriptionIds.future] },
  {
    name: 'contoso-landing-zones',
    displayName: 'Landing zones',
    parent: 'contoso',
    subscriptions: [subscriptionIds.production, subscriptionIds.staging, subscriptionIds.logistics],
  },
  { name: 'contoso-teams', displayName: 'Teams', parent: 'contoso-landing-zones', subscriptions: [subscriptionIds.loyalty, subscriptionIds.telemetry, subscriptionIds.data] },
  { name: 'contoso-confidential', displayName: 'Confidential', parent: 'contoso', subscriptions: [subscriptionIds.treasury, subscriptionIds.board] },
  { name: 'contoso-playground', displayName: 'Playground', parent: 'contoso', subscriptions: [subscriptionIds.development, subscriptionIds.labs] },
];
