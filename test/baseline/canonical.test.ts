import { expect, test } from 'vitest';
import { canonical } from '../../src/baseline/canonical.ts';

test.each([
  ['the order of keys', { b: 1, a: { d: 2, c: 3 } }, { a: { c: 3, d: 2 }, b: 1 }],
  ['sets and lists', { a: new Set(['x', 'y']) }, { a: ['x', 'y'] }],
])('is the same whatever %s', (_, one, other) => {
  expect(canonical(one)).toBe(canonical(other));
});

test.each([
  ['the order of a list', [1, 2], [2, 1]],
  ['text and numbers', { a: '1' }, { a: 1 }],
  ['null and nothing', { a: null }, {}],
])('differs by %s', (_, one, other) => {
  expect(canonical(one)).not.toBe(canonical(other));
});
