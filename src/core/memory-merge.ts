import type { Memory, RememberedFinding, RememberedResource } from './memory.ts';

/**
 * Merges what two scans remember that did not know of each other: resource by resource, the later scan's word holds.
 * Where they differ, the rows that they wrote need not add up to it, so the next scan writes those again. Nothing that
 * one of them remembers is forgotten: what the other has seen go, the next scan sees gone once more.
 */
export function mergeMemories(stored: Memory, next: Memory): Memory {
  const scanTime = later(stored.scanTime, next.scanTime);
  const resources = new Map<string, RememberedResource>();
  for (const id of new Set([...stored.resources.keys(), ...next.resources.keys()])) {
    const merged = mergeResource(stored.resources.get(id), next.resources.get(id), scanTime);
    if (merged) resources.set(id, merged);
  }
  return { scanTime, fullAt: stored.fullAt && next.fullAt ? later(stored.fullAt, next.fullAt) : (stored.fullAt ?? next.fullAt), resources };
}

function mergeResource(stored: RememberedResource | undefined, next: RememberedResource | undefined, scanTime: Date): RememberedResource | undefined {
  if (stored && next) return stored.scanTime.getTime() > next.scanTime.getTime() ? doubted(stored, next) : doubted(next, stored);
  const only = stored ?? next;
  return only && { ...doubted(only), scanTime };
}

/**
 * What is remembered of a resource when two scans have seen it at the same time. Digests that differ become null.
 * @param winner the later word
 * @param loser the other word; left out: it knows nothing of the resource
 */
export function doubted(winner: RememberedResource, loser?: RememberedResource): RememberedResource {
  const agreed = <T>(ours: T, theirs: T | undefined): T | null => (ours === theirs ? ours : null);
  const findings = new Map<string, RememberedFinding>();
  for (const [controlId, finding] of winner.findings) {
    const other = loser?.findings.get(controlId);
    const exemptionAgrees = finding.exemption?.digest === other?.exemption?.digest && finding.exemption?.state === other?.exemption?.state;
    findings.set(controlId, { ...finding, digest: exemptionAgrees ? agreed(finding.digest, other?.digest) : null });
  }
  // There are rows of what only the other knows: the next scan has to see that it is gone.
  for (const [controlId, finding] of loser?.findings ?? []) {
    if (!winner.findings.has(controlId)) findings.set(controlId, { ...finding, digest: null });
  }
  return { ...winner, digest: agreed(winner.digest, loser?.digest), findings };
}

function later(a: Date, b: Date): Date {
  return a.getTime() > b.getTime() ? a : b;
}
