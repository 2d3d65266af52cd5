import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item, Parameter, QueryItem, QueryType, Workbook } from '../../src/tools/workbook/items.ts';
import { workspace, type Workspace } from '../support/kql/evaluate.ts';
import { deployed } from '../support/kql/workspace.ts';
import { lazily } from '../support/kql/lazily.ts';

/** The committed workbook. */
export function committed(): Workbook {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../infra/workbook.json'), 'utf8')) as Workbook;
}

/** What somebody has chosen, as the portal writes it into a query. */
export type Values = Readonly<Record<string, string>>;

/** Nothing is narrowed, nothing is clicked. */
export const everything: Values = {
  Workspace: '<workspace-id>',
  Period: '30d',
  ManagementGroup: '*',
  GroupSubscriptions: "'*'",
  GroupIsCut: 'no',
  SubscriptionText: '',
  Subscription: "'*'",
  Severity: "'*'",
  Baseline: '*',
  Tag: '',
  ResourceText: '',
  Setup: 'data',
  Partial: '',
  Silent: '',
  Tab: 'exposure',
  PickedControl: 'none',
  Picked: 'none',
  Shown: '',
  Control: 'none',
};

/** Puts values in place of `{Name}`, as a workbook does; names that are no parameters stay. */
export function substituted(text: string, values: Values): string {
  return text.replaceAll(parameterPattern, (whole, name: string) => values[name] ?? whole);
}

/** `{Name}` or `{Name:format}`. */
export const parameterPattern = /\{([A-Za-z_]\w*)(?::[^{}]*)?\}/g;

export function itemsOf(items: readonly Item[]): readonly Item[] {
  return items.flatMap(item => (item.type === 12 ? [item, ...itemsOf(item.content.items)] : [item]));
}

/** A query of the workbook: of an item, or of a parameter. */
export interface NamedQuery {
  readonly name: string;
  readonly query: string;
  readonly queryType: QueryType;
}

export function queriesOf(book: Workbook): readonly NamedQuery[] {
  const items = itemsOf(book.items);
  const isQueried = (parameter: Parameter): parameter is Parameter & NamedQuery => parameter.query !== undefined && parameter.queryType !== undefined;
  return [
    ...items.flatMap(item => (item.type === 9 ? item.content.parameters.filter(isQueried).map(({ name, query, queryType }) => ({ name, query, queryType })) : [])),
    ...items.filter((item): item is QueryItem => item.type === 3).map(({ name, content: { query, queryType } }) => ({ name, query, queryType })),
  ];
}

const containers = lazily(() =>
  workspace({
    tables: {
      resourcecontainers: [
        ...['id', 'name', 'type', 'subscriptionId', 'tenantId', 'location'].map(name => ({ name, type: 'string' })),
        { name: 'properties', type: 'dynamic' },
        { name: 'tags', type: 'dynamic' },
      ],
    },
    functions: [],
  }),
);

/** What a query is asked of: the workspace, or the table of Resource Graph that has management groups and subscriptions. */
export function asked(queryType: QueryType): Workspace {
  return queryType === 0 ? deployed() : containers();
}
