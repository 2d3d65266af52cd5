import type { Compared } from './compare.ts';
import { doubted } from './memory-merge.ts';
import type { Memory, RememberedResource } from './memory.ts';
import type { Comparison } from './transition.ts';

/**
 * Says what is written of a comparison, and what to remember then. What a full emission did not see, and still
 * remembers, has no row in it: the next scan that sees it writes it again.
 * @param isDue rows for everything are due
 */
export function emit({ comparison, next }: Compared, isDue: boolean, scanTime: Date): { readonly comparison: Comparison; readonly next: Memory } {
  if (!isDue) return { comparison: { ...comparison, emission: 'transitions' }, next };
  const isSeen = ({ scanTime: at }: RememberedResource): boolean => at.getTime() === scanTime.getTime();
  const isWhole = [...next.resources.values()].every(isSeen);
  const resources = isWhole ? next.resources : new Map([...next.resources].map(([id, resource]) => [id, isSeen(resource) ? resource : doubted(resource)]));
  return { comparison: { ...comparison, emission: isWhole ? 'full' : 'partial' }, next: { ...next, fullAt: scanTime, resources } };
}
