import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Load {
  readonly subscriptions: number;
  readonly accounts: number;
  readonly latencyMs: number;
  /** Share by which the latency varies, 0 to 1. */
  readonly jitter: number;
  /** Requests in flight. */
  readonly concurrency: number;
}

/** What one scan took as a whole process, from start to exit. */
export interface Figures extends Load {
  /** All accounts of all subscriptions. */
  readonly accounts: number;
  readonly requests: number;
  /** Findings written, one line of NDJSON for each resource. */
  readonly findings: number;
  readonly lines: number;
  readonly megabytes: number;
  readonly wallSeconds: number;
  /** User and system, all threads. */
  readonly cpuSeconds: number;
  /** Largest resident set. */
  readonly peakMegabytes: number;
}

const root = join(import.meta.dirname, '../..');

/** One scan of a generated estate with a perimeter for each subscription, over a sandbox in another process. It writes NDJSON, which is read and thrown away. */
export async function measure({ subscriptions, accounts, latencyMs, jitter, concurrency }: Load): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'cosmos-compliance-bench-'));
  const size = { subscriptions, accounts, perimeters: 1, latency: latencyMs, jitter };
  const sandbox = spawn(process.execPath, ['--max-old-space-size=16384', 'src/sandbox/serve.ts', ...Object.entries(size).flatMap(([name, value]) => [`--${name}`, String(value)])], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [ready] = (await once(createInterface(sandbox.stdout), 'line')) as [string];
  const usage = join(folder, 'usage.json');
  const started = performance.now();
  const scan = spawn(process.execPath, ['--require', './test/bench/usage.cjs', 'dist/cosmos-compliance.cjs', 'scan', '--format', 'ndjson', '--concurrency', String(concurrency)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(JSON.parse(ready) as Record<string, string>), USAGE_FILE: usage },
  });
  let said = '';
  scan.stderr.on('data', chunk => (said += String(chunk)));
  const [written, [code]] = await Promise.all([lastLineOf(scan.stdout), once(scan, 'exit') as Promise<[number]>]);
  const wallSeconds = (performance.now() - started) / 1000;
  sandbox.stdin.end();
  await once(sandbox, 'exit');
  if (code !== 0) throw new Error(`The scan ended with ${code}: ${said.slice(-2_000)}`);
  const summary = JSON.parse(written.last) as { accounts: number; findings: number; arm: { requests: number } };
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
  rmSync(folder, { recursive: true });
  return {
    subscriptions,
    latencyMs,
    jitter,
    concurrency,
    accounts: summary.accounts,
    requests: summary.arm.requests,
    findings: summary.findings,
    lines: written.lines,
    megabytes: written.bytes / 1e6,
    wallSeconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: maxRSS / 1024,
  };
}

interface Written {
  readonly lines: number;
  readonly bytes: number;
  readonly last: string;
}

/** Counts lines, and keeps the last one only. */
async function lastLineOf(stream: AsyncIterable<Buffer>): Promise<Written> {
  let [lines, bytes] = [0, 0];
  let open: Buffer[] = [];
  let last = '';
  for await (const chunk of stream) {
    bytes += chunk.length;
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      lines += 1;
      last = '';
      open.push(chunk.subarray(start, end));
      // Only the last line may be looked at; the others are let go.
      if (chunk.indexOf(10, end + 1) < 0) last = Buffer.concat(open).toString();
      open = [];
      start = end + 1;
    }
    if (start < chunk.length) open.push(Buffer.from(chunk.subarray(start)));
  }
  return { lines, bytes, last };
}
