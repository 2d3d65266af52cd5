import { posix } from 'node:path';
import type { AzureTypes } from './azure-types.ts';
import { resourcesOf, type BicepFile, type Declaration, type Decorator, type Diagnostic, type Expression, type Place } from './syntax.ts';
import { anything, arrayOf, eitherOf, integer, objectOf, text, textOf, typeFrom, type ObjectType, type Type } from './types.ts';

/** Everything that is checked together. Paths are from one folder, with slashes. */
export interface Project {
  readonly files: ReadonlyMap<string, BicepFile>;
  /** The text of any file beside them, such as one that is loaded; null where it is not there. */
  readonly read: (path: string) => string | null;
  /** Null where the types of Azure are not there; bodies of resources are then not judged. */
  readonly azure: AzureTypes | null;
}

/** One file while it is judged. */
export interface Context {
  readonly project: Project;
  readonly file: BicepFile;
  /** The type of a name; null where there is no such name. */
  readonly typeOf: (name: string) => Type | null;
  readonly report: (at: Place, code: string, message: string) => void;
}

/** The path of something that a file names relative to itself. */
export function pathFrom(file: BicepFile, relative: string): string {
  return posix.join(posix.dirname(file.path), relative);
}

/** `infer` is handed in: the type of a variable is the type of its value. */
export function contextOf(project: Project, file: BicepFile, diagnostics: Diagnostic[], infer: (context: Context, expression: Expression) => Type): Context {
  const declared = new Map<string, Declaration>([...file.declarations.filter(({ kind }) => kind !== 'output'), ...resourcesOf(file.declarations)].map(declaration => [declaration.name, declaration]));
  const known = new Map<string, Type>();
  const context: Context = {
    project,
    file,
    typeOf(name) {
      const declaration = declared.get(name);
      if (!declaration) return null;
      const type = known.get(name) ?? anything;
      if (known.has(name)) return type;
      // A cycle ends here; it is reported on its own.
      known.set(name, anything);
      known.set(name, typeOfDeclaration(context, declaration, infer));
      return known.get(name) ?? anything;
    },
    report: (at, code, message) => diagnostics.push({ file: file.path, line: at.line, column: at.column, code, message }),
  };
  return context;
}

function typeOfDeclaration(context: Context, declaration: Declaration, infer: (context: Context, expression: Expression) => Type): Type {
  switch (declaration.kind) {
    case 'param':
    case 'type':
      return decorated(typeFrom(declaration.type, name => context.typeOf(name)), declaration.decorators);
    case 'var':
      return infer(silent(context), declaration.value);
    case 'resource':
      return manyWhereLooped(declaration.value, context.project.azure?.(declaration.type)?.body ?? anything);
    case 'module': {
      const module = context.project.files.get(pathFrom(context.file, declaration.path));
      return manyWhereLooped(declaration.value, module ? objectOf({ name: text, outputs: outputsOf(module) }, `module ${declaration.path}`) : anything);
    }
    case 'output':
      return anything;
  }
}

/** The same context, with reports going nowhere: what it says is said where the expression stands. */
function silent(context: Context): Context {
  return { ...context, report: () => {} };
}

function manyWhereLooped(value: Expression, type: Type): Type {
  return value.kind === 'loop' ? arrayOf(type) : type;
}

/** What a module gives. */
export function outputsOf(file: BicepFile): ObjectType {
  return objectOf(Object.fromEntries(file.declarations.flatMap(declaration => (declaration.kind === 'output' ? [[declaration.name, typeFrom(declaration.type, () => null)]] : []))), 'outputs');
}

/** What a module takes; parameters with a default, or that may be null, may be left out. */
export function parametersOf(file: BicepFile): ObjectType {
  const own = (name: string): Type | null => {
    const declaration = file.declarations.find(each => each.kind === 'type' && each.name === name);
    return declaration?.kind === 'type' ? typeFrom(declaration.type, own) : null;
  };
  const members = file.declarations.flatMap(declaration => {
    if (declaration.kind !== 'param') return [];
    const type = decorated(typeFrom(declaration.type, own), declaration.decorators);
    return [[declaration.name, { type: () => type, required: declaration.value === null && declaration.type.kind !== 'nullable', readOnly: false, fixed: false }] as const];
  });
  return { kind: 'object', name: 'parameters', members: new Map(members), rest: null };
}

/** A type with what decorators say of it. */
function decorated(type: Type, decorators: readonly Decorator[]): Type {
  const allowed = decorators.find(({ name }) => name === 'allowed')?.args[0];
  const options = allowed?.kind === 'array' ? allowed.items : [];
  const number = (name: string): number | null => {
    const [value] = decorators.find(decorator => decorator.name === name)?.args ?? [];
    return value?.kind === 'int' ? value.value : null;
  };
  if (type.kind === 'string') {
    const texts = options.flatMap(option => (option.kind === 'string' && option.value !== null ? [option.value] : []));
    return { ...(texts.length > 0 ? textOf(...texts) : type), minimum: number('minLength') ?? type.minimum, maximum: number('maxLength') ?? type.maximum };
  }
  if (type.kind === 'int') {
    const numbers = options.flatMap(option => (option.kind === 'int' ? [option.value] : []));
    return { ...type, options: numbers.length > 0 ? numbers : type.options, minimum: number('minValue') ?? type.minimum, maximum: number('maxValue') ?? type.maximum };
  }
  return type;
}

/** A context in which a loop or a lambda has named something. */
export function withNames(context: Context, names: Readonly<Record<string, Type>>): Context {
  return { ...context, typeOf: name => (Object.hasOwn(names, name) ? (names[name] ?? anything) : context.typeOf(name)) };
}

/** What a loop goes over, one at a time. */
export function itemOf(type: Type): Type {
  if (type.kind === 'array') return type.item();
  if (type.kind === 'either') return eitherOf(type.options.map(itemOf));
  return anything;
}

/** The names that a loop makes known. */
export function loopNames({ item, index }: { readonly item: string; readonly index: string | null }, over: Type): Record<string, Type> {
  return { [item]: itemOf(over), ...(index !== null && { [index]: integer }) };
}

