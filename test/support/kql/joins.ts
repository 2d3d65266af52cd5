import type { Frame, Row, Table } from './frame.ts';
import type { Node } from './kusto.ts';
import { columnsOf, position } from './operators.ts';
import { child, children, nameOf, onlyParameters, parameter } from './tree.ts';
import { keyOf, missing, unsupported } from './values.ts';

interface Matched {
  readonly left: Table;
  readonly right: Table;
  /** Columns that both sides are joined on. */
  readonly keys: readonly string[];
  /** Rows of the right side that go with a row of the left one. */
  readonly matches: (row: Row) => readonly Row[];
}

function match(node: Node, clause: string, left: Table, frame: Frame): Matched {
  onlyParameters(node, 'kind');
  const right = frame.evaluate(child(node, 'Expression'), frame);
  const keys = children(child(node, clause), 'Expressions').map(nameOf);
  const keyIn = ({ columns }: Table): ((row: Row) => string) => {
    const places = keys.map(name => position(columns, name));
    return row => places.map(place => keyOf(row[place] ?? null)).join('\n');
  };
  const [leftKey, rightKey] = [keyIn(left), keyIn(right)];
  const index = Map.groupBy(right.rows, rightKey);
  return { left, right, keys, matches: row => index.get(leftKey(row)) ?? [] };
}

/** Columns of the right side that are not joined on. */
function additions(node: Node, { left, right, keys }: Matched): { readonly columns: Table['columns']; readonly cells: (row: Row | null) => Row } {
  const added = right.columns.filter(({ name }) => !keys.includes(name));
  const places = added.map(({ name }) => position(right.columns, name));
  const columns = columnsOf(node);
  if (columns.length !== left.columns.length + added.length) return unsupported('columns that both sides have');
  return { columns, cells: row => places.map((place, index) => (row ? (row[place] ?? null) : missing(added[index]?.type ?? ''))) };
}

/** `lookup`: the columns of a small table beside each row that it has something on. */
export function lookup(node: Node, left: Table, frame: Frame): Table {
  const matched = match(node, 'LookupClause', left, frame);
  const { columns, cells } = additions(node, matched);
  const outer = (parameter(node, 'kind') ?? 'leftouter') === 'leftouter';
  const rows = left.rows.flatMap(row => {
    const found = matched.matches(row);
    return found.length === 0 ? (outer ? [[...row, ...cells(null)]] : []) : found.map(other => [...row, ...cells(other)]);
  });
  return { columns, rows };
}

export function join(node: Node, left: Table, frame: Frame): Table {
  const matched = match(node, 'ConditionClause', left, frame);
  const kind = parameter(node, 'kind');
  if (kind === 'leftanti') return { columns: left.columns, rows: left.rows.filter(row => matched.matches(row).length === 0) };
  if (kind === 'leftsemi') return { columns: left.columns, rows: left.rows.filter(row => matched.matches(row).length > 0) };
  return unsupported(`join kind=${kind ?? 'innerunique'}`);
}
