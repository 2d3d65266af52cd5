import type { Assessment } from '../../core/assessment.ts';
import { rowsIn, type Outbox, type Parcel } from '../../state/outbox.ts';
import type { Sink } from '../sink.ts';
import { fit, requestsOf, type AnyRow } from './fit.ts';
import { assessmentRow, findingRows, scanRow, subscriptionRow } from './rows.ts';
import { assessmentsTable, findingsTable, scansTable, streamOf, tables, type Table } from './tables.ts';
import { RefusedRowsError, type Upload } from './upload.ts';

/** What became of the rows. */
export interface Delivery {
  /** Rows taken by the service, by table; those of earlier scans included. */
  readonly delivered: ReadonlyMap<string, number>;
  /** Rows kept for a later scan. */
  readonly kept: number;
  /** Rows kept by an earlier scan that cannot be read any more; a person has to look at them. */
  readonly setAside: number;
  /** Why the last delivery failed; null where all went well. */
  readonly problem: string | null;
}

export interface LogAnalyticsSink extends Sink {
  delivery(): Promise<Delivery>;
}

/** After so many failures in a row the service is left alone until the end of the scan. */
const patience = 3;

/**
 * Writes assessments to Log Analytics. Every row is kept in the outbox before it is sent, and removed when the service
 * has taken it, so neither a dead endpoint nor a killed process loses one. What earlier scans kept is sent first.
 */
export async function logAnalyticsSink(upload: Upload, outbox: Outbox, clock: () => Date = () => new Date()): Promise<LogAnalyticsSink> {
  const delivered = new Map<string, number>(tables.map(({ name }) => [name, 0]));
  const names = new Map<string, string>();
  let findings = 0;
  let failures = 0;
  let setAside = 0;
  let problem: string | null = null;

  const send = async ({ table, rows }: Parcel): Promise<void> => {
    await upload(streamNamed(table), rows);
    failures = 0;
    delivered.set(table, (delivered.get(table) ?? 0) + rows.length);
  };
  const deliver = async (name: string, parcel: Parcel): Promise<void> => {
    if (failures >= patience) return;
    try {
      await send(parcel);
      await outbox.remove(name);
    } catch (error) {
      problem = firstLine(error);
      // Rows that the service does not want say nothing about the rows behind them.
      if (!(error instanceof RefusedRowsError)) failures += 1;
    }
  };
  const write = async (table: Table, rows: readonly AnyRow[]): Promise<void> => {
    for (const group of requestsOf(rows.map(row => fit(row, table)))) {
      const parcel = { table: table.name, rows: group };
      const name = await outbox.keep(parcel).catch((error: unknown) => {
        problem = firstLine(error);
        return null;
      });
      await (name === null ? send(parcel) : deliver(name, parcel));
    }
  };
  const sendKept = async (): Promise<void> => {
    failures = 0;
    for (const name of await outbox.names()) {
      if (failures > 0) return;
      const parcel = await outbox.read(name);
      if (parcel === 'corrupt') {
        setAside += rowsIn(name);
        problem = `The kept rows in ${name} cannot be read any more.`;
      } else if (parcel !== 'gone') await deliver(name, parcel);
    }
  };
  const keptRows = async (): Promise<number> => (await outbox.names()).reduce((sum, name) => sum + rowsIn(name), 0);

  await sendKept();
  return {
    async subscription(scan, result, assessments) {
      const now = clock();
      names.set(result.subscriptionId, result.name);
      const rows = assessments.flatMap(assessment => findingRows(scan, assessment, result.name, now));
      findings += rows.length;
      await write(findingsTable, rows);
      await write(assessmentsTable, assessments.map(assessment => assessmentRow(scan, assessment, result.name, now)));
      await write(scansTable, [subscriptionRow(scan, result, rows.length, now)]);
    },
    async close(summary, perimeters) {
      const now = clock();
      const named = (assessment: Assessment): string => names.get(assessment.subscriptionId) ?? '';
      const rows = perimeters.flatMap(assessment => findingRows(summary, assessment, named(assessment), now));
      findings += rows.length;
      await write(findingsTable, rows);
      await write(assessmentsTable, perimeters.map(assessment => assessmentRow(summary, assessment, named(assessment), now)));
      await sendKept();
      await write(scansTable, [scanRow(summary, findings, await keptRows(), now)]);
    },
    delivery: async () => ({ delivered, kept: await keptRows(), setAside, problem }),
  };
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
