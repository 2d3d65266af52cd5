import type { ScanIdentity } from '../../core/scan.ts';
import { countsOf, writesUnchanged, type Comparison } from '../../core/transition.ts';
import type { Outbox } from '../../state/outbox.ts';
import { rowsIn, type Parcel, type Rank } from '../../state/parcel.ts';
import type { Sink } from '../sink.ts';
import { fit, requestsOf, type AnyRow } from './fit.ts';
import { assessmentRow, findingRows, goneRow, goneRows, scanRow, subscriptionRow } from './rows.ts';
import { assessmentsTable, findingsTable, scansTable, streamOf, tables, type Table } from './tables.ts';
import { RefusedRowsError, type Upload } from './upload.ts';

/** What became of the rows. */
export interface Delivery {
  /** Rows taken by the service, by table; those of earlier scans included. */
  readonly delivered: ReadonlyMap<string, number>;
  /** Rows kept for a later scan; null where that cannot be read. */
  readonly kept: number | null;
  /** Rows kept by an earlier scan that cannot be read any more, or that the service has refused for too long; a person has to look at them. */
  readonly setAside: number;
  /** Rows given up because too many were kept, by table: by this scan, or by others that could not report it. */
  readonly dropped: ReadonlyMap<string, number>;
  /** Why the last delivery failed; null where all went well. */
  readonly problem: string | null;
}

/** What this sink has sent so far. */
export interface Sent extends Pick<Delivery, 'setAside' | 'problem'> {
  /** Rows taken by the service; those of earlier scans included. */
  readonly rows: number;
}

export interface LogAnalyticsSink extends Sink {
  delivery(): Promise<Delivery>;
  /** Asks nobody. */
  sent(): Sent;
}

export interface SinkSettings {
  /** Longest time to send what earlier scans kept, at the beginning and at the end, milliseconds: a backlog keeps no scan from scanning. 0 = that is left to others. */
  readonly resendMs: number;
}

/** After so many failures in a row the service is left alone until the end of the scan. */
const patience = 3;

/** What is given up first where too much is kept: the closing rows of scans, which say what was given up, last of all. */
const ranks = { findings: 0, assessments: 1, subscription: 2, closing: 3 } as const;

/**
 * Writes assessments to Log Analytics. Every row is kept in the outbox before it is sent, and removed when the service
 * has taken it, so neither a dead endpoint nor a killed process loses one. What earlier scans kept is sent first, the
 * oldest first. Where the outbox itself cannot be used, rows are sent all the same.
 */
export async function logAnalyticsSink(upload: Upload, outbox: Outbox, clock: () => Date = () => new Date(), { resendMs }: SinkSettings = { resendMs: 5 * 60_000 }): Promise<LogAnalyticsSink> {
  const delivered = new Map<string, number>(tables.map(({ name }) => [name, 0]));
  const dropped = new Map<string, number>();
  /** Names of parcels that were refused in this scan: they are not tried twice. */
  const refused = new Set<string>();
  let failures = 0;
  let setAside = 0;
  let problem: string | null = null;

  /** Runs something of the outbox that must not end the scan. */
  const trying = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      problem = firstLine(error);
      return null;
    }
  };
  const send = async ({ table, rows }: Parcel): Promise<void> => {
    await upload(streamNamed(table), rows);
    failures = 0;
    delivered.set(table, (delivered.get(table) ?? 0) + rows.length);
  };
  const deliver = async (name: string, parcel: Parcel): Promise<void> => {
    if (failures >= patience) return;
    try {
      await send(parcel);
    } catch (error) {
      problem = firstLine(error);
      // Rows that the service does not want say nothing about the rows behind them.
      if (!(error instanceof RefusedRowsError)) failures += 1;
      else if (refused.add(name) && (await trying(() => outbox.refused(name))) === 'setAside') setAside += parcel.rows.length;
      return;
    }
    await trying(() => outbox.remove(name));
  };
  const write = async (table: Table, rank: Rank, rows: readonly AnyRow[]): Promise<void> => {
    for (const group of requestsOf(rows.map(row => fit(row, table)))) {
      const parcel = { table: table.name, rows: group };
      const name = await trying(() => outbox.keep(parcel, rank));
      await (name === null ? send(parcel) : deliver(name, parcel));
    }
  };
  const writeComparison = async (scan: ScanIdentity, comparison: Comparison, nameOf: (subscriptionId: string) => string, now: Date): Promise<void> => {
    const { assessments, gone, emission } = comparison;
    await write(findingsTable, ranks.findings, [
      ...assessments.flatMap(each => findingRows(scan, each, emission, nameOf(each.assessment.subscriptionId), now)),
      ...gone.flatMap(each => goneRows(scan, each, nameOf(each.resource.subscriptionId), now)),
    ]);
    await write(assessmentsTable, ranks.assessments, [
      ...assessments.filter(({ transition }) => writesUnchanged(emission) || transition !== 'unchanged').map(each => assessmentRow(scan, each, nameOf(each.assessment.subscriptionId), now)),
      ...gone.filter(({ isGone }) => isGone).map(each => goneRow(scan, each, nameOf(each.resource.subscriptionId), now)),
    ]);
  };
  const sendKept = async (): Promise<void> => {
    if (resendMs === 0) return;
    failures = 0;
    const end = clock().getTime() + resendMs;
    for (const name of await outbox.names()) {
      if (failures > 0 || clock().getTime() >= end) return;
      if (refused.has(name)) continue;
      const parcel = await outbox.read(name);
      if (parcel === 'corrupt') {
        setAside += rowsIn(name);
        problem = `The kept rows in ${name} cannot be read any more.`;
      } else if (parcel !== 'gone') await deliver(name, parcel);
    }
  };
  const keptRows = (): Promise<number | null> => trying(async () => (await outbox.names()).reduce((sum, name) => sum + rowsIn(name), 0));

  await trying(sendKept);
  return {
    async subscription(scan, result, comparison) {
      const now = clock();
      await writeComparison(scan, comparison, () => result.name, now);
      await write(scansTable, ranks.subscription, [subscriptionRow(scan, result, comparison.emission, countsOf(comparison), now)]);
    },
    async close(summary, others, names) {
      const now = clock();
      await writeComparison(summary, others, id => names.get(id) ?? '', now);
      await trying(sendKept);
      const given = await trying(() => outbox.givenUp());
      const counts = { kept: await keptRows(), dropped: given && sum(given.rows) };
      await write(scansTable, ranks.closing, [scanRow(summary, others.emission, counts, now)]);
      // From here on the row says it, wherever that is: delivered, or kept.
      if (given && (await trying(() => outbox.reported(given).then(() => true)))) add(dropped, given.rows);
    },
    async delivery() {
      const given = await trying(() => outbox.givenUp());
      return { delivered, kept: await keptRows(), setAside, dropped: given ? add(new Map(dropped), given.rows) : dropped, problem };
    },
    sent: () => ({ rows: sum(delivered), setAside, problem }),
  };
}

function sum(rows: ReadonlyMap<string, number>): number {
  return [...rows.values()].reduce((total, count) => total + count, 0);
}

function add(sums: Map<string, number>, rows: ReadonlyMap<string, number>): Map<string, number> {
  for (const [table, count] of rows) sums.set(table, (sums.get(table) ?? 0) + count);
  return sums;
}

/** Rows kept by another version may be of a table that this one does not know. */
function streamNamed(table: string): string {
  const known = tables.find(({ name }) => name === table);
  if (!known) throw new RefusedRowsError(`This version has no table ${table}.`);
  return streamOf(known);
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
}
