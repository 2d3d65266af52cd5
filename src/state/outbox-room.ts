import { labelOf, type Label } from './parcel.ts';
import type { Store } from './store.ts';

export interface RoomLimits {
  /** Compressed bytes of all parcels, those set aside included. */
  readonly mostBytes: number;
  readonly mostParcels: number;
}

/** Where parcels are: waiting, or set aside. */
const places = ['corrupt', 'refused', 'outbox'] as const;
type Place = (typeof places)[number];

/** Where the marks are of parcels that were given up. */
export const givenUpPlace = 'given-up';

/** Room is made for so much of the limits at once, and the sum is taken anew after so much was kept: lists cost time. */
const margin = 1 / 50;

/** What is kept, and how much of it since that was looked at. Removals since are not in it: it is never too low by this process's doing. */
interface Used {
  bytes: number;
  parcels: number;
  bytesSince: number;
  parcelsSince: number;
}

/** At most sixteen at once: there may be thousands, and each takes some requests. */
export async function severalAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}

/** Names of parcels in a place, sorted. Files of others are left alone. */
export async function namesIn(store: Store, place: Place | typeof givenUpPlace): Promise<string[]> {
  return (await store.names(`${place}/`)).map(name => name.slice(place.length + 1)).filter(name => labelOf(name) !== null);
}

/**
 * Keeps an outbox within its limits: gives a function to call before a parcel of so many bytes is kept. What was set
 * aside is given up first, then the parcels of the lowest rank, the oldest first.
 * @param owner written into marks, for people who look
 */
export function roomIn(store: Store, { mostBytes, mostParcels }: RoomLimits, owner: string): (bytes: number) => Promise<void> {
  let used: Used | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const isLongAgo = ({ bytesSince, parcelsSince }: Used): boolean => bytesSince > mostBytes * margin || parcelsSince > mostParcels * margin;
  const hasRoom = (now: Used, bytes: number, share: number): boolean => now.bytes + bytes <= mostBytes * share && now.parcels + 1 <= mostParcels * share;
  /** Looks, gives up what is too much, and says what is used then. */
  const looked = async (bytes: number): Promise<Used> => {
    const all = await kept(store);
    const now = usedBy(all);
    if (hasRoom(now, bytes, 1)) return now;
    const least: Kept[] = [];
    for (const parcel of all.toSorted(leastFirst)) {
      if (hasRoom(now, bytes, 1 - margin)) break;
      least.push(parcel);
      now.bytes -= parcel.bytes;
      now.parcels -= 1;
    }
    await severalAtOnce(least, parcel => giveUp(store, parcel, owner));
    return now;
  };
  const make = async (bytes: number): Promise<void> => {
    if (used === null || isLongAgo(used) || !hasRoom(used, bytes, 1)) used = await looked(bytes);
    used.bytes += bytes;
    used.bytesSince += bytes;
    used.parcels += 1;
    used.parcelsSince += 1;
  };
  // One at a time: two that look for room at once would give up twice as much.
  return bytes => {
    const mine = turn.then(() => make(bytes));
    turn = mine.catch(() => undefined);
    return mine;
  };
}

interface Kept extends Label {
  readonly place: Place;
}

async function kept(store: Store): Promise<Kept[]> {
  const found: Kept[] = [];
  for (const place of places) for (const label of (await namesIn(store, place)).map(labelOf)) if (label) found.push({ place, ...label });
  return found;
}

function usedBy(parcels: readonly Label[]): Used {
  return { bytes: parcels.reduce((sum, { bytes }) => sum + bytes, 0), parcels: parcels.length, bytesSince: 0, parcelsSince: 0 };
}

function leastFirst(a: Kept, b: Kept): number {
  const worth = ({ place, rank }: Kept): number => (place === 'outbox' ? 1 + rank : 0);
  return worth(a) - worth(b) || (a.name < b.name ? -1 : 1);
}

/** The mark comes first: a process that is killed in between has not lost rows without a word. */
async function giveUp(store: Store, { place, name }: Kept, owner: string): Promise<void> {
  await store.write(`${givenUpPlace}/${name}`, Buffer.from(owner), 'absent');
  await store.remove(`${place}/${name}`);
}
