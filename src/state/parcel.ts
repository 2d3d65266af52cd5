import { promisify } from 'node:util';
import { gunzip, gzip, constants } from 'node:zlib';
import { z } from 'zod';

/** Rows of one table on their way, few enough for one request. */
export interface Parcel {
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Where there is no more room, parcels of rank 0 are given up first and those of rank 3 last. */
export type Rank = 0 | 1 | 2 | 3;

/** What a parcel's name says, so that nobody has to open it: when it was kept, milliseconds; rows; bytes as it is kept. */
export interface Label {
  readonly name: string;
  readonly time: number;
  readonly rank: number;
  readonly rows: number;
  readonly bytes: number;
  readonly table: string;
}

/** When, whose, rank, rows, bytes, table. */
const parcelName = /^(\d{15})-[\w-]+\.([0-3])\.(\d+)\.(\d+)\.(\w+)\.json\.gz$/;

/** @param key time, sequence and owner: names sort by it */
export function nameOf(key: string, { table, rows }: Parcel, rank: Rank, bytes: number): string {
  return `${key}.${rank}.${rows.length}.${bytes}.${table}.json.gz`;
}

/** Null for what is not a parcel. */
export function labelOf(name: string): Label | null {
  const [, time, rank, rows, bytes, table] = parcelName.exec(name) ?? [];
  if (table === undefined) return null;
  return { name, time: Number(time), rank: Number(rank), rows: Number(rows), bytes: Number(bytes), table };
}

/** How many rows a parcel holds, by its name. */
export function rowsIn(name: string): number {
  return labelOf(name)?.rows ?? 0;
}

/** Rows by table, by the names of their parcels. */
export function rowsByTable(names: readonly string[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const label of names.map(labelOf)) if (label) sums.set(label.table, (sums.get(label.table) ?? 0) + label.rows);
  return sums;
}

const ParcelInside = z.object({ table: z.string(), rows: z.array(z.record(z.string(), z.unknown())) });

/** Far above what one request may hold: whatever unpacks to more is no parcel. */
const mostUnpackedBytes = 64 * 1024 * 1024;

/** Rows are much alike: the fastest level leaves a tenth of them, and takes half the time of the usual one. */
export function packed(parcel: Parcel): Promise<Buffer> {
  return promisify(gzip)(JSON.stringify(parcel), { level: constants.Z_BEST_SPEED });
}

/** Null where it cannot be understood. */
export async function unpacked(content: Uint8Array): Promise<Parcel | null> {
  try {
    const text = await promisify(gunzip)(content, { maxOutputLength: mostUnpackedBytes });
    return ParcelInside.safeParse(JSON.parse(text.toString())).data ?? null;
  } catch {
    return null;
  }
}
