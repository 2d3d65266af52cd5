import { arrivals, type Binding, type Frame, type Table } from './frame.ts';
import { analyser, declared, type Analyse, type Analysis, type Column, type FunctionText, type Node, type Scope } from './kusto.ts';
import { lazily } from './lazily.ts';
import { literal } from './literals.ts';
import { datatable, operators, print, range, union } from './operators.ts';
import { scalar } from './scalars.ts';
import { child, children, nameOf, optional } from './tree.ts';
import { cast, missing, unsupported, type Value } from './values.ts';

/** Rows as they are sent to Log Analytics: datetimes are text, columns may be left out. */
export type SentRow = Readonly<Record<string, unknown>>;
export type Tables = Readonly<Record<string, readonly SentRow[]>>;
/** A row of a result, by column. */
export type ResultRow = Readonly<Record<string, Value>>;

export interface Workspace {
  readonly analyse: Analyse;
  /**
   * Runs a query at a time.
   * @throws Error where the binder finds a mistake
   * @throws KqlUnsupported where the query has something the evaluator does not know
   */
  run(this: void, text: string, tables: Tables, now: Date): readonly ResultRow[];
  /** The same workspace with another body for one function, whose columns are to be the same. */
  replacing(name: string, body: string): Workspace;
}

/** When a row arrived, beside its columns; where it is left out, a row arrives when it was written. */
export const arrivedAt = '$arrivedAt';

/** A workspace with tables and saved functions; what is in the tables is said with each query. */
export function workspace(scope: Scope): Workspace {
  return made(scope, remembered(analyser(scope)));
}

function made(scope: Scope, analyse: Analyse): Workspace {
  const functions = new Map(scope.functions.map(each => [each.name, lazily(() => bound(analyse, each))]));
  return {
    analyse,
    replacing: (name, body) => made({ ...scope, functions: scope.functions.map(each => (each.name === name ? { ...each, body } : each)) }, analyse),
    run(text, tables, now) {
      const { tree } = withoutErrors(analyse(text));
      const read = new Map<string, Table>();
      const table = (name: string): Table => {
        const known = read.get(name) ?? received(tables[name] ?? [], scope.tables[name] ?? unsupported(`the table ${name}`));
        read.set(name, known);
        return known;
      };
      const root: Frame = { now, names: new Map(), table, evaluate, call: (name, args) => functions.get(name)?.()(root, args) ?? null };
      const { columns, rows } = script(tree, root);
      return rows.map(row => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
    },
  };
}

/** Analysing takes longer than running. */
function remembered(analyse: Analyse): Analyse {
  const known = new Map<string, Analysis>();
  return text => {
    const analysis = known.get(text) ?? analyse(text);
    known.set(text, analysis);
    return analysis;
  };
}

function withoutErrors(analysis: Analysis): Analysis {
  const first = analysis.diagnostics.find(({ severity }) => severity === 'Error');
  if (first) throw new Error(`${first.code} ${first.message} "${first.text}"`);
  return analysis;
}

/** A saved function over a frame. */
function bound(analyse: Analyse, made: FunctionText): (frame: Frame, args: readonly Value[]) => Table {
  const { tree } = withoutErrors(analyse(declared(made)));
  return (frame, args) => script(tree, frame, args);
}

function script(tree: Node, root: Frame, args: readonly Value[] = []): Table {
  const names = new Map<string, Binding>();
  const frame: Frame = { ...root, names };
  let result: Table | null = null;
  for (const statement of children(tree, 'Statements')) {
    if (statement.kind === 'LetStatement') names.set(nameOf(child(statement, 'Name')), binding(child(statement, 'Expression'), { ...frame, names: new Map(names) }));
    else if (statement.kind === 'ExpressionStatement') result = evaluate(child(statement, 'Expression'), frame);
    else if (statement.kind === 'QueryParametersStatement') {
      for (const [index, declared] of children(statement, 'Parameters').entries()) names.set(...parameter(declared, args[index]));
    } else unsupported(statement.kind);
  }
  return result ?? unsupported('a query without a result');
}

function binding(expression: Node, frame: Frame): Binding {
  if (expression.columns) return { kind: 'table', table: lazily(() => evaluate(expression, frame)) };
  return { kind: 'scalar', value: scalar(expression, { columns: [], frame, grouped: false })({ row: [], rows: [], index: 0 }) };
}

function parameter(declared: Node, given: Value | undefined): [string, Binding] {
  const standard = optional(declared, 'DefaultValue');
  const value = given ?? (standard && literal(child(standard, 'Value')))?.value;
  const name = nameOf(child(child(declared, 'NameAndType'), 'Name'));
  return [name, { kind: 'scalar', value: value ?? unsupported(`the parameter ${name} without a value`) }];
}

function evaluate(node: Node, frame: Frame): Table {
  switch (node.kind) {
    case 'PipeExpression': {
      const operator = child(node, 'Operator');
      const run = operators[operator.kind] ?? unsupported(`the operator ${operator.kind}`);
      return run(operator, evaluate(child(node, 'Expression'), frame), frame);
    }
    case 'ParenthesizedExpression':
    case 'MaterializeExpression':
      return evaluate(child(node, 'Expression'), frame);
    case 'NameReference':
      return byName(nameOf(node), frame);
    case 'FunctionCallExpression': {
      const args = children(child(node, 'ArgumentList'), 'Expressions').map(argument =>
        scalar(argument, { columns: [], frame, grouped: false })({ row: [], rows: [], index: 0 }),
      );
      return frame.call(nameOf(child(node, 'Name')), args) ?? unsupported(`the function ${nameOf(child(node, 'Name'))}`);
    }
    case 'UnionOperator':
      return union(
        node,
        children(node, 'Expressions').map(expression => evaluate(expression, frame)),
      );
    case 'RangeOperator':
      return range(node, frame);
    case 'PrintOperator':
      return print(node, frame);
    case 'DataTableExpression':
      return datatable(node, frame);
    default:
      return unsupported(`the tabular expression ${node.kind}`);
  }
}

function byName(name: string, frame: Frame): Table {
  const known = frame.names.get(name);
  if (known?.kind === 'table') return known.table();
  return known ? unsupported(`${name} as a table`) : frame.table(name);
}

/** What a table holds of the rows that were sent to it. */
function received(rows: readonly SentRow[], columns: readonly Column[]): Table {
  const cell = (value: unknown, type: string): Value => (value === undefined || value === null ? missing(type) : cast(value as Value, type));
  return {
    columns,
    rows: rows.map(sent => {
      const row = columns.map(({ name, type }) => cell(sent[name], type));
      const arrival = cell(sent[arrivedAt] ?? sent['TimeGenerated'], 'datetime');
      if (arrival instanceof Date) arrivals.set(row, arrival);
      return row;
    }),
  };
}
