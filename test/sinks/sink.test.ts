import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AnyRow } from '../../src/sinks/log-analytics/fit.ts';
import { logAnalyticsSink, type Delivery } from '../../src/sinks/log-analytics/sink.ts';
import { RefusedRowsError, type Upload } from '../../src/sinks/log-analytics/upload.ts';
import { folderOutbox, rowsIn, type Outbox } from '../../src/state/outbox.ts';
import { perimeterId } from '../support/builders.ts';
import { temporaryFolder } from '../support/folder.ts';
import { assessment, finding, result, scan, summary } from '../support/results.ts';

type Sent = { readonly stream: string; readonly rows: readonly AnyRow[] };

/** Log Analytics in memory. `state.answer` is what becomes of the next uploads. */
function service(answer: (sent: Sent) => Error | null = () => null) {
  const taken: Sent[] = [];
  let attempts = 0;
  const state = { answer };
  const upload: Upload = async (stream, rows) => {
    attempts += 1;
    const error = state.answer({ stream, rows });
    if (error) throw error;
    taken.push({ stream, rows });
  };
  return { upload, taken, state, attempts: () => attempts, rows: () => taken.flatMap(({ rows }) => rows) };
}

const down = (): Error => new Error('The ingestion endpoint answered 503.\nSecond line.');
const findings = 'Custom-CosmosComplianceFindings_CL';
const assessments = 'Custom-CosmosComplianceAssessments_CL';
const scans = 'Custom-CosmosComplianceScans_CL';
const delivered = ({ delivered: rows }: Delivery): number[] => [...rows.values()];
const twoFindings = assessment({ findings: [finding(), finding({ controlId: 'perimeter-healthy' })] });
const perimeter = assessment({ resourceId: perimeterId, exposure: null });

describe('a healthy service', () => {
  test('gets findings, assessments and one row for each subscription, then the perimeters, then the closing row', async () => {
    const { upload, taken } = service();
    const outbox = folderOutbox(temporaryFolder());
    const sink = await logAnalyticsSink(upload, outbox);
    await sink.subscription(scan(), result(), [twoFindings]);
    expect(taken.map(({ stream, rows }) => [stream, rows.length])).toEqual([[findings, 2], [assessments, 1], [scans, 1]]);
    await sink.close(summary(), [perimeter]);
    expect(taken.slice(3).map(({ stream, rows }) => [stream, rows.length])).toEqual([[findings, 1], [assessments, 1], [scans, 1]]);
    expect(taken.at(-1)?.rows[0]).toMatchObject({ Kind: 'scan', FindingRows: 3, KeptRows: 0 });
    expect(taken[3]?.rows[0]).toMatchObject({ SubscriptionName: 'production', ResourceId: perimeterId.toLowerCase() });
    const delivery = await sink.delivery();
    expect(delivered(delivery)).toEqual([2, 3, 2]);
    expect(delivery).toMatchObject({ kept: 0, setAside: 0, problem: null });
    expect(await outbox.names()).toEqual([]);
  });

  test('gets no empty request', async () => {
    const { upload, taken } = service();
    const sink = await logAnalyticsSink(upload, folderOutbox(temporaryFolder()));
    await sink.subscription(scan(), result({ accounts: 0 }), []);
    await sink.close(summary(), []);
    expect(taken.map(({ stream }) => stream)).toEqual([scans, scans]);
  });

  test('gets rows that fit, in requests that fit', async () => {
    const { upload, taken, rows } = service();
    const sink = await logAnalyticsSink(upload, folderOutbox(temporaryFolder()));
    const large = assessment({ findings: Array.from({ length: 60 }, () => finding({ message: 'x'.repeat(100_000) })) });
    await sink.subscription(scan(), result(), [large]);
    expect(taken.filter(({ stream }) => stream === findings).length).toBeGreaterThan(1);
    for (const sent of taken) expect(Buffer.byteLength(JSON.stringify(sent.rows))).toBeLessThanOrEqual(900_000);
    expect(rows().filter(row => String(row['Message']).includes('[cut: 100000 bytes]'))).toHaveLength(60);
  });
});

describe('a service that is down', () => {
  test('is tried three times in a row, then left alone until the end of the scan; every row is kept', async () => {
    const { upload, attempts } = service(down);
    const outbox = folderOutbox(temporaryFolder());
    const sink = await logAnalyticsSink(upload, outbox);
    for (let number = 0; number < 4; number += 1) await sink.subscription(scan(), result(), [twoFindings]);
    expect(attempts()).toBe(3);
    expect(await sink.delivery()).toMatchObject({ kept: 16, problem: 'The ingestion endpoint answered 503.' });
    await sink.close(summary(), [perimeter]);
    expect(await sink.delivery()).toMatchObject({ kept: 16 + 2 + 1 });
    expect(delivered(await sink.delivery())).toEqual([0, 0, 0]);
    const names = await outbox.names();
    expect(names.reduce((sum, name) => sum + rowsIn(name), 0)).toBe(19);
    const last = await outbox.read(names.at(-1) ?? '');
    expect(last).toMatchObject({ rows: [{ Kind: 'scan', FindingRows: 9, KeptRows: 18 }] });
  });

  test('and recovers between two failures is not given up', async () => {
    let count = 0;
    const { upload, attempts } = service(() => ((count += 1) % 3 === 0 ? null : down()));
    const sink = await logAnalyticsSink(upload, folderOutbox(temporaryFolder()));
    for (let number = 0; number < 4; number += 1) await sink.subscription(scan(), result(), [twoFindings]);
    expect(attempts()).toBe(12);
    expect((await sink.delivery()).kept).toBeGreaterThan(0);
  });

  test('and is back at the end of the scan gets everything of it, and the closing row says that nothing is kept', async () => {
    const { upload, state, rows } = service(down);
    const sink = await logAnalyticsSink(upload, folderOutbox(temporaryFolder()));
    for (let number = 0; number < 3; number += 1) await sink.subscription(scan(), result(), [twoFindings]);
    state.answer = () => null;
    await sink.close(summary(), []);
    expect(delivered(await sink.delivery())).toEqual([3, 6, 4]);
    expect(await sink.delivery()).toMatchObject({ kept: 0 });
    expect(rows().at(-1)).toMatchObject({ Kind: 'scan', KeptRows: 0, FindingRows: 6 });
  });
});

describe('a later scan', () => {
  test('first sends what earlier ones kept, in the order in which they kept it', async () => {
    const outbox = folderOutbox(temporaryFolder());
    const broken = await logAnalyticsSink(service(down).upload, outbox);
    for (const id of ['first', 'second']) await broken.subscription(scan({ id }), result(), [twoFindings]);
    const { upload, taken } = service();
    const sink = await logAnalyticsSink(upload, outbox);
    expect(taken.map(({ stream, rows }) => [stream, rows[0]?.['ScanId']])).toEqual([[findings, 'first'], [assessments, 'first'], [scans, 'first'], [findings, 'second'], [assessments, 'second'], [scans, 'second']]);
    await sink.subscription(scan({ id: 'third' }), result(), [twoFindings]);
    expect(taken.slice(6).map(({ rows }) => rows[0]?.['ScanId'])).toEqual(['third', 'third', 'third']);
    expect(delivered(await sink.delivery())).toEqual([3, 6, 3]);
    expect(await outbox.names()).toEqual([]);
  });

  test('stops at the first failure and keeps the rest, in order', async () => {
    const outbox = folderOutbox(temporaryFolder());
    const broken = await logAnalyticsSink(service(down).upload, outbox);
    for (const id of ['first', 'second']) await broken.subscription(scan({ id }), result(), [twoFindings]);
    const before = await outbox.names();
    let count = 0;
    const { upload, attempts } = service(() => ((count += 1) > 2 ? down() : null));
    const sink = await logAnalyticsSink(upload, outbox);
    expect(attempts()).toBe(3);
    expect(await outbox.names()).toEqual(before.slice(2));
    expect(await sink.delivery()).toMatchObject({ kept: 5 });
  });

  test('counts kept rows of earlier scans in its closing row', async () => {
    const outbox = folderOutbox(temporaryFolder());
    await (await logAnalyticsSink(service(down).upload, outbox)).subscription(scan(), result(), [twoFindings]);
    const { upload, rows } = service(({ stream }) => (stream === scans ? null : down()));
    const sink = await logAnalyticsSink(upload, outbox);
    await sink.close(summary(), []);
    expect(rows().at(-1)).toMatchObject({ Kind: 'scan', KeptRows: 4 });
  });

  test('a parcel that another scan has delivered meanwhile is no failure', async () => {
    const folder = temporaryFolder();
    const outbox = folderOutbox(folder);
    await (await logAnalyticsSink(service(down).upload, outbox)).subscription(scan(), result(), [twoFindings]);
    const racing: Outbox = { ...outbox, read: async name => (await outbox.remove(name), outbox.read(name)) };
    const { upload, attempts } = service();
    const sink = await logAnalyticsSink(upload, racing);
    expect(attempts()).toBe(0);
    expect(await sink.delivery()).toMatchObject({ kept: 0, setAside: 0, problem: null });
  });
});

describe('one bad parcel is in nobody’s way', () => {
  test('rows that the service refuses stay, and those behind them get through', async () => {
    const outbox = folderOutbox(temporaryFolder());
    const first = await logAnalyticsSink(service(down).upload, outbox);
    for (const id of ['refused', 'a', 'b', 'c']) await first.subscription(scan({ id }), result(), [twoFindings]);
    const refuse = ({ rows }: Sent): Error | null => (rows[0]?.['ScanId'] === 'refused' ? new RefusedRowsError('The ingestion endpoint answered 400.') : null);
    const { upload, rows } = service(refuse);
    const sink = await logAnalyticsSink(upload, outbox);
    expect(new Set(rows().map(row => row['ScanId']))).toEqual(new Set(['a', 'b', 'c']));
    expect(await sink.delivery()).toMatchObject({ kept: 4, problem: 'The ingestion endpoint answered 400.' });
    await sink.subscription(scan({ id: 'd' }), result(), [twoFindings]);
    expect(delivered(await sink.delivery())).toEqual([4, 8, 4]);
  });

  test('rows of a table that this version does not know stay, and those behind them get through', async () => {
    const outbox = folderOutbox(temporaryFolder());
    await outbox.keep({ table: 'CosmosComplianceTomorrow_CL', rows: [{ a: 1 }] });
    await outbox.keep({ table: 'CosmosComplianceScans_CL', rows: [{ ScanId: 'known' }] });
    const { upload, rows } = service();
    const sink = await logAnalyticsSink(upload, outbox);
    expect(rows()).toEqual([{ ScanId: 'known' }]);
    expect(await sink.delivery()).toMatchObject({ kept: 1, problem: 'This version has no table CosmosComplianceTomorrow_CL.' });
  });

  test('a file that cannot be read any more is set aside and counted', async () => {
    const folder = temporaryFolder();
    const outbox = folderOutbox(folder);
    await (await logAnalyticsSink(service(down).upload, outbox)).subscription(scan(), result(), [twoFindings]);
    const [broken = ''] = await outbox.names();
    writeFileSync(join(folder, broken), '{"table":');
    const { upload, rows } = service();
    const sink = await logAnalyticsSink(upload, outbox);
    expect(rows()).toHaveLength(2);
    expect(await sink.delivery()).toMatchObject({ kept: 0, setAside: 2, problem: `The kept rows in ${broken} cannot be read any more.` });
    expect(readdirSync(folder)).toEqual([`${broken}.corrupt`]);
    expect(await (await logAnalyticsSink(upload, outbox)).delivery()).toMatchObject({ setAside: 0, problem: null });
  });
});

describe('what can be lost', () => {
  test('a process that dies between sending and removing sends twice and never loses', async () => {
    const outbox = folderOutbox(temporaryFolder());
    const dying: Outbox = { ...outbox, remove: () => Promise.reject(new Error('Killed.')) };
    const { upload, rows, taken } = service();
    await (await logAnalyticsSink(upload, dying)).subscription(scan(), result(), [twoFindings]);
    expect(rows()).toHaveLength(4);
    await logAnalyticsSink(upload, outbox);
    expect(taken.slice(3)).toEqual(taken.slice(0, 3));
    const distinct = new Set(taken.filter(({ stream }) => stream === findings).flatMap(({ rows: sent }) => sent.map(row => `${String(row['ScanId'])} ${String(row['FindingId'])}`)));
    expect(distinct.size).toBe(2);
    expect(await outbox.names()).toEqual([]);
  });

  test('a process that dies before sending has kept the rows already', async () => {
    const outbox = folderOutbox(temporaryFolder());
    const { promise: never } = Promise.withResolvers<undefined>();
    const sink = await logAnalyticsSink(() => never, outbox);
    void sink.subscription(scan(), result(), [twoFindings]);
    await expect.poll(() => outbox.names()).toHaveLength(1);
    const { upload, rows } = service();
    await logAnalyticsSink(upload, outbox);
    expect(rows()).toHaveLength(2);
  });

  test('rows that cannot be kept are sent all the same', async () => {
    const outbox = folderOutbox(temporaryFolder());
    const full: Outbox = { ...outbox, keep: () => Promise.reject(new Error('No space left.')) };
    const { upload, rows } = service();
    const sink = await logAnalyticsSink(upload, full);
    await sink.subscription(scan(), result(), [twoFindings]);
    await sink.close(summary(), []);
    expect(rows()).toHaveLength(5);
    expect(await sink.delivery()).toMatchObject({ kept: 0, problem: 'No space left.' });
  });

  test('rows that can be neither kept nor sent are an error', async () => {
    const full: Outbox = { ...folderOutbox(temporaryFolder()), keep: () => Promise.reject(new Error('No space left.')) };
    const sink = await logAnalyticsSink(service(down).upload, full);
    await expect(sink.subscription(scan(), result(), [twoFindings])).rejects.toThrow('The ingestion endpoint answered 503.');
  });

  test('several subscriptions at a time, a service that comes and goes: every row arrives in the end', async () => {
    const outbox = folderOutbox(temporaryFolder());
    let count = 0;
    const { upload, state, rows } = service(() => ((count += 1) % 5 < 2 ? down() : null));
    const sink = await logAnalyticsSink(upload, outbox);
    const subscriptions = Array.from({ length: 20 }, (_, number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`);
    await Promise.all(subscriptions.map(subscriptionId => sink.subscription(scan(), result({ subscriptionId }), [assessment({ subscriptionId, findings: [finding({ id: subscriptionId })] })])));
    await sink.close(summary(), []);
    state.answer = () => null;
    await logAnalyticsSink(upload, outbox);
    expect(new Set(rows().flatMap(row => row['FindingId'] ?? []))).toEqual(new Set(subscriptions));
    expect(rows().filter(row => row['Kind'] === 'subscription')).toHaveLength(20);
    expect(rows().filter(row => row['Kind'] === 'scan')).toHaveLength(1);
  });
});
