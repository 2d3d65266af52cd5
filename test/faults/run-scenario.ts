import { connect } from '../../src/azure/arm.ts';
import { version } from '../../src/azure/user-agent.ts';
import { Problem } from '../../src/core/problem.ts';
import { writesUnchanged, type ComparedFinding, type Comparison, type GoneResource } from '../../src/core/transition.ts';
import { generatedEstate, type Sandbox } from '../../src/sandbox/index.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import type { ScanReport } from '../../src/scan/close-scan.ts';
import { openHistory } from '../../src/scan/history.ts';
import { runScan } from '../../src/scan/run.ts';
import { logAnalyticsSink } from '../../src/sinks/log-analytics/sink.ts';
import type { Sink } from '../../src/sinks/sink.ts';
import { outboxIn, type Outbox } from '../../src/state/outbox.ts';
import type { Store } from '../../src/state/store.ts';
import { connected, type Connection } from '../support/connection.ts';
import { memoryStore, type MemoryStore } from '../support/memory-store.ts';
import { mortalStore } from '../support/mortal-store.ts';
import { randomOf } from './random.ts';
import type { Scenario, Trouble } from './scenarios.ts';

/** Small, with everything that scans read: lists of several pages, perimeters, endpoints, networks. */
const estate = { ...generatedEstate({ subscriptions: 3, accountsPerSubscription: 3, perimetersPerSubscription: 1 }), pageSizes: { 'Microsoft.DocumentDB/databaseAccounts': 2 } };
const subscriptions = estate.subscriptions.map(({ subscriptionId }) => subscriptionId);

/** One finding, and whose it is. */
export interface Found extends ComparedFinding {
  readonly subscriptionId: string;
  readonly resourceType: string;
}

/** What one scan said. */
export interface Scanned {
  /** Its process was killed: what it did afterwards has touched nothing, and nobody has its report. */
  readonly died: boolean;
  readonly report: ScanReport;
  /** By finding id. */
  readonly findings: ReadonlyMap<string, Found>;
  readonly gone: readonly GoneResource[];
  /** Keys of the rows that it made. */
  readonly made: readonly string[];
}

/** Everything that one run of a scenario leaves to be judged. */
export interface Ran {
  readonly troubled: readonly Scanned[];
  /** The scan after the trouble was over. */
  readonly healed: Scanned;
  /** Keys of the rows that had arrived, or were kept, when the troubled scan was over. */
  readonly arrived: readonly string[];
  readonly kept: readonly string[];
  /** Keys of rows that arrived and tell of an event. */
  readonly events: readonly string[];
  /** All rows were due in the troubled scan, whether something has changed or not. */
  readonly due: boolean;
  /** And when the healed one was. */
  readonly arrivedInTheEnd: readonly string[];
  readonly keptInTheEnd: readonly string[];
}

/** What is there before anything goes wrong, and what is remembered of it. */
export interface Reference {
  readonly scanned: Scanned;
  readonly store: MemoryStore;
}

export async function reference(): Promise<Reference> {
  const azure = await connected({ estate });
  const store = memoryStore();
  try {
    return { scanned: await scan(azure, store, {}), store };
  } finally {
    await azure.stop();
  }
}

/** Later than a day after what is remembered: then all rows are due once more. */
const nextDayMs = 25 * 3_600_000;

export async function runScenario(scenario: Scenario, seed: number, before: Reference): Promise<Ran> {
  const due = seed % 2 === 1;
  const { transform, ingestionFaults, tokenLifetimeMs, ...trouble } = scenario.trouble(randomOf(seed), subscriptions, () => origin);
  let origin = '';
  let isOn = true;
  const azure = await connected({
    estate,
    faults: { transform: (request, answer) => (isOn && transform ? transform(request, answer) : answer) },
    ingestionFaults: { before: () => (isOn ? (ingestionFaults?.before?.() ?? null) : null), after: answer => (isOn && ingestionFaults?.after ? ingestionFaults.after(answer) : answer) },
    ...(tokenLifetimeMs !== undefined && { tokenLifetimeMs }),
  });
  origin = azure.sandbox.environment['ARM_ENDPOINT'] ?? '';
  const store = memoryStore();
  for (const [name, stored] of before.store.files) store.files.set(name, stored);
  const outbox = outboxIn(store);
  try {
    const troubled = await Promise.all(Array.from({ length: scenario.scans ?? 1 }, () => scan(azure, store, { ...trouble, due })));
    const [arrived, kept] = [keysIn(azure.sandbox), await keptIn(outbox)];
    isOn = false;
    const healed = await scan(azure, store, { due });
    return { due, troubled, healed, arrived, kept, events: eventsIn(azure.sandbox), arrivedInTheEnd: keysIn(azure.sandbox), keptInTheEnd: await keptIn(outbox) };
  } finally {
    await azure.stop();
  }
}

/** Patient enough for short trouble, and quick. */
const retry = { attempts: 4, baseMs: 1, longestWaitMs: 500 };

interface Conditions extends Omit<Trouble, 'transform' | 'ingestionFaults' | 'tokenLifetimeMs'> {
  readonly due?: boolean;
}

async function scan(azure: Connection, store: Store, { retry: differences, deadlineMs, clockJumps, attemptMs = 10_000, uploadMs = 10_000, changesUntilDeath = Infinity, due = false }: Conditions): Promise<Scanned> {
  const state = mortalStore(store, changesUntilDeath);
  const signal = deadlineMs === undefined ? new AbortController().signal : AbortSignal.timeout(deadlineMs);
  const clock = (): Date => new Date(Date.now() + (due ? nextDayMs : 0) + (clockJumps?.() ?? 0));
  const arm = connect({ cloud: azure.cloud, credential: azure.credential, signal, concurrency: 16, retry: { ...retry, ...differences }, attemptMs });
  const upload = azure.upload({ retry: { ...retry, attempts: 1 }, attemptMs: uploadMs });
  const { history, warnings } = await openHistory(state, standardBaseline, version, 24);
  const published = await logAnalyticsSink(async (stream, rows) => (state.isDead() ? Promise.reject(new Error('The process is dead.')) : upload(stream, rows)), outboxIn(state), clock);
  const findings = new Map<string, Found>();
  const gone: GoneResource[] = [];
  const made: string[] = [];
  let closing: ScanReport | null = null;
  const note = (scanId: string, { assessments, gone: more, emission }: Comparison): void => {
    gone.push(...more);
    for (const { assessment, findings: compared, transition } of assessments) {
      for (const one of compared) {
        findings.set(one.finding.id, { ...one, subscriptionId: assessment.subscriptionId, resourceType: assessment.resourceType });
        if (writesUnchanged(emission) || one.transition !== 'unchanged') made.push(`finding ${scanId} ${one.finding.id}`);
      }
      if (writesUnchanged(emission) || transition !== 'unchanged') made.push(`assessment ${scanId} ${assessment.resourceId.toLowerCase()}`);
    }
    for (const { resource, isGone, findings: ended } of more) {
      made.push(...ended.map(({ id }) => `finding ${scanId} ${id}`));
      if (isGone) made.push(`assessment ${scanId} ${resource.resourceId.toLowerCase()}`);
    }
  };
  const witness: Sink = {
    async subscription({ id }, { subscriptionId }, comparison) {
      note(id, comparison);
      made.push(`subscription ${id} ${subscriptionId}`);
    },
    async close(summary, others) {
      const { id } = summary;
      closing = { summary, subscriptions: [] };
      note(id, others);
      made.push(`scan ${id} `);
    },
  };
  const report = await runScan({
    arm,
    scope: { include: [], exclude: [], managementGroup: null },
    baseline: standardBaseline,
    warnings,
    concurrency: 16,
    signal,
    history,
    sinks: [witness, published],
    clock,
  }).catch((error: unknown) => {
    // A scan that cannot be planned says so, and closes all the same.
    if (error instanceof Problem && closing) return closing;
    throw error;
  });
  return { died: state.isDead(), report, findings, gone, made };
}

type Row = Readonly<Record<string, unknown>>;

/** What a row is of: the same for a row that arrives twice. */
function keyOf(row: Row): string {
  const text = (name: string): string | null => (typeof row[name] === 'string' ? row[name] : null);
  const [scan, finding, kind] = [text('ScanId'), text('FindingId'), text('Kind')];
  if (finding !== null) return `finding ${scan} ${finding}`;
  return kind === null ? `assessment ${scan} ${text('ResourceId')}` : `${kind} ${scan} ${text('SubscriptionId')}`;
}

function keysIn({ ingested }: Sandbox): string[] {
  return [...ingested.values()].flat().map(keyOf);
}

function eventsIn({ ingested }: Sandbox): string[] {
  const rows = [...ingested.values()].flat();
  return rows.filter(row => ['new', 'regressed', 'fixed', 'gone'].includes(String(row['Change']))).map(keyOf);
}

async function keptIn(outbox: Outbox): Promise<string[]> {
  const parcels = await Promise.all((await outbox.names()).map(name => outbox.read(name)));
  return parcels.flatMap(parcel => (typeof parcel === 'string' ? [] : parcel.rows.map(keyOf)));
}
