import type { Resource } from './estate.ts';
import { resourceId, systemData, type Group } from './ids.ts';

/** A lock on a subscription, resource group or resource. */
export function lock(scope: string, name: string, level: 'CanNotDelete' | 'ReadOnly'): Resource {
  return { id: `${scope}/providers/Microsoft.Authorization/locks/${name}`, name, type: 'Microsoft.Authorization/locks', properties: { level, notes: 'Ask the platform team.' }, systemData };
}

export interface PlanSpec {
  readonly tier: 'Standard' | 'Free';
  readonly coverage: 'FullyCovered' | 'PartiallyCovered' | 'NotCovered';
}

const otherPlans: Readonly<Record<string, PlanSpec>> = {
  KeyVaults: { tier: 'Standard', coverage: 'FullyCovered' },
  StorageAccounts: { tier: 'Free', coverage: 'NotCovered' },
  VirtualMachines: { tier: 'Standard', coverage: 'PartiallyCovered' },
};

/** The Defender plans of a subscription. Null: a cloud in which Defender does not know Azure Cosmos DB. */
export function defenderPlans(subscription: string, cosmos: PlanSpec | null): Resource[] {
  const plans = { ...(cosmos && { CosmosDbs: cosmos }), ...otherPlans };
  return Object.entries(plans).map(([name, { tier, coverage }]): Resource => ({
    id: `/subscriptions/${subscription}/providers/Microsoft.Security/pricings/${name}`,
    name,
    type: 'Microsoft.Security/pricings',
    properties: {
      pricingTier: tier,
      freeTrialRemainingTime: 'PT0S',
      ...(tier === 'Standard' && { enablementTime: '2025-03-01T12:42:42.1921106Z' }),
      enforce: 'False',
      resourcesCoverageStatus: coverage,
    },
  }));
}

/** An account's own Defender setting; every account has one. */
export function threatProtection(accountId: string, isEnabled: boolean): Resource {
  const name = 'current';
  return { id: `${accountId}/providers/Microsoft.Security/advancedThreatProtectionSettings/${name}`, name, type: 'Microsoft.Security/advancedThreatProtectionSettings', properties: { isEnabled } };
}

interface Leaf {
  readonly field: string;
  readonly equals?: string;
  readonly containsAny?: readonly string[];
}

export interface AlertSpec {
  readonly scopes: readonly string[];
  readonly conditions: readonly (Leaf | { readonly anyOf: readonly Leaf[] })[];
  readonly enabled?: boolean;
  /** Default: the one of the security team. */
  readonly actionGroups?: readonly string[];
}

/** A rule that watches the activity log. A leaf has every field, null where it is not used. */
export function activityLogAlert(group: Group, name: string, { scopes, conditions, enabled = true, actionGroups = [resourceId(group, 'Microsoft.Insights', 'actionGroups', 'ag-security')] }: AlertSpec): Resource {
  const whole = ({ field, equals, containsAny }: Leaf): object => ({ field, equals: equals ?? null, containsAny: containsAny ?? null });
  return {
    id: resourceId(group, 'Microsoft.Insights', 'activityLogAlerts', name),
    name,
    type: 'Microsoft.Insights/activityLogAlerts',
    location: 'global',
    tags: {},
    properties: {
      enabled,
      scopes,
      condition: { allOf: conditions.map(condition => ('anyOf' in condition ? { anyOf: condition.anyOf.map(whole) } : { ...whole(condition), anyOf: null })) },
      actions: { actionGroups: actionGroups.map(actionGroupId => ({ actionGroupId, webhookProperties: {} })) },
      description: '',
    },
  };
}
