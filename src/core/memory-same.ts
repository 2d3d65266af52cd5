import type { Memory, RememberedFinding, RememberedResource } from './memory.ts';

/** Whether two memories say the same, times of scans left out: the later one then need not be saved. */
export function isSameMemory(a: Memory, b: Memory): boolean {
  return a.fullAt?.getTime() === b.fullAt?.getTime() && isSameMap(a.resources, b.resources, isSameResource);
}

function isSameMap<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>, isSame: (one: T, other: T) => boolean): boolean {
  if (a.size !== b.size) return false;
  for (const [key, one] of a) {
    const other = b.get(key);
    if (other === undefined || (one !== other && !isSame(one, other))) return false;
  }
  return true;
}

function isSameResource(a: RememberedResource, b: RememberedResource): boolean {
  return (
    a.digest === b.digest &&
    a.reach === b.reach &&
    a.knownReach === b.knownReach &&
    a.reachSince?.getTime() === b.reachSince?.getTime() &&
    a.resourceId === b.resourceId &&
    a.name === b.name &&
    a.location === b.location &&
    isSameMap(a.findings, b.findings, isSameFinding)
  );
}

function isSameFinding(a: RememberedFinding, b: RememberedFinding): boolean {
  return (
    a.digest === b.digest &&
    a.status === b.status &&
    a.verdict === b.verdict &&
    a.severity === b.severity &&
    a.judgedBy === b.judgedBy &&
    a.since.getTime() === b.since.getTime() &&
    a.failingSince?.getTime() === b.failingSince?.getTime() &&
    a.exemption?.digest === b.exemption?.digest &&
    a.exemption?.state === b.exemption?.state
  );
}
