import type { Node, Token } from './kusto.ts';
import { unsupported } from './values.ts';

type Part = Node | Token | readonly Node[] | null;

function isList(part: Part): part is readonly Node[] {
  return Array.isArray(part);
}

/** The child of that name; null where the text has none. */
export function optional(node: Node, name: string): Node | null {
  const part = node.parts[name] ?? null;
  if (part === null) return null;
  return !isList(part) && 'kind' in part ? part : unsupported(`${node.kind}.${name} as a node`);
}

export function child(node: Node, name: string): Node {
  return optional(node, name) ?? unsupported(`${node.kind} without ${name}`);
}

/** The children of that name; none where the text has none. */
export function children(node: Node | null, name: string): readonly Node[] {
  const part = node?.parts[name] ?? null;
  if (part === null) return [];
  return isList(part) ? part : unsupported(`${node?.kind}.${name} as a list`);
}

export function token(node: Node, name: string): Token {
  const part = node.parts[name] ?? null;
  return part !== null && !isList(part) && 'text' in part ? part : unsupported(`${node.kind} without the token ${name}`);
}

/** What a name, declared or used, says. */
export function nameOf(node: Node): string {
  switch (node.kind) {
    case 'NameReference':
    case 'NameDeclaration':
      return nameOf(child(node, 'Name'));
    case 'TokenName':
      return token(node, 'Name').value;
    default:
      return unsupported(`a name that is a ${node.kind}`);
  }
}

/** The name that an expression is given, and the expression itself. */
export function named(node: Node): { readonly name: string | null; readonly expression: Node } {
  if (node.kind === 'SimpleNamedExpression') return { name: nameOf(child(node, 'Name')), expression: child(node, 'Expression') };
  return { name: node.kind === 'NameReference' ? nameOf(node) : null, expression: node };
}

/** `kind=leftouter`: the value of a parameter of an operator; null where it is not given. */
export function parameter(operator: Node, name: string): string | null {
  const given = children(operator, 'Parameters').find(part => nameOf(child(part, 'Name')) === name);
  if (!given) return null;
  const value = child(given, 'Expression');
  if (value.parts['Token']) return token(value, 'Token').value || token(value, 'Token').text;
  return nameOf(value);
}

/** Every parameter has to be one that is understood. */
export function onlyParameters(operator: Node, ...names: readonly string[]): void {
  for (const part of children(operator, 'Parameters')) {
    const name = nameOf(child(part, 'Name'));
    if (!names.includes(name)) unsupported(`${name} of ${operator.kind}`);
  }
}

/** Calls `visit` with every node, parents first. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const part of Object.values(node.parts)) {
    if (part === null) continue;
    if (isList(part)) for (const element of part) walk(element, visit);
    else if ('kind' in part) walk(part, visit);
  }
}
