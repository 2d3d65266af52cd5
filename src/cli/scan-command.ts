import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { cloudFrom, type Environment } from '../azure/clouds.ts';
import type { Severity } from '../core/finding.ts';
import { Problem } from '../core/problem.ts';
import { scanAzure } from '../scan/scan-azure.ts';
import { concurrencyFrom, destinationFrom, stateFolderFrom } from '../scan/settings.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { exitCodeOf } from './exit-code.ts';
import { jsonOutput } from './json.ts';
import { openOutput } from './output.ts';
import { overview } from './overview.ts';
import { progressReporter } from './progress.ts';
import { renderDelivery, renderOverview } from './table.ts';

export const formats = ['table', 'json', 'ndjson'] as const;

export interface ScanOptions {
  readonly subscription: string[];
  readonly exclude: string[];
  readonly managementGroup?: string;
  readonly format: (typeof formats)[number];
  readonly output?: string;
  readonly publish?: boolean;
  readonly failOn?: Severity;
  readonly allowIncomplete?: boolean;
  readonly concurrency?: string;
  readonly sandbox?: boolean;
}

/**
 * `cosmos-compliance scan`.
 * @returns the exit code
 * @throws Problem for settings that are wrong, and where the scan cannot begin
 */
export async function scanCommand(options: ScanOptions): Promise<number> {
  refuseWrongIds([...options.subscription, ...options.exclude]);
  return options.sandbox ? inSandbox(options) : scan(options, process.env, stateFolderFrom(process.env), null);
}

/** A wrong id would be looked for in Azure and reported as denied. */
function refuseWrongIds(ids: readonly string[]): void {
  const wrong = ids.find(id => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id));
  if (wrong !== undefined) throw new Problem(`"${wrong}" is not a subscription id.`, 'Give the GUID that `az account list --output table` shows.');
}

/** The same scan over the same transport: only the settings and the trusted certificate authority differ. */
async function inSandbox(options: ScanOptions): Promise<number> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'cosmos-compliance-'));
  const sandbox = await startSandbox();
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), sandbox.certificateAuthority]);
  // The identity library reads the process's environment and nothing else.
  delete process.env['AZURE_CLIENT_ID'];
  Object.assign(process.env, sandbox.environment);
  try {
    return await scan({ ...options, publish: true }, process.env, stateFolder, sandbox);
  } finally {
    await sandbox.stop();
    await rm(stateFolder, { recursive: true, force: true });
  }
}

async function scan(options: ScanOptions, environment: Environment, stateFolder: string, sandbox: Sandbox | null): Promise<number> {
  const cloud = cloudFrom(environment);
  const concurrency = concurrencyFrom('--concurrency', options.concurrency);
  const destination = options.publish ? destinationFrom(cloud, environment) : null;
  const output = openOutput(options.output);
  const collected = overview();
  const structured = options.format === 'table' ? null : jsonOutput(options.format, output);
  const progress = progressReporter(process.stderr);
  const interrupt = endOnInterrupt();
  const { report, delivery } = await scanAzure({
    cloud,
    environment,
    scope: { include: options.subscription, exclude: options.exclude, managementGroup: options.managementGroup ?? null },
    destination,
    stateFolder,
    concurrency,
    signal: interrupt.signal,
    sinks: structured ? [collected, structured] : [collected],
    onProgress: progress.show,
  }).finally(() => {
    progress.end();
    interrupt.dispose();
  });
  const delivered = delivery ? renderDelivery(delivery, sandbox === null ? null : sandbox.ingested) : '';
  if (structured) {
    await structured.end(report);
    process.stderr.write(delivered);
  } else {
    await output.write(`${renderOverview(report, collected, { width: output.width, color: output.color, sandbox: sandbox !== null })}${delivered}`);
  }
  await output.close();
  return exitCodeOf({ complete: report.summary.complete || options.allowIncomplete === true }, collected, options.failOn, delivery);
}

/** Ctrl-C ends the scan and keeps what was read; a second one ends the process. */
function endOnInterrupt(): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const end = (): void => {
    process.off('SIGINT', end);
    process.stderr.write('\nEnding the scan; press Ctrl-C again to stop at once.\n');
    controller.abort(new Error('The scan was interrupted.'));
  };
  process.on('SIGINT', end);
  return { signal: controller.signal, dispose: () => process.off('SIGINT', end) };
}
