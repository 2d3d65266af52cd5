import type { Column, Node } from './kusto.ts';
import type { Value } from './values.ts';

/** One value for each column. */
export type Row = readonly Value[];

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** When rows arrived, as ingestion_time() says it: known of rows as they are in a table, before an operator makes others of them. */
export const arrivals = new WeakMap<Row, Date>();

/** What `let` gave a name to: a value, or a table that is worked out when it is first asked for. */
export type Binding = { readonly kind: 'scalar'; readonly value: Value } | { readonly kind: 'table'; readonly table: () => Table };

/** Where an expression is evaluated: what its names mean, and how tables are made. */
export interface Frame {
  readonly now: Date;
  readonly names: ReadonlyMap<string, Binding>;
  readonly table: (name: string) => Table;
  /** Calls a saved function; null where there is none of that name. */
  readonly call: (name: string, args: readonly Value[]) => Table | null;
  /** Evaluates a tabular expression in a frame. */
  readonly evaluate: (node: Node, frame: Frame) => Table;
}
