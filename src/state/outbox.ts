import { randomUUID } from 'node:crypto';
import { givenUpPlace, namesIn, roomIn, severalAtOnce, type RoomLimits } from './outbox-room.ts';
import { labelOf, nameOf, packed, rowsByTable, unpacked, type Parcel, type Rank } from './parcel.ts';
import type { Store } from './store.ts';

/** Rows that were given up, by table, and the names of their parcels. */
export interface GivenUp {
  readonly rows: ReadonlyMap<string, number>;
  readonly names: readonly string[];
}

/** Keeps rows until they are delivered. A row that could not be delivered is sent again by a later scan. */
export interface Outbox {
  /** Keeps a parcel and gives its name. Names sort by the order in which they were kept. */
  keep(parcel: Parcel, rank: Rank): Promise<string>;
  /** Names of all parcels that wait, oldest first. */
  names(): Promise<readonly string[]>;
  /**
   * `gone`: another scan has delivered it meanwhile. `corrupt`: it cannot be understood any more; it is set aside,
   * where a person can look at it and where it is in nobody's way.
   */
  read(name: string): Promise<Parcel | 'gone' | 'corrupt'>;
  remove(name: string): Promise<void>;
  /** The service refuses these rows. They wait on, since what is wrong may be a setting; when they are too old, they are set aside. */
  refused(name: string): Promise<'waits' | 'setAside'>;
  /** What was given up for lack of room, by this process or another, and nobody has reported yet. */
  givenUp(): Promise<GivenUp>;
  /** It was reported, and need not be again. */
  reported(given: GivenUp): Promise<void>;
}

export interface OutboxLimits extends RoomLimits {
  /** Age from which refused rows are not sent again, milliseconds. */
  readonly refusedForMs: number;
}

/** A full emission takes some 6 kB for each account: there is room for 85,000 of them. */
export const defaultLimits: OutboxLimits = { mostBytes: 512 * 1024 * 1024, mostParcels: 100_000, refusedForMs: 7 * 24 * 60 * 60_000 };

/**
 * An outbox below the names `outbox/`; what was set aside is below `refused/` and `corrupt/`. Several processes may use
 * it at once; each of them may exceed the limits by a fiftieth.
 *
 * Parcels that are given up leave a mark below `given-up/`, written before they are removed and removed when it was
 * reported: a count survives a killed process, and no parcel is counted twice. Counts are never too low; they are too
 * high by a parcel that another process delivers in the same moment.
 * @throws Problem from every method where the store cannot be used
 */
export function outboxIn(store: Store, { refusedForMs, ...limits }: OutboxLimits = defaultLimits, clock: () => number = Date.now): Outbox {
  const owner = randomUUID().slice(0, 8);
  const makeRoom = roomIn(store, limits, owner);
  let time = 0;
  let sequence = 0;
  const setAside = async (name: string, place: 'refused' | 'corrupt', content: Uint8Array): Promise<void> => {
    await store.write(`${place}/${name}`, content, 'any');
    await store.remove(`outbox/${name}`);
  };
  return {
    async keep(parcel, rank) {
      time = Math.max(time, clock());
      sequence += 1;
      const key = `${String(time).padStart(15, '0')}-${String(sequence).padStart(6, '0')}-${owner}`;
      const content = await packed(parcel);
      const name = nameOf(key, parcel, rank, content.byteLength);
      await makeRoom(content.byteLength);
      await store.write(`outbox/${name}`, content, 'any');
      return name;
    },
    names: () => namesIn(store, 'outbox'),
    async read(name) {
      const stored = await store.read(`outbox/${name}`);
      if (stored === null) return 'gone';
      const parcel = await unpacked(stored.content);
      if (parcel) return parcel;
      await setAside(name, 'corrupt', stored.content);
      return 'corrupt';
    },
    remove: name => store.remove(`outbox/${name}`),
    async refused(name) {
      if (clock() - (labelOf(name)?.time ?? 0) < refusedForMs) return 'waits';
      const stored = await store.read(`outbox/${name}`);
      if (stored) await setAside(name, 'refused', stored.content);
      return 'setAside';
    },
    async givenUp() {
      const names = await namesIn(store, givenUpPlace);
      return { rows: rowsByTable(names), names };
    },
    async reported({ names }) {
      await severalAtOnce(names, name => store.remove(`${givenUpPlace}/${name}`));
    },
  };
}
