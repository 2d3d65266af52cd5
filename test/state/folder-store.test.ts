import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

/** What the writer printed; null where it was killed. */
function written(folder: string, content: string, condition: string, step: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [join(import.meta.dirname, '../support/killed-writer.ts'), folder, 'a/b', content, condition, String(step)], (error, stdout) => {
      if (error === null) resolve(stdout);
      else if (error.signal === 'SIGKILL') resolve(null);
      else reject(error);
    });
  });
}

describe('a process that is killed before any step of a change, or half-way through a write', () => {
  const long = (letter: string): string => letter.repeat(1_000);

  test.each<[string, string | null, 'any' | 'absent' | 'tag' | 'remove', string | null]>([
    ['replaces what was read', long('o'), 'tag', long('n')],
    ['writes the first', null, 'absent', long('n')],
    ['removes', long('o'), 'remove', null],
  ])('and %s: old or new is there, nothing else is named, and the next change succeeds', { timeout: 180_000 }, async (_, before, condition, after) => {
    const outcomes = new Set<string | null>();
    for (let step = 1; ; step += 1) {
      const folder = temporaryFolder();
      const store = folderStore(folder, { patienceMs: 60_000, abandonedMs: 200 });
      const tag = before === null ? '' : await store.write('a/b', Buffer.from(before), 'any');
      const printed = await written(folder, long('n'), condition === 'tag' ? tag : condition, step);
      const there = await textIn(folder, 'a/b');
      expect([before, after], `killed before step ${step}`).toContain(there);
      expect(await store.names(''), `killed before step ${step}`).toEqual(there === null ? [] : ['a/b']);
      const now = await store.read('a/b');
      expect(await store.write('a/b', Buffer.from('next'), now ? { tag: now.tag } : 'absent'), `killed before step ${step}`).not.toBe('conflict');
      expect(await textIn(folder, 'a/b')).toBe('next');
      outcomes.add(there);
      if (printed === null) continue;
      expect(there).toBe(after);
      expect(step, 'there were steps').toBeGreaterThan(6);
      break;
    }
    expect(outcomes).toEqual(new Set([before, after]));
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
