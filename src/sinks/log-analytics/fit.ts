import type { Table } from './tables.ts';

/** Bytes of JSON that one field may have: the service cuts at 64 KB without a word, and a row has to stay below 1 MB. */
export const mostFieldBytes = 32_000;

/** Bytes of JSON that one request may have: the service takes 1 MB. */
export const mostRequestBytes = 900_000;

export type AnyRow = Readonly<Record<string, unknown>>;

/** Cuts fields that the service would cut or refuse, and says so in the field. */
export function fit<R extends AnyRow>(row: R, { columns }: Table): R {
  const cut: Record<string, unknown> = {};
  for (const { name, type } of columns) {
    const value = row[name];
    const text = JSON.stringify(value ?? null);
    if (Buffer.byteLength(text) <= mostFieldBytes) continue;
    if (typeof value === 'string') cut[name] = `${beginning(value, mostFieldBytes - 100)}… [cut: ${Buffer.byteLength(value)} bytes]`;
    else if (type === 'dynamic') cut[name] = { cut: true, bytes: Buffer.byteLength(text), beginning: beginning(text, mostFieldBytes - 100) };
  }
  return { ...row, ...cut };
}

/** The beginning of a text, at most so many bytes of JSON, never half a character. */
function beginning(text: string, bytes: number): string {
  let room = bytes;
  let end = 0;
  for (const character of text) {
    room -= Buffer.byteLength(JSON.stringify(character)) - 2;
    if (room < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Rows in groups that each fit into one request: an array of them, as JSON. */
export function requestsOf(rows: readonly AnyRow[]): AnyRow[][] {
  const groups: AnyRow[][] = [];
  let room = 0;
  for (const row of rows) {
    const bytes = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (bytes > room) {
      groups.push([]);
      room = mostRequestBytes - 1;
    }
    groups.at(-1)?.push(row);
    room -= bytes;
  }
  return groups;
}
