import { describe, expect, test } from 'vitest';
import { kqlFiles, type KqlFolder } from '../../src/tools/docs/kql-files.ts';
import { now } from '../support/kql/rows.ts';
import { deployed } from '../support/kql/workspace.ts';
import { comparable } from './cases/case.ts';
import { allCases, textOf } from './cases/index.ts';

const folders: readonly KqlFolder[] = ['functions', 'queries', 'alerts'];

describe.each(folders.flatMap(folder => kqlFiles(folder).map(({ name }) => [name] as const)))('%s', name => {
  const own = allCases.filter(({ of }) => of === name);

  test('has cases', () => {
    expect(own.length).toBeGreaterThan(0);
  });

  test.each(own.map(each => [each.when, each] as const))('%s', (_, each) => {
    expect(comparable(deployed().run(textOf(each), each.tables, now), each.expected)).toEqual(each.expected);
  });
});

test('every case is of a text that is there', () => {
  const names = new Set(folders.flatMap(folder => kqlFiles(folder).map(({ name }) => name)));
  expect(allCases.filter(({ of }) => !names.has(of))).toEqual([]);
});
