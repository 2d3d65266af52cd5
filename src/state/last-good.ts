import { z } from 'zod';
import type { Store } from './store.ts';

const Kept = z.object({ url: z.string(), etag: z.string().nullable(), text: z.string() });

/** A text that was read from somewhere and proved good. */
export type LastGood = z.output<typeof Kept>;

export interface LastGoodStore {
  /** Null where there is none, or none that can be read: it is only a copy. */
  read(): Promise<LastGood | null>;
  /** @throws Problem where it cannot be kept */
  write(good: LastGood): Promise<void>;
}

const name = 'baseline/last-good.json';

/** The last good baseline, below the name `baseline/last-good.json`. */
export function lastGoodIn(store: Store): LastGoodStore {
  return {
    async read() {
      try {
        const stored = await store.read(name);
        return stored && (Kept.safeParse(JSON.parse(Buffer.from(stored.content).toString())).data ?? null);
      } catch {
        return null;
      }
    },
    async write(good) {
      await store.write(name, Buffer.from(JSON.stringify(good)), 'any');
    },
  };
}
