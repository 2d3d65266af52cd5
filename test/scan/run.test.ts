import { afterEach, describe, expect, test } from 'vitest';
import { version } from '../../src/azure/user-agent.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { accountControls, perimeterControls } from '../../src/controls/index.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { findingId } from '../../src/core/finding.ts';
import type { ScanGap, ScanIdentity, ScanSummary, SubscriptionResult } from '../../src/core/scan.ts';
import type { Intercepted, SandboxOptions } from '../../src/sandbox/index.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { associate } from '../../src/sandbox/estate/perimeters.ts';
import type { Comparison } from '../../src/core/transition.ts';
import type { ScanReport } from '../../src/scan/close-scan.ts';
import { runScan, type Progress, type ScanSettings } from '../../src/scan/run.ts';
import { logAnalyticsSink, type Delivery } from '../../src/sinks/log-analytics/sink.ts';
import type { Sink } from '../../src/sinks/sink.ts';
import { folderStore } from '../../src/state/folder-store.ts';
import { outboxIn } from '../../src/state/outbox.ts';
import { connected, estateOf, named, type Connection } from '../support/connection.ts';
import { accountIn, perimeterIn } from '../support/estates.ts';
import { temporaryFolder } from '../support/folder.ts';

const orders = accountIn('alpha', 'orders');
const basket = accountIn('beta', 'basket', { oldCasing: true });
const core = perimeterIn('hub', 'core');
const resources = [...orders.resources, ...basket.resources, ...core.resources, ...associate(core, 'apps', orders, 'Enforced')];
const estate = estateOf([named('alpha'), named('beta'), named('empty'), named('gone', 'Deleted'), named('hub')], resources);

let azure: Connection | null = null;
afterEach(async () => {
  await azure?.stop();
  azure = null;
});

async function connection(options: Partial<SandboxOptions> = {}): Promise<Connection> {
  azure = await connected({ estate, ...options });
  return azure;
}

function settingsOf(to: Connection, differences: Partial<ScanSettings> = {}): ScanSettings {
  const signal = differences.signal ?? new AbortController().signal;
  return { arm: to.arm(signal), scope: { include: [], exclude: [], managementGroup: null }, baseline: standardBaseline, concurrency: 8, signal, sinks: [], ...differences };
}

async function scanned(options: Partial<SandboxOptions> = {}, differences: Partial<ScanSettings> = {}): Promise<ScanReport> {
  return runScan(settingsOf(await connection(options), differences));
}

const assessmentsIn = ({ assessments }: Comparison): readonly Assessment[] => assessments.map(({ assessment }) => assessment);

/** A sink that remembers. */
function memory() {
  const turns: { readonly scan: ScanIdentity; readonly result: SubscriptionResult; readonly assessments: readonly Assessment[] }[] = [];
  const closings: { readonly summary: ScanSummary; readonly others: readonly Assessment[] }[] = [];
  const sink: Sink = {
    subscription: async (scan, result, comparison) => void turns.push({ scan, result, assessments: assessmentsIn(comparison) }),
    close: async (summary, others) => void closings.push({ summary, others: assessmentsIn(others) }),
  };
  const ofType = (type: RegExp, assessments: readonly Assessment[]): Assessment[] => assessments.filter(({ resourceType }) => type.test(resourceType));
  return {
    sink,
    turns,
    closings,
    accounts: () => turns.flatMap(({ assessments }) => ofType(/\/databaseAccounts$/i, assessments).map(({ name }) => name)).toSorted(),
    perimeters: () => closings.flatMap(({ others }) => ofType(/\/networkSecurityPerimeters$/i, others)),
    /** Everything that was assessed, turn or close. */
    all: () => [...turns.flatMap(({ assessments }) => assessments), ...closings.flatMap(({ others }) => others)],
  };
}

describe('a scan', () => {
  test('gives every subscription its turn, then closes with the perimeters', async () => {
    const { sink, turns, closings, accounts, perimeters } = memory();
    const { summary, subscriptions } = await scanned({}, { sinks: [sink] });
    expect(turns.map(({ result }) => result.name).toSorted()).toEqual(['alpha', 'beta', 'empty', 'gone', 'hub']);
    expect(accounts()).toEqual(['basket', 'orders']);
    expect(closings).toHaveLength(1);
    expect(perimeters().map(({ name, exposure, findings }) => [name, exposure, findings.map(({ controlId }) => controlId)])).toEqual([['core', null, perimeterControls.map(({ id }) => id)]]);
    expect(summary).toMatchObject({ complete: true, accounts: 2, perimeters: 1, gaps: [], subscriptions: { expected: 5, scanned: 4, skipped: 1 }, cloud: 'custom', version, baseline: standardBaseline.label });
    expect(subscriptions.map(({ subscriptionId }) => subscriptionId)).toEqual(turns.map(({ result }) => result.subscriptionId).toSorted());
    expect(summary.arm.requests).toBe(azure?.sandbox.requests().total);
  });

  test('every scan has its own id, in every turn and in its close; a finding has the same id in all', async () => {
    const azureNow = await connection();
    const [first, second] = [memory(), memory()];
    await runScan(settingsOf(azureNow, { sinks: [first.sink] }));
    await runScan(settingsOf(azureNow, { sinks: [second.sink] }));
    const scanIds = [first, second].map(({ turns, closings }) => new Set([...turns.map(({ scan }) => scan.id), ...closings.map(({ summary }) => summary.id)]));
    expect(scanIds.map(({ size }) => size)).toEqual([1, 1]);
    expect(scanIds[0]).not.toEqual(scanIds[1]);
    const findings = ({ all }: ReturnType<typeof memory>): string[] => all().flatMap(each => each.findings.map(({ id }) => id)).toSorted();
    expect(findings(first)).toEqual(findings(second));
    expect(new Set(findings(first)).size).toBe(findings(first).length);
    expect(findings(first).length).toBeGreaterThanOrEqual(2 * accountControls.length + perimeterControls.length);
    expect(findings(first)).toContain(findingId(basket.id.toUpperCase(), accountControls[0]?.id ?? ''));
  });

  test('tells how far it is: at the start and after each subscription', async () => {
    const seen: Progress[] = [];
    await scanned({}, { onProgress: progress => seen.push(progress), concurrency: 1 });
    expect(seen.map(({ done, expected }) => [done, expected])).toEqual([0, 1, 2, 3, 4, 5].map(done => [done, 5]));
    expect(seen[0]?.last).toBeNull();
    expect(seen.at(-1)).toMatchObject({ accounts: 2 });
    expect(new Set(seen.slice(1).map(({ last }) => last?.name)).size).toBe(5);
  });

  test('tells it as it goes, also when subscriptions are done at the same time', async () => {
    const seen: Progress[] = [];
    await scanned({}, { onProgress: progress => seen.push(progress), concurrency: 8 });
    expect(seen.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('has the time it is told', async () => {
    const moment = new Date('2030-01-01T00:00:00Z');
    const { sink, turns } = memory();
    const { summary } = await scanned({}, { clock: () => moment, sinks: [sink] });
    expect([summary.startedAt, summary.finishedAt, ...turns.map(({ result }) => result.finishedAt)].every(each => each === moment)).toBe(true);
  });

  test('does not begin without a denominator, and its close says why', async () => {
    const { sink, turns, closings } = memory();
    await expect(scanned({ faults: { intercept: () => ({ status: 403, code: 'AuthorizationFailed' }) } }, { sinks: [sink] })).rejects.toThrow(/Cannot read subscriptions of the tenant/);
    expect(turns).toEqual([]);
    expect(closings).toMatchObject([{ summary: { complete: false, subscriptions: { expected: 0, scanned: 0 }, gaps: [{ reason: 'failed', detail: expect.stringContaining('Cannot read subscriptions of the tenant') }] }, others: [] }]);
  });

  test('that is ended before it has a denominator says so, and blames no setting', async () => {
    const controller = new AbortController();
    const intercept = (): null => {
      controller.abort(new Error('The scan was interrupted.'));
      return null;
    };
    await expect(scanned({ latencyMs: 20, faults: { intercept } }, { signal: controller.signal })).rejects.toThrow(/^The scan was ended before it knew what to read\. Run it again\.$/);
  });

  test('of nothing is incomplete', async () => {
    const { summary } = await scanned({ estate: estateOf([]) });
    expect(summary).toMatchObject({ complete: false, accounts: 0, subscriptions: { expected: 0 } });
  });

  test('with a subscription outside the management group is incomplete and says which', async () => {
    const managementGroups = [{ name: 'teams', displayName: 'Teams', parent: null, subscriptions: [guid('alpha')] }];
    const scope = { include: [guid('alpha'), guid('beta')], exclude: [], managementGroup: 'teams' };
    const { summary } = await scanned({ estate: { ...estate, managementGroups } }, { scope });
    expect(summary).toMatchObject({ complete: false, subscriptions: { expected: 1, scanned: 1 }, gaps: [{ reason: 'missing', detail: expect.stringContaining(guid('beta')) }] });
  });
});

describe('perimeters', () => {
  const gapsAboutPerimeters = ({ gaps }: ScanSummary): readonly ScanGap[] => gaps.filter(({ detail }) => detail.includes('network security perimeters'));

  test('one in a subscription that may not be read is assessed as unknown, because an account names it', async () => {
    const { sink, perimeters } = memory();
    const { summary } = await scanned({ faults: { deniedSubscriptions: [guid('hub')] } }, { sinks: [sink] });
    expect(summary).toMatchObject({ complete: false, perimeters: 1, subscriptions: { denied: 1 } });
    expect(new Set(perimeters()[0]?.findings.map(({ status }) => status))).toEqual(new Set(['unknown']));
  });

  test('with Resource Graph down are found all the same', async () => {
    const intercept = ({ path }: Intercepted) => (/resourcegraph/i.test(path) ? { status: 403, code: 'AuthorizationFailed' } : null);
    const { summary } = await scanned({ faults: { intercept } });
    expect(summary).toMatchObject({ perimeters: 1, subscriptions: { scanned: 4 } });
    expect(gapsAboutPerimeters(summary)).toEqual([]);
  });

  test('that nobody could list are a gap, and the scan is incomplete', async () => {
    const intercept = ({ path }: Intercepted) => (/resourcegraph|networksecurityperimeters$/i.test(path) ? { status: 403, code: 'AuthorizationFailed' } : null);
    const { summary } = await scanned({ faults: { intercept } });
    expect(summary.complete).toBe(false);
    expect(gapsAboutPerimeters(summary)).toEqual(Array.from({ length: 4 }, () => expect.objectContaining({ reason: 'denied', permission: 'Microsoft.Network/networkSecurityPerimeters/read' })));
  });
});

describe('a sink that fails', () => {
  const failing = (differences: Partial<Sink>): Sink => ({ subscription: () => Promise.resolve(), close: () => Promise.resolve(), ...differences });

  test.each([
    ['rejects a subscription', failing({ subscription: () => Promise.reject(new Error('The disk is full.')) })],
    ['throws at a subscription', failing({ subscription: () => { throw new Error('The disk is full.'); } })],
    ['rejects the close', failing({ close: () => Promise.reject(new Error('The disk is full.')) })],
    ['throws at the close', failing({ close: () => { throw new Error('The disk is full.'); } })],
  ])('%s: the scan goes on, other sinks get everything, and the report has a gap', async (_, broken) => {
    const { sink, turns, closings, perimeters } = memory();
    const { summary } = await scanned({}, { sinks: [broken, sink] });
    expect(turns).toHaveLength(5);
    expect(closings).toHaveLength(1);
    expect(perimeters()).toHaveLength(1);
    expect(summary).toMatchObject({ complete: false, gaps: [{ reason: 'failed', detail: 'Cannot write results: The disk is full.' }], subscriptions: { scanned: 4 } });
  });
});

describe('a scan that is ended', () => {
  test('closes with what it has: the rest is skipped, and the numbers add up', async () => {
    const controller = new AbortController();
    const { sink, turns, accounts, perimeters } = memory();
    const onProgress = ({ done }: Progress): void => {
      if (done === 1) controller.abort(new Error('The scan was interrupted.'));
    };
    const { summary } = await scanned({}, { signal: controller.signal, sinks: [sink], onProgress, concurrency: 1 });
    const { expected, scanned: read, denied, throttled, failed, skipped } = summary.subscriptions;
    expect(expected).toBe(5);
    expect(read + denied + throttled + failed + skipped).toBe(expected);
    expect(skipped).toBeGreaterThanOrEqual(3);
    expect(turns).toHaveLength(5);
    expect(accounts()).toHaveLength(summary.accounts);
    expect(perimeters()).toEqual([]);
    expect(summary.complete).toBe(false);
  });

  test('after its last subscription is not complete either: its perimeters were not judged', async () => {
    const controller = new AbortController();
    const onProgress = ({ done, expected }: Progress): void => {
      if (done === expected) controller.abort(new Error('The scan was interrupted.'));
    };
    const { summary } = await scanned({}, { signal: controller.signal, onProgress });
    expect(summary.subscriptions).toMatchObject({ expected: 5, scanned: 4, skipped: 1 });
    expect(summary).toMatchObject({ complete: false, perimeters: 0, gaps: [{ reason: 'failed', detail: 'The scan was ended before the perimeters were judged.' }] });
  });
});

describe('rows in Log Analytics', () => {
  async function published(azureNow: Connection, folder: string, differences: Partial<ScanSettings> = {}): Promise<{ readonly report: ScanReport; readonly delivery: Delivery; readonly made: ReadonlySet<string>; readonly assessed: number }> {
    const { sink, all } = memory();
    const log = await logAnalyticsSink(azureNow.upload(), outboxIn(folderStore(folder)));
    const report = await runScan(settingsOf(azureNow, { sinks: [sink, log], ...differences }));
    const made = new Set(all().flatMap(({ findings }) => findings.map(({ id }) => `${report.summary.id} ${id}`)));
    return { report, delivery: await log.delivery(), made, assessed: all().length };
  }

  const arrived = ({ sandbox }: Connection, table: string): readonly Readonly<Record<string, unknown>>[] => sandbox.ingested.get(`CosmosCompliance${table}_CL`) ?? [];
  const findingsIn = (azureNow: Connection): string[] => arrived(azureNow, 'Findings').map(row => `${String(row['ScanId'])} ${String(row['FindingId'])}`);

  test('are those of the report, each once', async () => {
    const azureNow = await connection();
    const { report, delivery, made, assessed } = await published(azureNow, temporaryFolder());
    expect(findingsIn(azureNow).toSorted()).toEqual([...made].toSorted());
    expect(arrived(azureNow, 'Assessments')).toHaveLength(assessed);
    expect(arrived(azureNow, 'Scans').filter(row => row['Kind'] === 'subscription')).toHaveLength(5);
    expect(arrived(azureNow, 'Scans').find(row => row['Kind'] === 'scan')).toMatchObject({ ScanId: report.summary.id, Expected: 5, Scanned: 4, Skipped: 1, Complete: true, FindingRows: made.size, KeptRows: 0, Accounts: 2, Perimeters: 1 });
    expect(delivery).toMatchObject({ kept: 0, problem: null });
  });

  test.each([[503], [403], ['reset'] as const])('none is lost when ingestion breaks in the middle (%s), and the next scan delivers it', async mode => {
    const azureNow = await connection();
    const folder = temporaryFolder();
    const onProgress = ({ done }: Progress): void => {
      if (done === 2) azureNow.sandbox.setIngestion(mode);
    };
    const first = await published(azureNow, folder, { onProgress, concurrency: 1 });
    expect(first.delivery.kept).toBeGreaterThan(0);
    expect(first.report.summary.subscriptions).toMatchObject({ expected: 5, scanned: 4 });
    azureNow.sandbox.setIngestion(null);
    const second = await published(azureNow, folder);
    expect(second.delivery).toMatchObject({ kept: 0 });
    expect(new Set(findingsIn(azureNow))).toEqual(new Set([...first.made, ...second.made]));
    const closings = arrived(azureNow, 'Scans').filter(row => row['Kind'] === 'scan').map(row => row['ScanId']);
    expect(new Set(closings)).toEqual(new Set([first.report.summary.id, second.report.summary.id]));
  });
});
