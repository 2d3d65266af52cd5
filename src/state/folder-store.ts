import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Problem } from '../core/problem.ts';
import { nullWhereAbsent } from './absent.ts';
import { defaultPatience, underLock, type LockPatience } from './folder-lock.ts';
import { requirePlain } from './name.ts';
import type { Condition, Store } from './store.ts';

/** Below the folder: drafts and locks. No name of a store begins with a dot. */
const ownFolder = '.store';

/** Drafts this old were left by processes that were killed, milliseconds. */
const leftoverMs = 60 * 60_000;

/**
 * Files of a folder. A tag is a hash of the content: writing the same content again does not change it.
 *
 * Guaranteed, also between processes: a file has its old content or its new one, never half of one, whenever a process
 * is killed; and of several writers with the same condition one succeeds. They take turns under a lock file (see
 * `underLock` for the one gap that file systems leave). Writes of `any` and removals wait for nobody: one that falls
 * into a conditional write by another process counts as the earlier of the two. Not guaranteed: that a change survives
 * a power failure.
 * @throws Problem from every method where the folder cannot be used
 */
export function folderStore(folder: string, patience: LockPatience = defaultPatience): Store {
  const fileOf = (name: string): string => join(folder, ...requirePlain(name).split('/'));
  const ownFile = (name: string, ending: string): string => join(folder, ownFolder, `${encodeURIComponent(name)}.${ending}`);
  const prepared = memoized(async own => prepare(own));
  const made = memoized(async parent => void (await mkdir(parent, { recursive: true })));
  const using = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem) throw error;
      const detail = error instanceof Error ? error.message : String(error);
      throw new Problem(`Cannot use ${folder}, which keeps rows until they are delivered and what the next scan must know (${detail}).`, 'Set STATE_FOLDER to a folder that may be written to.', error);
    }
  };
  const renamedWhere = (condition: Exclude<Condition, 'any'>, name: string, draft: string): Promise<boolean> =>
    underLock(ownFile(name, 'lock'), patience, async isStillMine => {
      if (!(await holds(condition, fileOf(name)))) return false;
      if (!(await isStillMine())) return 'lost';
      await rename(draft, fileOf(name));
      return true;
    });
  return {
    read(name) {
      const file = fileOf(name);
      return using(async () => {
        const content = await readFile(file).catch(nullWhereAbsent);
        return content && { content, tag: tagOf(content) };
      });
    },
    write(name, content, condition) {
      const file = fileOf(name);
      const draft = ownFile(name, `${randomUUID()}.draft`);
      return using(async () => {
        await prepared(dirname(draft));
        await made(dirname(file));
        let isRenamed = false;
        try {
          await writeFile(draft, content);
          isRenamed = condition === 'any' ? (await rename(draft, file), true) : await renamedWhere(condition, name, draft);
        } finally {
          if (!isRenamed) await rm(draft, { force: true });
        }
        return isRenamed ? tagOf(content) : 'conflict';
      });
    },
    names: prefix => using(() => namesBelow(folder, prefix)),
    remove(name) {
      const file = fileOf(name);
      return using(() => rm(file, { force: true }));
    },
  };
}

async function holds(condition: Exclude<Condition, 'any'>, file: string): Promise<boolean> {
  const content = await readFile(file).catch(nullWhereAbsent);
  return condition === 'absent' ? content === null : content !== null && tagOf(content) === condition.tag;
}

function tagOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}

async function namesBelow(folder: string, prefix: string): Promise<string[]> {
  const top = join(folder, ...requirePlain(`${prefix}x`).split('/').slice(0, -1));
  const entries = (await readdir(top, { recursive: true, withFileTypes: true }).catch(nullWhereAbsent)) ?? [];
  return entries
    .flatMap(entry => (entry.isFile() ? relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/') : []))
    .filter(name => name.startsWith(prefix) && !/(^|\/)\./.test(name))
    .toSorted();
}

/** Makes the place for drafts, and clears it of what killed processes left. */
async function prepare(own: string): Promise<void> {
  await mkdir(own, { recursive: true });
  const before = Date.now() - leftoverMs;
  for (const name of await readdir(own)) {
    // A lock is for whoever wants it next to judge.
    if (name.endsWith('.lock')) continue;
    const left = await stat(join(own, name)).catch(nullWhereAbsent);
    if (left && left.mtimeMs < before) await rm(join(own, name), { force: true });
  }
}

/** Once for each folder, and again after a failure. */
function memoized(work: (folder: string) => Promise<void>): (folder: string) => Promise<void> {
  const done = new Map<string, Promise<void>>();
  return folder => {
    const before = done.get(folder);
    if (before) return before;
    const now = work(folder).catch((error: unknown) => {
      done.delete(folder);
      throw error;
    });
    done.set(folder, now);
    return now;
  };
}
