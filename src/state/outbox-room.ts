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
const margin = 1 / 20;

/** What is kept, and how much of it since that was looked at. Removals since are not in it: it is never too low by this process's doing. */
interface Used {
  bytes: number;
  parcels: number;
  bytesSince: number;
  parcelsSince: number;
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
  const make = async (bytes: number): Promise<void> => {
    if (used === null || isLongAgo(used)) used = usedBy(await kept(store));
    if (used.bytes + bytes > mostBytes || used.parcels + 1 > mostParcels) {
      const rest = await kept(store);
      used = usedBy(rest);
      for (const parcel of rest.toSorted(leastFirst)) {
        if (used.bytes + bytes <= mostBytes * (1 - margin) && used.parcels + 1 <= mostParcels * (1 - margin)) break;
        await giveUp(store, parcel, owner);
        used.bytes -= parcel.bytes;
        used.parcels -= 1;
      }
    }
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
