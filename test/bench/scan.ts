// npm run bench: whole scans as processes of their own, over a sandbox in another process. Figures and bars, no test.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    subscriptions: { type: 'string', default: '10,50' },
    accounts: { type: 'string', default: '20' },
    latency: { type: 'string', default: '40' },
    concurrency: { type: 'string', default: '32' },
    runs: { type: 'string', default: '3' },
  },
});
const root = join(import.meta.dirname, '../..');
const latencyMs = Number(values.latency);
const concurrency = Number(values.concurrency);

interface Figures {
  readonly subscriptions: number;
  readonly accounts: number;
  readonly requests: number;
  readonly wallSeconds: number;
  readonly barSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** One scan as a whole process: start to exit. */
async function measure(subscriptions: number, accounts = Number(values.accounts), latency = values.latency): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'cosmos-compliance-bench-'));
  const sandbox = spawn(process.execPath, ['src/sandbox/serve.ts', '--subscriptions', String(subscriptions), '--accounts', String(accounts), '--perimeters', '1', '--latency', latency], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [ready] = (await once(createInterface(sandbox.stdout), 'line')) as [string];
  const usage = join(folder, 'usage.json');
  const result = join(folder, 'scan.json');
  const started = performance.now();
  const scan = spawn(process.execPath, ['--require', './test/bench/usage.cjs', 'dist/cosmos-compliance.cjs', 'scan', '--format', 'json', '--output', result, '--concurrency', values.concurrency], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...(JSON.parse(ready) as Record<string, string>), USAGE_FILE: usage },
  });
  let said = '';
  scan.stderr.on('data', chunk => (said += String(chunk)));
  const [code] = (await once(scan, 'exit')) as [number];
  const wallSeconds = (performance.now() - started) / 1000;
  sandbox.stdin.end();
  await once(sandbox, 'exit');
  if (code !== 0) throw new Error(`The scan ended with ${code}: ${said}`);
  const { scan: summary } = JSON.parse(readFileSync(result, 'utf8')) as { scan: { accounts: number; arm: { requests: number } } };
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
  rmSync(folder, { recursive: true });
  const { requests } = summary.arm;
  return {
    subscriptions,
    accounts: summary.accounts,
    requests,
    wallSeconds,
    barSeconds: (1.5 * requests * latencyMs) / 1000 / concurrency + 1,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: maxRSS / 1024,
  };
}

/** What one more account costs, and what a subscription costs beside its accounts and its perimeter: two sizes tell them apart. */
async function cost(): Promise<{ readonly account: number; readonly subscription: number }> {
  const subscriptions = 10;
  const [small, large] = [await measure(subscriptions, 20, '0'), await measure(subscriptions, 40, '0')];
  const account = (large.requests - small.requests) / (large.accounts - small.accounts);
  const perimeter = 8;
  return { account, subscription: (small.requests - account * small.accounts) / subscriptions - perimeter };
}

const rows: Record<string, string | number>[] = [];
for (const subscriptions of values.subscriptions.split(',').map(Number)) {
  const runs: Figures[] = [];
  for (let run = 0; run < Number(values.runs); run += 1) runs.push(await measure(subscriptions));
  const median = runs.toSorted((a, b) => a.wallSeconds - b.wallSeconds)[Math.floor(runs.length / 2)];
  if (!median) continue;
  rows.push({
    subscriptions: median.subscriptions,
    accounts: median.accounts,
    requests: median.requests,
    'requests per account': (median.requests / median.accounts).toFixed(2),
    'wall s': median.wallSeconds.toFixed(2),
    'bar s': median.barSeconds.toFixed(2),
    'CPU s': median.cpuSeconds.toFixed(2),
    'peak MB': Math.round(median.peakMegabytes),
  });
}
console.log(`${latencyMs} ms latency, ${concurrency} requests in flight, median of ${values.runs} runs, whole process:`);
console.table(rows);
const { account, subscription } = await cost();
console.log(`Requests: ${account.toFixed(2)} for one more account (bar: 5), ${subscription.toFixed(1)} for a subscription with accounts beside them and its perimeter (bar: 25).`);
const judged = JSON.parse(execFileSync(process.execPath, ['test/bench/evaluation.ts', '100000'], { cwd: root, encoding: 'utf8' })) as { count: number; controls: number; seconds: number; peakMegabytes: number };
console.log(
  `Evaluation: ${judged.count} accounts by ${judged.controls} controls in ${judged.seconds.toFixed(1)} s (bar: 30 s), ${((1000 * judged.seconds) / judged.count).toFixed(3)} ms per account (bar: 1 ms), ` +
    `peak ${Math.round(judged.peakMegabytes)} MB (bar: 500 MB).`,
);
