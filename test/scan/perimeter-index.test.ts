import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { known, unknown } from '../../src/core/fact.ts';
import type { PerimeterAssociation } from '../../src/core/perimeter.ts';
import { perimeterSnapshot } from '../../src/exposure/snapshots.ts';
import type { PerimeterRecord } from '../../src/scan/knowledge.ts';
import { indexOf } from '../../src/scan/perimeter-index.ts';

/** @param members null = not known */
function record(id: string, members: readonly string[] | null): PerimeterRecord {
  const associations = members === null ? unknown('denied', 'Not allowed.') : known(members.map(resourceId => ({ name: 'one', resourceId, profile: 'profile', accessMode: 'Enforced', provisioningState: 'Succeeded', hasProvisioningIssues: false }) satisfies PerimeterAssociation));
  const facts = { profiles: known([]), associations, links: known([]), logCategories: known([]), diagnosticSettings: known([]) };
  return { id, snapshot: perimeterSnapshot(facts), neighbour: { id, associations, links: facts.links } };
}

function holds({ snapshot: { associations } }: PerimeterRecord, account: string): boolean {
  return associations.known && associations.value.some(({ resourceId }) => resourceId.toLowerCase() === account);
}

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const accounts = ['x', 'y', 'z'];
const spellings = ['x', 'X', 'y', 'z', 'Z'];
const someRecords = fc.uniqueArray(fc.record({ name: fc.constantFrom(...names), members: fc.option(fc.subarray(spellings)) }), { selector: ({ name }) => name }).map(all => all.map(({ name, members }) => record(`/Perimeters/${name}`, members)));

test('an index gives what looking through every perimeter gives, in the same order: law', () => {
  fc.assert(
    fc.property(someRecords, someRecords, someRecords, fc.constantFrom(...accounts), fc.subarray(names), (first, second, third, account, named) => {
      const index = indexOf(first).with(second).with(third);
      const all = [...first, ...second, ...third].filter(({ id }, place, each) => each.findIndex(other => other.id === id) === place);
      const wanted = new Set(named.map(name => `/perimeters/${name}`));
      expect(index.all).toEqual(all);
      expect(index.neighbourhood).toEqual(all.map(({ neighbour }) => neighbour));
      expect(index.of(account.toUpperCase(), named.map(name => `/PERIMETERS/${name.toUpperCase()}`))).toEqual(all.filter(each => holds(each, account) || wanted.has(each.id.toLowerCase())));
      for (const name of names) expect(index.named(`/PERIMETERS/${name}`)).toBe(all.find(({ id }) => id === `/Perimeters/${name}`));
    }),
  );
});

test('an index that gets nothing new stays the same, so that what was made of it holds', () => {
  const one = record('/perimeters/a', ['x']);
  const index = indexOf([one]);
  expect(index.with([])).toBe(index);
  expect(index.with([one, record('/PERIMETERS/A', [])])).toBe(index);
});
