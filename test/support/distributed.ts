import { onTestFinished } from 'vitest';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { associate } from '../../src/sandbox/estate/perimeters.ts';
import type { SandboxOptions } from '../../src/sandbox/index.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import type { CloseInput, PartInput, ScanInput } from '../../src/scan/durable/messages.ts';
import { newScanId } from '../../src/scan/durable/scan-id.ts';
import type { ScanLine } from '../../src/scan/durable/line.ts';
import { scanSteps, type ScanSteps } from '../../src/scan/durable/steps.ts';
import type { Worker } from '../../src/scan/durable/worker.ts';
import { logAnalyticsSink } from '../../src/sinks/log-analytics/sink.ts';
import { outboxIn } from '../../src/state/outbox.ts';
import type { Store } from '../../src/state/store.ts';
import { connected, estateOf, named, type Connection } from './connection.ts';
import { durableEngine, type EngineSettings, type Instance } from './durable-engine.ts';
import { accountIn, perimeterIn } from './estates.ts';
import type { MemoryStore } from './memory-store.ts';
import { orchestrators } from './orchestrators.ts';

export type Row = Readonly<Record<string, unknown>>;

export const orders = accountIn('alpha', 'orders');
export const stock = accountIn('alpha', 'stock');
const basket = accountIn('beta', 'basket', { oldCasing: true });
const core = perimeterIn('hub', 'core');
const edge = perimeterIn('beta', 'edge');

/** Five subscriptions, one of them deleted, with three accounts and two perimeters. */
export const smallEstate = estateOf(
  [named('alpha'), named('beta'), named('empty'), named('gone', 'Deleted'), named('hub')],
  [...[orders, stock, basket, core, edge].flatMap(each => each.resources), ...associate(core, 'apps', orders, 'Enforced')],
);

/** Where a subscription of the small estate is in a plan of everything. */
export function placeOf(name: string): number {
  return smallEstate.subscriptions.map(({ subscriptionId }) => subscriptionId).toSorted().indexOf(guid(name));
}

/** A sandbox for one test. */
export async function sandboxOf(options: SandboxOptions = { estate: smallEstate }): Promise<Connection> {
  const connection = await connected(options);
  onTestFinished(() => connection.stop());
  return connection;
}

export interface WorkerDifferences extends Partial<Omit<Worker, 'settings'>> {
  readonly settings?: Partial<Worker['settings']>;
}

/** A process of the app that works on a sandbox. What it knows it has from the store, as in Azure. */
export function workerOn(connection: Connection, store: Store, { settings, ...differences }: WorkerDifferences = {}): Worker {
  const outbox = outboxIn(store);
  return {
    settings: { cloud: connection.cloud, scope: { include: [], exclude: [], managementGroup: null }, concurrency: 8, deadlineMinutes: 50, fullEmissionHours: 24, ...settings },
    store,
    clock: () => new Date(),
    connect: signal => connection.arm(signal),
    sink: kept => logAnalyticsSink(connection.upload(), outbox, () => new Date(), { resendMs: kept === 'sendsKept' ? 60_000 : 0 }),
    baseline: async () => ({ baseline: standardBaseline, text: null, warnings: [] }),
    ...differences,
  };
}

export function scanInput(differences: Partial<ScanInput> = {}): ScanInput {
  const now = new Date();
  return { scanId: newScanId(now), startedAt: now.toISOString(), request: { kind: 'tenant' }, message: null, warnings: [], ...differences };
}

/** Runs a scan with the app's own orchestrators over several processes; whose turn it is goes round. */
export async function distributed(processes: readonly ScanSteps[], input: ScanInput = scanInput(), differences: Partial<EngineSettings> = {}): Promise<{ readonly line: ScanLine; readonly scan: Instance; readonly input: ScanInput }> {
  let turn = 0;
  const next = (): ScanSteps => {
    const steps = processes[(turn += 1) % processes.length];
    if (!steps) throw new Error('There is no process.');
    return steps;
  };
  const activities = {
    'plan-scan': (given: unknown) => next().plan(given as ScanInput),
    'scan-subscription': (given: unknown) => next().scanSubscription(given as PartInput),
    'close-scan': (given: unknown) => next().close(given as CloseInput),
  };
  const engine = durableEngine({ orchestrators, activities, concurrency: 12, ...differences });
  const scan = engine.start('scan', 'scan', input);
  await engine.idle();
  return { line: scan.output as ScanLine, scan, input };
}

/** Several processes, each with nothing in its memory, on one store. */
export function processesOn(connection: Connection, store: Store, count: number, differences: WorkerDifferences = {}): readonly ScanSteps[] {
  return Array.from({ length: count }, () => scanSteps(() => workerOn(connection, store, differences)));
}

const times = new Set(['TimeGenerated', 'ScanId', 'ScanTime', 'Since', 'FailingSince', 'ReachSince', 'FinishedAt', 'DurationSeconds', 'ArmRequests', 'ArmThrottled', 'ArmRetries']);

/**
 * The rows of a scan as far as they do not depend on when and how it ran: by table, each once, by what it is about.
 * A row that arrived several times counts as its first.
 */
export function rowsOf({ sandbox }: Connection, scanId: string): Readonly<Record<string, readonly string[]>> {
  const tables = [...sandbox.ingested].map(([table, rows]) => {
    const mine = rows.filter(row => row['ScanId'] === scanId);
    const first = new Map<string, Row>();
    for (const row of mine) {
      const key = [row['Kind'], row['FindingId'], row['ResourceId'], row['SubscriptionId']].join(' ');
      if (!first.has(key)) first.set(key, row);
    }
    return [table, [...first.values()].map(row => JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !times.has(name))))).toSorted()] as const;
  });
  return Object.fromEntries(tables);
}

/** The closing row of a scan. */
export function scanRow({ sandbox }: Connection, scanId: unknown): Row | undefined {
  return sandbox.ingested.get('CosmosComplianceScans_CL')?.find(row => row['Kind'] === 'scan' && row['ScanId'] === scanId);
}

export function subscriptionRows({ sandbox }: Connection): readonly Row[] {
  return sandbox.ingested.get('CosmosComplianceScans_CL')?.filter(row => row['Kind'] === 'subscription') ?? [];
}

/** Names of what scans tell each other. */
export function scanFilesIn({ files }: MemoryStore): readonly string[] {
  return [...files.keys()].filter(name => name.startsWith('scans/')).toSorted();
}
