import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../core/problem.ts';

/** Rows of one table on their way, few enough for one request. */
export interface Parcel {
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Keeps rows until they are delivered. A row that could not be delivered is sent again by a later scan. */
export interface Outbox {
  /** Keeps a parcel and gives its name. Names sort by the order in which they were kept. */
  keep(parcel: Parcel): Promise<string>;
  /** Names of all parcels, oldest first. */
  names(): Promise<readonly string[]>;
  /**
   * `gone`: another scan has delivered it meanwhile. `corrupt`: it cannot be understood any more; it is set aside,
   * where a person can look at it and where it is in nobody's way.
   */
  read(name: string): Promise<Parcel | 'gone' | 'corrupt'>;
  remove(name: string): Promise<void>;
}

/**
 * An outbox in a folder: one JSON file for each parcel.
 * @throws Problem from every method where the folder cannot be used
 */
export function folderOutbox(folder: string): Outbox {
  const owner = randomUUID().slice(0, 8);
  let time = 0;
  let sequence = 0;
  const using = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw new Problem(`Cannot use ${folder}, which keeps rows until they are delivered (${detail}).`, 'Set STATE_FOLDER to a folder that may be written to.', error);
    }
  };
  const write = async (name: string, parcel: Parcel): Promise<string> => {
    await mkdir(folder, { recursive: true });
    // A parcel appears whole or not at all, whenever the process is killed.
    const draft = join(folder, `${name}.draft`);
    await writeFile(draft, JSON.stringify(parcel));
    await rename(draft, join(folder, name));
    return name;
  };
  return {
    keep({ table, rows }) {
      time = Math.max(time, Date.now());
      sequence += 1;
      const name = `${String(time).padStart(15, '0')}-${String(sequence).padStart(6, '0')}-${owner}.${rows.length}.${table}.json`;
      return using(write(name, { table, rows }));
    },
    async names() {
      const files = await using(readdir(folder).catch(nullWhereAbsent));
      return (files ?? []).filter(file => parcelName.test(file)).toSorted();
    },
    async read(name) {
      const file = join(folder, name);
      const text = await using(readFile(file, 'utf8').catch(nullWhereAbsent));
      if (text === null) return 'gone';
      const parcel = parcelIn(text);
      if (parcel) return parcel;
      await using(rename(file, `${file}.corrupt`).catch(nullWhereAbsent));
      return 'corrupt';
    },
    remove: name => using(rm(join(folder, name), { force: true })),
  };
}

/** When, whose, how many rows, of which table. */
const parcelName = /^\d{15}-[\w-]+\.\d+\.\w+\.json$/;

const ParcelInFile = z.object({ table: z.string(), rows: z.array(z.record(z.string(), z.unknown())) });

function parcelIn(text: string): Parcel | null {
  try {
    return ParcelInFile.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function nullWhereAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** How many rows a parcel holds, by its name. */
export function rowsIn(name: string): number {
  return Number(name.split('.').at(-3));
}
