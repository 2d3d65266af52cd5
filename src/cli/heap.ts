import { constants, PerformanceObserver, type NodeGCPerformanceDetail, type PerformanceEntry } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of the young generation, both halves. */
const mostYoung = 32 * 2 ** 20;

/** Bytes by which the old generation grows before it is collected again, as long as that is between these percentages of what is live. */
const room = 48 * 2 ** 20;
const leastPercent = 25;
const mostPercent = 150;

/** What the old generation may grow by, percent of what is live. A small heap doubles, and a large one does not. */
export function growthOf(liveBytes: number): number {
  return Math.round(Math.min(mostPercent, Math.max(leastPercent, (100 * room) / liveBytes)));
}

/** What an entry of type `gc` is; Node's types leave the detail out. */
type Collection = PerformanceEntry & { readonly detail: NodeGCPerformanceDetail };

/**
 * Keeps memory and processor time of a scan in balance: answers are parsed and forgotten. Left alone, V8 lets the heap
 * of such a program grow to 300 MB, most of it empty; with a heap that does not grow, collections take a quarter of the
 * processor time. The flags are read at each collection.
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function restrainHeap(): void {
  // Until a collection has shown how large it is.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString(`--heap-growing-percent=${growthOf(room)}`);
  let grows = false;
  const observer = new PerformanceObserver(collections => {
    const spaces = getHeapSpaceStatistics();
    const sizeOf = (isMeant: (name: string) => boolean, field: 'space_size' | 'space_used_size'): number => spaces.reduce((sum, space) => sum + (isMeant(space.space_name) ? space[field] : 0), 0);
    const mayGrow = sizeOf(name => name === 'new_space', 'space_size') < mostYoung;
    if (mayGrow !== grows) setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
    grows = mayGrow;
    const isMajor = collections.getEntries().some(entry => (entry as Collection).detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR);
    if (isMajor) setFlagsFromString(`--heap-growing-percent=${growthOf(sizeOf(name => !name.startsWith('new_'), 'space_used_size'))}`);
  });
  observer.observe({ entryTypes: ['gc'] });
}
