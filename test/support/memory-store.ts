import type { Store, Stored } from '../../src/state/store.ts';

export interface MemoryStore extends Store {
  readonly files: Map<string, Stored>;
}

/** A store in memory, which tests can look into and write past. */
export function memoryStore(): MemoryStore {
  const files = new Map<string, Stored>();
  let writes = 0;
  return {
    files,
    read: async name => files.get(name) ?? null,
    async write(name, content, condition) {
      const tag = files.get(name)?.tag;
      const holds = condition === 'any' || (condition === 'absent' ? tag === undefined : tag === condition.tag);
      if (!holds) return 'conflict';
      writes += 1;
      files.set(name, { content, tag: `tag-${writes}` });
      return `tag-${writes}`;
    },
    names: async prefix => [...files.keys()].filter(name => name.startsWith(prefix)).toSorted(),
    async remove(name) {
      files.delete(name);
    },
  };
}
