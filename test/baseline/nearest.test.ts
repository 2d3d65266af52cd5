import { describe, expect, test } from 'vitest';
import { instead, nearest } from '../../src/baseline/nearest.ts';

const names = ['door-locked', 'guard-awake'];

describe('the name somebody may have meant', () => {
  test.each([
    ['door-lockd', 'door-locked'],
    ['DOOR-LOCKED', 'door-locked'],
    ['guard-asleep', 'guard-awake'],
    ['door', null],
    ['', null],
    ['x', null],
  ])('by %j is %j', (name, expected) => {
    expect(nearest(name, names)).toBe(expected);
  });

  test('is none where there are no names', () => {
    expect(nearest('door-locked', [])).toBeNull();
  });
});

describe('the way out', () => {
  const many = Array.from({ length: 13 }, (_, index) => `name-number-${index}`);

  test.each([
    ['leads to a near name', 'door-lockd', names, 'Did you mean door-locked?'],
    ['names all there are, where they are few', 'roof', names, 'Write one of door-locked, guard-awake.'],
    ['leads elsewhere, where they are many', 'roof', many, 'Look there.'],
    ['leads elsewhere, where there are none', 'roof', [], 'Look there.'],
  ])('%s', (_, name, given, expected) => {
    expect(instead(name, given, 'Look there.')).toBe(expected);
  });
});
