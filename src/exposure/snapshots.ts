import type { Account, Subnet } from '../core/account.ts';
import type { Exposure } from '../core/exposure.ts';
import type { Fact } from '../core/fact.ts';
import type { PerimeterConfiguration } from '../core/perimeter.ts';
import type { PerimeterFacts, SnapshotOf } from '../core/snapshot.ts';
import { associationsOf, namedAssociations, perimeterHealthOf, type PerimeterReading } from './associations.ts';
import { exposureOf } from './effective-exposure.ts';
import { firewallOf, inboundRulesOf } from './firewall.ts';

/** What collectors read of one account. */
export interface AccountReading {
  readonly id: string;
  readonly account: Fact<Account>;
  readonly configurations: Fact<readonly PerimeterConfiguration[]>;
  readonly subnets: Fact<readonly Subnet[]>;
}

/** Completes an account's snapshot with the derived facts. `exposure` is null only where the account is not known. */
export function accountSnapshot(reading: AccountReading, perimeters: readonly PerimeterReading[]): { snapshot: SnapshotOf<'account'>; exposure: Exposure | null } {
  const { id, account, configurations, subnets } = reading;
  const associations = associationsOf(id, configurations, perimeters);
  const firewall = firewallOf(account);
  const perimeterHealth = perimeterHealthOf(associations);
  const base = { account, subnets, associations, perimeterHealth, firewall };
  if (!account.known) return { snapshot: { ...base, exposure: account }, exposure: null };
  const { exposure, fact } = exposureOf({ account: account.value, associations, named: namedAssociations(id, perimeters) });
  return { snapshot: { ...base, exposure: { ...fact, sources: [...account.sources, ...fact.sources] } }, exposure };
}

/** Completes a perimeter's snapshot with the derived facts. */
export function perimeterSnapshot(reading: Omit<SnapshotOf<'perimeter'>, keyof Pick<PerimeterFacts, 'inboundRules'>>): SnapshotOf<'perimeter'> {
  return { ...reading, inboundRules: inboundRulesOf(reading.profiles) };
}
