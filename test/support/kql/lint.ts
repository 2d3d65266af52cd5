import type { Analysis, Node } from './kusto.ts';
import { child, children, nameOf, optional, parameter, walk } from './tree.ts';

const numbers = new Set(['int', 'long', 'real', 'decimal']);
const windows = new Set(['prev', 'next', 'row_number', 'row_cumsum']);
/** After these, rows have an order; the others lose it. */
const serializing = new Set(['SortOperator', 'SerializeOperator', 'TopOperator']);
const keeping = new Set(['ExtendOperator', 'FilterOperator', 'ProjectOperator', 'ProjectAwayOperator', 'ProjectRenameOperator', 'MvExpandOperator']);

function comparable(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b || a === 'dynamic' || b === 'dynamic' || (numbers.has(a) && numbers.has(b));
}

function isSerialized(node: Node): boolean {
  if (node.kind === 'ParenthesizedExpression') return isSerialized(child(node, 'Expression'));
  if (node.kind !== 'PipeExpression') return false;
  const { kind } = child(node, 'Operator');
  return serializing.has(kind) || (keeping.has(kind) && isSerialized(child(node, 'Expression')));
}

function callsWindow(node: Node): boolean {
  let found = false;
  walk(node, each => {
    found ||= each.kind === 'FunctionCallExpression' && windows.has(nameOf(child(each, 'Name')));
  });
  return found;
}

type Rule = (node: Node) => string | null;

/** What the engine refuses, or does differently than one thinks, and the binder does not say. */
const rules: readonly Rule[] = [
  node =>
    node.kind === 'PipeExpression' && callsWindow(child(node, 'Operator')) && !isSerialized(child(node, 'Expression'))
      ? 'looks at other rows, which have no order here'
      : null,
  node => {
    if (!/^(Not)?Equal|^(Less|Greater)Than/.test(node.kind)) return null;
    const [left, right] = [child(node, 'Left').type, child(node, 'Right').type];
    return comparable(left, right) ? null : `compares ${left} with ${right}`;
  },
  node => {
    if (!/^(Not)?InExpression$/.test(node.kind)) return null;
    const { type } = child(node, 'Left');
    const other = children(child(node, 'Right'), 'Expressions').find(option => !comparable(type, option.type));
    return other ? `looks for ${type} among ${other.type}` : null;
  },
  node => {
    if (node.kind !== 'FunctionCallExpression' || !['iff', 'iif'].includes(nameOf(child(node, 'Name')))) return null;
    const [, then, otherwise] = children(child(node, 'ArgumentList'), 'Expressions');
    return then && otherwise && !comparable(then.type, otherwise.type) ? `gives ${then.type} or ${otherwise.type}` : null;
  },
  node => (node.kind === 'JoinOperator' && parameter(node, 'kind') === null ? 'joins without a kind, and so loses rows of the left side' : null),
  node => {
    const clause = node.kind === 'JoinOperator' ? optional(node, 'ConditionClause') : node.kind === 'LookupOperator' ? optional(node, 'LookupClause') : null;
    return children(clause, 'Expressions').some(({ type }) => type === 'dynamic') ? 'joins on something dynamic' : null;
  },
  node =>
    /^(Add|Subtract|Multiply|Divide|Modulo)Expression$/.test(node.kind) && [child(node, 'Left'), child(node, 'Right')].some(({ type }) => type === 'dynamic')
      ? 'calculates with something dynamic'
      : null,
];

/** What an alert rule may not hold. @see https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-log-alert-rule#configure-alert-rule-conditions */
const alertRules: readonly Rule[] = [
  node =>
    ['SearchOperator', 'FindOperator', 'TakeOperator', 'SampleOperator', 'RenderOperator', 'EvaluateOperator', 'CountOperator'].includes(node.kind)
      ? `has a ${node.kind}`
      : null,
  // Of a table that may not be there yet; nothing else is a reason for a union.
  node => (node.kind === 'UnionOperator' && parameter(node, 'isfuzzy') !== 'true' ? 'has a union' : null),
  node => {
    if (node.kind !== 'FunctionCallExpression' || nameOf(child(node, 'Name')) !== 'ago') return null;
    const [length] = children(child(node, 'ArgumentList'), 'Expressions');
    return length?.kind === 'TimespanLiteralExpression' ? null : 'says ago() of something that is no literal';
  },
  node => (node.kind === 'NameReference' && nameOf(node) === 'AggregatedValue' ? 'uses a reserved word' : null),
  node => (node.kind === 'FunctionCallExpression' && nameOf(child(node, 'Name')).startsWith('CosmosCompliance') ? 'calls a saved function' : null),
];

/** What is wrong with a text beside what the binder says: each with the text that is meant. */
export function lint({ text, kind, columns, tree }: Analysis, use: 'query' | 'alert'): readonly string[] {
  const found: string[] = [...(kind === 'Query' ? [] : ['is no query']), ...(columns === null ? ['has no tabular result'] : [])];
  walk(tree, node => {
    for (const rule of use === 'alert' ? [...rules, ...alertRules] : rules) {
      const problem = rule(node);
      if (problem !== null) found.push(`${problem}: ${text.slice(...node.at).slice(0, 60)}`);
    }
  });
  return found;
}
