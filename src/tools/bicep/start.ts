import type { Context } from './context.ts';
import { functions } from './functions.ts';
import { bodyOf, partsOf, propertyOf, resourcesOf, type Declaration, type Expression, type ModuleDeclaration, type ResourceDeclaration } from './syntax.ts';

/** What can be told of a resource before the deployment starts. */
export const fixedMembers = new Set(['id', 'name', 'type', 'apiVersion']);

/**
 * Resource Manager has to know names, scopes, conditions and loops before it starts. Reports those that rest on what
 * is known only while it runs: a property of a resource, an output of a module.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/diagnostics/bcp120
 */
export function checkStart(context: Context): void {
  const { file, report } = context;
  const late = latenessIn(file.declarations);
  const fix = 'a property of a resource or an output of a module is known only while the deployment runs';
  for (const declaration of [...file.declarations.filter(each => each.kind === 'module'), ...resourcesOf(file.declarations)]) {
    const [over, test] = [loopOf(declaration), conditionOf(declaration)];
    if (over && late(over)) report(over.at, 'BCP178', `The loop of ${declaration.name} has to be known at the start: ${fix}.`);
    if (test && late(test)) report(test.at, 'BCP177', `The condition of ${declaration.name} has to be known at the start: ${fix}.`);
    for (const key of ['name', 'scope', 'parent']) {
      const value = propertyOf(bodyOf(declaration), key);
      // A resource as a scope or a parent is its id.
      const isResource = key !== 'name' && value && rootOf(value).kind === 'name';
      if (value && !isResource && late(value)) report(value.at, 'BCP120', `The ${key} of ${declaration.name} has to be known at the start: ${fix}.`);
    }
  }
  for (const declaration of file.declarations) {
    if (declaration.kind === 'var' && declaration.value.kind === 'loop' && late(declaration.value)) report(declaration.value.at, 'BCP182', `The variable ${declaration.name} is a loop, which has to be known at the start: ${fix}.`);
  }
}

/** What an element is taken of. */
function rootOf(expression: Expression): Expression {
  return expression.kind === 'index' ? rootOf(expression.of) : expression;
}

function loopOf({ value }: ResourceDeclaration | ModuleDeclaration): Expression | null {
  return value.kind === 'loop' ? value.over : null;
}

function conditionOf({ value }: ResourceDeclaration | ModuleDeclaration): Expression | null {
  const inner = value.kind === 'loop' ? value.body : value;
  return inner.kind === 'condition' ? inner.test : null;
}

/** Tells whether an expression rests on something that is known only while the deployment runs. */
function latenessIn(declarations: readonly Declaration[]): (expression: Expression) => boolean {
  const named = new Map(declarations.filter(({ kind }) => kind !== 'output').map(declaration => [declaration.name, declaration]));
  const rooted = (expression: Expression): Declaration | undefined => {
    const root = rootOf(expression);
    return root.kind === 'name' ? named.get(root.name) : undefined;
  };
  const late = (expression: Expression, visiting: ReadonlySet<string>): boolean => {
    if (expression.kind === 'member') {
      const declaration = rooted(expression.of);
      if (declaration?.kind === 'module') return expression.name !== 'name';
      if (declaration?.kind === 'resource') return !fixedMembers.has(expression.name);
    }
    if (expression.kind === 'name') {
      const declaration = named.get(expression.name);
      if (declaration?.kind === 'resource' || declaration?.kind === 'module') return true;
      return declaration?.kind === 'var' && !visiting.has(expression.name) && late(declaration.value, new Set([...visiting, expression.name]));
    }
    if (expression.kind === 'call' && expression.on === null && functions.get(expression.name)?.late) return true;
    return partsOf(expression).some(part => late(part, visiting));
  };
  return expression => late(expression, new Set());
}
