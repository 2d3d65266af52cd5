import type { Baseline } from '../baseline/effective.ts';
import { judgedBy } from '../baseline/judged-by.ts';
import type { Assessment, Resource } from '../core/assessment.ts';
import { compare } from '../core/compare.ts';
import { emit } from '../core/emission.ts';
import { isSameMemory } from '../core/memory-same.ts';
import type { Memory } from '../core/memory.ts';
import type { Comparison } from '../core/transition.ts';
import { memoriesIn, type Memories } from '../state/memories.ts';
import type { Store } from '../state/store.ts';

/** What a scan knows of earlier ones. */
export interface History {
  readonly memories: Memories;
  /** No scan has ended before: everything is new, and nothing has happened. */
  readonly firstScan: boolean;
  /** The scan is of everything that scans are for; one that somebody asked for beside them writes no full emission of what belongs to all. */
  readonly isWhole: boolean;
  /** Rows are written for every finding when the last time is so long ago; 0 = by every scan. */
  readonly fullEmissionHours: number;
  /** What the baseline asks of a control, as a digest. */
  judgedBy(this: void, controlId: string): string;
}

export interface OpenedHistory {
  /** Null where the state cannot be used: the scan then says what is there, and nothing of what is different. */
  readonly history: History | null;
  readonly warnings: readonly string[];
}

/** Opens the history that is kept in a store. Never throws. */
export async function openHistory(store: Store, baseline: Baseline, version: string, fullEmissionHours: number): Promise<OpenedHistory> {
  const memories = memoriesIn(store);
  try {
    const firstScan = !(await memories.isEstablished());
    return { history: { memories, firstScan, isWhole: true, fullEmissionHours, judgedBy: judgedBy(baseline, version) }, warnings: [] };
  } catch (error) {
    return { history: null, warnings: [`What earlier scans found is not known: ${lineOf(error)}`] };
  }
}

/** What was there before, of one subscription or of the rest of the tenant. */
export interface Remembered {
  readonly memory: Memory | null;
  /** Resource types, lower case, of which something was there. */
  readonly types: ReadonlySet<string>;
  /** What is wrong with it, in words. */
  readonly warnings: readonly string[];
  /**
   * Compares, and gives what to do when the rows are delivered or kept: nothing is remembered before.
   * @param covers whether this scan would have seen the resource if it were there
   */
  compare(assessments: readonly Assessment[], scanTime: Date, covers: (resource: Pick<Resource, 'resourceId' | 'resourceType'>) => boolean): { readonly comparison: Comparison; readonly remember: () => Promise<readonly string[]> };
}

/** A schedule is never quite on time: a full emission that is due within these minutes is due now. */
const slackMs = 10 * 60_000;

/**
 * Never throws: without its history a scan still says what is there.
 * @param isWhole whether everything in it is looked at: only then may its rows count as a full emission
 */
export async function recall(history: History | null, key: string, isWhole: boolean): Promise<Remembered> {
  if (history === null) return remembering(null, key, false, null, null, []);
  try {
    const loaded = await history.memories.load(key);
    if (loaded === 'none') return remembering(history, key, isWhole, null, null, []);
    if (loaded === 'unreadable') return remembering(history, key, isWhole, null, null, [`What was known of ${key} cannot be read any more: everything in it counts as seen for the first time.`]);
    return remembering(history, key, isWhole, loaded.memory, loaded.tag, []);
  } catch (error) {
    return remembering(null, key, false, null, null, [`What was known of ${key} cannot be read: ${lineOf(error)}`]);
  }
}

/** Whether what a scan of that time found is remembered; true, too, where there is no memory or that cannot be told. Never throws. */
export async function isRemembered(history: Pick<History, 'memories'> | null, key: string, scanTime: Date): Promise<boolean> {
  if (history === null) return true;
  const loaded = await history.memories.load(key).catch(() => null);
  return loaded === null || loaded === 'unreadable' || (loaded !== 'none' && loaded.memory.scanTime >= scanTime);
}

function remembering(history: History | null, key: string, isWhole: boolean, memory: Memory | null, tag: string | null, warnings: readonly string[]): Remembered {
  return {
    memory,
    types: new Set([...(memory?.resources.values() ?? [])].map(({ resourceType }) => resourceType.toLowerCase())),
    warnings,
    compare(assessments, scanTime, covers) {
      if (history === null) return { comparison: withoutHistory(assessments, scanTime), remember: async () => [] };
      const firstScan = history.firstScan || warnings.length > 0;
      const compared = compare(memory, assessments, { scanTime, firstScan, covers, judgedBy: history.judgedBy });
      const { comparison, next: kept } = emit(compared, isWhole && isDue(memory?.fullAt ?? null, scanTime, history.fullEmissionHours), scanTime);
      // Most subscriptions are most of the time as they were, and every write has its price.
      const isKnown = memory !== null && isSameMemory(memory, kept);
      return { comparison, remember: async () => (isKnown ? [] : saved(history, key, kept, tag)) };
    },
  };
}

function isDue(fullAt: Date | null, now: Date, hours: number): boolean {
  return fullAt === null || now.getTime() - fullAt.getTime() >= hours * 3_600_000 - slackMs;
}

/** Everything is new where nothing is remembered. */
function withoutHistory(assessments: readonly Assessment[], scanTime: Date): Comparison {
  const fresh = { transition: 'new', cause: 'firstScan' } as const;
  return {
    emission: 'full',
    gone: [],
    assessments: assessments.map(assessment => ({
      ...fresh,
      assessment,
      previousReach: null,
      reachSince: assessment.exposure ? scanTime : null,
      findings: assessment.findings.map(finding => ({ ...fresh, finding, previousStatus: null, since: scanTime, failingSince: finding.status === 'fail' ? scanTime : null })),
    })),
  };
}

/**
 * Notes that a scan has ended. Never throws.
 * @returns what is wrong, in words
 */
export async function establish(history: History | null): Promise<readonly string[]> {
  try {
    await history?.memories.establish();
    return [];
  } catch (error) {
    return [`That a scan has ended cannot be kept: ${lineOf(error)} Until one is kept, what is new counts as seen for the first time.`];
  }
}

async function saved({ memories }: History, key: string, memory: Memory, tag: string | null): Promise<readonly string[]> {
  try {
    await memories.save(key, memory, tag);
    return [];
  } catch (error) {
    return [`What is known of ${key} cannot be kept: ${lineOf(error)} The next scan reports its changes again.`];
  }
}

function lineOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
}
