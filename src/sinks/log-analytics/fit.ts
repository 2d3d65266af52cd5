import type { Table } from './tables.ts';

/** Bytes that one field may have: the service cuts at 64 KB without a word, and a row has to stay below 1 MB. */
export const mostFieldBytes = 32_000;

/** Bytes of JSON that one request may have: the service takes 1 MB. */
export const mostRequestBytes = 900_000;

export type AnyRow = Readonly<Record<string, unknown>>;

/** Cuts fields that the service would cut or refuse, and says so in the field. */
export function fit<R extends AnyRow>(row: R, { columns }: Table): R {
  const cut: Record<string, unknown> = {};
  for (const { name, type } of columns) {
    const value = row[name];
    if (type === 'string' && typeof value === 'string') {
      const bytes = Buffer.byteLength(value);
      if (bytes > mostFieldBytes) cut[name] = `${beginning(value, mostFieldBytes - 100)}… [cut: ${bytes} bytes]`;
    } else if (type === 'dynamic') {
      const text = JSON.stringify(value ?? null);
      const bytes = Buffer.byteLength(text);
      if (bytes > mostFieldBytes) cut[name] = { cut: true, bytes, beginning: beginning(text, mostFieldBytes / 4) };
    }
  }
  return { ...row, ...cut };
}

/** The beginning of a text, at most so many bytes, never half a character. */
function beginning(text: string, bytes: number): string {
  return Buffer.from(text).subarray(0, bytes).toString('utf8').replace(/\uFFFD+$/, '');
}

/** Rows in groups that each fit into one request. */
export function requestsOf(rows: readonly AnyRow[]): AnyRow[][] {
  const groups: AnyRow[][] = [];
  let room = 0;
  for (const row of rows) {
    const bytes = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (bytes > room) {
      groups.push([]);
      room = mostRequestBytes;
    }
    groups.at(-1)?.push(row);
    room -= bytes;
  }
  return groups;
}
