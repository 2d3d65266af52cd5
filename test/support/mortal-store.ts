import type { Store } from '../../src/state/store.ts';

export interface MortalStore extends Store {
  readonly isDead: () => boolean;
}

/** A store as a process sees it that is killed right before its n-th change. */
export function mortalStore(store: Store, changes: number): MortalStore {
  let left = changes;
  const change = async <T>(work: () => Promise<T>): Promise<T> => {
    left -= 1;
    return alive(work);
  };
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    if (left < 0) throw new Error('The process is dead.');
    return work();
  };
  return {
    isDead: () => left < 0,
    read: name => alive(() => store.read(name)),
    names: prefix => alive(() => store.names(prefix)),
    write: (name, content, condition) => change(() => store.write(name, content, condition)),
    remove: name => change(() => store.remove(name)),
  };
}
