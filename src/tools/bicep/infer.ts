import { itemOf, loopNames, pathFrom, withNames, type Context } from './context.ts';
import { functions } from './functions.ts';
import { fixedMembers } from './start.ts';
import type { Expression } from './syntax.ts';
import { anything, anyArray, arrayOf, boolean, described, eitherOf, integer, nothing, objectOf, text, textOf, typeOfJson, type Type } from './types.ts';

/** The type of an expression. Members that are not there and files that cannot be loaded are reported on the way. */
export function infer(context: Context, expression: Expression): Type {
  switch (expression.kind) {
    case 'string':
      expression.parts.forEach(part => infer(context, part));
      return expression.value === null ? text : textOf(expression.value);
    case 'int':
      return { kind: 'int', minimum: null, maximum: null, options: [expression.value] };
    case 'bool':
      return boolean;
    case 'null':
      return nothing;
    case 'name':
      return context.typeOf(expression.name) ?? anything;
    case 'object':
      return inferObject(context, expression);
    case 'array':
      return arrayOf(eitherOf(expression.items.map(item => infer(context, item))));
    case 'member':
      if (!expression.safe && mayBeMissing(context, expression)) context.report(expression.at, 'BCP318', `'${expression.name}' is asked of something that is deployed on a condition. Write !. where the condition holds, or .?`);
      return memberOf(context, infer(context, expression.of), expression);
    case 'index':
      return inferIndex(context, expression);
    case 'call':
      return inferCall(context, expression);
    case 'ternary':
      infer(context, expression.test);
      return eitherOf([infer(context, expression.yes), infer(context, expression.no)]);
    case 'operation':
      return inferOperation(expression.operator, expression.operands.map(operand => infer(context, operand)));
    case 'loop': {
      const over = infer(context, expression.over);
      return arrayOf(infer(withNames(context, loopNames(expression, over)), expression.body));
    }
    case 'condition':
      infer(context, expression.test);
      return infer(context, expression.body);
    case 'lambda':
      return anything;
  }
}

function inferObject(context: Context, expression: Expression & { readonly kind: 'object' }): Type {
  const members: Record<string, Type> = {};
  let isOpen = false;
  for (const { key, keyParts, value } of expression.properties) {
    keyParts.forEach(part => infer(context, part));
    const type = infer(context, value);
    if (key === null) isOpen = true;
    else members[key] = type;
  }
  const type = objectOf(members);
  return isOpen ? { ...type, rest: () => anything } : type;
}

function memberOf(context: Context, of: Type, { name, safe, at }: Expression & { readonly kind: 'member' }): Type {
  if (of.kind === 'either') {
    const holders = of.options.filter(({ kind }) => kind !== 'null');
    return eitherOf(holders.map(holder => memberOf(context, holder, { kind: 'member', of: { kind: 'null', at }, name, safe, at })));
  }
  if (of.kind === 'object') {
    const member = of.members.get(name)?.type() ?? of.rest?.();
    if (member) return member;
    if (!safe) context.report(at, 'BCP053', `${described(of)} has no '${name}'. It has ${[...of.members.keys()].join(', ')}.`);
    return anything;
  }
  if (of.kind === 'array') context.report(at, 'BCP055', `'${name}' is asked of an array; take one of its elements.`);
  if (of.kind === 'string' || of.kind === 'int' || of.kind === 'bool') context.report(at, 'BCP055', `'${name}' is asked of a ${of.kind}.`);
  return anything;
}

/** Whether a member is asked of a conditional resource or module. What is known at the start is known all the same. */
function mayBeMissing({ file }: Context, { of, name }: Expression & { readonly kind: 'member' }): boolean {
  const root = of.kind === 'index' ? of.of : of;
  const declaration = root.kind === 'name' ? file.declarations.find(each => each.name === root.name && (each.kind === 'resource' || each.kind === 'module')) : undefined;
  if (declaration?.kind !== 'resource' && declaration?.kind !== 'module') return false;
  const body = declaration.value.kind === 'loop' ? declaration.value.body : declaration.value;
  return body.kind === 'condition' && !(declaration.kind === 'module' ? name === 'name' : fixedMembers.has(name));
}

function inferIndex(context: Context, { of, index, safe, at }: Expression & { readonly kind: 'index' }): Type {
  const [held, key] = [infer(context, of), infer(context, index)];
  if (held.kind === 'object' && index.kind === 'string' && index.value !== null) return memberOf(context, held, { kind: 'member', of, name: index.value, safe, at });
  if (held.kind === 'array' && key.kind === 'string') context.report(at, 'BCP074', 'An array is indexed by a number.');
  return itemOf(held);
}

function inferCall(context: Context, { name, on, args, at }: Expression & { readonly kind: 'call' }): Type {
  if (on !== null) infer(context, on);
  const types = args.filter(({ kind }) => kind !== 'lambda').map(argument => infer(context, argument));
  if (on !== null) return anything;
  if (name.startsWith('load')) return loaded(context, name, args, at);
  if (name === 'concat' && types[0]?.kind === 'array') return arrayOf(eitherOf(types.map(itemOf)));
  if (name === 'split') return arrayOf(text);
  if (name === 'range') return arrayOf(integer);
  // The array may be empty.
  if ((name === 'first' || name === 'last') && types[0]?.kind === 'array') return eitherOf([itemOf(types[0]), nothing]);
  return functions.get(name)?.gives ?? anything;
}

/** Most characters of a file that is compiled in. @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-files */
const mostOfText = 131_072;
const mostOfJson = 1_048_576;

/** A file that is compiled in: its path is literal, it is there, and JSON is JSON. */
function loaded(context: Context, name: string, [argument, ...others]: readonly Expression[], at: Expression['at']): Type {
  if (argument?.kind !== 'string' || argument.value === null) {
    context.report(at, 'BCP032', `${name} takes a path that is written out.`);
    return anything;
  }
  if (name === 'loadDirectoryFileInfo') return anyArray;
  const content = context.project.read(pathFrom(context.file, argument.value));
  if (content === null) {
    context.report(at, 'BCP091', `There is no file ${argument.value}.`);
    return anything;
  }
  const most = name === 'loadTextContent' ? mostOfText : mostOfJson;
  if (content.length > most) context.report(at, 'BCP184', `${argument.value} has ${content.length} characters, more than the ${most} that ${name} takes.`);
  if (name !== 'loadJsonContent') return name === 'loadTextContent' ? text : anything;
  try {
    const json: unknown = JSON.parse(content.replace(/^\uFEFF/, ''));
    return others.length > 0 ? anything : typeOfJson(json);
  } catch {
    context.report(at, 'BCP186', `${argument.value} is not JSON.`);
    return anything;
  }
}

function inferOperation(operator: string, types: readonly Type[]): Type {
  if (operator === '??') return eitherOf(types);
  if (/^[-+*/%]$/.test(operator)) return integer;
  return /^(!|&&|\|\||[=!]=|[=!]~|[<>]=?)$/.test(operator) ? boolean : anyArray;
}
