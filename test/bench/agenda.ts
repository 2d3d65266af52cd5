/** Virtual time: what is to happen when. */
export interface Agenda {
  now(): number;
  at(time: number, what: () => void): void;
  /** Lets everything happen, and gives the time of the last. */
  run(): number;
}

/** A binary heap: what is due first is taken first; what is due at the same time, in the order in which it was entered. */
export function agenda(): Agenda {
  const heap: { readonly time: number; readonly order: number; readonly what: () => void }[] = [];
  let [now, entered] = [0, 0];
  const isBefore = (a: number, b: number): boolean => {
    const [one, other] = [heap[a], heap[b]];
    return one !== undefined && other !== undefined && (one.time < other.time || (one.time === other.time && one.order < other.order));
  };
  const swap = (a: number, b: number): void => {
    const [one, other] = [heap[a], heap[b]];
    if (one && other) [heap[a], heap[b]] = [other, one];
  };
  const take = (): (() => void) | null => {
    const first = heap[0];
    if (!first) return null;
    swap(0, heap.length - 1);
    heap.pop();
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const child = isBefore(left + 1, left) ? left + 1 : left;
      if (!isBefore(child, at)) break;
      swap(child, at);
      at = child;
    }
    now = first.time;
    return first.what;
  };
  return {
    now: () => now,
    at(time, what) {
      heap.push({ time, order: entered, what });
      entered += 1;
      for (let at = heap.length - 1; at > 0 && isBefore(at, (at - 1) >> 1); at = (at - 1) >> 1) swap(at, (at - 1) >> 1);
    },
    run() {
      for (let what = take(); what !== null; what = take()) what();
      return now;
    },
  };
}
