import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '../../src/baseline/canonical.ts';
import { digestOf, type Digestible } from '../../src/core/compare-digest.ts';

test.each([
  ['the order of properties', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
  ['a property that is undefined', { a: 1, b: undefined }, { a: 1 }],
])('a digest is the same whatever %s', (_, one: Digestible, other: Digestible) => {
  expect(digestOf(one)).toBe(digestOf(other));
});

test.each<[string, Digestible, Digestible]>([
  ['the order of a list', ['a', 'b'], ['b', 'a']],
  ['where one text ends and the next begins', ['ab', 'c'], ['a', 'bc']],
  ['where one list ends and the next begins', [['a'], ['b']], [['a', 'b'], []]],
  ['a text and a number', '1', 1],
  ['null, false, zero and an empty text', [null, false, 0, ''], ['', 0, false, null]],
  ['a list with nothing and no list', [], null],
  ['a list and a record', [], {}],
  ['a name and its value', { a: 'b' }, { b: 'a' }],
  ['values under exchanged names', { a: 'x', b: 'y' }, { a: 'y', b: 'x' }],
  ['one property more', { a: 1 }, { a: 1, b: null }],
  ['null and no property', { a: null }, {}],
  ['equal records in a list', [{ a: 1 }, { a: 1 }], [{ a: 1 }]],
  ['a last character of an even text', 'abcd', 'abce'],
  ['a last character of an odd text', 'abc', 'abd'],
  ['a character beyond Latin', 'ü', 'ű'],
  ['an emoji', '🙂', '🙃'],
  ['fractions', 0.1, 0.2],
  ['large numbers', 2 ** 40, 2 ** 41],
  ['signs', -1, 1],
])('a digest tells %s apart', (_, one, other) => {
  expect(digestOf(one)).not.toBe(digestOf(other));
});

test('digests of data are equal where the data is', () => {
  // JSON has no negative zero.
  const data = fc.jsonValue({ maxDepth: 3 }).map(value => JSON.parse(JSON.stringify(value)) as Digestible);
  fc.assert(
    fc.property(data, data, (one, other) => {
      expect(digestOf(one)).toBe(digestOf(JSON.parse(canonical(one)) as Digestible));
      expect(digestOf(one) === digestOf(other)).toBe(canonical(one) === canonical(other));
    }),
    { numRuns: 1000 },
  );
});

test('texts that are nearly the same share no digest, nor its upper or lower bits', () => {
  const texts = Array.from({ length: 100_000 }, (_, index) => `The key is ${index} days old.`);
  const digests = new Set(texts.map(digestOf));
  expect(digests.size).toBe(texts.length);
  expect([...digests].filter(digest => !Number.isSafeInteger(digest) || digest < 0)).toEqual([]);
  // Of 100,000 values in 2^32, chance alone makes one or two meet.
  expect(new Set([...digests].map(digest => digest % 2 ** 32)).size).toBeGreaterThan(texts.length - 20);
  expect(new Set([...digests].map(digest => Math.floor(digest / 2 ** 21))).size).toBeGreaterThan(texts.length - 20);
});
