import { describe, expect, test } from 'vitest';
import { allKnown, known, unknown } from '../../src/core/fact.ts';

describe('all known', () => {
  test('is every value in order, with each source once', () => {
    expect(allKnown([known(1, ['GET /a', 'GET /b']), known(2, ['GET /b']), known(3)])).toEqual({ known: true, value: [1, 2, 3], sources: ['GET /a', 'GET /b'] });
  });

  test('is the first that is not', () => {
    const gap = unknown('denied', 'Not this one.', ['GET /b'], 'x/read');
    expect(allKnown([known(1), gap, unknown('failed', 'Nor this.')])).toBe(gap);
  });

  test('of nothing is nothing', () => expect(allKnown([])).toEqual({ known: true, value: [], sources: [] }));
});
