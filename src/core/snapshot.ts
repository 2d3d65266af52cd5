import type { Account, Firewall, Subnet } from './account.ts';
import type { Exposure } from './exposure.ts';
import type { Snapshot } from './fact.ts';
import type { Association, DiagnosticSetting, InboundRules, PerimeterAssociation, PerimeterHealth, PerimeterLink, Profile } from './perimeter.ts';

/** Facts about an account. The last four are derived in `exposure/` from the ones before. */
export interface AccountFacts {
  readonly account: Account;
  /** The subnets its virtual network rules name. */
  readonly subnets: readonly Subnet[];
  readonly associations: readonly Association[];
  readonly perimeterHealth: PerimeterHealth;
  readonly firewall: Firewall;
  /** Known only when the reach is. */
  readonly exposure: Exposure;
}

/** Facts about a network security perimeter. `inboundRules` is derived from `profiles`. */
export interface PerimeterFacts {
  readonly profiles: readonly Profile[];
  readonly associations: readonly PerimeterAssociation[];
  readonly links: readonly PerimeterLink[];
  /** Log categories the perimeter emits. */
  readonly logCategories: readonly string[];
  readonly diagnosticSettings: readonly DiagnosticSetting[];
  readonly inboundRules: InboundRules;
}

export interface FactsOf {
  readonly account: AccountFacts;
  readonly perimeter: PerimeterFacts;
}

/** What a control looks at. */
export type Scope = keyof FactsOf;
export type SnapshotOf<S extends Scope> = Snapshot<FactsOf[S]>;
