// node test/bench/cost.ts [--write]: what one account and one subscription cost in rows and requests. With --write the
// figures go into infra/cost.json, from which npm run docs makes infra/COST.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../src/azure/user-agent.ts';
import { generatedEstate } from '../../src/sandbox/index.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { openHistory } from '../../src/scan/history.ts';
import { runScan } from '../../src/scan/run.ts';
import { logAnalyticsSink } from '../../src/sinks/log-analytics/sink.ts';
import { outboxIn } from '../../src/state/outbox.ts';
import type { CostInput } from '../../src/tools/docs/cost.ts';
import { connected } from '../support/connection.ts';
import { memoryStore } from '../support/memory-store.ts';

const path = join(import.meta.dirname, '../../infra/cost.json');
const subscriptions = 4;

interface Weight {
  readonly bytes: number;
  readonly requests: number;
}

/** What Log Analytics bills is the text of the values: names of columns, and columns that are empty, cost nothing. */
function billedSize(row: Readonly<Record<string, unknown>>): number {
  return Object.values(row).reduce<number>((sum, value) => {
    if (value === null || value === '') return sum;
    if (typeof value === 'string') return sum + Buffer.byteLength(value);
    return sum + (typeof value === 'object' ? Buffer.byteLength(JSON.stringify(value)) : 8);
  }, 0);
}

/** A scan that writes everything, and the next one, which finds everything as it was. */
async function weigh(accountsPerSubscription: number): Promise<{ readonly full: Weight; readonly unchanged: Weight }> {
  const azure = await connected({ estate: generatedEstate({ subscriptions, accountsPerSubscription, perimetersPerSubscription: 1 }) });
  const store = memoryStore();
  const seen = { bytes: 0, requests: 0 };
  const scan = async (hours: number): Promise<Weight> => {
    const { history } = await openHistory(store, standardBaseline, version, 24);
    const { signal } = new AbortController();
    const clock = (): Date => new Date(Date.UTC(2026, 0, 1, hours));
    const published = await logAnalyticsSink(azure.upload(), outboxIn(store), clock);
    await runScan({ arm: azure.arm(signal), scope: { include: [], exclude: [], managementGroup: null }, baseline: standardBaseline, concurrency: 16, signal, sinks: [published], history, clock });
    const bytes = [...azure.sandbox.ingested.values()].flat().reduce((sum, row) => sum + billedSize(row), 0);
    const requests = azure.sandbox.requests().total;
    const own = { bytes: bytes - seen.bytes, requests: requests - seen.requests };
    Object.assign(seen, { bytes, requests });
    return own;
  };
  const weighed = { full: await scan(0), unchanged: await scan(1) };
  await azure.stop();
  return weighed;
}

// Two sizes tell an account from the subscription around it.
const [few, many] = [20, 60];
const [small, large] = [await weigh(few), await weigh(many)];
const ofAccount = (of: (weighed: typeof small) => number): number => (of(large) - of(small)) / (subscriptions * (many - few));
const ofSubscription = (of: (weighed: typeof small) => number): number => of(small) / subscriptions - few * ofAccount(of);
const measured: CostInput['measured'] = {
  by: 'node test/bench/cost.ts --write',
  bytesOfAccount: Math.round(ofAccount(({ full }) => full.bytes)),
  bytesOfSubscription: Math.round(ofSubscription(({ full }) => full.bytes)),
  bytesOfUnchangedAccount: Math.round(ofAccount(({ unchanged }) => unchanged.bytes)),
  bytesOfUnchangedSubscription: Math.round(ofSubscription(({ unchanged }) => unchanged.bytes)),
  requestsOfAccount: Math.round(ofAccount(({ full }) => full.requests) * 10) / 10,
  requestsOfSubscription: Math.round(ofSubscription(({ full }) => full.requests)),
};
console.table(measured);
if (process.argv.includes('--write')) {
  const input = JSON.parse(readFileSync(path, 'utf8')) as CostInput;
  writeFileSync(path, `${JSON.stringify({ ...input, measured }, null, 2)}\n`);
  console.log('infra/cost.json is written; npm run docs writes infra/COST.md.');
}
