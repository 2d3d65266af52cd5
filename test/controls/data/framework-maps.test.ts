import { describe, expect, test } from 'vitest';
import { frameworkMaps, mapsOf } from '../../../src/controls/data/framework-maps.ts';
import { allControls } from '../../../src/controls/index.ts';
import { controlsAnswering, requirements } from '../../../src/requirements/index.ts';

const vocabulary = new Set(requirements.flatMap(controlsAnswering));
const entries = Object.entries(frameworkMaps);

describe('maps to other catalogues', () => {
  test('are sorted by control, and every key is a control of the catalogue', () => {
    const ids = Object.keys(frameworkMaps);
    expect(ids).toEqual(ids.toSorted());
    expect(ids.filter(id => !vocabulary.has(id))).toEqual([]);
  });

  test.each(entries)('%s: ids are well formed, and each framework names its source and date', (_, { maps, sources }) => {
    for (const { id, name } of maps.azurePolicy ?? []) {
      expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(name).toMatch(/^\S.{10,}\S$/);
    }
    for (const id of maps.mcsb ?? []) expect(id).toMatch(/^(AM|BR|DP|DS|ES|GS|IM|IR|LT|NS|PA|PV)-\d{1,2}$/);
    for (const { benchmark, id } of maps.cis ?? []) {
      expect(benchmark).toMatch(/^CIS Microsoft Azure Foundations Benchmark \d\.\d$/);
      expect(id).toMatch(/^\d+(\.\d+)+$/);
    }
    for (const id of maps.nist ?? []) expect(id).toMatch(/^[A-Z]{2}-\d{1,2}(\(\d{1,2}\))?$/);
    expect(sources.map(({ framework }) => framework)).toEqual(Object.keys(maps).toSorted());
    for (const { source, date } of sources) {
      expect(source).toMatch(/^https:\/\/github\.com\/[^/]+\/[^/]+\/tree\/[0-9a-f]{8}/);
      expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  test('a policy id means one thing', () => {
    const names = new Map<string, Set<string>>();
    for (const { id, name } of entries.flatMap(([, { maps }]) => maps.azurePolicy ?? [])) names.set(id, (names.get(id) ?? new Set()).add(name));
    expect([...names].filter(([, meanings]) => meanings.size > 1)).toEqual([]);
    expect(new Set([...names.values()].flatMap(meanings => [...meanings])).size, 'and one thing has one id').toBe(names.size);
  });

  test("the policy that undoes SecuredByPerimeter is nobody's map", () => {
    expect(JSON.stringify(frameworkMaps)).not.toContain('da69ba51');
  });

  test('reach the catalogue', () => {
    expect(allControls.map(({ id, maps }) => [id, maps])).toEqual(allControls.map(({ id }) => [id, mapsOf(id)]));
    expect(mapsOf('no-such-control')).toBeUndefined();
  });
});
