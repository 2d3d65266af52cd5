import { z } from 'zod';
import type { DefenderPlan } from '../core/defender.ts';
import { known } from '../core/fact.ts';
import type { Collector } from './collector.ts';
import { absent, elements, one, open } from './schema.ts';

const PlanOnWire = z.object({
  name: z.string(),
  properties: z.object({ pricingTier: open(['Standard', 'Free']), resourcesCoverageStatus: absent(z.string(), null) }),
});

/**
 * The Defender plan for Azure Cosmos DB, by subscription id. Null where the list does not have it: Defender does not
 * offer it there, which says nothing of accounts.
 * @see https://learn.microsoft.com/rest/api/defenderforcloud/pricings/list
 */
export const defenderPlan: Collector<string, DefenderPlan | null> = {
  name: 'Defender plans',
  actions: ['Microsoft.Security/pricings/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.list(`/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings`, '2024-01-01');
    const plans = elements(PlanOnWire, listed).filter(({ name }) => name.toLowerCase() === 'cosmosdbs');
    const [plan = null] = plans.map(({ properties: { pricingTier, resourcesCoverageStatus } }): DefenderPlan => ({ tier: pricingTier, coverage: resourcesCoverageStatus }));
    return known(plan, listed.sources);
  },
};

const SettingOnWire = z.object({ properties: z.object({ isEnabled: z.boolean() }) });

/**
 * Whether an account has Defender's protection by a setting of its own, by account id.
 * @see https://learn.microsoft.com/rest/api/defenderforcloud/advanced-threat-protection/get
 */
export const ownThreatProtection: Collector<string, boolean> = {
  name: 'threat protection',
  actions: ['Microsoft.Security/advancedThreatProtectionSettings/read'],
  async read(arm, accountId) {
    const answer = await arm.get(`${accountId}/providers/Microsoft.Security/advancedThreatProtectionSettings/current`, '2019-01-01');
    return known(one(SettingOnWire, answer).properties.isEnabled, answer.sources);
  },
};
