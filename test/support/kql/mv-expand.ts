import type { Frame, Table } from './frame.ts';
import type { Node } from './kusto.ts';
import { columnsOf, position } from './operators.ts';
import { scalar } from './scalars.ts';
import { child, children, named, optional } from './tree.ts';
import { cast, isArray, unsupported, type Value } from './values.ts';

/** A row for each element of a list. What an empty list becomes differs between versions, so it is not done. */
export function mvExpand(node: Node, input: Table, frame: Frame): Table {
  const [only, ...others] = children(node, 'Expressions');
  if (!only || others.length > 0 || optional(node, 'RowLimitClause')) return unsupported('mv-expand of several columns or with a limit');
  const { name, expression } = named(child(only, 'Expression'));
  const value = scalar(expression, { columns: input.columns, frame, grouped: false });
  const columns = columnsOf(node);
  const at = position(columns, name ?? unsupported('mv-expand without a name'));
  const type = columns[at]?.type ?? 'dynamic';
  const { rows } = input;
  return {
    columns,
    rows: rows.flatMap((row, index) => {
      const list = value({ row, rows, index });
      if (!isArray(list) || list.length === 0) return unsupported('mv-expand of something that is no list, or empty');
      return list.map(element => {
        const next: Value[] = [...row];
        next[at] = cast(element, type);
        return next;
      });
    }),
  };
}
