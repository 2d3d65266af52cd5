import { describe, expect, test } from 'vitest';
import { dayOf, endsAbout } from '../../src/core/calendar.ts';

describe('the day of a moment', () => {
  test.each([
    ['2026-11-20T00:00:00Z', '2026-11-20'],
    ['2026-11-20T23:59:59.999Z', '2026-11-20'],
    ['2026-11-21T00:30:00+02:00', '2026-11-20'],
  ])('%s is %s', (moment, day) => {
    expect(dayOf(new Date(moment))).toBe(day);
  });
});

describe('an end is worth a warning from 14 days before to 14 days after', () => {
  test.each([
    ['15 days before', '2026-12-05', false],
    ['14 days before', '2026-12-04', true],
    ['on the day', '2026-11-20', true],
    ['14 days after', '2026-11-06', true],
    ['15 days after', '2026-11-05', false],
  ])('%s: %s is %s', (_, day, expected) => {
    expect(endsAbout(day, new Date('2026-11-20T23:59:59Z'))).toBe(expected);
    expect(endsAbout(day, new Date('2026-11-20T00:00:00Z'))).toBe(expected);
  });
});
