import { createHttpHeaders } from '@azure/core-rest-pipeline';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ThrottledError } from '../../src/azure/errors.ts';
import { adaptiveLimiter, limiter, type Answer, type Limiter } from '../../src/azure/limiter.ts';
import { defaultPace } from '../../src/azure/pace.ts';
import { bucket } from '../../src/sandbox/limits.ts';
import { virtualClock, type VirtualClock } from '../support/clock.ts';

const ids = Array.from({ length: 6 }, (_, index) => `${index}`.repeat(8).concat('-0000-0000-0000-000000000000'));
const of = (index: number): string => `/subscriptions/${ids[index]}/things`;
const { signal: noEnd } = new AbortController();
const answer = (status = 200, headers: Readonly<Record<string, string>> = {}): Answer => ({ status, headers: createHttpHeaders(headers) });
const throttled = (seconds: number): Answer => answer(429, { 'retry-after': String(seconds) });

interface Scene {
  readonly clock: VirtualClock;
  readonly limits: Limiter;
  /** What was sent, in order. */
  readonly sent: string[];
  /** What came of each request, in order. */
  readonly ended: { readonly path: string; readonly at: number; readonly as: number | Error }[];
  /** Asks once; the answer takes 100 ms. */
  ask(this: void, path: string, answers?: () => Answer, signal?: AbortSignal): Promise<void>;
}

function scene({ overall = 4, deadline = Infinity }: { readonly overall?: number; readonly deadline?: number } = {}): Scene {
  const clock = virtualClock(0);
  const limits = adaptiveLimiter({ overall, pace: defaultPace, clock, timeLeft: () => deadline - clock.now() });
  const sent: string[] = [];
  const ended: { path: string; at: number; as: number | Error }[] = [];
  return {
    clock,
    limits,
    sent,
    ended,
    ask: (path, answers = answer, signal = noEnd) =>
      limits
        .run(
          path,
          async tell => {
            sent.push(path);
            await clock.sleep(100);
            const given = answers();
            tell(given);
            return given.status;
          },
          signal,
        )
        .then(
          as => void ended.push({ path, at: clock.now(), as }),
          (error: unknown) => void ended.push({ path, at: clock.now(), as: error instanceof Error ? error : new Error(String(error)) }),
        ),
  };
}

const times = (count: number, ask: () => Promise<void>): Promise<void>[] => Array.from({ length: count }, ask);

describe('turns', () => {
  test('go round: a subscription with five hundred requests does not keep one with a single one waiting', async () => {
    const { clock, sent, ask } = scene();
    void times(500, () => ask(of(0)));
    await clock.advance(50);
    void ask(of(1));
    await clock.exhaust();
    expect(sent.indexOf(of(1))).toBeLessThanOrEqual(5);
    expect(sent).toHaveLength(501);
  });

  test('are equal among those that have much to ask', async () => {
    const { clock, sent, ask } = scene();
    for (const index of [0, 1, 2]) void times(100, () => ask(of(index)));
    await clock.exhaust();
    for (const index of [0, 1, 2]) expect(sent.slice(0, 120).filter(path => path === of(index)).length).toBeGreaterThanOrEqual(36);
  });

  test('of one owner keep their order', async () => {
    const { clock, sent, limits } = scene({ overall: 1 });
    const order = Array.from({ length: 20 }, (_, index) => limits.run(of(0), async () => void sent.push(String(index)), noEnd));
    await clock.exhaust();
    await Promise.all(order);
    expect(sent).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
  });

  test('belong to the tenant, to Resource Graph, and to each subscription whatever its case', async () => {
    const { clock, limits, ask } = scene();
    for (const path of ['/subscriptions', '/providers/Microsoft.Management/managementGroups/x/descendants', '/providers/Microsoft.ResourceGraph/resources', of(1), `/SUBSCRIPTIONS/${ids[1]?.toUpperCase()}/x`]) void ask(path);
    await clock.exhaust();
    expect(limits.owners).toBe(3);
  });
});

describe('a subscription that throttles', () => {
  /** Subscription 0 answers 429 with 30 s once, the others always answer. */
  async function run(hard: boolean): Promise<Scene & { readonly after: number }> {
    const here = scene();
    let first = hard;
    const answers = (): Answer => {
      const given = first ? throttled(30) : answer();
      first = false;
      return given;
    };
    void here.ask(of(0), answers);
    await here.clock.advance(150);
    const after = here.sent.length;
    void times(20, () => here.ask(of(0)));
    for (const index of [1, 2, 3]) void times(20, () => here.ask(of(index)));
    return { ...here, after };
  }

  test('is asked nothing before its pause is over, and everything after', async () => {
    const { clock, sent, ended, after } = await run(true);
    await clock.advance(29_900);
    expect(sent.slice(after).filter(path => path === of(0))).toEqual([]);
    await clock.exhaust();
    expect(ended.filter(({ path, as }) => path === of(0) && as === 200)).toHaveLength(20);
  });

  test('does not slow the others: they are done no later than without it', async () => {
    const lastOfOthers = async (hard: boolean): Promise<number> => {
      const { clock, ended } = await run(hard);
      await clock.exhaust();
      const others = ended.filter(({ path, as }) => path !== of(0) && as === 200);
      expect(others).toHaveLength(60);
      return Math.max(...others.map(({ at }) => at));
    };
    expect(await lastOfOthers(true)).toBeLessThanOrEqual(await lastOfOthers(false));
  });

  test('holds no place while it waits', async () => {
    const { clock, sent, ask } = scene({ overall: 1 });
    void ask(of(0), () => throttled(30));
    void times(5, () => ask(of(0)));
    await clock.advance(150);
    void ask(of(1));
    await clock.advance(100);
    expect(sent).toEqual([of(0), of(1)]);
  });

  test('has one pause, however many requests it throttles', async () => {
    const { clock, sent, ask } = scene({ overall: 12 });
    let answers = 0;
    void times(12, () => ask(of(0), () => ((answers += 1) <= 12 ? throttled(10) : answer())));
    await clock.advance(200);
    void times(4, () => ask(of(0)));
    await clock.advance(9_800);
    expect(sent).toHaveLength(12);
    await clock.advance(200);
    expect(sent.length).toBeGreaterThan(12);
  });

  test('does not pause what is asked of the tenant, nor the other way round', async () => {
    const { clock, sent, ask } = scene();
    void ask(of(0), () => throttled(30));
    await clock.advance(100);
    void ask('/subscriptions', () => throttled(30));
    void ask('/providers/Microsoft.ResourceGraph/resources');
    await clock.advance(200);
    void ask(of(1));
    void ask('/subscriptions');
    await clock.advance(100);
    expect(sent).toEqual([of(0), '/subscriptions', '/providers/Microsoft.ResourceGraph/resources', of(1)]);
  });

  test('is asked by fewer at once afterwards', async () => {
    const { clock, sent, ask } = scene({ overall: 100 });
    let first = true;
    const answers = (): Answer => {
      const given = first ? throttled(20) : answer();
      first = false;
      return given;
    };
    void times(60, () => ask(of(0), answers));
    await clock.advance(50);
    expect(sent).toHaveLength(12);
    await clock.advance(20_060);
    expect(sent).toHaveLength(12 + 6);
  });
});

describe('a pause that is longer than may be waited', () => {
  const isThrottled = ({ as }: { readonly as: number | Error }): boolean => as instanceof ThrottledError;

  test('refuses what waits at once, unsent', async () => {
    const { clock, sent, ended, ask } = scene({ overall: 1 });
    void ask(of(0), () => throttled(3_600));
    void times(5, () => ask(of(0)));
    await clock.advance(100);
    expect(sent).toEqual([of(0)]);
    expect(ended.filter(isThrottled)).toHaveLength(5);
    expect(ended.map(({ as }) => (as instanceof Error ? as.message : ''))).toContain('Azure asks to wait 3600 s, which is longer than the scan may wait.');
  });

  test('refuses what comes later at once, until it is short enough', async () => {
    const { clock, sent, ended, ask } = scene();
    void ask(of(0), () => throttled(61));
    await clock.advance(1_000);
    void ask(of(0));
    await clock.advance(0);
    expect([sent.length, ended.filter(isThrottled).length]).toEqual([1, 1]);
    await clock.advance(61_000);
    void ask(of(0));
    await clock.exhaust();
    expect(ended.map(({ as }) => as).at(-1)).toBe(200);
  });

  test('of exactly the longest is waited out', async () => {
    const { clock, ended, ask } = scene({ overall: 1 });
    void ask(of(0), () => throttled(60));
    void ask(of(0));
    await clock.exhaust();
    expect(ended.map(({ as }) => as)).toEqual([429, 200]);
  });

  test('is what many short ones in a row become', async () => {
    const { clock, sent, ended, ask } = scene();
    void times(50, () => ask(of(0), () => throttled(25)));
    await clock.exhaust();
    // Three pauses of 25 s are more than a minute. In flight at once: four of twelve that might be, four of six, three of three.
    expect(sent).toHaveLength(4 + 4 + 3);
    expect(ended.filter(isThrottled).length).toBe(50 - sent.length);
    expect(clock.now()).toBeLessThan(60_000);
  });

  test('is not what short ones become as long as some requests are answered', async () => {
    const { clock, ended, ask } = scene();
    let answers = 0;
    void times(40, () => ask(of(0), () => ((answers += 1) % 2 === 0 ? answer() : throttled(25))));
    await clock.exhaust();
    expect(ended.filter(isThrottled)).toEqual([]);
  });

  test.each([
    ['that ends after the deadline', 20_100, true],
    ['that ends with the deadline', 30_100, false],
  ])('or %s', async (_, deadline, isRefused) => {
    const { clock, ended, ask } = scene({ overall: 1, deadline });
    void ask(of(0), () => throttled(30));
    void ask(of(0));
    await clock.advance(100);
    expect(ended.some(isThrottled)).toBe(isRefused);
    await clock.exhaust();
    expect(ended.some(({ as }) => as === 200)).toBe(!isRefused);
  });
});

describe('the quota of Resource Graph', () => {
  const graph = '/providers/Microsoft.ResourceGraph/resources';

  test.each([
    ['that is used up is waited for by every query', { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:05' }, 5_100],
    ['of which something is left is not waited for', { 'x-ms-user-quota-remaining': '1', 'x-ms-user-quota-resets-after': '00:00:05' }, 200],
  ])('%s', async (_, headers, at) => {
    const { clock, ended, ask } = scene({ overall: 1 });
    void ask(graph, () => answer(200, headers));
    void ask(graph);
    await clock.exhaust();
    expect(ended.map(each => each.at)).toEqual([100, at === 200 ? 200 : at + 100]);
  });
});

describe('the end of the scan', () => {
  test('ends every wait, and nothing else is sent', async () => {
    const controller = new AbortController();
    const { clock, sent, ended, ask } = scene({ overall: 1 });
    void ask(of(0), () => throttled(30), controller.signal);
    for (const index of [0, 1]) void times(3, () => ask(of(index), answer, controller.signal));
    await clock.advance(50);
    controller.abort(new Error('It is over.'));
    await clock.advance(0);
    expect(ended.map(({ as }) => String(as))).toEqual(Array.from({ length: 6 }, () => 'Error: It is over.'));
    await clock.exhaust();
    expect(sent).toEqual([of(0)]);
  });

  test('ends only what it is the end of', async () => {
    const controller = new AbortController();
    const { clock, ended, ask } = scene({ overall: 1 });
    void ask(of(0));
    void ask(of(0), answer, controller.signal);
    void ask(of(0));
    controller.abort(new Error('It is over.'));
    await clock.exhaust();
    expect(ended.map(({ as }) => (as instanceof Error ? as.message : as))).toEqual(['It is over.', 200, 200]);
  });
});

describe('what is remembered', () => {
  test('is no more than a few hundred subscriptions, however many a scan has', async () => {
    const { clock, limits, ask } = scene();
    for (let index = 0; index < 2_000; index += 1) {
      void ask(`/subscriptions/${index}/things`);
      await clock.exhaust();
    }
    expect(limits.owners).toBeLessThanOrEqual(256);
  });

  test('is every subscription that was told to wait', async () => {
    const { clock, sent, ask } = scene({ overall: 1_000 });
    for (let index = 0; index < 300; index += 1) void ask(`/subscriptions/${index}/things`, () => throttled(60));
    await clock.advance(100);
    void ask('/subscriptions/one-more/things');
    for (let index = 0; index < 300; index += 1) void ask(`/subscriptions/${index}/things`);
    await clock.advance(1_000);
    expect(sent).toHaveLength(301);
  });
});

describe('a subscription with a bucket like that of Resource Manager', () => {
  /** Asks as a scan does: again where it was throttled. What it takes, and how often it was throttled. */
  async function read(requests: number, latency: number, othersPerSecond = 0): Promise<{ readonly seconds: number; readonly throttled: number; readonly answered: number }> {
    const clock = virtualClock(0);
    const limits = adaptiveLimiter({ overall: 64, pace: defaultPace, clock });
    const reads = bucket(250, 25);
    let [rejections, answered, others] = [0, 0, 0];
    const serve = (): Answer => {
      for (; others < (clock.now() / 1000) * othersPerSecond; others += 1) reads.take(clock.now());
      const left = reads.take(clock.now());
      return left < 0 ? answer(429, { 'retry-after': '1' }) : answer(200, { 'x-ms-ratelimit-remaining-subscription-reads': String(left) });
    };
    const ask = async (): Promise<void> => {
      const status = await limits.run(
        of(0),
        async tell => {
          await clock.sleep(latency);
          const given = serve();
          tell(given);
          return given.status;
        },
        noEnd,
      );
      if (status === 429) {
        rejections += 1;
        await ask();
      } else {
        answered += 1;
      }
    };
    void times(requests, ask);
    await clock.exhaust();
    return { seconds: clock.now() / 1000, throttled: rejections, answered };
  }

  test('is never emptied by a scan alone: law', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 5, max: 1_500 }), async (requests, latency) => {
        expect(await read(requests, latency)).toMatchObject({ answered: requests, throttled: 0 });
      }),
      { numRuns: 25 },
    );
  });

  test('is used: 1,000 requests take little longer than Azure allows', async () => {
    const { seconds } = await read(1_000, 40);
    // 250 at once, and 25 a second for the rest, of which the reserve is left to others.
    expect(seconds).toBeLessThan(((1_000 - 250 + defaultPace.reserve) / 25) * 1.05);
  });

  test('that others use as well is shared: every request is answered, and few are throttled', async () => {
    const { answered, throttled: rejections } = await read(600, 40, 20);
    expect(answered).toBe(600);
    expect(rejections).toBeLessThan(60);
  });
});

test('limits of a service that is asked for a few things know no pause', async () => {
  const limits = limiter(2, 2);
  const first = await limits.run(of(0), async tell => tell(throttled(3_600)), noEnd);
  expect([first, await limits.run(of(0), async () => 'sent', noEnd)]).toEqual([undefined, 'sent']);
});
