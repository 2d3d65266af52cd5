import type { Arm } from '../azure/arm.ts';
import { collect } from '../collectors/collector.ts';
import { collectors } from '../collectors/index.ts';
import type { Account, Subnet } from '../core/account.ts';
import { known, unknown, type Fact, type Unknown } from '../core/fact.ts';
import { sameId, subscriptionOf } from '../core/resource-id.ts';
import type { ScanGap } from '../core/scan.ts';
import type { PerimeterFacts, SnapshotOf } from '../core/snapshot.ts';
import { perimeterSnapshot } from '../exposure/snapshots.ts';
import type { Plan } from './plan.ts';

/** Everything read of one perimeter. */
export interface PerimeterRecord {
  /** As Azure wrote it. */
  readonly id: string;
  readonly snapshot: SnapshotOf<'perimeter'>;
  /** Ids of the associated resources, lower case; empty where the associations are not known. */
  readonly members: ReadonlySet<string>;
}

/**
 * What a scan knows beyond one subscription: perimeters and networks, which accounts of any subscription may use.
 * Each is read once, whoever asks first.
 */
export interface Knowledge {
  /** Perimeters that Resource Graph names for the plan, and why it could not where it could not. */
  readonly inventory: Promise<Fact<readonly string[]>>;
  perimeter(id: string): Promise<PerimeterRecord>;
  /** Every perimeter that was asked for, in order of id. */
  perimeters(): Promise<readonly PerimeterRecord[]>;
  /** The subnets that an account's virtual network rules name. */
  subnetsOf(account: Account): Promise<Fact<readonly Subnet[]>>;
  note(gap: Unknown): void;
  readonly gaps: readonly ScanGap[];
}

export function knowledge(arm: Arm, { visible, targets }: Plan): Knowledge {
  const records = new Map<string, Promise<PerimeterRecord>>();
  const networks = new Map<string, Promise<Fact<readonly Subnet[]>>>();
  const gaps: ScanGap[] = [];
  const inScope = new Set(targets.filter(({ skip }) => skip === null).map(({ subscriptionId }) => subscriptionId));
  const perimeter = (id: string): Promise<PerimeterRecord> => remembered(records, id.toLowerCase(), () => readPerimeter(arm, id));
  const networkOf = async (owner: string | null): Promise<Fact<readonly Subnet[]>> =>
    owner === null ? unknown('malformed', 'A virtual network rule names no subscription.') : remembered(networks, owner, () => collect(collectors.subnets, arm, owner));
  return {
    inventory: inventoryOf(arm, visible.map(({ id }) => id).filter(id => inScope.has(id))),
    perimeter,
    perimeters: async () => (await Promise.all(records.values())).toSorted((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1)),
    async subnetsOf({ virtualNetworkRules }) {
      const named = virtualNetworkRules.map(({ subnetId }) => subnetId);
      const owners = [...new Set(named.map(id => subscriptionOf(id)))];
      const read = await Promise.all(owners.map(owner => networkOf(owner)));
      const missing = read.find(fact => !fact.known);
      if (missing && !missing.known) return missing;
      const all = read.flatMap(fact => (fact.known ? fact.value : []));
      const subnets = named.map((id): Subnet => all.find(subnet => sameId(subnet.id, id)) ?? { id, exists: false, serviceEndpoints: [] });
      return known(subnets, read.flatMap(fact => fact.sources));
    },
    note({ reason, detail, permission }) {
      gaps.push({ reason, detail, ...(permission !== undefined && { permission }) });
    },
    gaps,
  };
}

function remembered<T>(memory: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const existing = memory.get(key);
  if (existing) return existing;
  const reading = read();
  memory.set(key, reading);
  return reading;
}

async function inventoryOf(arm: Arm, subscriptionIds: readonly string[]): Promise<Fact<readonly string[]>> {
  return subscriptionIds.length === 0 ? known([]) : collect(collectors.perimetersByResourceGraph, arm, subscriptionIds);
}

async function readPerimeter(arm: Arm, id: string): Promise<PerimeterRecord> {
  const [profiles, associations, links, logCategories, diagnosticSettings] = await Promise.all([
    collect(collectors.profiles, arm, id),
    collect(collectors.associations, arm, id),
    collect(collectors.links, arm, id),
    collect(collectors.logCategories, arm, id),
    collect(collectors.diagnosticSettings, arm, id),
  ]);
  const facts: { readonly [Name in Exclude<keyof PerimeterFacts, 'inboundRules'>]: Fact<PerimeterFacts[Name]> } = { profiles, associations, links, logCategories, diagnosticSettings };
  const members = new Set(associations.known ? associations.value.map(({ resourceId }) => resourceId.toLowerCase()) : []);
  return { id, snapshot: perimeterSnapshot(facts), members };
}
