import { gunzipSync } from 'node:zlib';
import { streamOf, tables, type Column, type Table } from '../sinks/log-analytics/tables.ts';
import { failure, type Answer } from './answer.ts';
import { header, type Request } from './request.ts';
import type { Tokens } from './tokens.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** What arrived. */
export interface Ingestion {
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  accepted(): number;
  readonly refused: readonly Refusal[];
  answer(request: Request): Answer;
}

/** `null`: healthy. A number: the status of every answer. `hang`: no answer. `reset`: the connection breaks. */
export type IngestionMode = null | number | 'hang' | 'reset';

export const ingestionPath = /^\/datacollectionrules\/([^/]+)\/streams\/([^/]+)$/i;

/** @see https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits#logs-ingestion-api */
const mostBytes = 1024 * 1024;
const mostFieldBytes = 64 * 1024;

/**
 * The Logs Ingestion API of one data collection rule. Stricter than Azure, which drops unknown columns and cuts long
 * fields in silence: here both are refused, so that tests notice. A request is taken or refused whole.
 */
export function logsIngestion(ruleId: string, tokens: Tokens): Ingestion {
  const rows = new Map<string, Row[]>(tables.map(({ name }) => [name, []]));
  const refused: Refusal[] = [];
  let accepted = 0;
  const streams = new Map(tables.map(table => [streamOf(table).toLowerCase(), table]));

  function take(request: Request): Answer | null {
    const [, rule = '', stream = ''] = ingestionPath.exec(request.path) ?? [];
    const audience = tokens.audienceOf(request);
    if (audience === null) return failure(401, 'InvalidToken', 'The access token is missing, expired, or was not issued here.');
    if (audience !== tokens.logsAudience) return failure(403, 'OperationFailed', 'The token does not have access to ingest data for the data collection rule.');
    if (request.method !== 'POST') return failure(405, 'MethodNotAllowed', 'Rows are sent by POST.');
    if (request.query.get('api-version') !== '2023-01-01') return failure(400, 'InvalidApiVersion', "The supported api-version is '2023-01-01'.");
    if (rule !== ruleId) return failure(404, 'NotFound', `Data collection rule with immutable Id '${rule}' not found.`);
    const table = streams.get(stream.toLowerCase());
    if (!table) return failure(404, 'InvalidStream', `Data collection rule has no stream '${stream}'.`);
    const sent = rowsIn(request);
    if ('status' in sent) return failure(sent.status, sent.status === 413 ? 'ContentLengthLimitExceeded' : 'InvalidRequestBody', sent.reason);
    const problem = problemIn(sent.rows, table);
    if (problem) return failure(400, 'InvalidRecord', problem);
    rows.get(table.name)?.push(...(sent.rows as Row[]));
    return null;
  }

  return {
    rows,
    refused,
    accepted: () => accepted,
    answer(request) {
      const refusal = take(request);
      if (refusal) refused.push({ status: refusal.status, reason: refusal.body?.toString() ?? '' });
      else accepted += 1;
      return refusal ?? { status: 204 };
    },
  };
}

function rowsIn(request: Request): { readonly rows: readonly unknown[] } | Refusal {
  const tooLarge = { status: 413, reason: `The body is larger than ${mostBytes} bytes.` };
  if (request.body.length > mostBytes) return tooLarge;
  try {
    const zipped = header(request, 'content-encoding').toLowerCase() === 'gzip';
    const plain = zipped ? gunzipSync(request.body, { maxOutputLength: mostBytes }) : request.body;
    const value: unknown = JSON.parse(plain.toString());
    return Array.isArray(value) ? { rows: value } : { status: 400, reason: 'The body is not a JSON array.' };
  } catch (error) {
    if (error instanceof RangeError) return tooLarge;
    return { status: 400, reason: `The body cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** What is wrong with the first row that is; null where all are as the table says. */
function problemIn(rows: readonly unknown[], table: Table): string | null {
  const columns = new Map(table.columns.map(column => [column.name, column]));
  for (const [number, row] of rows.entries()) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return `Row ${number} is not an object.`;
    if (!('TimeGenerated' in row) || row.TimeGenerated === null) return `Row ${number} has no TimeGenerated.`;
    for (const [name, value] of Object.entries(row)) {
      const column = columns.get(name);
      if (!column) return `Row ${number} has the column ${name}, which ${table.name} does not have.`;
      const problem = value === null ? null : problemOf(column, value);
      if (problem) return `Row ${number}, column ${name}: ${problem}`;
    }
  }
  return null;
}

function problemOf({ type }: Column, value: unknown): string | null {
  if (!fits[type](value)) return `${JSON.stringify(value)?.slice(0, 80)} is not of type ${type}.`;
  const bytes = typeof value === 'object' ? Buffer.byteLength(JSON.stringify(value)) : typeof value === 'string' ? Buffer.byteLength(value) : 0;
  return bytes > mostFieldBytes ? `${bytes} bytes; a field holds ${mostFieldBytes}.` : null;
}

const fits: Readonly<Record<Column['type'], (value: unknown) => boolean>> = {
  string: value => typeof value === 'string',
  int: value => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  long: value => Number.isSafeInteger(value),
  real: value => typeof value === 'number',
  boolean: value => typeof value === 'boolean',
  datetime: value => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value)),
  dynamic: () => true,
};
