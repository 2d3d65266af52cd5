import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fit, mostFieldBytes, mostRequestBytes, requestsOf, type AnyRow } from '../../src/sinks/log-analytics/fit.ts';
import { tables, type ColumnType, type Table } from '../../src/sinks/log-analytics/tables.ts';

const table: Table = {
  name: 'Test_CL',
  columns: [
    { name: 'Text', type: 'string', description: '' },
    { name: 'Value', type: 'dynamic', description: '' },
    { name: 'Count', type: 'int', description: '' },
  ],
};

const json = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('fit', () => {
  const atLimit = 'x'.repeat(mostFieldBytes - 2);

  test.each([
    { when: 'text is short', row: { Text: 'short', Value: { a: 1 }, Count: 1 } },
    { when: 'text is exactly as long as it may be', row: { Text: atLimit, Value: null, Count: 1 } },
    { when: 'a value is exactly as large as it may be', row: { Text: '', Value: atLimit, Count: 1 } },
    { when: 'a value is missing', row: { Text: '', Count: 1 } },
  ])('leaves a row as it is when $when', ({ row }) => {
    expect(fit(row, table)).toEqual(row);
  });

  test('cuts long text and marks it with its whole length', () => {
    const { Text } = fit({ Text: `${atLimit}x` }, table);
    expect(Text).toMatch(/^x{31900}… \[cut: 31999 bytes\]$/);
  });

  test('replaces a large value by its beginning, its size and a mark', () => {
    const value = Array.from({ length: 4_000 }, (_, number) => `rule "${number}"`);
    const { Value } = fit<{ Value: unknown }>({ Value: value }, table) as { Value: { cut: boolean; bytes: number; beginning: string } };
    expect(Value).toMatchObject({ cut: true, bytes: json(value) });
    expect(JSON.stringify(value).startsWith(Value.beginning)).toBe(true);
    expect(Value.beginning.length).toBeGreaterThan(mostFieldBytes / 2);
  });

  test.each([
    ['characters of four bytes', '😀'],
    ['characters of three bytes', '試'],
    ['characters that JSON escapes', '\u0001'],
    ['quotes', '"'],
    ['line separators', '\u2028'],
    ['half a character', '\uD83D'],
  ])('counts bytes as they are sent: %s', (_, character) => {
    const row = fit({ Text: character.repeat(mostFieldBytes), Value: [character.repeat(mostFieldBytes)] }, table);
    expect(json(row.Text)).toBeLessThanOrEqual(mostFieldBytes);
    expect(json(row.Value)).toBeLessThanOrEqual(mostFieldBytes);
    expect(row.Text).toMatch(/\[cut: \d+ bytes\]$/);
  });

  const piece = fc.constantFrom('a', 'é', '試', '😀', '"', '\\', '\u0001', '\u2028', '\uFFFD');
  const text = fc.tuple(fc.string({ unit: piece, maxLength: 40 }), fc.integer({ min: 0, max: 2_500 })).map(([unit, times]) => unit.repeat(times));

  test('never breaks a character, and keeps what it keeps', () => {
    fc.assert(
      fc.property(text, value => {
        const { Text } = fit({ Text: value }, table);
        const [kept = ''] = Text.split('… [cut: ');
        expect(Text.isWellFormed()).toBe(true);
        expect(value.startsWith(kept)).toBe(true);
        expect(json(Text)).toBeLessThanOrEqual(mostFieldBytes);
      }),
      { numRuns: 60 },
    );
  });

  const valueOf: Readonly<Record<ColumnType, fc.Arbitrary<unknown>>> = {
    string: text,
    dynamic: fc.oneof(fc.array(text, { maxLength: 3 }), fc.dictionary(fc.string(), text, { maxKeys: 3 }), fc.constant(null)),
    datetime: fc.constant('2026-11-20T06:00:00.000Z'),
    int: fc.integer(),
    long: fc.integer(),
    real: fc.double({ noNaN: true, noDefaultInfinity: true }),
    boolean: fc.boolean(),
  };

  test.each(tables)('any row of $name fits its fields and its request, and a second time changes nothing', each => {
    const row = fc.record(Object.fromEntries(each.columns.map(({ name, type }) => [name, valueOf[type]])));
    fc.assert(
      fc.property(row, written => {
        const fitted = fit(written, each);
        for (const value of Object.values(fitted)) expect(json(value)).toBeLessThanOrEqual(mostFieldBytes);
        expect(json([fitted])).toBeLessThanOrEqual(mostRequestBytes);
        expect(Object.keys(fitted)).toEqual(Object.keys(written));
        expect(fit(fitted, each)).toEqual(fitted);
      }),
      { numRuns: 15 },
    );
  });
});

test.each(tables)('a row of $name with every field at its limit fits one request', each => {
  const full = Object.fromEntries(each.columns.map(({ name, type }) => [name, type === 'string' || type === 'dynamic' ? 'x'.repeat(mostFieldBytes * 2) : 0]));
  expect(json([fit(full, each)])).toBeLessThanOrEqual(mostRequestBytes);
});

describe('requestsOf', () => {
  test('nothing makes no request', () => {
    expect(requestsOf([])).toEqual([]);
  });

  test('fills a request to the limit and not beyond', () => {
    const frame = json([{ Text: '' }]);
    const half = { Text: 'x'.repeat((mostRequestBytes - 2 * (frame - 2) - 3) / 2) };
    const larger = { Text: `${half.Text}xx` };
    expect(json([half, half])).toBeGreaterThanOrEqual(mostRequestBytes - 1);
    expect(requestsOf([half, half]).map(({ length }) => length)).toEqual([2]);
    expect(requestsOf([half, larger]).map(({ length }) => length)).toEqual([1, 1]);
  });

  test('keeps every row, in order, and never exceeds the limit', () => {
    const rows = fc.array(
      fc.integer({ min: 0, max: 400_000 }).map((length): AnyRow => ({ Text: 'é'.repeat(length) })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, written => {
        const groups = requestsOf(written);
        expect(groups.flat()).toEqual(written);
        for (const group of groups) {
          expect(group.length).toBeGreaterThan(0);
          expect(json(group)).toBeLessThanOrEqual(mostRequestBytes);
        }
      }),
      { numRuns: 40 },
    );
  });
});
