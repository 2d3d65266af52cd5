import type { PerimeterNeighbourhood } from '../exposure/key-vault.ts';
import type { PerimeterRecord } from './knowledge.ts';

/** Perimeters, and who is in them: thousands of accounts ask thousands of perimeters. */
export interface PerimeterIndex {
  /** Each once, in order. */
  readonly all: readonly PerimeterRecord[];
  /** The same for all who ask. */
  readonly neighbourhood: readonly PerimeterNeighbourhood[];
  named(id: string): PerimeterRecord | undefined;
  /** Those that hold a resource, as far as they say so themselves, and others that are named; in order. */
  of(resourceId: string, names: readonly string[]): readonly PerimeterRecord[];
  /** With some more perimeters behind. */
  with(more: readonly PerimeterRecord[]): PerimeterIndex;
}

export function indexOf(perimeters: readonly PerimeterRecord[]): PerimeterIndex {
  const all = [...new Set(perimeters)];
  const byId = new Map(all.map((record, place) => [record.id.toLowerCase(), { record, place }]));
  const byMember = new Map<string, readonly number[]>();
  for (const [place, { snapshot }] of all.entries()) {
    // One list for all its members: nearly every resource is in one perimeter.
    const alone = [place];
    for (const { resourceId } of snapshot.associations.known ? snapshot.associations.value : []) {
      const member = resourceId.toLowerCase();
      const before = byMember.get(member);
      byMember.set(member, before ? [...before, place] : alone);
    }
  }
  const placesOf = (resourceId: string, names: readonly string[]): readonly number[] => [...(byMember.get(resourceId.toLowerCase()) ?? []), ...names.flatMap(name => byId.get(name.toLowerCase())?.place ?? [])];
  const index: PerimeterIndex = {
    all,
    neighbourhood: all.map(({ neighbour }) => neighbour),
    named: id => byId.get(id.toLowerCase())?.record,
    of: (resourceId, names) => [...new Set(placesOf(resourceId, names))].toSorted((a, b) => a - b).flatMap(place => all[place] ?? []),
    with: more => joined(index, indexOf(more.filter(({ id }) => !byId.has(id.toLowerCase())))),
  };
  return index;
}

function joined(first: PerimeterIndex, second: PerimeterIndex): PerimeterIndex {
  if (second.all.length === 0) return first;
  const index: PerimeterIndex = {
    all: [...first.all, ...second.all],
    neighbourhood: [...first.neighbourhood, ...second.neighbourhood],
    named: id => first.named(id) ?? second.named(id),
    of: (resourceId, names) => [...first.of(resourceId, names), ...second.of(resourceId, names)],
    with: more => joined(index, indexOf(more.filter(({ id }) => index.named(id) === undefined))),
  };
  return index;
}
