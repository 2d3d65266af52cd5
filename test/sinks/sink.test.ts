import { describe, expect, test } from 'vitest';
import type { AnyRow } from '../../src/sinks/log-analytics/fit.ts';
import { logAnalyticsSink, type Delivery } from '../../src/sinks/log-analytics/sink.ts';
import { RefusedRowsError, type Upload } from '../../src/sinks/log-analytics/upload.ts';
import { folderStore } from '../../src/state/folder-store.ts';
import { defaultLimits, outboxIn, type Outbox } from '../../src/state/outbox.ts';
import { rowsIn } from '../../src/state/parcel.ts';
import { perimeterId, subscriptionId } from '../support/builders.ts';
import { temporaryFolder } from '../support/folder.ts';
import { assessment, comparison, finding, result, scan, summary } from '../support/results.ts';

const newOutbox = (): Outbox => outboxIn(folderStore(temporaryFolder()));

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

const displayNames = new Map([[subscriptionId, 'production']]);
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
    const outbox = newOutbox();
    const sink = await logAnalyticsSink(upload, outbox);
    await sink.subscription(scan(), result(), comparison([twoFindings]));
    expect(taken.map(({ stream, rows }) => [stream, rows.length])).toEqual([[findings, 2], [assessments, 1], [scans, 1]]);
    await sink.close(summary(), comparison([perimeter]), displayNames);
    expect(taken.slice(3).map(({ stream, rows }) => [stream, rows.length])).toEqual([[findings, 1], [assessments, 1], [scans, 1]]);
    expect(taken.at(-1)?.rows[0]).toMatchObject({ Kind: 'scan', FindingRows: 3, KeptRows: 0 });
    expect(taken[3]?.rows[0]).toMatchObject({ SubscriptionName: 'production', ResourceId: perimeterId.toLowerCase() });
    const delivery = await sink.delivery();
    expect(delivered(delivery)).toEqual([2, 3, 2]);
    expect(delivery).toMatchObject({ kept: 0, setAside: 0, dropped: new Map(), problem: null });
    expect(await outbox.names()).toEqual([]);
  });

  test('gets no empty request', async () => {
    const { upload, taken } = service();
    const sink = await logAnalyticsSink(upload, newOutbox());
    await sink.subscription(scan(), result({ accounts: 0 }), comparison([]));
    await sink.close(summary(), comparison([]), displayNames);
    expect(taken.map(({ stream }) => stream)).toEqual([scans, scans]);
  });

  test('gets rows that fit, in requests that fit', async () => {
    const { upload, taken, rows } = service();
    const sink = await logAnalyticsSink(upload, newOutbox());
    const large = assessment({ findings: Array.from({ length: 60 }, () => finding({ message: 'x'.repeat(100_000) })) });
    await sink.subscription(scan(), result(), comparison([large]));
    expect(taken.filter(({ stream }) => stream === findings).length).toBeGreaterThan(1);
    for (const sent of taken) expect(Buffer.byteLength(JSON.stringify(sent.rows))).toBeLessThanOrEqual(900_000);
    expect(rows().filter(row => String(row['Message']).includes('[cut: 100000 bytes]'))).toHaveLength(60);
  });
});

describe('a service that is down', () => {
  test('is tried three times in a row, then left alone until the end of the scan; every row is kept', async () => {
    const { upload, attempts } = service(down);
    const outbox = newOutbox();
    const sink = await logAnalyticsSink(upload, outbox);
    for (let number = 0; number < 4; number += 1) await sink.subscription(scan(), result(), comparison([twoFindings]));
    expect(attempts()).toBe(3);
    expect(await sink.delivery()).toMatchObject({ kept: 16, problem: 'The ingestion endpoint answered 503.' });
    await sink.close(summary(), comparison([perimeter]), displayNames);
    expect(await sink.delivery()).toMatchObject({ kept: 16 + 2 + 1 });
    expect(delivered(await sink.delivery())).toEqual([0, 0, 0]);
    const names = await outbox.names();
    expect(names.reduce((sum, name) => sum + rowsIn(name), 0)).toBe(19);
    const last = await outbox.read(names.at(-1) ?? '');
    expect(last).toMatchObject({ rows: [{ Kind: 'scan', KeptRows: 18 }] });
  });

  test('and recovers between two failures is not given up', async () => {
    let count = 0;
    const { upload, attempts } = service(() => ((count += 1) % 3 === 0 ? null : down()));
    const sink = await logAnalyticsSink(upload, newOutbox());
    for (let number = 0; number < 4; number += 1) await sink.subscription(scan(), result(), comparison([twoFindings]));
    expect(attempts()).toBe(12);
    expect((await sink.delivery()).kept).toBeGreaterThan(0);
  });

  test('and is back at the end of the scan gets everything of it, and the closing row says that nothing is kept', async () => {
    const { upload, state, rows } = service(down);
    const sink = await logAnalyticsSink(upload, newOutbox());
    for (let number = 0; number < 3; number += 1) await sink.subscription(scan(), result(), comparison([twoFindings]));
    state.answer = () => null;
    await sink.close(summary(), comparison([]), displayNames);
    expect(delivered(await sink.delivery())).toEqual([3, 6, 4]);
    expect(await sink.delivery()).toMatchObject({ kept: 0 });
    expect(rows().at(-1)).toMatchObject({ Kind: 'scan', KeptRows: 0 });
  });
});

describe('a later scan', () => {
  test('first sends what earlier ones kept, in the order in which they kept it', async () => {
    const outbox = newOutbox();
    const broken = await logAnalyticsSink(service(down).upload, outbox);
    for (const id of ['first', 'second']) await broken.subscription(scan({ id }), result(), comparison([twoFindings]));
    const { upload, taken } = service();
    const sink = await logAnalyticsSink(upload, outbox);
    expect(taken.map(({ stream, rows }) => [stream, rows[0]?.['ScanId']])).toEqual([[findings, 'first'], [assessments, 'first'], [scans, 'first'], [findings, 'second'], [assessments, 'second'], [scans, 'second']]);
    await sink.subscription(scan({ id: 'third' }), result(), comparison([twoFindings]));
    expect(taken.slice(6).map(({ rows }) => rows[0]?.['ScanId'])).toEqual(['third', 'third', 'third']);
    expect(delivered(await sink.delivery())).toEqual([3, 6, 3]);
    expect(await outbox.names()).toEqual([]);
  });

  test('stops at the first failure and keeps the rest, in order', async () => {
    const outbox = newOutbox();
    const broken = await logAnalyticsSink(service(down).upload, outbox);
    for (const id of ['first', 'second']) await broken.subscription(scan({ id }), result(), comparison([twoFindings]));
    const before = await outbox.names();
    let count = 0;
    const { upload, attempts } = service(() => ((count += 1) > 2 ? down() : null));
    const sink = await logAnalyticsSink(upload, outbox);
    expect(attempts()).toBe(3);
    expect(await outbox.names()).toEqual(before.slice(2));
    expect(await sink.delivery()).toMatchObject({ kept: 5 });
  });

  test('counts kept rows of earlier scans in its closing row', async () => {
    const outbox = newOutbox();
    await (await logAnalyticsSink(service(down).upload, outbox)).subscription(scan(), result(), comparison([twoFindings]));
    const { upload, rows } = service(({ stream }) => (stream === scans ? null : down()));
    const sink = await logAnalyticsSink(upload, outbox);
    await sink.close(summary(), comparison([]), displayNames);
    expect(rows().at(-1)).toMatchObject({ Kind: 'scan', KeptRows: 4 });
  });

  test('a parcel that another scan has delivered meanwhile is no failure', async () => {
    const outbox = newOutbox();
    await (await logAnalyticsSink(service(down).upload, outbox)).subscription(scan(), result(), comparison([twoFindings]));
    const racing: Outbox = { ...outbox, read: async name => (await outbox.remove(name), outbox.read(name)) };
    const { upload, attempts } = service();
    const sink = await logAnalyticsSink(upload, racing);
    expect(attempts()).toBe(0);
    expect(await sink.delivery()).toMatchObject({ kept: 0, setAside: 0, problem: null });
  });
});

describe("one bad parcel is in nobody's way", () => {
  test('rows that the service refuses stay, and those behind them get through', async () => {
    const outbox = newOutbox();
    const first = await logAnalyticsSink(service(down).upload, outbox);
    for (const id of ['refused', 'a', 'b', 'c']) await first.subscription(scan({ id }), result(), comparison([twoFindings]));
    const refuse = ({ rows }: Sent): Error | null => (rows[0]?.['ScanId'] === 'refused' ? new RefusedRowsError('The ingestion endpoint answered 400.') : null);
    const { upload, rows } = service(refuse);
    const sink = await logAnalyticsSink(upload, outbox);
    expect(new Set(rows().map(row => row['ScanId']))).toEqual(new Set(['a', 'b', 'c']));
    expect(await sink.delivery()).toMatchObject({ kept: 4, problem: 'The ingestion endpoint answered 400.' });
    await sink.subscription(scan({ id: 'd' }), result(), comparison([twoFindings]));
    expect(delivered(await sink.delivery())).toEqual([4, 8, 4]);
  });

  test('rows of a table that this version does not know stay, and those behind them get through', async () => {
    const outbox = newOutbox();
    await outbox.keep({ table: 'CosmosComplianceTomorrow_CL', rows: [{ a: 1 }] }, 0);
    await outbox.keep({ table: 'CosmosComplianceScans_CL', rows: [{ ScanId: 'known' }] }, 2);
    const { upload, rows } = service();
    const sink = await logAnalyticsSink(upload, outbox);
    expect(rows()).toEqual([{ ScanId: 'known' }]);
    expect(await sink.delivery()).toMatchObject({ kept: 1, problem: 'This version has no table CosmosComplianceTomorrow_CL.' });
  });

  test('a file that cannot be read any more is set aside and counted', async () => {
    const store = folderStore(temporaryFolder());
    const outbox = outboxIn(store);
    await (await logAnalyticsSink(service(down).upload, outbox)).subscription(scan(), result(), comparison([twoFindings]));
    const [broken = ''] = await outbox.names();
    await store.write(`outbox/${broken}`, Buffer.from('{"table":'), 'any');
    const { upload, rows } = service();
    const sink = await logAnalyticsSink(upload, outbox);
    expect(rows()).toHaveLength(2);
    expect(await sink.delivery()).toMatchObject({ kept: 0, setAside: 2, problem: `The kept rows in ${broken} cannot be read any more.` });
    expect(await store.names('')).toEqual([`corrupt/${broken}`]);
    expect(await (await logAnalyticsSink(upload, outbox)).delivery()).toMatchObject({ setAside: 0, problem: null });
  });
});

describe('rows that the service refuses for good', () => {
  const day = 24 * 60 * 60_000;
  const start = Date.parse('2026-11-20T06:00:00Z');
  const refusing = () => service(() => new RefusedRowsError('The ingestion endpoint answered 400.'));

  test('are sent again by every scan until they are seven days old; then they are set aside, counted, and sent no more', async () => {
    const store = folderStore(temporaryFolder());
    let now = start;
    const open = (): Outbox => outboxIn(store, defaultLimits, () => now);
    await open().keep({ table: 'CosmosComplianceFindings_CL', rows: [{ a: 1 }, { a: 2 }] }, 0);
    const scansOf: readonly (readonly [number, Partial<Delivery>])[] = [
      [0, { kept: 2, setAside: 0 }],
      [6 * day, { kept: 2, setAside: 0 }],
      [7 * day, { kept: 0, setAside: 2 }],
    ];
    for (const [age, expected] of scansOf) {
      now = start + age;
      const { upload, attempts } = refusing();
      const sink = await logAnalyticsSink(upload, open());
      expect(attempts()).toBe(1);
      expect(await sink.delivery()).toMatchObject({ ...expected, problem: 'The ingestion endpoint answered 400.' });
    }
    const { upload, attempts } = refusing();
    expect(await (await logAnalyticsSink(upload, open())).delivery()).toMatchObject({ kept: 0, setAside: 0, problem: null });
    expect(attempts()).toBe(0);
    expect(await store.names('')).toEqual([expect.stringMatching(/^refused\/.*\.2\.\d+\.CosmosComplianceFindings_CL\.json\.gz$/)]);
  });

  test('are not sent twice by the same scan', async () => {
    const outbox = newOutbox();
    await outbox.keep({ table: 'CosmosComplianceFindings_CL', rows: [{ a: 1 }] }, 0);
    const { upload, attempts } = service(({ stream }) => (stream === findings ? new RefusedRowsError('The ingestion endpoint answered 400.') : null));
    const sink = await logAnalyticsSink(upload, outbox);
    await sink.subscription(scan(), result(), comparison([twoFindings]));
    await sink.close(summary(), comparison([]), displayNames);
    // The kept one, the new one, one assessment, one subscription, the closing row.
    expect(attempts()).toBe(5);
    expect(await sink.delivery()).toMatchObject({ kept: 3, setAside: 0 });
  });
});

describe('where too much is kept', () => {
  const few = (): Outbox => outboxIn(folderStore(temporaryFolder()), { ...defaultLimits, mostParcels: 6 });

  test('findings go first, and the closing row that is kept says exactly how many rows went', async () => {
    const outbox = few();
    const sink = await logAnalyticsSink(service(down).upload, outbox);
    for (const id of ['first', 'second', 'third']) await sink.subscription(scan({ id }), result(), comparison([twoFindings]));
    await sink.close(summary(), comparison([]), displayNames);
    const delivery = await sink.delivery();
    const waiting = await Promise.all((await outbox.names()).map(name => outbox.read(name)));
    const kept = waiting.flatMap(parcel => (typeof parcel === 'string' ? [] : parcel.rows));
    expect(kept.at(-1)).toMatchObject({ Kind: 'scan' });
    expect(kept.filter(row => row['FindingId'] !== undefined)).toEqual([]);
    const lost = Object.fromEntries(delivery.dropped);
    expect(lost['CosmosComplianceFindings_CL']).toBe(6);
    // Three scans of four rows and the closing row.
    expect(kept.length + Object.values(lost).reduce((sum, rows) => sum + rows, 0)).toBe(13);
    expect(delivery.kept).toBe(kept.length);
  });

  test('the closing row counts what went before it, and the next scan counts it no more', async () => {
    const outbox = few();
    const broken = await logAnalyticsSink(service(down).upload, outbox);
    for (const id of ['first', 'second', 'third']) await broken.subscription(scan({ id }), result(), comparison([twoFindings]));
    const before = await broken.delivery();
    const { upload, rows } = service();
    const sink = await logAnalyticsSink(upload, outbox);
    await sink.close(summary(), comparison([]), displayNames);
    const closing = (): unknown[] => rows().filter(row => row['Kind'] === 'scan').map(row => row['DroppedRows']);
    expect(closing()).toEqual([[...before.dropped.values()].reduce((sum, count) => sum + count, 0)]);
    expect((await sink.delivery()).dropped).toEqual(before.dropped);
    const next = await logAnalyticsSink(upload, outbox);
    await next.close(summary(), comparison([]), displayNames);
    expect(closing().at(-1)).toBe(0);
    expect((await next.delivery()).dropped).toEqual(new Map());
  });

  test('a closing row that can be neither kept nor sent has reported nothing: the next one does', async () => {
    const outbox = few();
    const broken = await logAnalyticsSink(service(down).upload, outbox);
    for (const id of ['first', 'second', 'third']) await broken.subscription(scan({ id }), result(), comparison([twoFindings]));
    const { dropped } = await broken.delivery();
    const dying = await logAnalyticsSink(service(down).upload, { ...outbox, keep: () => Promise.reject(new Error('No space left.')) });
    await expect(dying.close(summary(), comparison([]), displayNames)).rejects.toThrow('503');
    const { upload, rows } = service();
    await (await logAnalyticsSink(upload, outbox)).close(summary(), comparison([]), displayNames);
    expect(rows().at(-1)).toMatchObject({ Kind: 'scan', DroppedRows: [...dropped.values()].reduce((sum, count) => sum + count, 0) });
  });
});

describe('an outbox that cannot be used', () => {
  const broken = (): Promise<never> => Promise.reject(new Error('Cannot use the container.\nSecond line.'));
  const unusable: Outbox = { keep: broken, names: broken, read: broken, remove: broken, refused: broken, givenUp: broken, reported: broken };

  test('does not keep a scan from sending its rows; what is kept and given up is then not known', async () => {
    const { upload, rows } = service();
    const sink = await logAnalyticsSink(upload, unusable);
    await sink.subscription(scan(), result(), comparison([twoFindings]));
    await sink.close(summary(), comparison([]), displayNames);
    expect(rows()).toHaveLength(5);
    expect(rows().at(-1)).toMatchObject({ Kind: 'scan', KeptRows: null, DroppedRows: null });
    expect(await sink.delivery()).toMatchObject({ kept: null, setAside: 0, dropped: new Map(), problem: 'Cannot use the container.' });
  });

  test('in the middle of sending what is kept leaves the rest for the next scan', async () => {
    const outbox = newOutbox();
    const first = await logAnalyticsSink(service(down).upload, outbox);
    for (const id of ['first', 'second']) await first.subscription(scan({ id }), result(), comparison([twoFindings]));
    let reads = 0;
    const { upload } = service();
    const sink = await logAnalyticsSink(upload, { ...outbox, read: name => ((reads += 1) > 2 ? broken() : outbox.read(name)) });
    expect(await sink.delivery()).toMatchObject({ kept: 5, problem: 'Cannot use the container.' });
    expect(await (await logAnalyticsSink(upload, outbox)).delivery()).toMatchObject({ kept: 0, problem: null });
  });
});

describe('a backlog', () => {
  /** A clock that goes on by a minute with every upload. */
  async function backlog(parcels: number) {
    const outbox = newOutbox();
    for (let number = 0; number < parcels; number += 1) await outbox.keep({ table: 'CosmosComplianceFindings_CL', rows: [{ number }] }, 0);
    let now = Date.parse('2026-11-20T06:00:00Z');
    const { upload, rows, taken } = service(() => ((now += 60_000), null));
    return { outbox, upload, rows, taken, clock: () => new Date(now) };
  }

  test('is sent for five minutes at the beginning and five at the end, the oldest first; the rest waits for the next scan', async () => {
    const { outbox, upload, rows, clock } = await backlog(12);
    const sink = await logAnalyticsSink(upload, outbox, clock);
    expect(rows().map(row => row['number'])).toEqual([0, 1, 2, 3, 4]);
    await sink.close(summary(), comparison([]), displayNames);
    expect(rows().map(row => row['number'])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, undefined]);
    expect(rows().at(-1)).toMatchObject({ Kind: 'scan', KeptRows: 2 });
    expect(await sink.delivery()).toMatchObject({ kept: 2, problem: null });
  });

  test('is left to others where the sink is told so', async () => {
    const { outbox, upload, rows, clock } = await backlog(3);
    let lists = 0;
    const counting: Outbox = { ...outbox, names: () => ((lists += 1), outbox.names()) };
    const sink = await logAnalyticsSink(upload, counting, clock, { resendMs: 0 });
    await sink.subscription(scan(), result(), comparison([twoFindings]));
    expect([rows().length, lists]).toEqual([4, 0]);
    expect(await outbox.names()).toHaveLength(3);
  });

  test('is never in memory as a whole: a parcel is opened when the one before it is gone', async () => {
    const { outbox, upload } = await backlog(6);
    const open = new Set<string>();
    let most = 0;
    const watched: Outbox = {
      ...outbox,
      async read(name) {
        open.add(name);
        most = Math.max(most, open.size);
        return outbox.read(name);
      },
      async remove(name) {
        open.delete(name);
        return outbox.remove(name);
      },
    };
    await logAnalyticsSink(upload, watched);
    expect([most, await outbox.names()]).toEqual([1, []]);
  });
});

describe('what can be lost', () => {
  test('a process that dies between sending and removing sends twice and never loses', async () => {
    const outbox = newOutbox();
    const dying: Outbox = { ...outbox, remove: () => Promise.reject(new Error('Killed.')) };
    const { upload, rows, taken } = service();
    await (await logAnalyticsSink(upload, dying)).subscription(scan(), result(), comparison([twoFindings]));
    expect(rows()).toHaveLength(4);
    await logAnalyticsSink(upload, outbox);
    expect(taken.slice(3)).toEqual(taken.slice(0, 3));
    const distinct = new Set(taken.filter(({ stream }) => stream === findings).flatMap(({ rows: sent }) => sent.map(row => `${String(row['ScanId'])} ${String(row['FindingId'])}`)));
    expect(distinct.size).toBe(2);
    expect(await outbox.names()).toEqual([]);
  });

  test('a process that dies before sending has kept the rows already', async () => {
    const outbox = newOutbox();
    const { promise: never } = Promise.withResolvers<undefined>();
    const sink = await logAnalyticsSink(() => never, outbox);
    void sink.subscription(scan(), result(), comparison([twoFindings]));
    await expect.poll(() => outbox.names()).toHaveLength(1);
    const { upload, rows } = service();
    await logAnalyticsSink(upload, outbox);
    expect(rows()).toHaveLength(2);
  });

  test('rows that cannot be kept are sent all the same', async () => {
    const outbox = newOutbox();
    const full: Outbox = { ...outbox, keep: () => Promise.reject(new Error('No space left.')) };
    const { upload, rows } = service();
    const sink = await logAnalyticsSink(upload, full);
    await sink.subscription(scan(), result(), comparison([twoFindings]));
    await sink.close(summary(), comparison([]), displayNames);
    expect(rows()).toHaveLength(5);
    expect(await sink.delivery()).toMatchObject({ kept: 0, problem: 'No space left.' });
  });

  test('rows that can be neither kept nor sent are an error', async () => {
    const full: Outbox = { ...newOutbox(), keep: () => Promise.reject(new Error('No space left.')) };
    const sink = await logAnalyticsSink(service(down).upload, full);
    await expect(sink.subscription(scan(), result(), comparison([twoFindings]))).rejects.toThrow('The ingestion endpoint answered 503.');
  });

  test('several subscriptions at a time, a service that comes and goes: every row arrives in the end', async () => {
    const outbox = newOutbox();
    let count = 0;
    const { upload, state, rows } = service(() => ((count += 1) % 5 < 2 ? down() : null));
    const sink = await logAnalyticsSink(upload, outbox);
    const subscriptions = Array.from({ length: 20 }, (_, number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`);
    await Promise.all(subscriptions.map(subscriptionId => sink.subscription(scan(), result({ subscriptionId }), comparison([assessment({ subscriptionId, findings: [finding({ id: subscriptionId })] })]))));
    await sink.close(summary(), comparison([]), displayNames);
    state.answer = () => null;
    await logAnalyticsSink(upload, outbox);
    expect(new Set(rows().flatMap(row => row['FindingId'] ?? []))).toEqual(new Set(subscriptions));
    expect(rows().filter(row => row['Kind'] === 'subscription')).toHaveLength(20);
    expect(rows().filter(row => row['Kind'] === 'scan')).toHaveLength(1);
  });
});
