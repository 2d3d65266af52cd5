import PQueue from 'p-queue';
import type { Arm } from '../azure/arm.ts';
import { collect, type Collector } from '../collectors/collector.ts';
import { collectors } from '../collectors/index.ts';
import type { Account, Subnet } from '../core/account.ts';
import { known, unknown, type Fact, type Unknown } from '../core/fact.ts';
import type { VirtualNetwork } from '../core/network.ts';
import { recent } from '../core/recent.ts';
import { sameId, subscriptionOf } from '../core/resource-id.ts';
import type { PerimeterFacts, SnapshotOf } from '../core/snapshot.ts';
import type { PerimeterNeighbourhood } from '../exposure/key-vault.ts';
import { perimeterSnapshot } from '../exposure/snapshots.ts';
import { indexOf, type PerimeterIndex } from './perimeter-index.ts';
import type { Plan } from './plan.ts';

/** Everything read of one perimeter. */
export interface PerimeterRecord {
  /** As Azure wrote it. */
  readonly id: string;
  readonly snapshot: SnapshotOf<'perimeter'>;
  /** What of it matters to accounts of other perimeters. */
  readonly neighbour: PerimeterNeighbourhood;
}

/**
 * What a scan knows beyond one subscription: perimeters and networks, which accounts of any subscription may use.
 * Each is read once, whoever asks first.
 */
export interface Knowledge {
  /** Perimeters that Resource Graph names for the plan, and why it could not where it could not. */
  readonly inventory: Promise<Fact<readonly string[]>>;
  /** Subscriptions of the plan in which Resource Graph names MongoDB or Cassandra clusters. */
  readonly clusterSubscriptions: Promise<Fact<readonly string[]>>;
  /** Reads with a collector, once for each subject, for what several resources share: networks, locks, plans. Kept for the subscriptions that were asked about last. */
  once<T>(collector: Collector<string, T>, subject: string): Promise<Fact<T>>;
  perimeter(id: string): Promise<PerimeterRecord>;
  /** The perimeters of the inventory; none where it is not known. */
  inventoried(): Promise<PerimeterIndex>;
  /** The subnets that an account's virtual network rules name. */
  subnetsOf(account: Account): Promise<Fact<readonly Subnet[]>>;
}

/** The facts of a perimeter as they are read; what is derived from them is left out. */
type PerimeterReading = { readonly [Name in Exclude<keyof PerimeterFacts, 'inboundRules'>]: Fact<PerimeterFacts[Name]> };

/** What is read once for the whole tenant, before its subscriptions. Plain JSON: processes that share a scan share it. */
export interface TenantReading {
  readonly inventory: Fact<readonly string[]>;
  readonly clusterSubscriptions: Fact<readonly string[]>;
  readonly perimeters: readonly { readonly id: string; readonly reading: PerimeterReading }[];
}

/**
 * So many subscriptions' facts are kept: many more than are read at once, so that nothing is read twice while a
 * subscription is in work, and what all use, such as a hub's networks, stays. Facts weigh some 100 KB for a subscription
 * with twenty accounts: without a limit they would be most of what a large scan holds.
 */
const mostSubscriptions = 64;

/** The subscription that a subject is, or is in. */
function ownerOf(subject: string): string {
  return subscriptionOf(subject) ?? subject.toLowerCase();
}

/** @param shared what another process has read for this scan; read here where it is left out */
export function knowledge(arm: Arm, plan: Pick<Plan, 'visible' | 'targets'>, shared: TenantReading | null = null): Knowledge {
  const records = new Map<string, Promise<PerimeterRecord>>((shared?.perimeters ?? []).map(({ id, reading }) => [id.toLowerCase(), Promise.resolve(recordOf(id, reading))]));
  const bySubscription = recent<Map<string, Promise<Fact<unknown>>>>(mostSubscriptions);
  const perimeter = (id: string): Promise<PerimeterRecord> => remembered(records, id.toLowerCase(), async () => recordOf(id, await readPerimeter(arm, id)));
  const once = <T>(collector: Collector<string, T>, subject: string): Promise<Fact<T>> =>
    remembered(bySubscription.get(ownerOf(subject), () => new Map()), `${collector.name}\n${subject.toLowerCase()}`, () => collect(collector, arm, subject)) as Promise<Fact<T>>;
  const networkOf = async (owner: string | null): Promise<Fact<readonly VirtualNetwork[]>> =>
    owner === null ? unknown('malformed', 'A virtual network rule names no subscription.') : once(collectors.virtualNetworks, owner);
  const { inventory, clusterSubscriptions } = shared ? { inventory: Promise.resolve(shared.inventory), clusterSubscriptions: Promise.resolve(shared.clusterSubscriptions) } : inventories(arm, plan);
  let index: Promise<PerimeterIndex> | null = null;
  const indexed = async (): Promise<PerimeterIndex> => {
    const listed = await inventory;
    return indexOf(await inTurn(listed.known ? listed.value : [], perimeter));
  };
  return {
    inventory,
    clusterSubscriptions,
    once,
    perimeter,
    inventoried: () => (index ??= indexed()),
    async subnetsOf({ virtualNetworkRules }) {
      const named = virtualNetworkRules.map(({ subnetId }) => subnetId);
      const owners = [...new Set(named.map(id => subscriptionOf(id)))];
      const networks = await Promise.all(owners.map(owner => networkOf(owner)));
      const missing = networks.find(fact => !fact.known);
      if (missing && !missing.known) return missing;
      const all = networks.flatMap(fact => (fact.known ? fact.value : [])).flatMap(({ subnets }) => subnets);
      const subnets = named.map((id): Subnet => {
        const found = all.find(subnet => sameId(subnet.id, id));
        return { id: found?.id ?? id, exists: found !== undefined, serviceEndpoints: found?.serviceEndpoints ?? [] };
      });
      return known(subnets, networks.flatMap(fact => fact.sources));
    },
  };
}

/** Reads what every process of a scan needs to know, perimeters that Resource Graph names included. */
export async function readTenant(arm: Arm, plan: Pick<Plan, 'visible' | 'targets'>): Promise<TenantReading> {
  const reading = inventories(arm, plan);
  const [inventory, clusterSubscriptions] = await Promise.all([reading.inventory, reading.clusterSubscriptions]);
  const ids = inventory.known ? inventory.value : [];
  return { inventory, clusterSubscriptions, perimeters: await inTurn(ids, async id => ({ id, reading: await readPerimeter(arm, id) })) };
}

/** Perimeters that are read at once: a tenant may have thousands, and each takes eight requests that wait for their turn. */
const mostPerimeters = 32;

function inTurn<R>(ids: readonly string[], read: (id: string) => Promise<R>): Promise<R[]> {
  return new PQueue({ concurrency: mostPerimeters }).addAll(ids.map(id => () => read(id)));
}

/** Resource Graph is asked for the subscriptions that are to be read and can be seen. */
function inventories(arm: Arm, { visible, targets }: Pick<Plan, 'visible' | 'targets'>): Pick<Knowledge, 'inventory' | 'clusterSubscriptions'> {
  const inScope = new Set(targets.filter(({ skip }) => skip === null).map(({ subscriptionId }) => subscriptionId));
  const searched = visible.map(({ id }) => id).filter(id => inScope.has(id));
  return {
    inventory: inventoryOf(arm, searched, collectors.perimetersByResourceGraph),
    clusterSubscriptions: inventoryOf(arm, searched, collectors.clusterSubscriptionsByResourceGraph),
  };
}

function remembered<T>(memory: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const existing = memory.get(key);
  if (existing) return existing;
  const reading = read();
  memory.set(key, reading);
  return reading;
}

async function inventoryOf(arm: Arm, subscriptionIds: readonly string[], collector: Collector<readonly string[], string[]>): Promise<Fact<readonly string[]>> {
  return subscriptionIds.length === 0 ? known([]) : collect(collector, arm, subscriptionIds);
}

async function readPerimeter(arm: Arm, id: string): Promise<PerimeterReading> {
  const [profiles, associations, links, logCategories, diagnosticSettings] = await Promise.all([
    collect(collectors.profiles, arm, id),
    collect(collectors.associations, arm, id),
    collect(collectors.links, arm, id),
    collect(collectors.logCategories, arm, id),
    collect(collectors.diagnosticSettings, arm, id),
  ]);
  return { profiles, associations, links, logCategories, diagnosticSettings };
}

function recordOf(id: string, reading: PerimeterReading): PerimeterRecord {
  const { associations, links } = reading;
  return { id, snapshot: perimeterSnapshot(reading), neighbour: { id, associations, links } };
}

/**
 * Whether the cloud does not have a resource type: Resource Manager knows no such list, and Resource Graph answered and
 * names none there. One of them alone may be wrong.
 */
export function typeIsAbsent({ reason }: Unknown, inventory: Fact<unknown>, isNamed: boolean): boolean {
  return inventory.known && !isNamed && (reason === 'unsupported' || reason === 'missing');
}
