import type { Frame, Row, Table } from './frame.ts';
import type { Node } from './kusto.ts';
import { columnsOf, position } from './operators.ts';
import { scalar, type Scalar } from './scalars.ts';
import { child, children, nameOf, named, optional } from './tree.ts';
import { compare, keyOf, unsupported, type Value } from './values.ts';

/** Fills one column or more from the rows of a group. */
type Part = (rows: readonly Row[]) => readonly Value[];

/** Groups come in the order of their first row; Kusto promises none. */
export function summarize(node: Node, input: Table, frame: Frame): Table {
  const by = children(optional(node, 'ByClause'), 'Expressions');
  const keys = by.map(expression => scalar(expression, { columns: input.columns, frame, grouped: false }));
  const parts = children(node, 'Aggregates').map(expression => part(expression, input, by, frame));
  const groups = new Map<string, { readonly key: Row; readonly rows: Row[] }>();
  for (const [index, row] of input.rows.entries()) {
    const key = keys.map(value => value({ row, rows: input.rows, index }));
    const text = key.map(keyOf).join('\n');
    const group = groups.get(text) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(text, group);
  }
  // Without keys there is one group, also of nothing.
  if (by.length === 0 && groups.size === 0) groups.set('', { key: [], rows: [] });
  return { columns: columnsOf(node), rows: [...groups.values()].map(({ key, rows }) => [...key, ...parts.flatMap(fill => fill(rows))]) };
}

function part(expression: Node, input: Table, by: readonly Node[], frame: Frame): Part {
  const { expression: inner } = named(expression);
  const name = inner.kind === 'FunctionCallExpression' ? nameOf(child(inner, 'Name')) : '';
  if (name === 'arg_max' || name === 'arg_min') return argument(inner, input, by, frame, name === 'arg_max' ? 1 : -1);
  const value = scalar(inner, { columns: input.columns, frame, grouped: true });
  return rows => [value({ row: [], rows, index: 0 })];
}

/** The row with the greatest (1) or least (-1) measure; of equal ones the first, where Kusto may take any. */
function argument(node: Node, { columns }: Table, by: readonly Node[], frame: Frame, sign: 1 | -1): Part {
  const [first, ...rest] = children(child(node, 'ArgumentList'), 'Expressions');
  if (!first) return unsupported('arg_max of nothing');
  const scope = { columns, frame, grouped: false };
  const measure = scalar(first, scope);
  const others = rest.flatMap((expression): readonly Scalar[] =>
    expression.kind === 'StarExpression' ? allBut([...by, first].flatMap(key => named(key).name ?? [])) : [scalar(expression, scope)],
  );
  return rows => {
    if (rows.length === 0) return [null, ...others.map(() => null)];
    const measured = rows.map((row, index) => ({ place: { row, rows, index }, value: measure({ row, rows, index }) }));
    const best = measured.reduce((found, next) => ((compare(next.value, found.value) ?? Number(found.value === null && next.value !== null)) * sign > 0 ? next : found));
    return [best.value, ...others.map(value => value(best.place))];
  };

  function allBut(names: readonly string[]): readonly Scalar[] {
    return columns
      .filter(({ name }) => !names.includes(name))
      .map(({ name }): Scalar => {
        const index = position(columns, name);
        return ({ row }) => row[index] ?? null;
      });
  }
}
