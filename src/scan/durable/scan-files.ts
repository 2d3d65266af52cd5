import PQueue from 'p-queue';
import type { z } from 'zod';
import type { Store } from '../../state/store.ts';
import type { ScanLine } from './line.ts';
import { ClosedFile, packed, PartFile, PlanFile, unpacked, type KeptPart, type ScanPlan } from './scan-format.ts';
import { timeOf } from './scan-id.ts';

/** How the names of its files end. */
const ending = '.json.gz';

/**
 * What the processes of one scan tell each other, below `scans/<scan id>/`: `plan.json.gz`, `parts/<subscription id>.json.gz`,
 * and `closed.json.gz` when it is over.
 * @throws Problem from every method where the store cannot be used, or holds what this version cannot understand
 */
export interface ScanFiles {
  /** Gives the plan that holds: the first one that is kept. */
  keepPlan(plan: ScanPlan): Promise<ScanPlan>;
  plan(): Promise<ScanPlan | null>;
  keepPart(kept: KeptPart): Promise<void>;
  part(subscriptionId: string): Promise<KeptPart | null>;
  /** Ids of the subscriptions that have one. */
  parts(): Promise<readonly string[]>;
  keepClosing(line: ScanLine): Promise<void>;
  /** Null while it is not closed. */
  closing(): Promise<ScanLine | null>;
  /** Plan and parts; what says that it is closed stays for as long as somebody may ask. */
  removeWork(): Promise<void>;
}

/** Requests to the store at once. */
const atOnce = 16;

/** Age from which nobody asks for the files of a scan any more, whether it was closed or not. */
const forgottenMs = 2 * 24 * 60 * 60_000;

const folder = 'scans/';

export function scanFiles(store: Store, scanId: string): ScanFiles {
  const place = `${folder}${scanId}/`;
  const nameOfPart = (subscriptionId: string): string => `${place}parts/${subscriptionId.toLowerCase()}${ending}`;
  const [planName, closedName] = [`${place}plan${ending}`, `${place}closed${ending}`];
  const read = async <T>(name: string, schema: z.ZodType<T>): Promise<T | null> => {
    const stored = await store.read(name);
    return stored && unpacked(name, stored.content, schema);
  };
  const plan = (): Promise<ScanPlan | null> => read<ScanPlan>(planName, PlanFile);
  return {
    plan,
    async keepPlan(made) {
      if ((await store.write(planName, await packed(made), 'absent')) !== 'conflict') return made;
      return (await plan()) ?? made;
    },
    keepPart: async kept => void (await store.write(nameOfPart(kept.part.result.subscriptionId), await packed(kept), 'any')),
    part: subscriptionId => read<KeptPart>(nameOfPart(subscriptionId), PartFile),
    async parts() {
      const prefix = `${place}parts/`;
      return (await store.names(prefix)).map(name => name.slice(prefix.length, -ending.length));
    },
    keepClosing: async line => void (await store.write(closedName, await packed({ line }), 'any')),
    closing: async () => (await read(closedName, ClosedFile))?.line ?? null,
    async removeWork() {
      // The plan last: while it is there, what is left of the scan can be understood.
      await inTurns((await store.names(`${place}parts/`)).toReversed(), name => store.remove(name));
      await store.remove(planName);
    },
  };
}

/** Removes what scans left behind long ago, those that never closed included. */
export async function removeForgotten(store: Store, now: Date): Promise<void> {
  const isForgotten = (name: string): boolean => {
    const made = timeOf(name.slice(folder.length).split('/', 1)[0] ?? '');
    return made !== null && now.getTime() - made.getTime() > forgottenMs;
  };
  await inTurns((await store.names(folder)).filter(isForgotten), name => store.remove(name));
}

/** Works on each with a few at once; results in order. */
export async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  return new PQueue({ concurrency: atOnce }).addAll(items.map(item => () => work(item)));
}
