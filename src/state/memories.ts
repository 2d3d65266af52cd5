import { mergeMemories } from '../core/memory-merge.ts';
import type { Memory } from '../core/memory.ts';
import { Problem } from '../core/problem.ts';
import { decodeMemory, encodeMemory } from './memory-file.ts';
import type { Store } from './store.ts';

/** What scans remember, by subscription id, and by `tenantKey`. */
export interface Memories {
  /**
   * `none` where nothing is remembered, `unreadable` where it is damaged or of a newer version: what was there is then
   * not known, which is not the same as nothing.
   * @throws Problem where the store cannot be used
   */
  load(key: string): Promise<LoadedMemory | 'none' | 'unreadable'>;
  /**
   * Remembers what a scan found. Where another scan has saved since it was loaded, both are merged.
   * @param tag of what was loaded; null where there was none, or none that could be read
   * @throws Problem where the store cannot be used, or others save again and again
   */
  save(key: string, next: Memory, tag: string | null): Promise<void>;
  /** Whether a scan has ended before. */
  isEstablished(): Promise<boolean>;
  /** Says that one has. */
  establish(): Promise<void>;
}

export interface LoadedMemory {
  readonly memory: Memory;
  readonly tag: string;
}

/** Key of what belongs to no subscription's turn: perimeters and tenants. */
export const tenantKey = 'tenant';

const established = 'state/established.json';

/** Each attempt is lost to another scan that saved meanwhile, and few scan the same subscription at once. */
const mostAttempts = 5;

/** Memories in a store, one file each: `memory/<key>.gz`. */
export function memoriesIn(store: Store): Memories {
  const load: Memories['load'] = async key => {
    const stored = await store.read(nameOf(key));
    if (stored === null) return 'none';
    const memory = await decodeMemory(stored.content);
    return memory === 'unreadable' ? memory : { memory, tag: stored.tag };
  };
  return {
    load,
    async save(key, next, tag) {
      let kept = next;
      let before = tag;
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        const written = await store.write(nameOf(key), await encodeMemory(kept), before === null ? 'absent' : { tag: before });
        if (written !== 'conflict') return;
        const stored = await store.read(nameOf(key));
        const memory = stored && (await decodeMemory(stored.content));
        before = stored?.tag ?? null;
        kept = memory === null || memory === 'unreadable' ? next : mergeMemories(memory, next);
      }
      throw new Problem(`Cannot save what is known of ${key}: in ${mostAttempts} attempts another scan was faster each time.`, 'Let fewer scans of it run at the same time.');
    },
    isEstablished: async () => (await store.read(established)) !== null,
    async establish() {
      await store.write(established, new TextEncoder().encode('{}\n'), 'absent');
    },
  };
}

function nameOf(key: string): string {
  return `memory/${key.toLowerCase()}.gz`;
}
