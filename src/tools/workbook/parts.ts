import { createHash } from 'node:crypto';
import type { Formatter, GroupItem, Item, LinksItem, Parameter, ParametersItem, QueryContent, QueryItem, QueryType, TextItem, Visibility, Visualization } from './items.ts';

/** What infra/modules/workbook.bicep replaces by the resource id of the workspace. */
export const workspacePlaceholder = '<workspace-id>';

/** A workbook shows this many rows of a query at most. @see https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-limits */
const mostRows = 10_000;

/** Queries say themselves how far back they look: 90 days at most, and 31 to know the state at the beginning. The service is to look no less far. */
const timeContext = { durationMs: 125 * 86_400_000 };

const logs = { queryType: 0, resourceType: 'microsoft.operationalinsights/workspaces', crossComponentResources: ['{Workspace}'] } as const;
const graph = { queryType: 1, resourceType: 'microsoft.resources/tenants', crossComponentResources: ['value::tenant'] } as const;

/** The same id for the same name, in the form that the portal gives them. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(`cosmos-compliance ${name}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

export function when(parameterName: string, comparison: Visibility['comparison'], value: string): Visibility {
  return { parameterName, comparison, value };
}

/** The same item, shown only under a condition. */
export function shown<T extends Item>(conditionalVisibility: Visibility, item: T): T {
  return { ...item, conditionalVisibility };
}

/** The same item, beside others. */
export function wide<T extends Item>(percent: number, item: T): T {
  return { ...item, customWidth: String(percent) };
}

export function text(name: string, json: string, style?: NonNullable<TextItem['content']['style']>): TextItem {
  return { type: 1, content: { json, ...(style !== undefined && { style }) }, name };
}

export function group(name: string, items: readonly Item[]): GroupItem {
  return { type: 12, content: { version: 'NotebookGroup/1.0', groupType: 'editable', items }, name };
}

interface QueryParts {
  readonly name: string;
  readonly title: string;
  readonly query: string;
  /** What is said where there is no row. */
  readonly empty: string;
  /** Whether no row is good news. */
  readonly emptyIsGood?: boolean;
}

function query({ title, query: kql, empty, emptyIsGood = false }: QueryParts, visualization: Visualization, size: QueryContent['size']): QueryContent {
  return { version: 'KqlItem/1.0', title, query: kql, size, noDataMessage: empty, noDataMessageStyle: emptyIsGood ? 3 : 1, timeContext, ...logs, visualization };
}

interface GridParts extends QueryParts {
  readonly formatters: readonly Formatter[];
  /** Headings of columns whose name is no words. */
  readonly labels?: Readonly<Record<string, string>>;
  /** A click on a row puts a column of it into a parameter. */
  readonly exports?: { readonly column: string; readonly parameter: string };
  readonly size?: QueryContent['size'];
}

export function grid({ formatters, labels = {}, exports, size = 0, ...parts }: GridParts): QueryItem {
  const exported = exports && { exportedParameters: [{ fieldName: exports.column, parameterName: exports.parameter, parameterType: 1 as const, defaultValue: 'none' }] };
  const labelSettings = Object.entries(labels).map(([columnId, label]) => ({ columnId, label }));
  const content = { ...query(parts, 'table', size), showExportToExcel: true, ...exported, gridSettings: { formatters, filter: true, rowLimit: mostRows, labelSettings } };
  return { type: 3, content, name: parts.name };
}

interface ChartParts extends QueryParts {
  readonly kind: Exclude<Visualization, 'table' | 'tiles'>;
  readonly x: string;
  readonly y: readonly string[];
}

export function chart({ kind, x, y, ...parts }: ChartParts): QueryItem {
  return { type: 3, content: { ...query(parts, kind, 1), chartSettings: { xAxis: x, yAxis: y } }, name: parts.name };
}

interface TileParts extends QueryParts {
  readonly settings: Readonly<Record<string, unknown>>;
}

export function tiles({ settings, ...parts }: TileParts): QueryItem {
  return { type: 3, content: { ...query(parts, 'tiles', 4), tileSettings: { ...settings, showBorder: true } }, name: parts.name };
}

/** Tabs that set a parameter; the first is chosen at the start. */
export function tabs(name: string, parameter: string, entries: readonly { readonly value: string; readonly label: string }[]): LinksItem {
  const links = entries.map(({ value, label }) => ({ id: idOf(`${name} ${value}`), cellValue: parameter, linkTarget: 'parameter', linkLabel: label, subTarget: value, style: 'link' }) as const);
  return { type: 11, content: { version: 'LinkItem/1.0', style: 'tabs', links }, name };
}

export function parameters(name: string, list: readonly Parameter[]): ParametersItem {
  return { type: 9, content: { version: 'KqlParameterItem/1.0', parameters: list, style: 'above', queryType: logs.queryType, resourceType: logs.resourceType }, name };
}

type ParameterParts = Pick<Parameter, 'name' | 'label' | 'description'>;

function parameter(parts: ParameterParts, type: Parameter['type']): Pick<Parameter, 'id' | 'version' | 'name' | 'label' | 'description' | 'type'> {
  return { id: idOf(`parameter ${parts.name}`), version: 'KqlParameterItem/1.0', ...parts, type };
}

const asked = (type: QueryType): typeof logs | typeof graph => (type === 0 ? logs : graph);

export function textParameter(parts: ParameterParts): Parameter {
  return { ...parameter(parts, 1), isRequired: false, value: '' };
}

/** Holds the first cell of a query, and is not shown. */
export function hiddenParameter(name: string, kql: string, type: QueryType = 0): Parameter {
  return { ...parameter({ name }, 1), isRequired: false, isHiddenWhenLocked: true, query: kql, timeContext, ...asked(type) };
}

/** One of several values that are listed here. */
export function choice(parts: ParameterParts, values: readonly (readonly [value: string, label: string])[], chosen: string): Parameter {
  return { ...parameter(parts, 2), isRequired: true, jsonData: JSON.stringify(values.map(([value, label]) => ({ value, label }))), typeSettings: { additionalResourceOptions: [], showDefault: false }, value: chosen };
}

/** One of several values that a query lists; `*` is all of them. */
export function queriedChoice(parts: ParameterParts, kql: string, type: QueryType = 0): Parameter {
  return { ...parameter(parts, 2), isRequired: true, query: kql, timeContext, ...asked(type), typeSettings: { additionalResourceOptions: [], showDefault: false }, value: '*' };
}

/** Any of several values; at first all of them, which is `'*'`. */
export function choices(parts: ParameterParts, values: { readonly kql: string } | { readonly listed: readonly string[] }): Parameter {
  const source = 'kql' in values ? { query: values.kql, timeContext, ...logs } : { jsonData: JSON.stringify(values.listed.map(value => ({ value, label: value }))) };
  const typeSettings = { additionalResourceOptions: ['value::all'], selectAllValue: '*', showDefault: false };
  return { ...parameter(parts, 2), isRequired: true, multiSelect: true, quote: "'", delimiter: ',', ...source, typeSettings, value: ['value::all'] };
}

export function workspaceParameter(parts: ParameterParts): Parameter {
  const typeSettings = { resourceTypeFilter: { 'microsoft.operationalinsights/workspaces': true }, additionalResourceOptions: [] };
  return { ...parameter(parts, 5), isRequired: true, typeSettings, value: workspacePlaceholder };
}
