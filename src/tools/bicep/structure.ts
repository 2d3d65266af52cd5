import { accept } from './accept.ts';
import { loopNames, parametersOf, pathFrom, withNames, type Context } from './context.ts';
import { infer } from './infer.ts';
import { bodyOf, partsOf, propertyOf, resourcesOf, type Declaration, type Expression, type ModuleDeclaration, type ResourceDeclaration, type Scope } from './syntax.ts';
import { anything, typeFrom } from './types.ts';

/** Judges what is declared: values against their types, resources against Azure's, modules against what they take. */
export function checkDeclarations(context: Context, skipped: Set<string>): void {
  for (const declaration of context.file.declarations) {
    checkLoops(context, declaration);
    if (declaration.kind === 'param' && declaration.value) accept(context, context.typeOf(declaration.name) ?? anything, declaration.value, declaration.name);
    else if (declaration.kind === 'output') accept(context, typeFrom(declaration.type, context.typeOf), declaration.value, declaration.name);
    else if (declaration.kind === 'var') infer(context, declaration.value);
    else if (declaration.kind === 'module') checkModule(context, declaration);
    for (const { args } of declaration.decorators) args.forEach(argument => infer(context, argument));
  }
  for (const resource of resourcesOf(context.file.declarations)) checkResource(context, resource, skipped);
}

function checkResource(context: Context, resource: ResourceDeclaration, skipped: Set<string>): void {
  const { project, report } = context;
  if (!/^[\w.]+(\/\w+)+@\d{4}-\d\d-\d\d(-preview)?$/.test(resource.type)) report(resource.at, 'BCP029', `${resource.type} is no resource type with an API version.`);
  const known = project.azure?.(resource.type) ?? null;
  if (!known && !resource.existing) skipped.add(resource.type);
  if (resource.existing || !known) infer(context, resource.value);
  else {
    infer(context, resource.value);
    const body = bodyOf(resource);
    if (body) accept(insideOf(context, resource.value), known.body, body, resource.name);
    if (!known.scopes.includes('extension') && !known.scopes.includes(context.file.scope) && !propertyOf(bodyOf(resource), 'scope')) report(resource.at, 'BCP135', `${resource.type} is deployed to ${known.scopes.join(' or ')}, not to ${context.file.scope}.`);
  }
  checkDependsOn(context, resource);
}

function checkModule(context: Context, declaration: ModuleDeclaration): void {
  const { file, project, report } = context;
  const body = bodyOf(declaration);
  infer(context, declaration.value);
  checkDependsOn(context, declaration);
  if (/^(br|ts)[:/]/.test(declaration.path)) {
    report(declaration.at, 'registry-module', `${declaration.path} comes from a registry; modules live in this repository, so that everything builds offline.`);
    return;
  }
  const module = project.files.get(pathFrom(file, declaration.path));
  if (!module) {
    report(declaration.at, 'BCP091', `There is no module ${declaration.path}.`);
    return;
  }
  if (module.faults.length > 0) return;
  for (const { key, at } of body?.properties ?? []) if (!['name', 'scope', 'params', 'dependsOn'].includes(key ?? '')) report(at, 'BCP037', `A module has no '${key}'.`);
  const taken = parametersOf(module);
  const params = propertyOf(body, 'params');
  if (params) accept(insideOf(context, declaration.value), taken, params, declaration.name);
  else if ([...taken.members.values()].some(({ required }) => required)) report(declaration.at, 'BCP035', `${declaration.name} needs params: ${[...taken.members].flatMap(([name, { required }]) => (required ? [name] : [])).join(', ')}.`);
  checkScope(context, declaration, module.scope);
}

/** The context in the body of a value: where it is a loop, its names are known. */
function insideOf(context: Context, value: Expression): Context {
  return value.kind === 'loop' ? withNames(context, loopNames(value, infer(context, value.over))) : context;
}

/** @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/deploy-to-management-group#deployment-scopes */
function checkScope({ file, report, typeOf }: Context, declaration: ModuleDeclaration, wanted: Scope): void {
  const given = propertyOf(bodyOf(declaration), 'scope');
  const scope = given ? scopeOf(given, name => file.declarations.find(each => each.name === name && each.kind !== 'output')) : file.scope;
  if (given?.kind === 'name' && typeOf(given.name) === null) return;
  if (scope !== wanted) report(given?.at ?? declaration.at, 'BCP134', `${declaration.path} is deployed to a ${wanted}; the scope given is ${scope ?? 'none'}.`);
  else if (scope === 'managementGroup' && file.scope !== 'tenant' && file.scope !== 'managementGroup') report(declaration.at, 'BCP134', `A deployment to a ${file.scope} cannot reach a management group.`);
}

function scopeOf(expression: Expression, find: (name: string) => Declaration | undefined): Scope | null {
  if (expression.kind === 'call') return (['tenant', 'managementGroup', 'subscription', 'resourceGroup'] as const).find(scope => scope === expression.name) ?? null;
  const root = expression.kind === 'index' ? expression.of : expression;
  const declaration = root.kind === 'name' ? find(root.name) : undefined;
  return declaration?.kind === 'resource' && /^Microsoft\.Resources\/resourceGroups@/i.test(declaration.type) ? 'resourceGroup' : null;
}

function checkDependsOn({ file, report }: Context, declaration: ResourceDeclaration | ModuleDeclaration): void {
  const list = propertyOf(bodyOf(declaration), 'dependsOn');
  const names = new Set([...file.declarations, ...resourcesOf(file.declarations)].flatMap(({ kind, name }) => (kind === 'resource' || kind === 'module' ? [name] : [])));
  for (const item of list?.kind === 'array' ? list.items : []) {
    const root = item.kind === 'index' ? item.of : item;
    if (root.kind !== 'name' || !names.has(root.name)) report(item.at, 'BCP034', 'dependsOn takes resources and modules of this file.');
  }
}

/**
 * Loops stand where the compiler takes them: as the whole of a value, or as a property of a resource or a module.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/diagnostics/bcp138
 */
function checkLoops({ report }: Context, declaration: Declaration): void {
  if (!('value' in declaration) || !declaration.value) return;
  const refuse = (expression: Expression, isNested: boolean): void => {
    if (expression.kind === 'loop') report(expression.at, isNested ? 'BCP142' : 'BCP138', 'A loop cannot stand here.');
    for (const part of partsOf(expression)) refuse(part, isNested);
  };
  const inProperties = (expression: Expression): void => {
    if (expression.kind === 'array') return expression.items.forEach(inProperties);
    if (expression.kind !== 'object') return refuse(expression, false);
    for (const { value } of expression.properties) {
      if (value.kind === 'loop') partsOf(value).forEach(part => refuse(part, true));
      else inProperties(value);
    }
  };
  const isBody = declaration.kind === 'resource' || declaration.kind === 'module';
  const body = isBody ? bodyOf(declaration) : null;
  if (body) inProperties(body);
  else if (declaration.value.kind === 'loop' && declaration.kind !== 'param') partsOf(declaration.value).forEach(part => refuse(part, false));
  else refuse(declaration.value, false);
}
