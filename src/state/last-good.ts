import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const Kept = z.object({ url: z.string(), etag: z.string().nullable(), text: z.string() });

/** A text that was read from somewhere and proved good. */
export type LastGood = z.output<typeof Kept>;

export interface LastGoodStore {
  /** Null where there is none, or none that can be read: it is only a copy. */
  read(): Promise<LastGood | null>;
  write(good: LastGood): Promise<void>;
}

/** Keeps the last good text in a file. It appears whole or not at all, whenever the process is killed. */
export function lastGoodIn(file: string): LastGoodStore {
  return {
    async read() {
      try {
        return Kept.safeParse(JSON.parse(await readFile(file, 'utf8'))).data ?? null;
      } catch {
        return null;
      }
    },
    async write(good) {
      await mkdir(dirname(file), { recursive: true });
      const draft = `${file}.${randomUUID().slice(0, 8)}.draft`;
      await writeFile(draft, JSON.stringify(good));
      await rename(draft, file);
    },
  };
}
