import { aggregates } from './aggregates.ts';
import { arithmetic } from './arithmetic.ts';
import { arrivals, type Frame, type Row } from './frame.ts';
import { functions, member } from './functions.ts';
import type { Column, Node } from './kusto.ts';
import { literal } from './literals.ts';
import { child, children, nameOf } from './tree.ts';
import { compare, equal, isArray, keyOf, missing, textOf, unsupported, type Value } from './values.ts';

/** Where a row stands. Over a group, `rows` is the group, and there is no row. */
export interface Place {
  readonly row: Row;
  readonly rows: readonly Row[];
  readonly index: number;
}

/** A scalar expression, ready to run. */
export type Scalar = (place: Place) => Value;

/** What the names in an expression mean. */
export interface Scope {
  readonly columns: readonly Column[];
  readonly frame: Frame;
  /** Whether the rows are a group, which aggregates sum up. */
  readonly grouped: boolean;
}

type Test = (a: string, b: string) => boolean;

const words = (text: string): readonly string[] => text.toLowerCase().split(/[^\p{L}\p{N}]+/u);

/** Comparisons of texts. `has` looks for whole words, the others for parts. */
const texts: Readonly<Record<string, Test>> = {
  EqualTildeExpression: (a, b) => a.toLowerCase() === b.toLowerCase(),
  HasExpression: (a, b) => words(a).includes(b.toLowerCase()),
  ContainsExpression: (a, b) => a.toLowerCase().includes(b.toLowerCase()),
  StartsWithExpression: (a, b) => a.toLowerCase().startsWith(b.toLowerCase()),
};

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  LessThanExpression: order => order < 0,
  LessThanOrEqualExpression: order => order <= 0,
  GreaterThanExpression: order => order > 0,
  GreaterThanOrEqualExpression: order => order >= 0,
};

/**
 * Makes an expression ready to run.
 * @throws KqlUnsupported
 */
export function scalar(node: Node, scope: Scope): Scalar {
  const constant = literal(node);
  if (constant) return () => constant.value;
  switch (node.kind) {
    case 'ParenthesizedExpression':
    case 'SimpleNamedExpression':
      return scalar(child(node, 'Expression'), scope);
    case 'NameReference':
      return named(nameOf(node), scope);
    case 'FunctionCallExpression':
      return call(node, scope);
    case 'PathExpression': {
      const [whole, name] = [scalar(child(node, 'Expression'), scope), nameOf(child(node, 'Selector'))];
      return place => member(whole(place), name);
    }
    case 'ElementExpression': {
      const [whole, selector] = [scalar(child(node, 'Expression'), scope), scalar(child(child(node, 'Selector'), 'Expression'), scope)];
      return place => member(whole(place), selector(place));
    }
    case 'ToScalarExpression': {
      const { rows } = scope.frame.evaluate(child(node, 'Expression'), scope.frame);
      const value = rows[0]?.[0] ?? missing(node.type ?? '');
      return () => value;
    }
    case 'InExpression':
    case 'NotInExpression':
      return membership(node, scope);
    default:
      return binary(node, scope);
  }
}

function binary(node: Node, scope: Scope): Scalar {
  const { kind, type } = node;
  if (!('Left' in node.parts)) return unsupported(`the expression ${kind}`);
  const [left, right] = [scalar(child(node, 'Left'), scope), scalar(child(node, 'Right'), scope)];
  if (kind === 'AndExpression') return place => both(left(place), right(place));
  if (kind === 'OrExpression') return place => opposite(both(opposite(left(place)), opposite(right(place))));
  if (kind === 'EqualExpression') return place => equal(left(place), right(place));
  if (kind === 'NotEqualExpression') return place => opposite(equal(left(place), right(place)));
  const order = orders[kind];
  if (order) return place => ordered(compare(left(place), right(place)), order);
  const positive = kind.replace(/^Not/, '');
  const test = texts[positive];
  if (test) return place => test(textOf(left(place)), textOf(right(place))) === (positive === kind);
  return place => arithmetic(kind, left(place), right(place), type);
}

function ordered(order: number | null, holds: (order: number) => boolean): boolean | null {
  return order === null ? null : holds(order);
}

function both(a: Value, b: Value): boolean | null {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

function opposite(value: Value): boolean | null {
  return value === null ? null : value !== true;
}

function named(name: string, { columns, frame, grouped }: Scope): Scalar {
  const index = columns.findIndex(column => column.name === name);
  if (index >= 0) return grouped ? unsupported(`${name} outside of an aggregate`) : ({ row }) => row[index] ?? null;
  const binding = frame.names.get(name);
  if (binding?.kind !== 'scalar') return unsupported(`the name ${name}`);
  return () => binding.value;
}

/** The values that are listed, or those of the first column of a table. */
function listed(node: Node, scope: Scope): (place: Place) => readonly Value[] {
  const options = children(child(node, 'Right'), 'Expressions').map((option): ((place: Place) => readonly Value[]) => {
    if (option.columns) {
      const values = scope.frame.evaluate(option, scope.frame).rows.map(([first = null]) => first);
      return () => values;
    }
    const value = scalar(option, scope);
    return place => [value(place)].flatMap(found => (isArray(found) ? found : [found]));
  });
  return place => options.flatMap(option => option(place));
}

function membership(node: Node, scope: Scope): Scalar {
  const [value, options] = [scalar(child(node, 'Left'), scope), listed(node, scope)];
  const constant = children(child(node, 'Right'), 'Expressions').every(option => option.columns !== null || literal(option) !== null);
  const keys = (place: Place): ReadonlySet<string> => new Set(options(place).map(keyOf));
  const fixed = constant ? keys({ row: [], rows: [], index: 0 }) : null;
  return place => (fixed ?? keys(place)).has(keyOf(value(place))) === (node.kind === 'InExpression');
}

function call(node: Node, scope: Scope): Scalar {
  const name = nameOf(child(node, 'Name'));
  const nodes = children(child(node, 'ArgumentList'), 'Expressions');
  const aggregate = aggregates[name];
  if (scope.grouped && aggregate) return aggregated(aggregate, nodes, scope);
  const special = choice(name, nodes, scope) ?? window(name, nodes, scope);
  if (special) return special;
  const made = functions[name] ?? unsupported(`the function ${name}`);
  const args = nodes.map(argument => scalar(argument, scope));
  const { now } = scope.frame;
  return place =>
    made(
      args.map(argument => argument(place)),
      now,
    );
}

function aggregated(aggregate: (columns: readonly (readonly Value[])[], rows: number) => Value, nodes: readonly Node[], scope: Scope): Scalar {
  const args = nodes.map(argument => scalar(argument, { ...scope, grouped: false }));
  return ({ rows }) =>
    aggregate(
      args.map(argument => rows.map((row, index) => argument({ row, rows, index }))),
      rows.length,
    );
}

/** Functions that look at an argument only where they need it. */
function choice(name: string, nodes: readonly Node[], scope: Scope): Scalar | null {
  if (!['iff', 'iif', 'case', 'coalesce'].includes(name)) return null;
  const args = nodes.map(argument => scalar(argument, scope));
  const last: Scalar = args.at(-1) ?? (() => null);
  if (name === 'coalesce') return place => args.map(argument => argument(place)).find(value => value !== null && value !== '') ?? last(place);
  return place => {
    const chosen = args.findIndex((argument, index) => index % 2 === 0 && index + 1 < args.length && argument(place) === true);
    return chosen < 0 ? last(place) : (args[chosen + 1]?.(place) ?? null);
  };
}

/** Functions that look at other rows. */
function window(name: string, nodes: readonly Node[], scope: Scope): Scalar | null {
  if (name === 'ingestion_time') return ({ row }) => arrivals.get(row) ?? unsupported('ingestion_time() of rows that are not those of a table');
  if (!['prev', 'next', 'row_number'].includes(name)) return null;
  const [first, second] = nodes.map(argument => scalar(argument, scope));
  if (!first || nodes.length > 2) return unsupported(`${name} with ${nodes.length} arguments`);
  const at = (rows: readonly Row[], index: number): Place => ({ row: rows[index] ?? [], rows, index });
  if (name === 'row_number') {
    const numbers = new WeakMap<readonly Row[], readonly number[]>();
    return ({ rows, index }) => {
      const counted = numbers.get(rows) ?? numbering(rows, row => second?.(at(rows, row)) === true, Number(first(at(rows, 0))));
      numbers.set(rows, counted);
      return counted[index] ?? null;
    };
  }
  if (second) return unsupported(`${name} by a distance`);
  const step = name === 'prev' ? -1 : 1;
  return ({ rows, index }) => (index + step in rows ? first(at(rows, index + step)) : missing(nodes[0]?.type ?? ''));
}

function numbering(rows: readonly Row[], restarts: (index: number) => boolean, start: number): readonly number[] {
  let number = start - 1;
  return rows.map((_, index) => {
    number = restarts(index) ? start : number + 1;
    return number;
  });
}
