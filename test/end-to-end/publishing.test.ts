import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Intercepted, SandboxOptions } from '../../src/sandbox/index.ts';
import { generatedEstate } from '../../src/sandbox/index.ts';
import { serveSandbox, type ServedSandbox } from '../../src/sandbox/serve.ts';
import { rowsIn } from '../../src/state/parcel.ts';
import { cosmosCompliance, endedWith, type Ended } from '../support/cli.ts';
import { Document } from '../support/document.ts';
import { temporaryFolder } from '../support/folder.ts';

const settings = ['AZURE_CLOUD', 'ARM_ENDPOINT', 'ARM_AUDIENCE', 'LOGS_AUDIENCE', 'IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'NODE_EXTRA_CA_CERTS', 'LOGS_INGESTION_ENDPOINT', 'LOGS_RULE_ID'];
const estate = generatedEstate({ subscriptions: 6, accountsPerSubscription: 3, perimetersPerSubscription: 1 });

async function served(options: SandboxOptions = {}): Promise<ServedSandbox> {
  const sandbox = await serveSandbox({ estate, ...options });
  onTestFinished(() => sandbox.stop());
  return sandbox;
}

const publish = (environment: Readonly<Record<string, string>>, stateFolder: string): Promise<Ended> =>
  cosmosCompliance(['scan', '--publish', '--format', 'json'], { environment: { ...environment, STATE_FOLDER: stateFolder } });

/** `<scan> <finding>` of everything a scan made. */
function made({ stdout }: Ended): Set<string> {
  const { scan, assessments } = Document.parse(JSON.parse(stdout));
  return new Set(assessments.flatMap(({ findings }) => findings.map(({ id }) => `${scan.id} ${id}`)));
}

const rowsOf = ({ sandbox }: ServedSandbox, table: string): readonly Readonly<Record<string, unknown>>[] => sandbox.ingested.get(`CosmosCompliance${table}_CL`) ?? [];
const arrived = (to: ServedSandbox): string[] => rowsOf(to, 'Findings').map(row => `${String(row['ScanId'])} ${String(row['FindingId'])}`);
const closings = (to: ServedSandbox): readonly Readonly<Record<string, unknown>>[] => rowsOf(to, 'Scans').filter(row => row['Kind'] === 'scan');
const kept = (stateFolder: string): number => readdirSync(join(stateFolder, 'outbox')).reduce((sum, name) => sum + rowsIn(name), 0);

describe('a custom cloud in another process', () => {
  interface Served {
    readonly child: ChildProcess;
    readonly environment: Readonly<Record<string, string>>;
    /** Ends it, and gives what it counted. */
    stop(): Promise<{ readonly requests: { readonly total: number; readonly violations: readonly string[] }; readonly ingestion: { readonly accepted: number; readonly refused: number; readonly rows: Readonly<Record<string, number>> } }>;
  }

  async function spawned(): Promise<Served> {
    const child = spawn(process.execPath, ['src/sandbox/serve.ts', '--subscriptions', '3', '--accounts', '4', '--perimeters', '1'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const environment = JSON.parse((await lines.next()).value ?? '') as Record<string, string>;
    return {
      child,
      environment,
      async stop() {
        child.stdin.end();
        const { value = '' } = await lines.next();
        if (child.exitCode === null) await once(child, 'exit');
        return JSON.parse(value);
      },
    };
  }

  test('is reached by environment variables alone; what the scan made arrives there, and nothing forbidden was asked', async () => {
    const azure = await spawned();
    expect(Object.keys(azure.environment).toSorted()).toEqual(settings.toSorted());
    const stateFolder = temporaryFolder();
    const ended = await publish(azure.environment, stateFolder);
    const { requests, ingestion } = await azure.stop();
    const { scan, assessments } = Document.parse(JSON.parse(endedWith(0, ended).stdout));
    expect(scan).toMatchObject({ complete: true, accounts: 12, cloud: 'custom', subscriptions: { expected: 3, scanned: 3 } });
    expect(ingestion).toMatchObject({ refused: 0, rows: { CosmosComplianceFindings_CL: made(ended).size, CosmosComplianceAssessments_CL: assessments.length, CosmosComplianceScans_CL: 4 } });
    expect(requests).toMatchObject({ total: scan.arm.requests, violations: [] });
    expect(ended.stderr).toContain(`CosmosComplianceFindings_CL ${made(ended).size}`);
    expect(kept(stateFolder)).toBe(0);
  });
});

test('an ingestion endpoint that dies in the middle of a scan loses nothing: rows are kept, the next scan delivers them, and nothing counts twice', { timeout: 60_000 }, async () => {
  // It dies when five subscriptions have been asked for their accounts: some are through, some are not.
  let lists = 0;
  const intercept = ({ path }: Intercepted): null => {
    if (/databaseAccounts$/i.test(path) && (lists += 1) === 5) azure.sandbox.setIngestion('reset');
    return null;
  };
  const azure = await served({ faults: { intercept } });
  const stateFolder = temporaryFolder();

  const first = endedWith(2, await publish(azure.environment, stateFolder));
  const { scan } = Document.parse(JSON.parse(first.stdout));
  expect(scan).toMatchObject({ complete: true, subscriptions: { expected: 6, scanned: 6 } });
  const waiting = kept(stateFolder);
  expect(waiting).toBeGreaterThan(0);
  expect(first.stderr.replaceAll(/\s+/g, ' ')).toMatch(new RegExp(`${waiting} rows are kept and will be sent by the next scan \\(No answer from the ingestion endpoint: `));
  expect(new Set(arrived(azure)).size).toBeLessThan(made(first).size);

  azure.sandbox.setIngestion(null);
  const second = endedWith(0, await publish(azure.environment, stateFolder));
  expect(kept(stateFolder)).toBe(0);

  const all = new Set([...made(first), ...made(second)]);
  expect(new Set(arrived(azure))).toEqual(all);
  expect(all.size).toBe(made(first).size + made(second).size);
  const scans = [scan.id, Document.parse(JSON.parse(second.stdout)).scan.id];
  expect(closings(azure).map(row => [row['ScanId'], row['Complete'], row['Expected'], row['FindingRows']])).toEqual(scans.map((id, index) => [id, true, 6, made(index === 0 ? first : second).size]));
  const subscriptions = rowsOf(azure, 'Scans').filter(row => row['Kind'] === 'subscription').map(row => `${String(row['ScanId'])} ${String(row['SubscriptionId'])}`);
  expect(new Set(subscriptions).size).toBe(12);
  expect(azure.sandbox.ingestion().refused).toEqual([]);
});

test('a scan that is killed while it sends loses nothing of what it had made', async () => {
  const azure = await served();
  const stateFolder = temporaryFolder();
  azure.sandbox.setIngestion('hang');
  const killed = await cosmosCompliance(['scan', '--publish'], {
    environment: { ...azure.environment, STATE_FOLDER: stateFolder },
    whenStarted: child => {
      const timer = setInterval(() => {
        try {
          if (kept(stateFolder) === 0) return;
        } catch {
          return;
        }
        clearInterval(timer);
        child.kill('SIGKILL');
      }, 5);
      child.once('exit', () => clearInterval(timer));
    },
  });
  expect(killed.code).toBeNull();
  const waiting = kept(stateFolder);
  expect(waiting).toBeGreaterThan(0);
  azure.sandbox.setIngestion(null);
  const next = endedWith(0, await publish(azure.environment, stateFolder));
  expect(kept(stateFolder)).toBe(0);
  const scanOfNext = Document.parse(JSON.parse(next.stdout)).scan.id;
  const ofKilled = [...azure.sandbox.ingested.values()].flat().filter(row => row['ScanId'] !== scanOfNext);
  expect(ofKilled).toHaveLength(waiting);
});
