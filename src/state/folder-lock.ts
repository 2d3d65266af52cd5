import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../core/problem.ts';
import { nullWhereAbsent } from './absent.ts';

export interface LockPatience {
  /** How long to wait for a lock, milliseconds. Longer than `abandonedMs`: what was abandoned is then never waited for in vain. */
  readonly patienceMs: number;
  /** A lock this old, in milliseconds, counts as abandoned, whoever holds it. One whose process is dead does at once. */
  readonly abandonedMs: number;
}

export const defaultPatience: LockPatience = { patienceMs: 60_000, abandonedMs: 30_000 };

/**
 * Runs work while holding a lock file, which no other process on any machine then holds.
 *
 * `isStillMine` says whether the lock has been taken away meanwhile, as happens to a process that was suspended for
 * longer than `abandonedMs`; work asks it right before what cannot be undone, and gives `lost` where it is gone. It is
 * then run again under a new lock. No file system can close the gap between that question and the deed; it is some
 * microseconds, and it only matters to a process that is suspended in exactly that gap.
 * @throws Problem where others hold the lock for longer than `patienceMs`
 */
export async function underLock<T>(lock: string, { patienceMs, abandonedMs }: LockPatience, work: (isStillMine: () => Promise<boolean>) => Promise<T | 'lost'>): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const owner = `${hostname()} ${process.pid} ${randomUUID()}`;
    await acquire(lock, owner, end, abandonedMs);
    const isStillMine = async (): Promise<boolean> => (await readFile(lock, 'utf8').catch(nullWhereAbsent)) === owner;
    try {
      const result = await work(isStillMine);
      if (result !== 'lost') return result;
    } finally {
      if (await isStillMine()) await rm(lock, { force: true });
    }
  }
}

async function acquire(lock: string, owner: string, end: number, abandonedMs: number): Promise<void> {
  for (;;) {
    try {
      await writeFile(lock, owner, { flag: 'wx' });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (await brokenIfAbandoned(lock, abandonedMs)) continue;
    if (performance.now() > end) throw new Problem(`${lock} is held by another process.`, 'End that process, or remove the file where there is none.');
    await delay(2 + Math.random() * 10);
  }
}

/** Puts an abandoned lock aside, and says whether the way is free. What was put aside and is another's after all, because somebody was quicker, goes back to its owner. */
async function brokenIfAbandoned(lock: string, abandonedMs: number): Promise<boolean> {
  const judged = await readFile(lock, 'utf8').catch(nullWhereAbsent);
  const age = await stat(lock).catch(nullWhereAbsent);
  if (judged === null || age === null) return true;
  if (!isDead(judged) && Date.now() - age.mtimeMs <= abandonedMs) return false;
  const aside = `${lock}.${randomUUID()}`;
  if ((await rename(lock, aside).catch(nullWhereAbsent)) === null) return true;
  const isSame = (await readFile(aside, 'utf8')) === judged;
  await (isSame ? rm(aside, { force: true }) : rename(aside, lock));
  return isSame;
}

/** A process of this machine that is there no more. A lock that does not say yet whose it is may be of one that lives. */
function isDead(owner: string): boolean {
  const [, host, pid] = /^(\S+) (\d+) [0-9a-f-]{36}$/.exec(owner) ?? [];
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
