import { describe, expect, test } from 'vitest';
import { version } from '../../../src/azure/user-agent.ts';
import { guid } from '../../../src/sandbox/estate/ids.ts';
import { standardBaseline } from '../../../src/scan/baseline.ts';
import { newScanId } from '../../../src/scan/durable/scan-id.ts';
import { openHistory } from '../../../src/scan/history.ts';
import { runScan } from '../../../src/scan/run.ts';
import { logAnalyticsSink } from '../../../src/sinks/log-analytics/sink.ts';
import { outboxIn } from '../../../src/state/outbox.ts';
import type { Store } from '../../../src/state/store.ts';
import { blobStore } from '../../../src/state/blob-store.ts';
import { azurite, storageScope, unusedIn } from '../../support/azurite.ts';
import type { Connection } from '../../support/connection.ts';
import { distributed, processesOn, rowsOf, sandboxOf, scanFilesIn, scanInput, scanRow, smallEstate, subscriptionRows } from '../../support/distributed.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { mortalStore } from '../../support/mortal-store.ts';

/** The same scan in one process, as a terminal runs it. */
async function inOneProcess(to: Connection, store: Store) {
  const { history } = await openHistory(store, standardBaseline, version, 24);
  const sink = await logAnalyticsSink(to.upload(), outboxIn(store));
  const signal = new AbortController().signal;
  return runScan({ arm: to.arm(signal), scope: { include: [], exclude: [], managementGroup: null }, baseline: standardBaseline, concurrency: 8, signal, sinks: [sink], history });
}

describe('a scan over several processes', () => {
  test('comes to what one process comes to: rows, counts and score, the first time and the next', async () => {
    const to = await sandboxOf();
    const [one, many] = [memoryStore(), memoryStore()];
    for (const time of ['first', 'second']) {
      const { summary } = await inOneProcess(to, one);
      const { line } = await distributed(processesOn(to, many, 3));
      expect(rowsOf(to, String(line['scanId'])), time).toEqual(rowsOf(to, summary.id));
      expect(line, time).toMatchObject({ complete: true, ...summary.subscriptions, accounts: 3, perimeters: 2, scoreFloor: summary.score.floor, scoreCeiling: summary.score.ceiling, coverage: summary.score.coverage, problem: null, warnings: summary.warnings.join('\n') });
      expect(scanRow(to, line['scanId']), time).toMatchObject({ Findings: summary.findings, FindingRows: summary.findingRows });
    }
  });

  test('does so on an estate with denied and throttling subscriptions, too', async () => {
    const to = await sandboxOf({});
    const { summary } = await inOneProcess(to, memoryStore());
    const { line } = await distributed(processesOn(to, memoryStore(), 3));
    expect(rowsOf(to, String(line['scanId']))).toEqual(rowsOf(to, summary.id));
    expect(line).toMatchObject({ complete: false, ...summary.subscriptions, accounts: summary.accounts });
  });

  test('counts every request to Resource Manager and every row, whichever process made it', async () => {
    const to = await sandboxOf();
    const { line } = await distributed(processesOn(to, memoryStore(), 3));
    const rows = [...to.sandbox.ingested.values()].reduce((sum, each) => sum + each.length, 0);
    expect(line).toMatchObject({ armRequests: to.sandbox.requests().total, rowsDelivered: rows, rowsKept: 0, rowsSetAside: 0, rowsDropped: 0, deliveryProblem: null });
    expect(scanRow(to, line['scanId'])).toMatchObject({ ArmRequests: to.sandbox.requests().total });
  });

  test('reads what concerns the whole tenant once for all of them', async () => {
    const to = await sandboxOf();
    await distributed(processesOn(to, memoryStore(), 4));
    const { latest } = to.sandbox.requests();
    const asked = (path: RegExp): number => latest.filter(request => path.test(request.path)).length;
    expect(asked(/^\/subscriptions$/i)).toBe(1);
    expect(asked(/\/providers\/microsoft\.resourcegraph\/resources$/i)).toBe(2);
    expect(asked(/networkSecurityPerimeters\/core\/profiles$/i)).toBe(1);
  });

  test('leaves nothing behind but that it is closed, which is gone two days later', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const { input } = await distributed(processesOn(to, store, 2));
    expect(scanFilesIn(store)).toEqual([`scans/${input.scanId}/closed.json.gz`]);
    const later = new Date(Date.now() + 49 * 3_600_000);
    await distributed(processesOn(to, store, 2, { clock: () => later }), scanInput({ scanId: newScanId(later), startedAt: later.toISOString() }));
    expect(scanFilesIn(store)).not.toContain(`scans/${input.scanId}/closed.json.gz`);
  });

  test('removes what a scan left that never closed, and leaves alone one that is young', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const [old, young] = [49, 47].map(hours => newScanId(new Date(Date.now() - hours * 3_600_000)));
    for (const scanId of [old, young]) for (const file of ['plan', `parts/${guid('alpha')}`]) await store.write(`scans/${scanId}/${file}.json.gz`, new Uint8Array([1]), 'any');
    const { input } = await distributed(processesOn(to, store, 2));
    expect(scanFilesIn(store)).toEqual([`scans/${young}/parts/${guid('alpha')}.json.gz`, `scans/${young}/plan.json.gz`, `scans/${input.scanId}/closed.json.gz`]);
  });

  test('shares nothing but a container of blobs', async () => {
    const to = await sandboxOf();
    const { blob, credential } = await azurite();
    const url = unusedIn(blob);
    // Each process has a store of its own for the container, as on machines of their own.
    const processes = [1, 2, 3].flatMap(() => processesOn(to, blobStore({ url, scope: storageScope, credential }), 1));
    const { summary } = await inOneProcess(to, memoryStore());
    const { line, input } = await distributed(processes);
    expect(rowsOf(to, String(line['scanId']))).toEqual(rowsOf(to, summary.id));
    expect(line).toMatchObject({ complete: true, rowsKept: 0, armRequests: to.sandbox.requests().total - summary.arm.requests });
    expect(await blobStore({ url, scope: storageScope, credential }).names('scans/')).toEqual([`scans/${input.scanId}/closed.json.gz`]);
  });

  test('two scans at once keep apart', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    const processes = processesOn(to, store, 2);
    const [first, second] = await Promise.all([distributed(processes), distributed(processes)]);
    for (const { line } of [first, second]) {
      expect(line).toMatchObject({ complete: true, accounts: 3, expected: 5, scanned: 4, skipped: 1 });
      expect(rowsOf(to, String(line['scanId']))['CosmosComplianceScans_CL']).toHaveLength(6);
    }
    expect(first.line['scanId']).not.toBe(second.line['scanId']);
  });

  test('three scans at once in one process, which keeps two of them open', async () => {
    const to = await sandboxOf();
    const processes = processesOn(to, memoryStore(), 1);
    const scans = await Promise.all([1, 2, 3].map(() => distributed(processes)));
    expect(scans.map(({ line }) => line['complete'])).toEqual([true, true, true]);
  });
});

describe('what a scan cannot do', () => {
  test('a tenant that cannot be listed is closed with the reason, and no subscription', async () => {
    const to = await sandboxOf({ estate: smallEstate, faults: { intercept: () => ({ status: 403, code: 'AuthorizationFailed' }) } });
    const { line } = await distributed(processesOn(to, memoryStore(), 2));
    expect(line).toMatchObject({ complete: false, expected: 0, problem: expect.stringContaining('Cannot read subscriptions of the tenant') });
    expect(scanRow(to, line['scanId'])).toMatchObject({ Complete: false, Expected: 0, Scope: 'tenant', Baseline: standardBaseline.label, Reason: expect.stringContaining('Cannot read subscriptions of the tenant') });
  });

  test('a state that cannot be used is closed with the reason: rows need no state', async () => {
    const to = await sandboxOf();
    const broken = mortalStore(memoryStore(), -1);
    const { line } = await distributed(processesOn(to, broken, 1));
    expect(line).toMatchObject({ complete: false, problem: 'The process is dead.' });
    expect(scanRow(to, line['scanId'])).toMatchObject({ Complete: false });
  });

  test('what is not read by the deadline is skipped, with a row for each, and the scan is closed', async () => {
    const to = await sandboxOf();
    const early = new Date(Date.now() - 50 * 60_000 + 3_000);
    const store = memoryStore();
    const [planner] = processesOn(to, store, 1);
    const input = scanInput({ startedAt: early.toISOString(), scanId: newScanId(early) });
    expect(await planner?.plan(input)).toMatchObject({ ok: true });
    const late = new Date(Date.now() + 60 * 60_000);
    const [worker] = processesOn(to, store, 1, { clock: () => late });
    for (const index of [0, 1, 2, 3, 4]) expect(await worker?.scanSubscription({ scanId: input.scanId, index })).toEqual({ ok: true, outcome: 'skipped' });
    expect(await worker?.close({ ...input, problem: null })).toMatchObject({ ok: true, line: { complete: false, expected: 5, skipped: 5, scanned: 0 } });
    expect(subscriptionRows(to)).toHaveLength(5);
  });

  test('a scan that is over its deadline before it is planned says which setting to raise', async () => {
    const to = await sandboxOf();
    const early = new Date(Date.now() - 60 * 60_000);
    const { line } = await distributed(processesOn(to, memoryStore(), 1), scanInput({ startedAt: early.toISOString() }));
    expect(line).toMatchObject({ complete: false, problem: 'The scan was ended before it knew what to read. Raise SCAN_DEADLINE_MINUTES.' });
  });

  test('rows that cannot be delivered are kept, and the next scan delivers them', async () => {
    const to = await sandboxOf();
    const store = memoryStore();
    to.sandbox.setIngestion(403);
    const first = await distributed(processesOn(to, store, 2));
    expect(first.line).toMatchObject({ complete: true, rowsDelivered: 0, deliveryProblem: expect.stringContaining('403') });
    expect(first.line['rowsKept']).toBeGreaterThan(100);
    to.sandbox.setIngestion(null);
    const second = await distributed(processesOn(to, store, 2));
    expect(second.line).toMatchObject({ rowsKept: 0, deliveryProblem: null, rowsDelivered: [...to.sandbox.ingested.values()].reduce((sum, rows) => sum + rows.length, 0) });
    expect(scanRow(to, first.line['scanId'])).toBeDefined();
  });
});
