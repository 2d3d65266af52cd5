import { collect } from '../collectors/collector.ts';
import { collectors } from '../collectors/index.ts';
import type { Account } from '../core/account.ts';
import type { DefenderPlan, ThreatProtection } from '../core/defender.ts';
import { known, unknown, type Fact } from '../core/fact.ts';
import { subscriptionOf } from '../core/resource-id.ts';
import type { ScanServices } from './services.ts';

/**
 * What protects an account. Its own setting is asked for only where the subscription's plan does not decide.
 * @see https://learn.microsoft.com/azure/defender-for-cloud/concept-defender-for-cosmos
 */
export async function readThreatProtection({ id, apis }: Account, { arm, knowledge }: ScanServices): Promise<Fact<ThreatProtection>> {
  if (!apis.includes('nosql')) return known({ by: 'notOffered' });
  const plan = await knowledge.once(collectors.defenderPlan, subscriptionOf(id) ?? '');
  const byPlan = protectionByPlan(plan);
  return byPlan ?? protectionByBoth(plan, await collect(collectors.ownThreatProtection, arm, id));
}

/** What the plan alone tells; null where it does not decide. */
export function protectionByPlan(plan: Fact<DefenderPlan | null>): Fact<ThreatProtection> | null {
  if (!plan.known) return null;
  if (plan.value === null) return unknown('unsupported', 'Microsoft Defender for Cloud lists no plan for Azure Cosmos DB here, so nothing tells whether it protects the account.', plan.sources);
  return covers(plan.value) ? known({ by: 'plan' }, plan.sources) : null;
}

/** A plan that is on and leaves some resources out says nothing of a single account. */
function covers({ tier, coverage }: DefenderPlan): boolean {
  return tier === 'Standard' && (coverage === null || coverage.toLowerCase() === 'fullycovered');
}

/** With the account's own setting. On is enough; off is not, unless the plan is known too. */
export function protectionByBoth(plan: Fact<DefenderPlan | null>, own: Fact<boolean>): Fact<ThreatProtection> {
  if (own.known && own.value) return known({ by: 'account' }, own.sources);
  if (!plan.known) return plan;
  if (!own.known) return own;
  const sources = [...plan.sources, ...own.sources];
  if (plan.value === null || typeof plan.value.tier !== 'string') return unknown('unsupported', "The state of the Defender plan is not one that this program knows, and the account's own setting is off.", sources);
  return known({ by: 'nothing', plan: plan.value }, sources);
}
