import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/core/problem.ts';
import { underLock, type LockPatience } from '../../src/state/folder-lock.ts';
import { temporaryFolder } from '../support/folder.ts';

const id = '00000000-0000-4000-8000-000000000000';
/** Nothing is abandoned by age, and nobody waits long. */
const impatient: LockPatience = { patienceMs: 50, abandonedMs: 3_600_000 };
const lockIn = (folder: string): string => join(folder, 'a.lock');
const deadProcess = (): number => spawnSync(process.execPath, ['-e', '']).pid;

test('one works at a time, and nothing is left', async () => {
  const folder = temporaryFolder();
  let inside = 0;
  let most = 0;
  const results = await Promise.all(
    Array.from({ length: 6 }, (_, number) =>
      underLock(lockIn(folder), { patienceMs: 60_000, abandonedMs: 30_000 }, async isStillMine => {
        inside += 1;
        most = Math.max(most, inside);
        expect(await isStillMine()).toBe(true);
        inside -= 1;
        return number;
      }),
    ),
  );
  expect(results).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('a lock is given back when the work fails', async () => {
  const folder = temporaryFolder();
  await expect(underLock(lockIn(folder), impatient, () => Promise.reject(new Error('No space left.')))).rejects.toThrow('No space left.');
  expect(readdirSync(folder)).toEqual([]);
});

describe('a lock that is there', () => {
  test.each<[string, () => string, boolean]>([
    ['of a process of this machine that is dead is taken at once', () => `${hostname()} ${deadProcess()} ${id}`, true],
    ['of a process that lives is waited for', () => `${hostname()} ${process.pid} ${id}`, false],
    ['of another machine is waited for', () => `elsewhere ${deadProcess()} ${id}`, false],
    ['that does not say yet whose it is, is waited for', () => '', false],
    ['that says half of whose it is, is waited for', () => `${hostname()} ${deadProcess()}`, false],
    ['that says most of whose it is, is waited for', () => `${hostname()} ${deadProcess()} ${id.slice(0, 20)}`, false],
  ])('%s', async (_, owner, isTaken) => {
    const folder = temporaryFolder();
    const content = owner();
    writeFileSync(lockIn(folder), content);
    const work = underLock(lockIn(folder), impatient, async () => 'done');
    const outcome = await work.catch((error: unknown) => error);
    expect(outcome === 'done' ? 'taken' : outcome instanceof Problem && 'waited for').toBe(isTaken ? 'taken' : 'waited for');
    expect(readdirSync(folder).map(file => readFileSync(join(folder, file), 'utf8'))).toEqual(isTaken ? [] : [content]);
  });

  test.each(['', `elsewhere 1 ${id}`, `${hostname()} ${process.pid} ${id}`])('%j is taken when it is old: whoever held it has hung', async owner => {
    const folder = temporaryFolder();
    writeFileSync(lockIn(folder), owner);
    utimesSync(lockIn(folder), new Date(), new Date(Date.now() - 31_000));
    expect(await underLock(lockIn(folder), { patienceMs: 50, abandonedMs: 30_000 }, async () => 'done')).toBe('done');
  });

  test('is taken when its owner gives it back', async () => {
    const folder = temporaryFolder();
    const events: string[] = [];
    const { promise: first, resolve: end } = Promise.withResolvers<undefined>();
    const holding = underLock(lockIn(folder), impatient, async () => {
      await first;
      events.push('first');
    });
    await expect.poll(() => existsSync(lockIn(folder))).toBe(true);
    const waiting = underLock(lockIn(folder), { patienceMs: 60_000, abandonedMs: 3_600_000 }, async () => void events.push('second'));
    end(undefined);
    await Promise.all([holding, waiting]);
    expect(events).toEqual(['first', 'second']);
  });
});

test('a lock that nobody gives back is a problem that names the file', async () => {
  const folder = temporaryFolder();
  writeFileSync(lockIn(folder), `elsewhere 1 ${id}`);
  await expect(underLock(lockIn(folder), impatient, async () => 'done')).rejects.toThrow(/a\.lock is held by another process\. End that process, or remove the file where there is none\.$/);
});

test("work that has lost its lock is run again under a new one, and the thief's lock is left alone", async () => {
  const folder = temporaryFolder();
  const seen: boolean[] = [];
  const result = await underLock(lockIn(folder), impatient, async isStillMine => {
    if (seen.length === 0) writeFileSync(lockIn(folder), `${hostname()} ${deadProcess()} ${id}`);
    const mine = await isStillMine();
    seen.push(mine);
    return mine ? 'done' : 'lost';
  });
  expect([result, seen]).toEqual(['done', [false, true]]);
});

test("work that ends without a word when its lock was taken leaves the other's lock in place", async () => {
  const folder = temporaryFolder();
  const other = `elsewhere 1 ${id}`;
  await underLock(lockIn(folder), impatient, async () => writeFileSync(lockIn(folder), other));
  expect(readFileSync(lockIn(folder), 'utf8')).toBe(other);
});
