import { tables } from '../../../src/sinks/log-analytics/tables.ts';
import { kqlFiles, type KqlFile } from '../../../src/tools/docs/kql-files.ts';
import { workspace, type Workspace } from './evaluate.ts';
import type { Column, Scope } from './kusto.ts';

/** Columns that Log Analytics gives every row. @see https://learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns */
const standard: readonly Column[] = [{ name: '_BilledSize', type: 'real' }];

/** @see https://learn.microsoft.com/azure/azure-monitor/reference/tables/dcrlogerrors */
const ruleErrors: readonly Column[] = ['InputStreamId', 'Message', 'OperationName', 'CorrelationId', '_ResourceId'].map(name => ({ name, type: 'string' }));

const own = tables.map(
  ({ name, columns }) => [name, [...columns.map(column => ({ name: column.name, type: column.type === 'boolean' ? 'bool' : column.type })), ...standard]] as const,
);

/** What a query in the workspace may name: our tables, those of Azure that we read, and these saved functions. */
export function workspaceScope(functions: readonly KqlFile[]): Scope {
  return {
    tables: { ...Object.fromEntries(own), DCRLogErrors: [{ name: 'TimeGenerated', type: 'datetime' }, ...ruleErrors] },
    functions: functions.map(({ name, parameters, text }) => ({ name, parameters, body: text })),
  };
}

let made: Workspace | null = null;

/** The workspace as it is deployed. Made once: the binder takes its time. */
export function deployed(): Workspace {
  made ??= workspace(workspaceScope(kqlFiles('functions')));
  return made;
}
