import { execFile, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../src/core/problem.ts';
import { folderStore } from '../../src/state/folder-store.ts';
import { temporaryFolder } from '../support/folder.ts';
import { specifyStore } from './contract.ts';

specifyStore('a folder', {
  runs: 40,
  async place() {
    const folder = join(temporaryFolder(), 'not', 'there', 'yet');
    return () => folderStore(folder);
  },
});

const textIn = async (folder: string, name: string): Promise<string | null> => {
  const stored = await folderStore(folder).read(name);
  return stored && Buffer.from(stored.content).toString();
};

const writer = (folder: string, content: string, condition: string, how: 'kill' | 'stop', step: number | string): string[] => [join(import.meta.dirname, '../support/interrupted-writer.ts'), folder, 'a/b', content, condition, how, String(step)];

/** What the writer printed; null where it was killed. */
function killed(folder: string, content: string, condition: string, step: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, writer(folder, content, condition, 'kill', step), (error, stdout) => {
      if (error === null) resolve(stdout);
      else if (error.signal === 'SIGKILL') resolve(null);
      else reject(error);
    });
  });
}

/** A writer that stands still before a step: the call it is about to make, null where it ended first; and what it prints when it may go on. */
async function stopped(folder: string, content: string, condition: string, step: number | string): Promise<{ readonly call: string | null; readonly goOn: () => Promise<string> }> {
  const child = spawn(process.execPath, writer(folder, content, condition, 'stop', step), { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const first = (await lines.next()).value ?? '';
  if (!/^(half of )?[a-z]+([A-Z][a-z]+)?$/.test(first) || first === 'conflict' || first === 'removed') return { call: null, goOn: async () => first };
  return {
    call: first,
    async goOn() {
      // It says what it is about to do before it stops: the first signal may come too early.
      const waking = setInterval(() => child.kill('SIGCONT'), 20);
      const printed = await lines.next();
      clearInterval(waking);
      return printed.value ?? '';
    },
  };
}

describe('a process that is killed before any step of a change, or half-way through a write', () => {
  const long = (letter: string): string => letter.repeat(1_000);

  test.each<[string, string | null, 'any' | 'absent' | 'tag' | 'remove', string | null, number]>([
    ['replaces what was read', long('o'), 'tag', long('n'), 12],
    ['writes the first', null, 'absent', long('n'), 12],
    ['replaces whatever there is', long('o'), 'any', long('n'), 5],
    ['removes', long('o'), 'remove', null, 1],
  ])('and %s: old or new is there, nothing else is named, and the next change succeeds', { timeout: 300_000 }, async (_, before, condition, after, steps) => {
    const outcomes = new Set<string | null>();
    for (let step = 1; ; step += 1) {
      const folder = temporaryFolder();
      const store = folderStore(folder, { patienceMs: 60_000, abandonedMs: 200 });
      const tag = before === null ? '' : await store.write('a/b', Buffer.from(before), 'any');
      const printed = await killed(folder, long('n'), condition === 'tag' ? tag : condition, step);
      const there = await textIn(folder, 'a/b');
      expect([before, after], `killed before step ${step}`).toContain(there);
      expect(await store.names(''), `killed before step ${step}`).toEqual(there === null ? [] : ['a/b']);
      const now = await store.read('a/b');
      expect(await store.write('a/b', Buffer.from('next'), now ? { tag: now.tag } : 'absent'), `killed before step ${step}`).not.toBe('conflict');
      expect(await textIn(folder, 'a/b')).toBe('next');
      outcomes.add(there);
      if (printed === null) continue;
      expect(there).toBe(after);
      expect(step, 'there were steps').toBeGreaterThan(steps);
      break;
    }
    expect(outcomes).toEqual(new Set([before, after]));
  });
});

describe('a process that is suspended in the middle of a change for longer than a lock holds', () => {
  test('and is overtaken by another one: of the two that replace the same version one succeeds, unless it stood right before the rename', { timeout: 300_000 }, async () => {
    const calls: string[] = [];
    for (let step = 1; ; step += 1) {
      const folder = temporaryFolder();
      const store = folderStore(folder, { patienceMs: 60_000, abandonedMs: 0 });
      const tag = await store.write('a/b', Buffer.from('old'), 'any');
      const { call, goOn } = await stopped(folder, 'slow', tag, step);
      if (call === null) break;
      calls.push(call);
      const quick = await store.write('a/b', Buffer.from('quick'), { tag });
      const slow = await goOn();
      const winners = [...(quick === 'conflict' ? [] : ['quick']), ...(slow === 'conflict' ? [] : ['slow'])];
      if (call === 'rename') continue;
      expect(winners, `suspended before ${call}, step ${step}`).toHaveLength(1);
      expect(await textIn(folder, 'a/b'), `suspended before ${call}, step ${step}`).toBe(winners[0]);
    }
    expect(calls.filter(call => call === 'rename')).toHaveLength(1);
    expect(calls.length).toBeGreaterThan(6);
  });

  test('and finds that the dead lock it was about to break is a live one meanwhile: it gives it back, and waits for it', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const lock = join(folder, '.store', 'a%2Fb.lock');
    const tag = await folderStore(folder).write('a/b', Buffer.from('old'), 'any');
    writeFileSync(lock, `${hostname()} ${spawnSync(process.execPath, ['-e', '']).pid} ${randomUUID()}`);
    const { call, goOn } = await stopped(folder, 'new', tag, 'rename');
    expect(call).toBe('rename');
    const live = `${hostname()} ${process.pid} ${randomUUID()}`;
    writeFileSync(lock, live);
    const printed = goOn();
    // It looks, gives the lock back, and tries again for as long as the lock is there.
    expect(await Promise.race([printed, delay(1_000, 'waits')])).toBe('waits');
    expect(readFileSync(lock, 'utf8')).toBe(live);
    expect(await textIn(folder, 'a/b')).toBe('old');
    rmSync(lock);
    expect(await printed).not.toBe('conflict');
    expect(await textIn(folder, 'a/b')).toBe('new');
  });
});

describe('the folder', () => {
  test('holds one file for each name, and no draft or lock when nothing is being written', async () => {
    const folder = temporaryFolder();
    await folderStore(folder).write('outbox/1.json', Buffer.from('{}'), 'absent');
    expect(readdirSync(folder).toSorted()).toEqual(['.store', 'outbox']);
    expect(readdirSync(join(folder, 'outbox'))).toEqual(['1.json']);
    expect(readFileSync(join(folder, 'outbox/1.json'), 'utf8')).toBe('{}');
    expect(readdirSync(join(folder, '.store'))).toEqual([]);
    expect(await folderStore(folder).write('outbox/1.json', Buffer.from('[]'), 'absent')).toBe('conflict');
    expect(readdirSync(join(folder, '.store'))).toEqual([]);
  });

  test('is cleared of drafts that killed processes left an hour ago, and of nothing else', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.store'));
    for (const file of ['old.draft', 'old.lock.aside', 'new.draft', 'old.lock']) writeFileSync(join(folder, '.store', file), 'x');
    const longAgo = new Date(Date.now() - 61 * 60_000);
    for (const file of ['old.draft', 'old.lock.aside', 'old.lock']) utimesSync(join(folder, '.store', file), longAgo, longAgo);
    await folderStore(folder).write('a', Buffer.from('x'), 'any');
    expect(readdirSync(join(folder, '.store')).toSorted()).toEqual(['new.draft', 'old.lock']);
  });

  test('may hold what others put there: it is named and read like anything else, unless it is hidden', async () => {
    const folder = temporaryFolder();
    for (const file of ['note.txt', '.DS_Store']) writeFileSync(join(folder, file), file);
    expect(await folderStore(folder).names('')).toEqual(['note.txt']);
    expect(await textIn(folder, 'note.txt')).toBe('note.txt');
  });
});

describe('a folder that cannot be used says which, and what to set', () => {
  const says = /^Cannot use .*, which keeps rows until they are delivered and what the next scan must know \(.+\)\. Set STATE_FOLDER to a folder that may be written to\.$/;

  test.each<[string, (folder: string) => string]>([
    ['because it is a file', folder => {
      writeFileSync(join(folder, 'file'), '');
      return join(folder, 'file');
    }],
    ['because a file is in its way', folder => {
      writeFileSync(join(folder, 'file'), '');
      return join(folder, 'file', 'below');
    }],
  ])('%s', async (_, prepare) => {
    const store = folderStore(prepare(temporaryFolder()));
    for (const attempt of [() => store.read('a/b'), () => store.names('a/'), () => store.write('a/b', Buffer.from('x'), 'any'), () => store.remove('a/b')]) {
      await expect(attempt()).rejects.toThrow(Problem);
      await expect(attempt()).rejects.toThrow(says);
    }
  });

  test('because a folder is where a file should be', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    await expect(folderStore(folder).read('a')).rejects.toThrow(says);
    await expect(folderStore(folder).write('a', Buffer.from('x'), 'any')).rejects.toThrow(says);
  });

  test('until it can: a failure is not remembered', async () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, '');
    const store = folderStore(folder);
    await expect(store.write('a', Buffer.from('x'), 'any')).rejects.toThrow(says);
    rmSync(folder);
    await store.write('a', Buffer.from('x'), 'any');
    expect(await textIn(folder, 'a')).toBe('x');
  });
});
