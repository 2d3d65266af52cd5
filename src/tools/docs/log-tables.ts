import { streamOf, type ColumnType, type Table } from '../../sinks/log-analytics/tables.ts';

/** What a table column is called in Azure; a stream writes `datetime`. @see https://learn.microsoft.com/azure/templates/microsoft.operationalinsights/workspaces/tables */
const tableTypes: Readonly<Record<ColumnType, string>> = { string: 'string', int: 'int', long: 'long', real: 'real', boolean: 'boolean', datetime: 'dateTime', dynamic: 'dynamic' };

/**
 * `infra/tables.json`: the tables of the workspace and the streams of the data collection rule that feed them, for
 * infra/modules/workspace.bicep and ingestion.bicep.
 */
export function renderLogTables(tables: readonly Table[]): string {
  const definitions = {
    tables: tables.map(table => ({ name: table.name, stream: streamOf(table), columns: table.columns.map(({ name, type, description }) => ({ name, type: tableTypes[type], description })) })),
    streams: Object.fromEntries(tables.map(table => [streamOf(table), { columns: table.columns.map(({ name, type }) => ({ name, type })) }])),
  };
  return `${JSON.stringify(definitions, null, 2)}\n`;
}
