import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columns, fitted, wrap } from '../../src/cli/columns.ts';

describe('columns', () => {
  test.each([
    { when: 'there are no rows', rows: [], width: 80, gives: '' },
    { when: 'everything fits', rows: [['a', 'bbb', 'last'], ['aaa', 'b', 'one']], width: 80, gives: '  a    bbb  last\n  aaa  b    one' },
    { when: 'the last column wraps', rows: [['a', 'one two three four five six seven eight']], width: 40, gives: '  a  one two three four five six seven\n     eight' },
    { when: 'the last column would have less than 30', rows: [['aaa', 'b'.repeat(10), 'one two three'], ['a', '', 'four']], width: 40, gives: `  aaa  ${'b'.repeat(10)}\n    one two three\n  a\n    four` },
    { when: 'nothing fits', rows: [['a'.repeat(25), 'x'.repeat(20)]], width: 20, gives: `  ${'a'.repeat(18)}\n  ${'a'.repeat(7)}\n    ${'x'.repeat(16)}\n    ${'x'.repeat(4)}` },
    { when: 'there is one column', rows: [['one two three four']], width: 12, gives: '  one two\n  three four' },
    { when: 'a cell has color', rows: [['\u001B[31mred\u001B[39m', 'x'], ['other', 'y']], width: 80, gives: '  \u001B[31mred\u001B[39m    x\n  other  y' },
  ])('when $when', ({ rows, width, gives }) => {
    expect(columns(rows, width)).toBe(gives);
  });
});

describe('fitted', () => {
  test('wraps lines that are too long, and no others', () => {
    expect(fitted('a title that is long\n  a row', 12)).toBe('a title that\nis long\n  a row');
  });

  test('counts no colours', () => {
    expect(fitted('\u001B[1ma title\u001B[22m', 7)).toBe('\u001B[1ma title\u001B[22m');
  });
});

describe('wrap', () => {
  test('breaks a long id after a slash', () => {
    expect(wrap('rule production/profile/name-of-rule', 20)).toBe('rule\nproduction/profile/\nname-of-rule');
  });

  test.each([
    ['no slash', 'abcdefgh', 3, 'abc\ndef\ngh'],
    ['slashes that are too far apart', 'abcdef/gh/i', 4, 'abcd\nef/\ngh/i'],
    ['characters of two units, none of which is cut in half', '👋👋👋', 5, '👋👋\n👋'],
  ])('breaks a long word with %s', (_, text, width, expected) => {
    expect(wrap(text, width)).toBe(expected);
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
