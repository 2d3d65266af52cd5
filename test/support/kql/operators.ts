import type { Frame, Row, Table } from './frame.ts';
import { join, lookup } from './joins.ts';
import type { Column, Node } from './kusto.ts';
import { mvExpand } from './mv-expand.ts';
import { scalar, type Scalar, type Scope } from './scalars.ts';
import { summarize } from './summarize.ts';
import { child, children, named, nameOf, onlyParameters, optional, parameter, token } from './tree.ts';
import { compare, keyOf, missing, numberOf, unsupported, type Value } from './values.ts';

type Operator = (node: Node, input: Table, frame: Frame) => Table;

/** The output columns of an operator, as the binder names them. */
export function columnsOf(node: Node): readonly Column[] {
  return node.columns ?? unsupported(`${node.kind} without columns`);
}

export function each(rows: readonly Row[], work: Scalar): readonly Value[] {
  return rows.map((row, index) => work({ row, rows, index }));
}

export function position(columns: readonly Column[], name: string): number {
  const index = columns.findIndex(column => column.name === name);
  return index >= 0 ? index : unsupported(`the column ${name}`);
}

const scopeOf = ({ columns }: Table, frame: Frame): Scope => ({ columns, frame, grouped: false });

function constant(node: Node, frame: Frame): Value {
  return scalar(node, { columns: [], frame, grouped: false })({ row: [], rows: [], index: 0 });
}

/** The columns that stay, by name, in the order of the output. */
function kept(node: Node, { columns, rows }: Table, source: (name: string) => string = name => name): Table {
  const output = columnsOf(node);
  const places = output.map(({ name }) => position(columns, source(name)));
  return { columns: output, rows: rows.map(row => places.map(place => row[place] ?? null)) };
}

function project(node: Node, input: Table, frame: Frame): Table {
  const made = children(node, 'Expressions').map(expression => scalar(expression, scopeOf(input, frame)));
  const { rows } = input;
  return { columns: columnsOf(node), rows: rows.map((row, index) => made.map(value => value({ row, rows, index }))) };
}

function extend(node: Node, input: Table, frame: Frame): Table {
  const { columns, rows } = input;
  const output = columnsOf(node);
  const made = children(node, 'Expressions').map(expression => {
    const { name } = named(expression);
    return { at: position(output, name ?? unsupported('extend without a name')), value: scalar(expression, scopeOf(input, frame)) };
  });
  // A column that is replaced keeps its place; new ones come last.
  const blank = output.slice(columns.length).map(({ type }) => missing(type));
  return {
    columns: output,
    rows: rows.map((row, index) => {
      const next: Value[] = [...row, ...blank];
      for (const { at, value } of made) next[at] = value({ row, rows, index });
      return next;
    }),
  };
}

function distinct(node: Node, input: Table, frame: Frame): Table {
  const { columns, rows } = project(node, input, frame);
  return { columns, rows: [...new Map(rows.map(row => [keyOf(row), row])).values()] };
}

function sorted(input: Table, expressions: readonly Node[], frame: Frame): Table {
  const keys = expressions.map(expression => {
    const isOrdered = expression.kind === 'OrderedExpression';
    const ordering = isOrdered ? optional(expression, 'Ordering') : null;
    if (ordering && optional(ordering, 'NullsClause')) unsupported('nulls first or last');
    const ascending = ordering !== null && token(ordering, 'AscOrDescKeyword').text === 'asc';
    return { values: each(input.rows, scalar(isOrdered ? child(expression, 'Expression') : expression, scopeOf(input, frame))), ascending };
  });
  const order = (a: number, b: number): number => {
    for (const { values, ascending } of keys) {
      const difference = nullsFirst(values[a] ?? null, values[b] ?? null);
      if (difference !== 0) return ascending ? difference : -difference;
    }
    return a - b;
  };
  return { columns: input.columns, rows: [...input.rows.keys()].toSorted(order).map(index => input.rows[index] ?? []) };
}

/** Nulls come first where the order is ascending, and last where it is not. @see https://learn.microsoft.com/kusto/query/sort-operator */
function nullsFirst(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return compare(a, b) ?? 0;
}

function rename(node: Node, input: Table): Table {
  const sources = new Map(children(node, 'Expressions').map(expression => [nameOf(child(expression, 'Name')), nameOf(child(expression, 'Expression'))]));
  return kept(node, input, name => sources.get(name) ?? name);
}

/** Columns of the same name become one; the others are empty where a table does not have them. */
export function union(node: Node, tables: readonly Table[]): Table {
  onlyParameters(node, 'isfuzzy', 'withsource');
  const source = parameter(node, 'withsource');
  const columns = columnsOf(node);
  const operands = children(node, 'Expressions');
  const rows = tables.flatMap((table, which) => {
    const places = columns.map(({ name }) => table.columns.findIndex(column => column.name === name));
    return table.rows.map(row =>
      columns.map(({ name, type }, index) => (name === source ? nameOf(operands[which] ?? node) : (row[places[index] ?? -1] ?? missing(type)))),
    );
  });
  return { columns, rows };
}

/** The tabular operators that our queries use, by the kind of their node. */
export const operators: Readonly<Record<string, Operator>> = {
  FilterOperator: (node, input, frame) => {
    const holds = each(input.rows, scalar(child(node, 'Condition'), scopeOf(input, frame)));
    return { columns: input.columns, rows: input.rows.filter((_, index) => holds[index] === true) };
  },
  ExtendOperator: extend,
  ProjectOperator: project,
  ProjectAwayOperator: (node, input) => kept(node, input),
  ProjectRenameOperator: rename,
  DistinctOperator: distinct,
  SortOperator: (node, input, frame) => sorted(input, children(node, 'Expressions'), frame),
  TopOperator: (node, input, frame) => {
    const { columns, rows } = sorted(input, [child(node, 'ByExpression')], frame);
    return { columns, rows: rows.slice(0, numberOf(constant(child(node, 'Expression'), frame)) ?? 0) };
  },
  SummarizeOperator: summarize,
  JoinOperator: join,
  LookupOperator: lookup,
  MvExpandOperator: mvExpand,
  UnionOperator: (node, input, frame) => union(node, [input, ...children(node, 'Expressions').map(expression => frame.evaluate(expression, frame))]),
  RenderOperator: (_, input) => input,
};

/** `range Day from A to B step C`. */
export function range(node: Node, frame: Frame): Table {
  const [from, to, step] = ['From', 'To', 'Step'].map(name => constant(child(node, name), frame));
  const [first, last, size] = [numberOf(from ?? null), numberOf(to ?? null), numberOf(step ?? null)];
  if (first === null || last === null || size === null || size <= 0) return unsupported('range without bounds');
  const rows: Row[] = [];
  for (let value = first; value <= last; value += size) rows.push([from instanceof Date ? new Date(value) : value]);
  return { columns: columnsOf(node), rows };
}

export function print(node: Node, frame: Frame): Table {
  return { columns: columnsOf(node), rows: [children(node, 'Expressions').map(expression => constant(expression, frame))] };
}

/** `datatable(Name: type)[values]`. */
export function datatable(node: Node, frame: Frame): Table {
  const columns = columnsOf(node);
  const values = children(node, 'Values').map(value => constant(value, frame));
  return { columns, rows: Array.from({ length: values.length / columns.length }, (_, index) => values.slice(index * columns.length, (index + 1) * columns.length)) };
}
