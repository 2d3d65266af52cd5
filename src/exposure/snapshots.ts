import type { Exposure } from '../core/exposure.ts';
import type { Fact } from '../core/fact.ts';
import type { PerimeterConfiguration } from '../core/perimeter.ts';
import type { PerimeterFacts, ReadAccountFacts, SnapshotOf } from '../core/snapshot.ts';
import { associationsOf, namedAssociations, perimeterHealthOf, type PerimeterReading } from './associations.ts';
import { endpointGroupsOf } from './endpoint-groups.ts';
import { exposureOf } from './effective-exposure.ts';
import { keyVaultMembershipOf, type PerimeterNeighbourhood } from './key-vault.ts';
import { perimeterFeaturesOf } from './perimeter-features.ts';
import { firewallOf, inboundRulesOf } from './firewall.ts';

/** What collectors read of one account. */
export type AccountReading = ReadAccountFacts & {
  readonly id: string;
  readonly configurations: Fact<readonly PerimeterConfiguration[]>;
};

/**
 * Completes an account's snapshot with the derived facts. `exposure` is null only where the account is not known.
 * @param perimeters the ones that the account is in, by either side
 * @param neighbourhood every perimeter that was read: links lead to them
 */
export function accountSnapshot(
  reading: AccountReading,
  perimeters: readonly PerimeterReading[],
  neighbourhood: readonly PerimeterNeighbourhood[] = [],
): { snapshot: SnapshotOf<'account'>; exposure: Exposure | null } {
  const { id, configurations, ...read } = reading;
  const { account } = read;
  const associations = associationsOf(id, configurations, perimeters);
  const firewall = firewallOf(account);
  const perimeterHealth = perimeterHealthOf(associations);
  const keyVaultMembership = keyVaultMembershipOf(account, associations, neighbourhood);
  const perimeterFeatures = perimeterFeaturesOf(account, associations, read.preview);
  const endpointGroups = endpointGroupsOf(account, read.privateEndpoints);
  const base = { ...read, endpointGroups, associations, perimeterHealth, keyVaultMembership, perimeterFeatures, firewall };
  if (!account.known) return { snapshot: { ...base, exposure: account }, exposure: null };
  const { exposure, fact } = exposureOf({ account: account.value, associations, named: namedAssociations(id, perimeters) });
  return { snapshot: { ...base, exposure: { ...fact, sources: [...account.sources, ...fact.sources] } }, exposure };
}

/** Completes a perimeter's snapshot with the derived facts. */
export function perimeterSnapshot(reading: Omit<SnapshotOf<'perimeter'>, keyof Pick<PerimeterFacts, 'inboundRules'>>): SnapshotOf<'perimeter'> {
  return { ...reading, inboundRules: inboundRulesOf(reading.profiles) };
}
