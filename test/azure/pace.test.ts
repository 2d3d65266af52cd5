import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultPace, pace, type Pace, type PaceSettings, type Sent, type Told } from '../../src/azure/pace.ts';

const settings: PaceSettings = { first: 4, most: 6, refillPerSecond: 25, reserve: 50, baseMs: 100, longestWaitMs: 60_000 };
const make = (differences: Partial<PaceSettings> = {}): Pace => pace({ ...settings, ...differences });
const told = (at: number, differences: Partial<Told> = {}): Told => ({ at, throttled: null, usedUpForMs: undefined, remainders: [], ...differences });
const throttled = (at: number, askedMs?: number): Told => told(at, { throttled: { askedMs } });
const left = (at: number, left: number, quota = 'reads'): Told => told(at, { remainders: [{ quota, left }] });

/** A window of requests, sent together and answered alike. */
function flight(of: Pace, at: number, answer: (at: number) => Told, inFlight = of.window): void {
  const sent = Array.from({ length: inFlight }, (_, index): Sent => of.sent(at, index + 1));
  for (const each of sent) of.answered(each, answer(at + 10));
}

describe('the number of requests in flight', () => {
  test('begins as the settings say', () => {
    expect(make().window).toBe(4);
  });

  test('grows by one with each window of answers to requests that filled it', () => {
    const of = make();
    for (let answers = 0; answers < 4; answers += 1) {
      expect(of.window).toBe(4);
      of.answered({ at: 1, fills: true }, told(2));
    }
    expect(of.window).toBe(5);
  });

  test('does not grow with answers to requests that left room: nobody knows that more would fit', () => {
    const of = make();
    for (let answers = 0; answers < 100; answers += 1) of.answered({ at: 1, fills: false }, told(2));
    expect(of.window).toBe(4);
  });

  test('grows to the most, and no further', () => {
    const of = make();
    for (let answers = 0; answers < 100; answers += 1) of.answered({ at: 1, fills: true }, told(2));
    expect(of.window).toBe(6);
  });

  test.each([
    [1, 2],
    [2, 1],
    [3, 1],
    [9, 1],
  ])('halves with each flight that is throttled, and stays at one at least: after %i it is %i', (times, window) => {
    const of = make();
    for (let time = 0; time < times; time += 1) flight(of, 1_000 * time, at => throttled(at));
    expect(of.window).toBe(window);
  });

  test('does not grow with answers to what was sent before it was throttled', () => {
    const of = make();
    const early = of.sent(0, 4);
    flight(of, 0, at => throttled(at));
    for (let answers = 0; answers < 10; answers += 1) of.answered(early, told(20));
    expect(of.window).toBe(2);
  });

  test('grows again after it was throttled', () => {
    const of = make();
    flight(of, 0, at => throttled(at));
    for (let time = 1; time < 20; time += 1) of.answered({ at: 1_000 * time, fills: true }, told(1_000 * time));
    expect(of.window).toBe(6);
  });
});

describe('a remainder', () => {
  test.each([
    ['that is ample lets requests go', [left(0, 249)], 0],
    ['just above the reserve lets requests go', [left(0, 51)], 0],
    ['of exactly the reserve paces them', [left(0, 50)], 40],
    ['of nothing paces them', [left(0, 0)], 40],
    ['that is low and then ample again lets requests go', [left(0, 10), left(0, 200)], 0],
    ['of one quota that is low counts, whatever another says', [left(0, 10), left(0, 9_000, 'requests to microsoft.network')], 40],
    ["of a provider's own quota that is low counts too", [left(0, 10, 'requests to microsoft.network'), left(0, 240)], 40],
  ] satisfies [string, Told[], number][])('%s', (_, answers, wait) => {
    const of = make();
    for (const answer of answers) of.answered(of.sent(0, 1), answer);
    expect(of.waitMs(0)).toBe(wait);
  });

  test('that is low is forgotten when Azure has given back enough', () => {
    const of = make();
    of.answered(of.sent(0, 1), left(0, 40));
    of.sent(400, 1);
    expect(of.waitMs(400)).toBe(40);
    expect(of.waitMs(401)).toBe(0);
  });

  test('that stays low keeps requests at the pace at which Azure gives back: law', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ pause: fc.integer({ min: 0, max: 100 }), left: fc.integer({ min: 0, max: 50 }) }), { minLength: 2, maxLength: 100 }), steps => {
        const of = make();
        let now = 0;
        of.answered(of.sent(now, 1), left(now, 0));
        const times = steps.map(({ pause, left: remainder }) => {
          now += Math.max(pause, of.waitMs(now));
          of.answered(of.sent(now, 1), left(now, remainder));
          return now;
        });
        const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(40);
      }),
    );
  });
});

describe('a 429', () => {
  test.each([
    ['is waited out as long as it asks', [throttled(0, 17_000)], 17_000],
    ['that asks for nothing is waited out a little', [throttled(0)], 100],
    ['that asks for 0 s is waited out a little', [throttled(0, 0)], 100],
    ['that asks for nothing is waited out longer each time in a row', [throttled(0), throttled(100), throttled(300)], 400],
    ['does not shorten an earlier one', [throttled(0, 17_000), throttled(0, 1_000)], 17_000],
    ['lengthens an earlier one', [throttled(0, 1_000), throttled(0, 17_000)], 17_000],
  ] satisfies [string, Told[], number][])('%s', (_, answers, wait) => {
    const of = make();
    for (const answer of answers) of.answered(of.sent(answer.at, 1), answer);
    expect(of.waitMs(answers.at(-1)?.at ?? 0)).toBe(wait);
  });

  test('in a flight counts once: its wait does not double with each of them', () => {
    const of = make();
    flight(of, 0, at => throttled(at));
    expect(of.waitMs(10)).toBe(100);
  });

  test('is over with an answer to a request that was sent after its wait', () => {
    const of = make();
    of.answered(of.sent(0, 1), throttled(0, 5_000));
    expect(of.pause).toEqual({ until: 5_000, askedMs: 5_000, since: 0 });
    of.answered({ at: 0, fills: false }, told(4_000));
    expect(of.pause).not.toBeNull();
    of.answered(of.sent(5_000, 1), told(5_010));
    expect(of.pause).toBeNull();
  });

  test('keeps the time of the first of its kind until something else comes', () => {
    const of = make();
    for (const at of [0, 30_000, 60_000]) of.answered(of.sent(at, 1), throttled(at, 30_000));
    expect(of.pause).toEqual({ until: 90_000, askedMs: 30_000, since: 0 });
  });

  test('leaves nothing of the quota: what comes after its wait is paced', () => {
    const of = make();
    of.answered(of.sent(0, 1), throttled(0, 1_000));
    of.sent(1_000, 1);
    expect(of.waitMs(1_000)).toBe(40);
  });
});

describe('a quota that is used up', () => {
  test('is waited for although the request was answered', () => {
    const of = make();
    of.answered(of.sent(0, 1), told(0, { usedUpForMs: 5_000 }));
    expect(of.waitMs(0)).toBe(5_000);
  });

  test('is waited for as long as may be, and then somebody tries', () => {
    const of = make({ longestWaitMs: 80 });
    of.answered(of.sent(0, 1), told(0, { usedUpForMs: 5_000 }));
    expect(of.pause).toEqual({ until: 80, askedMs: 5_000, since: 0 });
  });
});

describe('nothing has to be remembered', () => {
  test.each([
    ['at first', [], 0, true],
    ['after ample answers', [left(0, 200)], 0, true],
    ['during a pause', [throttled(0, 10_000)], 9_999, false],
    ['after a pause that was long enough to refill', [throttled(0, 10_000)], 10_000, true],
    ['right after a short pause', [throttled(0, 1_000)], 1_000, false],
    ['while little is left', [left(0, 10)], 1_000, false],
    ['when Azure has given back enough', [left(0, 10)], 2_000, true],
  ] satisfies [string, Told[], number, boolean][])('%s', (_, answers, now, isAtRest) => {
    const of = make();
    for (const answer of answers) of.answered(of.sent(0, 1), answer);
    expect(of.isAtRest(now)).toBe(isAtRest);
  });
});

test('by default what is in flight when a remainder is told still fits into the reserve', () => {
  expect(defaultPace.most).toBeLessThan(defaultPace.reserve);
  expect(defaultPace.first).toBeLessThanOrEqual(defaultPace.most);
});
