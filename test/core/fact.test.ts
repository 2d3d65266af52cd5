import { describe, expect, test } from 'vitest';
import { allKnown, known, sourcesOf, unknown } from '../../src/core/fact.ts';

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

describe('the requests behind some facts', () => {
  const list = ['GET /a', 'GET /b'];
  test.each<{ readonly of: string; readonly facts: readonly (readonly string[])[]; readonly are: readonly string[] }>([
    { of: 'no fact', facts: [], are: [] },
    { of: 'facts that nothing was asked for', facts: [[], []], are: [] },
    { of: 'one fact', facts: [list], are: list },
    { of: 'facts of one list', facts: [list, [], list], are: list },
    { of: 'facts with requests in common', facts: [[], list, ['GET /b', 'GET /c'], ['GET /a', 'GET /d'], list], are: ['GET /a', 'GET /b', 'GET /c', 'GET /d'] },
  ])('are each there once: $of', ({ facts, are }) => expect(sourcesOf(facts.map(sources => known(0, sources)))).toEqual(are));

  test('count for what is not known too', () => expect(sourcesOf([known(0, ['GET /a']), unknown('denied', 'Not this one.', ['GET /b'])])).toEqual(['GET /a', 'GET /b']));

  test('are the same list where there is one only, and not a copy for each finding', () => expect(sourcesOf([known(0), known(1, list), unknown('failed', 'Not this one.', list)])).toBe(list));
});
