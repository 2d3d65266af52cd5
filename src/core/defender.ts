/** The plan of Microsoft Defender for Cloud that covers Azure Cosmos DB in a subscription (`pricings/CosmosDbs`). */
export interface DefenderPlan {
  /** Standard is on, Free is off. */
  readonly tier: 'Standard' | 'Free' | { readonly unrecognised: string };
  /** `FullyCovered`, `PartiallyCovered`, `NotCovered`; null where Azure leaves it out. */
  readonly coverage: string | null;
}

/**
 * What protects an account: the subscription's plan, the account's own setting, or nothing.
 * - `notOffered`: Defender protects accounts of the NoSQL API only.
 */
export type ThreatProtection =
  | { readonly by: 'plan' | 'account' | 'notOffered' }
  | { readonly by: 'nothing'; readonly plan: DefenderPlan };
