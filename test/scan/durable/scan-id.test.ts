import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { newScanId, timeOf } from '../../../src/scan/durable/scan-id.ts';

const moments = fc.integer({ min: 0, max: 2 ** 48 - 1 }).map(time => new Date(time));

test('an id is a UUID of version 7, and says when it was made', () => {
  fc.assert(
    fc.property(moments, moment => {
      const id = newScanId(moment);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(timeOf(id)).toEqual(moment);
    }),
  );
});

test('no two are equal, and later ones sort behind earlier ones', () => {
  const now = new Date('2026-11-20T06:00:00Z');
  expect(new Set(Array.from({ length: 1_000 }, () => newScanId(now))).size).toBe(1_000);
  fc.assert(fc.property(moments, moments, (a, b) => a.getTime() === b.getTime() || newScanId(a) < newScanId(b) === a < b));
});

test.each(['', 'plan', '11111111-1111-4111-8111-111111111111', '019aa000-0000-7000-c000-000000000001'])('what is no such id says no time: %j', id => {
  expect(timeOf(id)).toBeNull();
});
