import { fstatSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatedEstate, startSandbox, type Sandbox, type SandboxOptions } from './index.ts';

/** A sandbox for another process. */
export interface ServedSandbox {
  readonly sandbox: Sandbox;
  /** With `NODE_EXTRA_CA_CERTS`, so that a process started with it trusts the sandbox. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function serveSandbox(options: SandboxOptions = {}): Promise<ServedSandbox> {
  const sandbox = await startSandbox(options);
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-compliance-sandbox-'));
  const certificate = join(folder, 'authority.pem');
  await writeFile(certificate, sandbox.certificateAuthority);
  return {
    sandbox,
    environment: { ...sandbox.environment, NODE_EXTRA_CA_CERTS: certificate },
    async stop() {
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One line of JSON when it is ready (the environment), one when it stops (the counts). */
async function main(args: readonly string[]): Promise<void> {
  const served = await serveSandbox(optionsFrom(args));
  console.log(JSON.stringify(served.environment));
  await stopAsked();
  const { latest: _, ...requests } = served.sandbox.requests();
  const rows = Object.fromEntries([...served.sandbox.ingested].map(([table, { length }]) => [table, length]));
  const { accepted, refused } = served.sandbox.ingestion();
  console.log(JSON.stringify({ requests, ingestion: { accepted, refused: refused.length, rows } }));
  process.stdin.destroy();
  await served.stop();
}

function optionsFrom(args: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscriptions: { type: 'string' },
      accounts: { type: 'string', default: '20' },
      perimeters: { type: 'string', default: '0' },
      latency: { type: 'string', default: '0' },
      jitter: { type: 'string', default: '0' },
      limits: { type: 'boolean', default: false },
    },
  });
  const common = { latencyMs: Number(values.latency), jitter: Number(values.jitter), faults: { limits: values.limits } };
  if (values.subscriptions === undefined) return common;
  const size = { subscriptions: Number(values.subscriptions), accountsPerSubscription: Number(values.accounts), perimetersPerSubscription: Number(values.perimeters) };
  return { ...common, estate: generatedEstate(size) };
}

/** SIGTERM or SIGINT, or the end of standard input where somebody holds the other end of it. */
function stopAsked(): Promise<void> {
  return new Promise(resolve => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
    const input = fstatSync(0);
    if (!input.isFIFO() && !input.isSocket()) return;
    process.stdin.once('end', () => resolve());
    process.stdin.resume();
  });
}

/** Run as a program: `node src/sandbox/serve.ts --subscriptions 50 --accounts 20 --latency 40`. Without subscriptions: the demo estate. */
if (/[\\/]sandbox[\\/]serve\.ts$/.test(process.argv[1] ?? '')) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
