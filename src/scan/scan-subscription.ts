import { collect } from '../collectors/collector.ts';
import type { ListedAccount } from '../collectors/accounts.ts';
import { collectors } from '../collectors/index.ts';
import { accountControls } from '../controls/index.ts';
import { accountType, type Assessment } from '../core/assessment.ts';
import { assess } from '../core/evaluate.ts';
import { unknown, type Fact, type Unknown } from '../core/fact.ts';
import type { PerimeterConfiguration } from '../core/perimeter.ts';
import { nameOf, subscriptionOf } from '../core/resource-id.ts';
import type { ScanGap, SubscriptionOutcome, SubscriptionResult } from '../core/scan.ts';
import { accountSnapshot, type AccountReading } from '../exposure/snapshots.ts';
import { assessClusters } from './assess-clusters.ts';
import { assessSubscription } from './assess-subscription.ts';
import { gapOf } from './gaps.ts';
import { typeIsAbsent } from './knowledge.ts';
import type { PerimeterIndex } from './perimeter-index.ts';
import type { Target } from './plan.ts';
import { readAccount } from './read-account.ts';
import type { ScanServices, SubscriptionServices } from './services.ts';

export interface ScannedSubscription {
  readonly result: SubscriptionResult;
  readonly assessments: readonly Assessment[];
  /** What should have been seen beside the assessments, and could not. */
  readonly gaps: readonly ScanGap[];
  /** Resource types, lower case, of which not everything that is there was listed. */
  readonly unlisted: ReadonlySet<string>;
  /** Ids of the perimeters that came up beside those of the inventory. */
  readonly perimeters: readonly string[];
}

/**
 * Reads and judges one subscription, and does with it what is to be done. Until that is done it counts as read in depth:
 * what waits to be written fills the memory as well as what waits to be judged. What goes wrong is its outcome.
 * @param remembered resource types, lower case, of which an earlier scan saw something here
 * @throws only what `use` throws
 */
export async function scanSubscription<T>(target: Target, shared: ScanServices, remembered: ReadonlySet<string>, use: (scanned: ScannedSubscription) => Promise<T>): Promise<T> {
  const gaps = new Map<string, ScanGap>();
  const unlisted = new Set<string>();
  const perimeters = new Map<string, string>();
  const notes = {
    gap: (gap: Unknown): void => void gaps.set(gap.detail, gapOf(gap)),
    unlisted: (type: string): void => void unlisted.add(type.toLowerCase()),
    perimeter: (id: string): void => void perimeters.set(id.toLowerCase(), id),
  };
  const services: SubscriptionServices = { ...shared, notes, remembered };
  const startedAt = services.clock();
  const finish = (outcome: SubscriptionOutcome, reason: string | null, assessments: readonly Assessment[] = []): ScannedSubscription => {
    const { subscriptionId, name } = target;
    const accounts = assessments.filter(({ resourceType }) => resourceType === accountType).length;
    const result = { subscriptionId, name, outcome, reason, accounts, startedAt, finishedAt: services.clock() };
    return { result, assessments, gaps: [...gaps.values()], unlisted, perimeters: [...perimeters.values()] };
  };
  /** Whatever stops it is an outcome. */
  const outcome = async <R>(work: () => Promise<R>): Promise<R | ScannedSubscription> => {
    try {
      services.signal.throwIfAborted();
      return await work();
    } catch (error) {
      if (services.signal.aborted) return finish('skipped', 'The scan was ended before the subscription was read.');
      return finish('failed', `Stopped with an error: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  if (target.skip !== null) return use(finish('skipped', target.skip));
  const listed = await outcome(async () => {
    const read = await collect(collectors.accounts, services.arm, target.subscriptionId);
    services.signal.throwIfAborted();
    return read.known ? read : finish(outcomeOf(read), inWords(read));
  });
  if (!('known' in listed)) return use(listed);
  const judged = (): Promise<ScannedSubscription> =>
    outcome(async () => {
      const assessments = await assessAll(target, listed.value, services);
      services.signal.throwIfAborted();
      return finish('scanned', null, assessments);
    });
  const whole = async (): Promise<T> => use(await judged());
  return listed.value.length > 0 ? services.inDepth(whole) : whole();
}

function outcomeOf({ reason }: Unknown): SubscriptionOutcome {
  return reason === 'denied' || reason === 'throttled' ? reason : 'failed';
}

function inWords({ detail, permission }: Unknown): string {
  return permission === undefined ? detail : `${detail} Needs ${permission}.`;
}

interface ReadAccount extends ListedAccount {
  readonly configurations: Fact<readonly PerimeterConfiguration[]>;
}

/** The accounts of a subscription, its clusters, and itself where it has accounts. */
async function assessAll(target: Target, listed: readonly ListedAccount[], services: SubscriptionServices): Promise<Assessment[]> {
  if (target.accounts) return (await readAccounts(target.subscriptionId, askedFor(target.accounts, listed, services), services))();
  const hasAccounts = listed.length > 0;
  const [judgeAccounts, clusters, subscription] = await Promise.all([
    readAccounts(target.subscriptionId, listed, services),
    assessClusters(target.subscriptionId, hasAccounts, services),
    hasAccounts ? assessSubscription(target, listed, services) : [],
  ]);
  return [judgeAccounts(), clusters, subscription].flat();
}

/** An account that is asked for and not there is a gap: nobody asks for nothing. */
function askedFor(accounts: readonly string[], listed: readonly ListedAccount[], { notes }: SubscriptionServices): readonly ListedAccount[] {
  const byId = new Map(listed.map(account => [account.id.toLowerCase(), account]));
  return accounts.flatMap(id => {
    const account = byId.get(id);
    if (!account) notes.gap(unknown('missing', `There is no account ${id}.`));
    return account ?? [];
  });
}

/**
 * Reads the accounts of a subscription, and gives what judges them: their findings weigh several times what was read, and
 * had better not wait for other answers.
 */
async function readAccounts(subscriptionId: string, listed: readonly ListedAccount[], services: SubscriptionServices): Promise<() => Assessment[]> {
  const { arm, knowledge, notes } = services;
  const [perimeterIds, accounts] = await Promise.all([
    perimetersHere(subscriptionId, listed.length > 0, services),
    Promise.all(listed.map(async (account): Promise<ReadAccount> => ({ ...account, configurations: await collect(collectors.perimeterConfigurations, arm, account.id) }))),
  ]);
  const inventoried = await knowledge.inventoried();
  const named = accounts.flatMap(({ configurations }) => (configurations.known ? configurations.value.map(({ perimeterId }) => perimeterId) : []));
  const others = [...perimeterIds, ...named].filter(id => inventoried.named(id) === undefined);
  others.forEach(id => notes.perimeter(id));
  const perimeters = inventoried.with(await Promise.all(others.map(id => knowledge.perimeter(id))));
  const read = await Promise.all(accounts.map(async ({ id, account, configurations }) => ({ id, configurations, ...(await readAccount(account, services)) })));
  return () => read.map(reading => assessAccount(reading, perimeters, services));
}

/** Subscriptions with accounts are asked for their perimeters; others only where Resource Graph did not answer. */
async function perimetersHere(subscriptionId: string, hasAccounts: boolean, { arm, knowledge, notes }: SubscriptionServices): Promise<readonly string[]> {
  if (!hasAccounts && (await knowledge.inventory).known) return [];
  const perimeters = await collect(collectors.perimeters, arm, subscriptionId);
  if (perimeters.known) return perimeters.value;
  const inventory = await knowledge.inventory;
  const isNamed = inventory.known && inventory.value.some(id => subscriptionOf(id) === subscriptionId.toLowerCase());
  if (!typeIsAbsent(perimeters, inventory, isNamed)) notes.gap(perimeters);
  return [];
}

function assessAccount(reading: AccountReading, perimeters: PerimeterIndex, { judge }: ScanServices): Assessment {
  const { id, account, configurations } = reading;
  const own = configurations.known ? configurations.value.map(({ perimeterId }) => perimeterId) : [];
  const relevant = perimeters.of(id, own).map(perimeter => ({ id: perimeter.id, profiles: perimeter.snapshot.profiles, associations: perimeter.snapshot.associations }));
  const { snapshot, exposure } = accountSnapshot(reading, relevant, perimeters.neighbourhood);
  const resource = {
    resourceId: id,
    resourceType: accountType,
    name: nameOf(id),
    subscriptionId: subscriptionOf(id) ?? '',
    location: account.known ? account.value.location : null,
    ...(account.known && { tags: account.value.tags }),
  };
  return assess(resource, exposure, snapshot, accountControls, judge);
}
