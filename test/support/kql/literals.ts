import type { Node } from './kusto.ts';
import { child, children, token } from './tree.ts';
import { datetime, timespan, unsupported, type Value } from './values.ts';

/** The value of a literal; null where the node is none. */
export function literal(node: Node): { readonly value: Value } | null {
  switch (node.kind) {
    case 'StringLiteralExpression':
      return { value: token(node, 'Token').value };
    case 'LongLiteralExpression':
    case 'IntLiteralExpression':
    case 'RealLiteralExpression':
      return { value: number(token(node, 'Token').value) };
    case 'BooleanLiteralExpression':
      return { value: token(node, 'Token').value === 'true' };
    case 'DateTimeLiteralExpression':
      return { value: datetime(token(node, 'Token').value) };
    case 'TimespanLiteralExpression':
      return { value: timespan(token(node, 'Token').value) };
    case 'UnaryMinusExpression': {
      const inner = literal(child(node, 'Expression'));
      return inner && typeof inner.value === 'number' ? { value: -inner.value } : unsupported('minus before something that is no number');
    }
    case 'NullLiteralExpression':
      return { value: null };
    case 'DynamicExpression':
      return { value: json(child(node, 'Expression')) };
    default:
      return null;
  }
}

function number(text: string): number | null {
  if (text === 'null') return null;
  return Number.isFinite(Number(text)) ? Number(text) : unsupported(`the number ${text}`);
}

function json(node: Node): Value {
  if (node.kind === 'JsonArrayExpression') return children(node, 'Values').map(json);
  if (node.kind === 'JsonObjectExpression') return Object.fromEntries(children(node, 'Pairs').map(pair => [token(pair, 'Name').value, json(child(pair, 'Value'))]));
  return (literal(node) ?? unsupported(`${node.kind} in a dynamic literal`)).value;
}
