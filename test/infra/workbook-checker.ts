import type { Formatter, Item, QueryItem, Visibility, Workbook } from '../../src/tools/workbook/items.ts';
import { lint } from '../support/kql/lint.ts';
import { formProblems } from './workbook-schema.ts';
import { asked, everything, parameterPattern, substituted, type NamedQuery, type Values } from './workbook-values.ts';

/** Bicep and Resource Manager take no longer text. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits */
const longestText = 131_072;

/** What is wrong with a workbook: its form, its names, what its texts, conditions and queries refer to, and the queries themselves. */
export function problemsOf(book: Workbook): readonly string[] {
  const form = formProblems(book);
  return form.length > 0 ? form : [...duplicates(book), ...references(book.items, new Set(), new Map()), ...texts(book)];
}

function duplicates({ items }: Workbook): readonly string[] {
  const names = new Map<string, number>();
  const count = (name: string): void => void names.set(name, (names.get(name) ?? 0) + 1);
  const visit = (item: Item): void => {
    count(`item ${item.name}`);
    if (item.type === 9) for (const { name, id } of item.content.parameters) [`parameter ${name}`, `id ${id}`].forEach(count);
    if (item.type === 11) for (const { id } of item.content.links) count(`id ${id}`);
    if (item.type === 12) item.content.items.forEach(visit);
    for (const { parameterName } of exportsOf(item)) count(`parameter ${parameterName}`);
  };
  items.forEach(visit);
  return [...names].filter(([, times]) => times > 1).map(([name, times]) => `${name} is there ${times} times`);
}

function exportsOf(item: Item): readonly { readonly fieldName: string; readonly parameterName: string }[] {
  return item.type === 3 ? (item.content.exportedParameters ?? []) : [];
}

/**
 * Every parameter that something refers to is set before it. What a group sets is known in the group only.
 * @see https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-create-workbook#scoping
 */
function references(items: readonly Item[], outside: ReadonlySet<string>, outsideValues: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const known = new Set(outside);
  const values = new Map(outsideValues);
  return items.flatMap(item => {
    const found = [...visibilityProblems(item.conditionalVisibility, known, values), ...within(item, known, values)].map(problem => `${item.name}: ${problem}`);
    if (item.type === 11) for (const { cellValue } of item.content.links) known.add(cellValue);
    if (item.type === 11) values.set(item.content.links[0]?.cellValue ?? '', item.content.links.map(({ subTarget }) => subTarget));
    for (const { parameterName } of exportsOf(item)) known.add(parameterName);
    return found;
  });
}

function visibilityProblems(condition: Visibility | undefined, known: ReadonlySet<string>, values: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (!condition) return [];
  const { parameterName, value } = condition;
  if (!known.has(parameterName)) return [`shown by ${parameterName}, which nothing sets before`];
  return values.get(parameterName)?.includes(value) === false ? [`shown by ${parameterName} ${value}, which no tab sets`] : [];
}

function within(item: Item, known: Set<string>, values: ReadonlyMap<string, readonly string[]>): readonly string[] {
  switch (item.type) {
    case 1:
      return unknownIn(item.content.json, known);
    case 3:
      return [...unknownIn(item.content.title, known), ...unknownIn(item.content.crossComponentResources.join(' '), known), ...queryProblems(item, known), ...columnProblems(item)];
    case 9:
      return item.content.parameters.flatMap(parameter => {
        const { name, query, queryType, crossComponentResources = [] } = parameter;
        const found = [...unknownIn(crossComponentResources.join(' '), known), ...(query === undefined || queryType === undefined ? [] : queryProblems({ name, content: { query, queryType } }, known))];
        known.add(name);
        return found.map(problem => `${name}: ${problem}`);
      });
    case 11: {
      const targets = new Set(item.content.links.map(({ cellValue }) => cellValue));
      return targets.size === 1 ? [] : ['tabs that set different parameters'];
    }
    case 12:
      return references(item.content.items, known, values);
  }
}

function unknownIn(text: string, known: ReadonlySet<string>): readonly string[] {
  const names = new Set([...text.matchAll(parameterPattern)].map(([, name = '']) => name));
  return [...names].filter(name => !known.has(name)).map(name => `{${name}} is set by nothing before it`);
}

function queryProblems({ content: { query, queryType } }: { readonly name: string; readonly content: Pick<NamedQuery, 'query' | 'queryType'> }, known: ReadonlySet<string>): readonly string[] {
  const unknown = unknownIn(query, known);
  return unknown.length > 0 ? unknown : kqlProblems({ name: '', query, queryType }, everything);
}

/** What the binder and the lint say of a query with these values. */
export function kqlProblems({ query, queryType }: NamedQuery, values: Values): readonly string[] {
  const analysis = asked(queryType).analyse(substituted(query, values));
  return [...analysis.diagnostics.map(({ code, message, text }) => `${code} ${message} "${text}"`), ...lint(analysis, 'query')];
}

/** The columns that a query gives, by name. */
function columnsOf({ query, queryType }: Pick<NamedQuery, 'query' | 'queryType'>): ReadonlyMap<string, string> {
  return new Map((asked(queryType).analyse(substituted(query, everything)).columns ?? []).map(({ name, type }) => [name, type]));
}

/** Types of columns that a formatter can show. */
const shows: Readonly<Record<number, RegExp>> = { 3: /^(int|long|real)$/, 6: /^datetime$/, 7: /^string$/, 8: /^(int|long|real)$/, 12: /^(int|long|real)$/, 13: /^string$/, 18: /^string$/ };

function columnProblems({ content }: QueryItem): readonly string[] {
  const columns = columnsOf(content);
  const { tileSettings = {}, gridSettings, chartSettings } = content;
  const isFormatter = (value: unknown): value is Formatter => typeof value === 'object' && value !== null && 'formatter' in value;
  const formatters = [...(gridSettings?.formatters ?? []), ...Object.values(tileSettings).filter(isFormatter)];
  const named = [
    ...formatters.map(({ columnMatch }) => columnMatch),
    ...(gridSettings?.labelSettings ?? []).map(({ columnId }) => columnId),
    ...(content.exportedParameters ?? []).map(({ fieldName }) => fieldName),
    ...(chartSettings ? [chartSettings.xAxis, ...chartSettings.yAxis] : []),
    ...('sortCriteriaField' in tileSettings ? [String(tileSettings['sortCriteriaField'])] : []),
  ];
  const twice = (gridSettings?.formatters ?? []).filter(({ columnMatch }, index, all) => all.findIndex(other => other.columnMatch === columnMatch) < index);
  return [
    ...[...new Set(named)].filter(name => !columns.has(name)).map(name => `the query gives no column ${name}`),
    ...formatters.flatMap(({ columnMatch, formatter }) => (columns.has(columnMatch) && shows[formatter]?.test(columns.get(columnMatch) ?? '') === false ? [`formatter ${formatter} cannot show ${columnMatch}, a ${columns.get(columnMatch)}`] : [])),
    ...(chartSettings?.yAxis ?? []).filter(name => columns.has(name) && !/^(int|long|real)$/.test(columns.get(name) ?? '')).map(name => `${name} is no number`),
    ...twice.map(({ columnMatch }) => `two formatters for ${columnMatch}`),
  ];
}

function texts(book: Workbook): readonly string[] {
  const problems: string[] = [];
  JSON.stringify(book, (key, value: unknown) => {
    if (typeof value === 'string' && value.length >= longestText) problems.push(`${key} is longer than ${longestText} characters`);
    if (typeof value === 'string' && /\/(subscriptions|tenants)\/[0-9a-f]{8}-/i.test(value)) problems.push(`${key} holds the id of a subscription or tenant`);
    return value;
  });
  return problems;
}
