// node test/bench/orchestration.ts: how long a scan of 5,000 subscriptions takes over 1, 4 and 16 workers, and which limit
// binds. A simulation in virtual time with the limits that Resource Manager documents, and the costs that test/bench/scan.ts
// measures. No test.
import { parseArgs } from 'node:util';
import { randomOf } from '../faults/random.ts';
import { agenda } from './agenda.ts';

/** What limits a worker and what limits the service. Times in seconds. */
interface World {
  readonly workers: number;
  /** Subscriptions in work at once in one worker: host.json, maxConcurrentActivityFunctions. */
  readonly activities: number;
  /** Requests in flight at once in one worker: SCAN_CONCURRENCY. */
  readonly inFlight: number;
  /** CPU of one request in a worker, parsing and judging included. */
  readonly cpu: number;
  /** Typical latency of Resource Manager; it varies by half. */
  readonly latency: number;
  /** From the end of one activity to the start of the next on the same place: queue, history, lease. */
  readonly dispatch: number;
}

/** A subscription by what it asks: one request, then its share of the others in any order. */
interface Work {
  readonly requests: number;
}

/** @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
const bucket = { size: 250, perSecond: 25 };
/** Requests of one subscription in flight at once. */
const perSubscription = 12;
const [once, perAccount] = [19, 3.15];

const requestsOf = (accounts: number): number => (accounts === 0 ? 1 : Math.round(once + perAccount * accounts));

const random = randomOf(1);
const count = 5_000;
const estates: Readonly<Record<string, readonly Work[]>> = {
  '20 accounts in each': Array.from({ length: count }, () => ({ requests: requestsOf(20) })),
  '4 of 5 empty, the rest 1 to 40': Array.from({ length: count }, () => ({ requests: requestsOf(random.chance(0.8) ? 0 : 1 + random.whole(40)) })),
  'one with 5,000, the rest as before': Array.from({ length: count }, (_, number) => ({ requests: requestsOf(number === 0 ? 5_000 : random.chance(0.8) ? 0 : 1 + random.whole(40)) })),
};

/** Seconds that each limit alone would make a scan last: the largest binds. */
function bounds(estate: readonly Work[], { workers, activities, inFlight, cpu, latency, dispatch }: World): Readonly<Record<string, number>> {
  const requests = estate.reduce((sum, work) => sum + work.requests, 0);
  const largest = Math.max(...estate.map(work => work.requests));
  return {
    'requests in flight': (requests * latency) / workers / inFlight,
    'CPU of the workers': (requests * cpu) / workers,
    "one subscription's bucket": Math.max(0, largest - bucket.size) / bucket.perSecond,
    'one subscription in flight': (largest * latency) / perSubscription,
    'dispatch of activities': (estate.length * (dispatch + latency)) / workers / activities,
  };
}

/** Seconds until the last subscription is done. */
function simulate(estate: readonly Work[], { workers, activities, inFlight, cpu, latency, dispatch }: World): number {
  const chance = randomOf(7);
  const time = agenda();
  let next = 0;
  for (let worker = 0; worker < workers; worker += 1) {
    let busyUntil = 0;
    let flying = 0;
    const waiting: (() => void)[] = [];
    const land = (): void => {
      flying -= 1;
      const first = waiting.shift();
      if (!first) return;
      flying += 1;
      first();
    };
    const fly = (start: () => void): void => {
      if (flying >= inFlight) return void waiting.push(start);
      flying += 1;
      start();
    };
    const activity = (): void => {
      const work = estate[next];
      next += 1;
      if (!work) return;
      let [left, open, level, filled] = [work.requests, 0, bucket.size, time.now()];
      const pump = (): void => {
        // The first request lists the accounts: the others wait for it.
        const first = left === work.requests;
        while (left > 0 && open < (first ? 1 : perSubscription)) {
          left -= 1;
          open += 1;
          level = Math.min(bucket.size, level + (time.now() - filled) * bucket.perSecond) - 1;
          filled = time.now();
          const wait = level < 0 ? -level / bucket.perSecond : 0;
          time.at(time.now() + wait, () => fly(request));
        }
        if (left === 0 && open === 0) time.at(time.now() + dispatch, activity);
      };
      const request = (): void => {
        time.at(time.now() + latency * (0.5 + chance.next()), () => {
          land();
          busyUntil = Math.max(busyUntil, time.now()) + cpu;
          time.at(busyUntil, () => {
            open -= 1;
            pump();
          });
        });
      };
      pump();
    };
    for (let place = 0; place < activities; place += 1) time.at(0, activity);
  }
  return time.run();
}

const { values } = parseArgs({ options: { latency: { type: 'string', default: '150' }, cpu: { type: 'string', default: '0.7' }, concurrency: { type: 'string', default: '64' }, activities: { type: 'string', default: '32' }, dispatch: { type: 'string', default: '200' } } });
const world = { activities: Number(values.activities), inFlight: Number(values.concurrency), cpu: Number(values.cpu) / 1000, latency: Number(values.latency) / 1000, dispatch: Number(values.dispatch) / 1000 };
console.log(`${count} subscriptions; ${values.latency} ms latency, ${values.cpu} ms CPU per request, ${values.concurrency} requests in flight and ${values.activities} activities per worker, ${values.dispatch} ms to dispatch one:`);
console.table(
  Object.entries(estates).flatMap(([estate, work]) =>
    [1, 4, 16].map(workers => {
      const settings = { ...world, workers };
      const seconds = simulate(work, settings);
      const [[binding, bound] = ['nothing', 0]] = Object.entries(bounds(work, settings)).toSorted(([, one], [, other]) => other - one);
      const requests = work.reduce((sum, each) => sum + each.requests, 0);
      return { estate, workers, requests, minutes: (seconds / 60).toFixed(1), 'requests per second': Math.round(requests / seconds), 'what binds': binding, 'at best, minutes': (bound / 60).toFixed(1) };
    }),
  ),
);
