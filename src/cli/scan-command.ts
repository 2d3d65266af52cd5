import { cloudFrom, type Environment } from '../azure/clouds.ts';
import type { Baseline } from '../baseline/effective.ts';
import type { Severity } from '../core/finding.ts';
import { standardBaseline } from '../scan/baseline.ts';
import { scanAzure } from '../scan/scan-azure.ts';
import { concurrencyFrom, destinationFrom, stateFolderFrom, subscriptionsIn } from '../scan/settings.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { baselineIn } from './baseline-file.ts';
import { exitCodeOf } from './exit-code.ts';
import { jsonOutput } from './json.ts';
import { openOutput } from './output.ts';
import { overview } from './overview.ts';
import { progressReporter } from './progress.ts';
import { inSandbox } from './sandbox.ts';
import { renderDelivery, renderOverview } from './table.ts';

export const formats = ['table', 'json', 'ndjson'] as const;

export interface ScanOptions {
  readonly subscription: string[];
  readonly exclude: string[];
  readonly managementGroup?: string;
  readonly baseline?: string;
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
  subscriptionsIn('--subscription', options.subscription);
  subscriptionsIn('--exclude', options.exclude);
  const baseline = options.baseline === undefined ? standardBaseline : await baselineIn(options.baseline);
  if (options.sandbox) return inSandbox(({ sandbox, environment, stateFolder }) => scan({ ...options, publish: true }, baseline, environment, stateFolder, sandbox));
  return scan(options, baseline, process.env, stateFolderFrom(process.env), null);
}

async function scan(options: ScanOptions, baseline: Baseline, environment: Environment, stateFolder: string, sandbox: Sandbox | null): Promise<number> {
  const cloud = cloudFrom(environment);
  const concurrency = concurrencyFrom('--concurrency', options.concurrency);
  const destination = options.publish ? destinationFrom(cloud, environment) : null;
  const output = await openOutput(options.output);
  const collected = overview();
  const structured = options.format === 'table' ? null : jsonOutput(options.format, output);
  const progress = progressReporter(process.stderr);
  const interrupt = endOnInterrupt();
  const { report, delivery } = await scanAzure({
    cloud,
    environment,
    scope: { include: options.subscription, exclude: options.exclude, managementGroup: options.managementGroup ?? null },
    baseline,
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
