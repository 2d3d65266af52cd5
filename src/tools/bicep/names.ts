import type { Context } from './context.ts';
import { decorators as knownDecorators, functions, refusedFunctions } from './functions.ts';
import { bodyOf, partsOf, propertyOf, resourcesOf, type Declaration, type Expression, type TypeSyntax } from './syntax.ts';

type Use = { readonly name: string; readonly expression: Expression };

/** Names that expressions of a declaration use, without those that its own loops and lambdas make known. */
export function usesOf(declaration: Declaration): readonly Use[] {
  const values = [...declaration.decorators.flatMap(({ args }) => args), ...('value' in declaration && declaration.value ? [declaration.value] : [])];
  // A resource inside another one may speak of that one.
  const inner = declaration.kind === 'resource' ? (bodyOf(declaration)?.children ?? []).flatMap(usesOf).filter(({ name }) => name !== declaration.name) : [];
  return [...values.flatMap(value => usesIn(value, new Set())), ...inner];
}

function usesIn(expression: Expression, local: ReadonlySet<string>): Use[] {
  if (expression.kind === 'name') return local.has(expression.name) ? [] : [{ name: expression.name, expression }];
  if (expression.kind === 'loop') {
    const names = new Set([...local, expression.item, ...(expression.index === null ? [] : [expression.index])]);
    return [...usesIn(expression.over, local), ...usesIn(expression.body, names)];
  }
  const names = expression.kind === 'lambda' ? new Set([...local, ...expression.parameters]) : local;
  return partsOf(expression).flatMap(part => usesIn(part, names));
}

function typeNames(type: TypeSyntax): string[] {
  switch (type.kind) {
    case 'named':
      return [type.name];
    case 'array':
      return typeNames(type.item);
    case 'nullable':
      return typeNames(type.of);
    case 'union':
      return type.options.flatMap(typeNames);
    case 'object':
      return type.properties.flatMap(property => typeNames(property.type));
    case 'literal':
      return [];
  }
}

const builtInTypes = new Set(['string', 'int', 'bool', 'object', 'array', 'secureString', 'secureObject', 'any']);

/** Reports names that do not exist, that are declared twice, that nobody uses, and that depend on themselves. */
export function checkNames(context: Context): void {
  const { file, report } = context;
  const all = [...file.declarations, ...resourcesOf(file.declarations).filter(resource => !file.declarations.some(({ name, kind }) => name === resource.name && kind === 'resource'))];
  const seen = new Map<string, Declaration>();
  for (const declaration of all) {
    const key = declaration.kind === 'output' ? `output ${declaration.name}` : declaration.name;
    if (seen.has(key)) report(declaration.at, declaration.kind === 'output' ? 'BCP145' : 'BCP028', `${declaration.name} is declared twice.`);
    seen.set(key, declaration);
  }
  const used = new Set<string>();
  for (const declaration of file.declarations) {
    for (const { name, expression } of usesOf(declaration)) {
      used.add(name);
      if (!seen.has(name)) report(expression.at, 'BCP057', `There is no name '${name}'.`);
    }
    for (const { name, at } of declaration.decorators) if (!knownDecorators.has(name)) report(at, 'BCP057', `There is no decorator '${name}'.`);
    if ('type' in declaration && typeof declaration.type === 'object') {
      for (const name of typeNames(declaration.type)) {
        used.add(name);
        if (!builtInTypes.has(name) && seen.get(name)?.kind !== 'type') report(declaration.at, 'BCP302', `There is no type '${name}'.`);
      }
    }
    for (const expression of expressionsOf(declaration)) checkCall(context, expression);
  }
  reportTwins(context);
  reportUnused(context, used);
  reportCycles(context, seen);
}

/** Every expression of a declaration, the ones inside others too. */
export function expressionsOf(declaration: Declaration): readonly Expression[] {
  const all = (expression: Expression): Expression[] => [expression, ...partsOf(expression).flatMap(all)];
  const values = [...declaration.decorators.flatMap(({ args }) => args), ...('value' in declaration && declaration.value ? [declaration.value] : [])];
  return [...values.flatMap(all), ...(declaration.kind === 'resource' ? (bodyOf(declaration)?.children ?? []).flatMap(expressionsOf) : [])];
}

function checkCall({ report }: Context, expression: Expression): void {
  if (expression.kind !== 'call') return;
  const { name, on, args, at } = expression;
  const refused = refusedFunctions.get(name);
  if (refused) report(at, 'refused-function', `${name} ${refused}.`);
  if (refused || on !== null) return;
  const known = functions.get(name);
  if (!known) report(at, 'BCP057', `There is no function '${name}'.`);
  else if (args.length < known.least || args.length > known.most) report(at, 'BCP071', `${name} takes ${known.least}${known.most === known.least ? '' : known.most === Number.POSITIVE_INFINITY ? ' or more' : ` to ${known.most}`} arguments, not ${args.length}.`);
}

/** Two resources or modules that are deployed under one name. */
function reportTwins({ file, report }: Context): void {
  const seen = new Set<string>();
  for (const declaration of file.declarations) {
    if (declaration.kind !== 'resource' && declaration.kind !== 'module') continue;
    const body = bodyOf(declaration);
    const name = propertyOf(body, 'name');
    if (name?.kind !== 'string' || name.value === null || (declaration.kind === 'resource' && declaration.existing)) continue;
    const place = ['scope', 'parent'].map(key => JSON.stringify(propertyOf(body, key), (field, value: unknown) => (field === 'at' ? undefined : value)));
    const key = JSON.stringify([declaration.kind === 'resource' ? declaration.type : 'module', name.value, place]);
    if (seen.has(key)) report(name.at, declaration.kind === 'resource' ? 'BCP121' : 'BCP122', `Another ${declaration.kind} is deployed as ${name.value} in the same place.`);
    seen.add(key);
  }
}

const rules: Readonly<Partial<Record<Declaration['kind'], string>>> = { param: 'no-unused-params', var: 'no-unused-vars', type: 'no-unused-types' };

function reportUnused({ file, report }: Context, used: ReadonlySet<string>): void {
  for (const declaration of file.declarations) {
    const rule = declaration.kind === 'resource' && declaration.existing ? 'no-unused-existing-resources' : rules[declaration.kind];
    if (rule && !used.has(declaration.name)) report(declaration.at, rule, `Nothing uses ${declaration.name}.`);
  }
}

function reportCycles({ file, report }: Context, declared: ReadonlyMap<string, Declaration>): void {
  const ahead = new Map(file.declarations.filter(({ kind }) => kind !== 'output').map(declaration => [declaration.name, usesOf(declaration).map(({ name }) => name)]));
  const reaches = (from: string, target: string, visited: Set<string>): boolean =>
    (ahead.get(from) ?? []).some(name => name === target || (!visited.has(name) && visited.add(name) && reaches(name, target, visited)));
  for (const { name, kind, at } of file.declarations) {
    if (kind !== 'output' && declared.has(name) && reaches(name, name, new Set())) report(at, 'BCP080', `${name} depends on itself.`);
  }
}
