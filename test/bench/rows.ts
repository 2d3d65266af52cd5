// node test/bench/rows.ts: how large rows are, and what a day of hourly scans comes to. No test.
import { version } from '../../src/azure/user-agent.ts';
import { generatedEstate } from '../../src/sandbox/index.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { openHistory } from '../../src/scan/history.ts';
import { runScan } from '../../src/scan/run.ts';
import { logAnalyticsSink } from '../../src/sinks/log-analytics/sink.ts';
import { outboxIn } from '../../src/state/outbox.ts';
import { connected } from '../support/connection.ts';
import { memoryStore } from '../support/memory-store.ts';

const accounts = 200;
const scansPerDay = 24;
const azure = await connected({ estate: generatedEstate({ subscriptions: 10, accountsPerSubscription: accounts / 10, perimetersPerSubscription: 1 }) });
const store = memoryStore();
const bytes = new Map<string, { rows: number; json: number; billed: number }>();

/** What Log Analytics bills is the text of the values: names of columns, and columns that are empty, cost nothing. */
function billedSize(row: Readonly<Record<string, unknown>>): number {
  return Object.values(row).reduce<number>((sum, value) => {
    if (value === null || value === '') return sum;
    if (typeof value === 'string') return sum + Buffer.byteLength(value);
    return sum + (typeof value === 'object' ? Buffer.byteLength(JSON.stringify(value)) : 8);
  }, 0);
}

async function scan(hours: number): Promise<void> {
  const { history } = await openHistory(store, standardBaseline, version, 24);
  const signal = new AbortController().signal;
  const clock = (): Date => new Date(Date.UTC(2026, 10, 20, hours));
  const published = await logAnalyticsSink(azure.upload(), outboxIn(store), clock);
  await runScan({ arm: azure.arm(signal), scope: { include: [], exclude: [], managementGroup: null }, baseline: standardBaseline, concurrency: 16, signal, sinks: [published], history, clock });
}

function arrived(): Map<string, { rows: number; json: number; billed: number }> {
  return new Map([...azure.sandbox.ingested].map(([table, rows]) => [table, { rows: rows.length, json: rows.reduce((sum, row) => sum + Buffer.byteLength(JSON.stringify(row)), 0), billed: rows.reduce((sum, row) => sum + billedSize(row), 0) }]));
}

// Three scans stand for a day: the first of a new app, the full one a day later, and one in between.
await scan(0);
const first = arrived();
await scan(1);
const between = arrived();
await azure.stop();
const perDay = { json: 0, billed: 0 };
for (const [table, full] of first) {
  const later = between.get(table) ?? full;
  const delta = { rows: later.rows - full.rows, json: later.json - full.json, billed: later.billed - full.billed };
  for (const size of ['json', 'billed'] as const) perDay[size] += full[size] + (scansPerDay - 1) * delta[size];
  bytes.set(table, full);
  console.log(`${table}: ${full.rows} rows in a full emission, ${Math.round(full.json / full.rows)} bytes each as JSON, ${Math.round(full.billed / full.rows)} billed; ${delta.rows} rows in a scan without changes.`);
}
const perThousand = (size: number): string => ((size / accounts) * 1000 / 1e9).toFixed(4);
console.log(`1,000 accounts, ${scansPerDay} scans a day: ${perThousand(perDay.billed)} GB billed a day (bar: 0.05), ${perThousand(perDay.json)} GB as JSON.`);
const sample = [...azure.sandbox.ingested].find(([table]) => table.includes('Findings'))?.[1] ?? [];
const byColumn = new Map<string, number>();
for (const row of sample) for (const [name, value] of Object.entries(row)) byColumn.set(name, (byColumn.get(name) ?? 0) + billedSize({ [name]: value }));
console.table([...byColumn].toSorted(([, a], [, b]) => b - a).slice(0, 12).map(([column, sum]) => ({ column, 'bytes per finding': Math.round(sum / sample.length) })));
