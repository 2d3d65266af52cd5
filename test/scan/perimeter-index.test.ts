import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { known } from '../../src/core/fact.ts';
import { perimeterSnapshot } from '../../src/exposure/snapshots.ts';
import type { PerimeterRecord } from '../../src/scan/knowledge.ts';
import { indexOf } from '../../src/scan/perimeter-index.ts';

function record(id: string, members: readonly string[]): PerimeterRecord {
  const facts = { profiles: known([]), associations: known([]), links: known([]), logCategories: known([]), diagnosticSettings: known([]) };
  return { id, snapshot: perimeterSnapshot(facts), members: new Set(members), neighbour: { id, associations: facts.associations, links: facts.links } };
}

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const accounts = ['x', 'y', 'z'];
const someRecords = fc.uniqueArray(fc.record({ name: fc.constantFrom(...names), members: fc.subarray(accounts) }), { selector: ({ name }) => name }).map(all => all.map(({ name, members }) => record(`/Perimeters/${name}`, members)));

test('an index gives what looking through every perimeter gives, in the same order: law', () => {
  fc.assert(
    fc.property(someRecords, someRecords, someRecords, fc.constantFrom(...accounts), fc.subarray(names), (first, second, third, account, named) => {
      const index = indexOf(first).with(second).with(third);
      const all = [...first, ...second, ...third].filter(({ id }, place, each) => each.findIndex(other => other.id === id) === place);
      const wanted = new Set(named.map(name => `/perimeters/${name}`));
      expect(index.all).toEqual(all);
      expect(index.neighbourhood).toEqual(all.map(({ neighbour }) => neighbour));
      expect(index.of(account.toUpperCase(), named.map(name => `/PERIMETERS/${name.toUpperCase()}`))).toEqual(all.filter(({ id, members }) => members.has(account) || wanted.has(id.toLowerCase())));
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
