import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { streamOf, tables } from '../../src/sinks/log-analytics/tables.ts';
import { renderLogTables } from '../../src/tools/docs/log-tables.ts';

interface Definitions {
  readonly tables: readonly { readonly name: string; readonly stream: string; readonly columns: readonly { readonly name: string; readonly type: string; readonly description: string }[] }[];
  readonly streams: Readonly<Record<string, { readonly columns: readonly { readonly name: string; readonly type: string }[] }>>;
}

const committed = JSON.parse(readFileSync(join(import.meta.dirname, '../../infra/tables.json'), 'utf8')) as Definitions;

/** @see https://learn.microsoft.com/azure/azure-monitor/logs/create-custom-table and https://learn.microsoft.com/azure/azure-monitor/service-limits */
const reserved = new Set(['_ResourceId', 'id', '_SubscriptionId', 'TenantId', 'Type', 'UniqueId', 'Title']);

describe('infra/tables.json', () => {
  test('has the tables of the declaration, in its order', () => {
    expect(committed.tables.map(({ name, stream }) => [name, stream])).toEqual(tables.map(table => [table.name, streamOf(table)]));
    expect(Object.keys(committed.streams)).toEqual(tables.map(streamOf));
  });

  test.each(tables.map((table, index) => [table.name, table, index] as const))('%s has the columns of the declaration in table and stream, in one order', (_, table, index) => {
    const names = table.columns.map(({ name }) => name);
    expect(committed.tables[index]?.columns.map(({ name }) => name)).toEqual(names);
    expect(committed.streams[streamOf(table)]?.columns.map(({ name }) => name)).toEqual(names);
    expect(committed.tables[index]?.columns.map(({ description }) => description)).toEqual(table.columns.map(({ description }) => description));
  });

  test.each(tables.map(table => [table.name, table] as const))('%s: a datetime is dateTime in the table and datetime in the stream; other types are the same', (name, table) => {
    const inTable = committed.tables.find(each => each.name === name)?.columns.map(({ type }) => type) ?? [];
    const inStream = committed.streams[streamOf(table)]?.columns.map(({ type }) => type) ?? [];
    expect(inStream).toEqual(table.columns.map(({ type }) => type));
    expect(inTable).toEqual(inStream.map(type => (type === 'datetime' ? 'dateTime' : type)));
    expect(inTable).toContain('dateTime');
    const known = new Set(['string', 'int', 'long', 'real', 'boolean', 'dateTime', 'dynamic']);
    expect(inTable.filter(type => !known.has(type))).toEqual([]);
  });

  test.each(committed.tables.map(table => [table.name, table] as const))('%s keeps the limits of the service', (name, { columns, stream }) => {
    expect(name).toMatch(/^[A-Za-z]\w{0,58}_CL$/);
    expect(stream).toMatch(/^Custom-/);
    expect(columns.length).toBeLessThanOrEqual(500);
    expect(columns[0]).toMatchObject({ name: 'TimeGenerated', type: 'dateTime' });
    for (const column of columns) {
      expect(column.name).toMatch(/^[A-Za-z]\w{0,44}$/);
      expect(reserved.has(column.name), column.name).toBe(false);
    }
    expect(new Set(columns.map(column => column.name.toLowerCase())).size).toBe(columns.length);
  });
});

test('a table is rendered as it is declared', () => {
  const table = { name: 'Doors_CL', columns: [{ name: 'TimeGenerated', type: 'datetime', description: 'When.' }, { name: 'Open', type: 'boolean', description: 'Whether.' }] } as const;
  expect(JSON.parse(renderLogTables([table]))).toEqual({
    tables: [{ name: 'Doors_CL', stream: 'Custom-Doors_CL', columns: [{ name: 'TimeGenerated', type: 'dateTime', description: 'When.' }, { name: 'Open', type: 'boolean', description: 'Whether.' }] }],
    streams: { 'Custom-Doors_CL': { columns: [{ name: 'TimeGenerated', type: 'datetime' }, { name: 'Open', type: 'boolean' }] } },
  });
});
