// npm run bench: whole scans as processes of their own, over a sandbox in another process. Figures and bars, no test.
// npm run bench -- --subscriptions 500,5000 --latency 0 --runs 1: how memory and processor time grow, up to 100,000 accounts.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, type Figures, type Load } from './measure.ts';

const { values } = parseArgs({
  options: {
    subscriptions: { type: 'string', default: '10,50,500' },
    accounts: { type: 'string', default: '20' },
    latency: { type: 'string', default: '40' },
    jitter: { type: 'string', default: '0.2' },
    concurrency: { type: 'string', default: '64' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: 'scan,cost,evaluation' },
  },
});
const root = join(import.meta.dirname, '../..');
const load: Omit<Load, 'subscriptions'> = { accounts: Number(values.accounts), latencyMs: Number(values.latency), jitter: Number(values.jitter), concurrency: Number(values.concurrency) };
const parts = new Set(values.only.split(','));

/** What a thousand accounts may take beside the start of the process: 3 s together. A machine with two cores, of which the sandbox has one. */
const bars = { cpuSecondsPerThousand: 2.5, startSeconds: 0.5, megabytes: (accounts: number): number => (accounts > 1_000 ? 400 : 250), growth: 1.25 };

/** The requests one after another in as many lanes as are allowed, or as fast as one processor can, and half as much again. */
function wallBar({ requests, accounts, latencyMs, concurrency }: Figures): number {
  return 1.5 * Math.max((requests * latencyMs) / 1000 / concurrency, (accounts / 1000) * bars.cpuSecondsPerThousand) + 1;
}

function rowOf(figures: Figures): Record<string, string | number> {
  const { subscriptions, accounts, requests, findings, megabytes, wallSeconds, cpuSeconds, peakMegabytes } = figures;
  const within = (value: number, bar: number, digits = 1): string => `${value.toFixed(digits)} ${value <= bar ? '≤' : '>'} ${bar.toFixed(digits)}`;
  return {
    subscriptions,
    accounts,
    requests,
    findings,
    'written MB': Math.round(megabytes),
    'wall s': within(wallSeconds, wallBar(figures)),
    'CPU s': within(cpuSeconds, (accounts / 1000) * bars.cpuSecondsPerThousand + bars.startSeconds),
    'peak MB': within(peakMegabytes, bars.megabytes(accounts), 0),
  };
}

/** Whether an account of a larger estate costs more than one of a smaller: the bar is a quarter more. Peak memory may not double. */
function growthOf(small: Figures, large: Figures): Record<string, string | number> {
  const ratio = (of: (figures: Figures) => number, bar: number): string => {
    const value = of(large) / of(small);
    return `${value.toFixed(2)} ${value <= bar ? '≤' : '>'} ${bar}`;
  };
  return {
    accounts: `${small.accounts} → ${large.accounts}`,
    'requests per account': ratio(({ requests, accounts }) => requests / accounts, bars.growth),
    'CPU per account': ratio(({ cpuSeconds, accounts }) => cpuSeconds / accounts, bars.growth),
    'wall per account': ratio(({ wallSeconds, accounts }) => wallSeconds / accounts, bars.growth),
    'peak memory': ratio(({ peakMegabytes }) => peakMegabytes, 2),
    'KB per further account': Math.round(((large.peakMegabytes - small.peakMegabytes) * 1024) / (large.accounts - small.accounts)),
  };
}

async function medianOf(subscriptions: number): Promise<Figures> {
  const runs: Figures[] = [];
  // A large scan is an average by itself.
  for (let run = 0; run < (subscriptions > 100 ? 1 : Number(values.runs)); run += 1) runs.push(await measure({ subscriptions, ...load }));
  const [median] = runs.toSorted((a, b) => a.cpuSeconds - b.cpuSeconds).slice(Math.floor(runs.length / 2));
  if (!median) throw new Error('--runs is at least 1.');
  return median;
}

async function scans(): Promise<void> {
  const all: Figures[] = [];
  for (const subscriptions of values.subscriptions.split(',').map(Number)) all.push(await medianOf(subscriptions));
  console.log(`${load.latencyMs} ms latency, ${load.jitter * 100} % more or less, ${load.concurrency} requests in flight, median of ${values.runs} runs up to 100 subscriptions, whole process:`);
  console.table(all.map(rowOf));
  const pairs = all.slice(1).flatMap((large, place) => (all[place] ? [growthOf(all[place], large)] : []));
  if (pairs.length > 0) console.log('What an account of a larger estate costs, compared with the smaller:');
  if (pairs.length > 0) console.table(pairs);
}

/** What one more account costs, and what a subscription costs beside its accounts and its perimeter: two sizes tell them apart. */
async function cost(): Promise<void> {
  const subscriptions = 10;
  const [small, large] = [await measure({ ...load, subscriptions, accounts: 20, latencyMs: 0 }), await measure({ ...load, subscriptions, accounts: 40, latencyMs: 0 })];
  const account = (large.requests - small.requests) / (large.accounts - small.accounts);
  const perimeter = 8;
  const subscription = (small.requests - account * small.accounts) / subscriptions - perimeter;
  console.log(`Requests: ${account.toFixed(2)} for one more account (bar: 5), ${subscription.toFixed(1)} for a subscription with accounts beside them and its perimeter (bar: 25).`);
}

function evaluation(): void {
  const judged = JSON.parse(execFileSync(process.execPath, ['test/bench/evaluation.ts', '100000'], { cwd: root, encoding: 'utf8' })) as { count: number; controls: number; seconds: number; peakMegabytes: number };
  console.log(
    `Evaluation: ${judged.count} accounts by ${judged.controls} controls in ${judged.seconds.toFixed(1)} s (bar: 30 s), ${((1000 * judged.seconds) / judged.count).toFixed(3)} ms per account (bar: 1 ms), ` +
      `peak ${Math.round(judged.peakMegabytes)} MB (bar: 500 MB).`,
  );
}

if (parts.has('scan')) await scans();
if (parts.has('cost')) await cost();
if (parts.has('evaluation')) evaluation();
