import { resolve } from 'node:path';
import { cloudFrom, type Environment } from '../azure/clouds.ts';
import type { Baseline } from '../baseline/effective.ts';
import type { Severity } from '../core/finding.ts';
import { standardBaseline } from '../scan/baseline.ts';
import { scanAzure } from '../scan/scan-azure.ts';
import { openState } from '../scan/open-state.ts';
import { concurrencyFrom, destinationFrom, stateOfTerminal, subscriptionsIn, type StateLocation } from '../scan/settings.ts';
import type { Sandbox } from '../sandbox/index.ts';
import type { Delivery } from '../sinks/log-analytics/sink.ts';
import { baselineIn } from './baseline-file.ts';
import { destinationsOf, type FormatName } from './destinations.ts';
import { exitCodeOf, isDelivered } from './exit-code.ts';
import { endOnInterrupt } from './interrupt.ts';
import { openLog, type Log, type LogOptions } from './log.ts';
import { overview } from './overview.ts';
import { progressReporter } from './progress.ts';
import { inSandbox } from './sandbox.ts';
import { renderDelivery } from './table.ts';
import { openWriters } from './writers.ts';

export interface ScanOptions extends LogOptions {
  readonly subscription: string[];
  readonly exclude: string[];
  readonly managementGroup?: string;
  readonly baseline?: string;
  readonly format: readonly FormatName[];
  readonly output?: string;
  /** Where the HTML report goes, beside the rest. */
  readonly report?: string;
  /** SARIF: what passes and what does not apply as well. */
  readonly withPasses?: boolean;
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
  if (options.sandbox) return inSandbox(({ sandbox, environment, stateFolder }) => scan({ ...options, publish: true }, baseline, environment, { kind: 'folder', folder: stateFolder }, sandbox));
  return scan(options, baseline, process.env, stateOfTerminal(process.env), null);
}

async function scan(options: ScanOptions, baseline: Baseline, environment: Environment, state: StateLocation, sandbox: Sandbox | null): Promise<number> {
  const { report: reportFile } = options;
  const destinations = [...destinationsOf(options.format, options.output), ...(reportFile === undefined ? [] : [{ format: 'html', file: reportFile } as const])];
  const cloud = cloudFrom(environment);
  const concurrency = concurrencyFrom('--concurrency', options.concurrency);
  const destination = options.publish ? destinationFrom(cloud, environment) : null;
  const store = openState(state, cloud, environment);
  // Somebody waits: state that cannot be used is better said at once than after the scan.
  if (destination) await store.names('outbox/');
  const log = openLog(options);
  const collected = overview();
  const writers = await openWriters(destinations, { overview: collected, baseline, sandbox: sandbox !== null, passes: options.withPasses === true });
  log.debug('scan settings', { cloud: cloud.name, endpoint: cloud.armEndpoint, baseline: baseline.label, concurrency, publish: destination !== null });
  const progress = progressReporter(process.stderr, log);
  const interrupt = endOnInterrupt(log);
  const { report, delivery } = await scanAzure({
    cloud,
    environment,
    scope: { include: options.subscription, exclude: options.exclude, managementGroup: options.managementGroup ?? null },
    baseline,
    destination,
    store,
    concurrency,
    signal: interrupt.signal,
    sinks: [collected, ...writers.sinks],
    onProgress: progress.show,
  }).finally(() => {
    progress.end();
    interrupt.dispose();
  });
  const delivered = delivery ? renderDelivery(delivery, sandbox === null ? null : sandbox.ingested) : '';
  await writers.finish(report, delivered);
  if (delivery && !options.format.includes('table')) sayDelivered(log, delivery, delivered);
  if (reportFile !== undefined) log.info('report', { file: resolve(reportFile) }, `Report: ${resolve(reportFile)}`);
  return exitCodeOf({ complete: report.summary.complete || options.allowIncomplete === true }, collected, options.failOn, delivery);
}

/** What became of the rows is part of the table; beside other forms it is a message. */
function sayDelivered(log: Log, delivery: Delivery, text: string): void {
  const { kept, setAside, problem } = delivery;
  const fields = { delivered: Object.fromEntries(delivery.delivered), kept, setAside, dropped: Object.fromEntries(delivery.dropped), problem };
  (isDelivered(delivery) ? log.info : log.warning)('rows', fields, text.trimEnd());
}
