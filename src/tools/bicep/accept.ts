import { loopNames, withNames, type Context } from './context.ts';
import { infer } from './infer.ts';
import type { Expression, ObjectExpression, Place } from './syntax.ts';
import { anything, described, eitherOf, type Member, type ObjectType, type StringType, type Type } from './types.ts';

/** Values that Azure documents although its types do not list them, with the page that does. */
const documented: ReadonlyMap<string, string> = new Map([
  ['Direct', 'https://learn.microsoft.com/azure/azure-monitor/essentials/data-collection-rule-structure'],
  ['datetime', 'https://learn.microsoft.com/azure/azure-monitor/essentials/data-collection-rule-structure#stream-declarations'],
]);

/** Custom streams have names of their own. */
const isDocumented = (value: string): boolean => documented.has(value) || value.startsWith('Custom-');

/**
 * Reports what keeps an expression from being a value of a type. `where` names the place in messages; null may stand
 * for what may be left out.
 */
export function accept(context: Context, target: Type, expression: Expression, where: string, takesNull = false): void {
  if (expression.kind === 'null' && takesNull) return;
  if (expression.kind === 'ternary') {
    infer(context, expression.test);
    accept(context, target, expression.yes, where, takesNull);
    accept(context, target, expression.no, where, takesNull);
  } else if (target.kind === 'either') {
    acceptOneOf(context, target.options, expression, where, takesNull);
  } else if (expression.kind === 'object' && (target.kind === 'object' || target.kind === 'tagged')) {
    const type = target.kind === 'tagged' ? variantOf(context, target, expression, where) : target;
    if (type) acceptObject(context, type, expression, where);
  } else if (expression.kind === 'array' && target.kind === 'array') {
    for (const item of expression.items) accept(context, target.item(), item, `${where}[]`);
  } else if (expression.kind === 'loop' && target.kind === 'array') {
    const names = loopNames(expression, infer(context, expression.over));
    accept(withNames(context, names), target.item(), expression.body, `${where}[]`);
  } else {
    const source = infer(context, expression);
    const problem = mismatch(takesNull ? withoutNull(source) : source, target, where);
    if (problem) context.report(expression.at, problem.code, problem.message);
  }
}

/** What is left of a type where null stands for nothing at all. */
function withoutNull(type: Type): Type {
  if (type.kind === 'null') return anything;
  return type.kind === 'either' ? eitherOf(type.options.filter(({ kind }) => kind !== 'null')) : type;
}

function acceptOneOf(context: Context, options: readonly Type[], expression: Expression, where: string, takesNull: boolean): void {
  const attempts = options.map(option => {
    const reports: (readonly [Place, string, string])[] = [];
    accept({ ...context, report: (...report) => reports.push(report) }, option, expression, where, takesNull);
    return reports;
  });
  const [fewest = []] = attempts.toSorted((a, b) => a.length - b.length);
  for (const [at, code, message] of fewest) context.report(at, code, message);
}

function variantOf(context: Context, target: Type & { readonly kind: 'tagged' }, expression: ObjectExpression, where: string): ObjectType | null {
  const tag = expression.properties.find(({ key }) => key === target.tag);
  if (!tag) {
    context.report(expression.at, 'BCP078', `${where} needs '${target.tag}': ${[...target.variants.keys()].join(', ')}.`);
    return null;
  }
  if (tag.value.kind !== 'string' || tag.value.value === null) return null;
  const variant = target.variants.get(tag.value.value)?.();
  if (!variant) context.report(tag.value.at, 'BCP036', `${where}.${target.tag} is '${tag.value.value}', not one of ${[...target.variants.keys()].join(', ')}.`);
  return variant?.kind === 'object' ? variant : null;
}

/** Properties that every resource takes. */
const common = new Set(['dependsOn', 'scope', 'parent']);

function acceptObject(context: Context, target: ObjectType, expression: ObjectExpression, where: string): void {
  const isResource = target.members.has('apiVersion');
  for (const { key, keyParts, value, at } of expression.properties) {
    keyParts.forEach(part => infer(context, part));
    const member = key === null ? undefined : target.members.get(key);
    if (member?.readOnly) context.report(at, 'BCP073', `${where}.${key} is read-only.`);
    else if (member) accept(context, member.type(), value, `${where}.${key}`, !member.required);
    else if (target.rest) accept(context, target.rest(), value, `${where}.${key ?? '*'}`);
    else if (!(isResource && key !== null && common.has(key))) context.report(at, 'BCP037', unknownMember(target, key ?? '*', where));
    else infer(context, value);
  }
  const isOpen = expression.properties.some(({ key }) => key === null);
  const given = new Set(expression.properties.map(({ key }) => key));
  const missing = isOpen ? [] : missingOf(target, name => given.has(name));
  if (missing.length > 0) context.report(expression.at, 'BCP035', `${where} needs ${missing.join(', ')}.`);
}

function unknownMember({ members }: ObjectType, key: string, where: string): string {
  const similar = [...members.keys()].find(name => name.toLowerCase() === key.toLowerCase());
  return `${where} has no '${key}'.${similar ? ` Is '${similar}' meant?` : ''}`;
}

function missingOf({ members }: ObjectType, has: (name: string) => boolean): string[] {
  return [...members].filter(([name, { required }]: readonly [string, Member]) => required && !has(name) && !/^(type|apiVersion|id)$/.test(name)).map(([name]) => name);
}

interface Mismatch {
  readonly code: string;
  readonly message: string;
}

/** What keeps a value of one type from being one of another; null: nothing, or it cannot be told. */
function mismatch(source: Type, target: Type, where: string, depth = 0): Mismatch | null {
  if (source.kind === 'any' || target.kind === 'any' || depth > 8) return null;
  if (source.kind === 'either') {
    return source.options.map(option => mismatch(option, target, where, depth)).find(problem => problem !== null) ?? null;
  }
  if (target.kind === 'either') {
    const problems = target.options.map(option => mismatch(source, option, where, depth));
    return problems.includes(null) ? null : (problems[0] ?? null);
  }
  if (target.kind === 'tagged' && source.kind === 'object') return null;
  if (source.kind === 'string' && target.kind === 'string') return textMismatch(source, target, where);
  if (source.kind === 'int' && target.kind === 'int') return numberMismatch(source.options, target, where);
  if (source.kind === 'array' && target.kind === 'array') return mismatch(source.item(), target.item(), `${where}[]`, depth + 1);
  if (source.kind === 'object' && target.kind === 'object') return objectMismatch(source, target, where, depth);
  return source.kind === target.kind ? null : { code: source.kind === 'null' ? 'BCP321' : 'BCP036', message: `${where} takes ${described(target)}, not ${source.kind === 'null' ? 'null, which this may be' : described(source)}.` };
}

function textMismatch(source: StringType, target: StringType, where: string): Mismatch | null {
  const { options, open, pattern, minimum, maximum } = target;
  if (options && source.options === null && !open) return { code: 'BCP036', message: `${where} takes ${described(target)}, not any string.` };
  const wrong = options ? source.options?.find(value => !options.includes(value) && !(open && isDocumented(value))) : undefined;
  if (wrong !== undefined) return { code: open ? 'enum' : 'BCP036', message: `${where} is '${wrong}', not one of ${described(target)}.` };
  for (const value of source.options ?? []) {
    if (pattern !== null && !new RegExp(pattern).test(value)) return { code: 'BCP335', message: `${where} is '${value}', which does not match ${pattern}.` };
    if ((minimum !== null && value.length < minimum) || (maximum !== null && value.length > maximum)) return { code: 'BCP332', message: `${where} is '${value}', which does not have ${minimum ?? 0} to ${maximum ?? 'any number of'} characters.` };
  }
  return null;
}

function numberMismatch(values: readonly number[] | null, { options, minimum, maximum }: Type & { readonly kind: 'int' }, where: string): Mismatch | null {
  const wrong = values?.find(value => (options !== null && !options.includes(value)) || (minimum !== null && value < minimum) || (maximum !== null && value > maximum));
  return wrong === undefined ? null : { code: 'BCP328', message: `${where} is ${wrong}, not ${options ? `one of ${options.join(', ')}` : `from ${minimum ?? 'any'} to ${maximum ?? 'any'}`}.` };
}

function objectMismatch(source: ObjectType, target: ObjectType, where: string, depth: number): Mismatch | null {
  for (const [name, member] of source.members) {
    const taken = target.members.get(name)?.type() ?? target.rest?.();
    if (!taken) return source.name === 'object' ? { code: 'BCP037', message: unknownMember(target, name, where) } : null;
    const problem = mismatch(target.members.get(name)?.required === false ? withoutNull(member.type()) : member.type(), taken, `${where}.${name}`, depth + 1);
    if (problem) return problem;
  }
  const missing = source.rest ? [] : missingOf(target, name => source.members.has(name));
  return missing.length > 0 ? { code: 'BCP035', message: `${where} needs ${missing.join(', ')}.` } : null;
}
