import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Rows of one table on their way, few enough for one request. */
export interface Parcel {
  readonly table: string;
  readonly rows: readonly Record<string, unknown>[];
}

/** Keeps rows until they are delivered. A row that could not be delivered is sent again by a later scan. */
export interface Outbox {
  /** Keeps a parcel and gives its name. Names sort by the order in which they were kept. */
  keep(parcel: Parcel): Promise<string>;
  /** Names of all parcels, oldest first. */
  names(): Promise<readonly string[]>;
  /** Null where another scan has delivered it meanwhile. */
  read(name: string): Promise<Parcel | null>;
  remove(name: string): Promise<void>;
}

/** An outbox in a folder: one JSON file for each parcel. */
export function folderOutbox(folder: string): Outbox {
  let sequence = 0;
  return {
    async keep({ table, rows }) {
      await mkdir(folder, { recursive: true });
      sequence += 1;
      const name = `${String(Date.now()).padStart(15, '0')}-${process.pid}-${String(sequence).padStart(6, '0')}.${rows.length}.${table}.json`;
      // A parcel appears whole or not at all, whenever the process is killed.
      const draft = join(folder, `${name}.draft`);
      await writeFile(draft, JSON.stringify({ table, rows }));
      await rename(draft, join(folder, name));
      return name;
    },
    async names() {
      const files = await readdir(folder).catch(nullWhereAbsent);
      return (files ?? []).filter(file => file.endsWith('.json')).toSorted();
    },
    async read(name) {
      const text = await readFile(join(folder, name), 'utf8').catch(nullWhereAbsent);
      return text === null ? null : (JSON.parse(text) as Parcel);
    },
    remove: name => rm(join(folder, name), { force: true }),
  };
}

function nullWhereAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** How many rows a parcel holds, by its name. */
export function rowsIn(name: string): number {
  return Number(name.split('.').at(-3));
}
