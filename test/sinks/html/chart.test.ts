import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bars, ranges, strip, type Part } from '../../../src/sinks/html/chart.ts';
import { parsed } from './input.ts';

const described = { id: 'chart', title: 'Accounts by reach', description: 'Internet 2.' };
const numbers = (text: string | null): number => Number(text?.replace('%', ''));
const shapes = (markup: { readonly text: string }, selector: string): { readonly x: number; readonly width: number }[] =>
  parsed(`<body>${markup.text}</body>`)
    .all(selector)
    .map(shape => ({ x: numbers(shape.getAttribute('x')), width: numbers(shape.getAttribute('width')) }));

test('a chart is named and described', () => {
  const svg = parsed(`<body>${bars(described, []).text}</body>`).one('svg');
  expect([svg.getAttribute('role'), svg.getAttribute('aria-labelledby')]).toEqual(['img', 'chart-t chart-d']);
  expect([svg.querySelector('#chart-t')?.textContent, svg.querySelector('#chart-d')?.textContent]).toEqual(['Accounts by reach', 'Internet 2.']);
});

describe('bars', () => {
  const bar = (value: number): Parameters<typeof bars>[1][number] => ({ label: 'x', value, figure: String(value), tone: 'accent' });

  test('are as long as their share of the longest, and nothing where there is nothing', () => {
    expect(shapes(bars(described, [bar(4), bar(0), bar(1)]), '.t-accent').map(({ width }) => width)).toEqual([100, 25]);
  });

  test('without any value are empty', () => {
    expect(shapes(bars(described, [bar(0)]), '.t-accent')).toEqual([]);
  });

  test('cut long labels, which the table beside them has in full', () => {
    const text = bars(described, [{ ...bar(1), label: 'a'.repeat(80) }]).text;
    expect(text).toContain(`${'a'.repeat(35)}…<`);
    expect(text).not.toContain('a'.repeat(36));
  });
});

describe('a strip', () => {
  test('is filled by its parts, side by side, whatever their size; each can be seen', () => {
    const part = fc.record({ value: fc.nat(10_000), tone: fc.constant('accent' as const) });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts: readonly Part[]) => {
        const drawn = shapes(strip(described, parts), '.t-accent');
        const present = parts.filter(({ value }) => value > 0);
        expect(drawn).toHaveLength(present.length);
        let end = 0;
        for (const { x, width } of drawn) {
          expect(x).toBeCloseTo(end, 1);
          expect(width).toBeGreaterThan(1);
          end = x + width;
        }
        expect(end).toBeCloseTo(present.length > 0 ? 100 : 0, 1);
      }),
    );
  });

  test('shares by value', () => {
    expect(shapes(strip(described, [{ value: 3, tone: 'accent' }, { value: 1, tone: 'accent' }]), '.t-accent')).toEqual([{ x: 0, width: 75 }, { x: 75, width: 25 }]);
  });
});

test.each([
  ['a range', 59, 83, { x: 59, width: 24 }],
  ['all of it', 0, 100, { x: 0, width: 100 }],
  ['a single value', 40, 40, { x: 40, width: 0.8 }],
  ['a single value at the end', 100, 100, { x: 99.2, width: 0.8 }],
])('ranges draw %s from floor to ceiling', (_, from, to, drawn) => {
  expect(shapes(ranges(described, [{ label: 'x', figure: '', from, to, tone: 'accent' }]), '.t-accent')).toEqual([drawn]);
});
