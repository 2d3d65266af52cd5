import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columns, wrap } from '../../src/cli/columns.ts';

describe('columns', () => {
  test.each([
    { when: 'there are no rows', rows: [], width: 80, gives: '' },
    { when: 'everything fits', rows: [['a', 'bbb', 'last'], ['aaa', 'b', 'one']], width: 80, gives: '  a    bbb  last\n  aaa  b    one' },
    { when: 'the last column wraps', rows: [['a', 'one two three four five six seven eight']], width: 40, gives: '  a  one two three four five six seven\n     eight' },
    { when: 'the room is too small, the last column keeps 30', rows: [['a'.repeat(40), 'x'.repeat(20)]], width: 10, gives: `  ${'a'.repeat(40)}  ${'x'.repeat(20)}` },
    { when: 'a cell has color', rows: [['\u001B[31mred\u001B[39m', 'x'], ['other', 'y']], width: 80, gives: '  \u001B[31mred\u001B[39m    x\n  other  y' },
  ])('when $when', ({ rows, width, gives }) => {
    expect(columns(rows, width)).toBe(gives);
  });
});

describe('wrap', () => {
  test('breaks a long id after a slash', () => {
    expect(wrap('rule production/profile/name-of-rule', 20)).toBe('rule\nproduction/profile/\nname-of-rule');
  });

  test('loses no character but the space it breaks at, and keeps the width', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z/ ]{0,200}$/), fc.integer({ min: 5, max: 60 }), (text, width) => {
        const wrapped = wrap(text, width);
        expect(wrapped.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        expect(wrapped.split('\n').every(line => line.length <= width)).toBe(true);
      }),
    );
  });
});
