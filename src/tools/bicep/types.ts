import type { TypeSyntax } from './syntax.ts';

/** A member of an object type. */
export interface Member {
  readonly type: () => Type;
  readonly required: boolean;
  readonly readOnly: boolean;
  /** Known before the deployment starts, such as a name. */
  readonly fixed: boolean;
}

export type ObjectType = { readonly kind: 'object'; readonly name: string; readonly members: ReadonlyMap<string, Member>; /** Of all other members; null: there are none. */ readonly rest: (() => Type) | null };

/** `open` says that other texts than the options are let through by the real compiler too. */
export type StringType = { readonly kind: 'string'; readonly options: readonly string[] | null; readonly open: boolean; readonly pattern: string | null; readonly minimum: number | null; readonly maximum: number | null };

export type Type =
  | StringType
  | ObjectType
  | { readonly kind: 'any' | 'bool' | 'null' }
  | { readonly kind: 'int'; readonly minimum: number | null; readonly maximum: number | null; readonly options: readonly number[] | null }
  | { readonly kind: 'array'; readonly item: () => Type }
  | { readonly kind: 'tagged'; readonly name: string; readonly tag: string; readonly variants: ReadonlyMap<string, () => Type> }
  | { readonly kind: 'either'; readonly options: readonly Type[] };

export const anything: Type = { kind: 'any' };
export const text: StringType = { kind: 'string', options: null, open: false, pattern: null, minimum: null, maximum: null };
export const integer: Type = { kind: 'int', minimum: null, maximum: null, options: null };
export const boolean: Type = { kind: 'bool' };
export const nothing: Type = { kind: 'null' };
export const anyArray: Type = arrayOf(anything);
export const anyObject: Type = { kind: 'object', name: 'object', members: new Map(), rest: () => anything };

export function arrayOf(item: Type): Type {
  return { kind: 'array', item: () => item };
}

export function textOf(...options: string[]): StringType {
  return { ...text, options };
}

/** An object with these members, each of them needed, and no other. */
export function objectOf(members: Readonly<Record<string, Type>>, name = 'object'): ObjectType {
  return { kind: 'object', name, rest: null, members: new Map(Object.entries(members).map(([key, type]) => [key, { type: () => type, required: true, readOnly: false, fixed: false }])) };
}

/** The type of a JSON value, of each element of a list on its own. */
export function typeOfJson(value: unknown): Type {
  if (value === null) return nothing;
  if (typeof value === 'string') return textOf(value);
  if (typeof value === 'number') return integer;
  if (typeof value === 'boolean') return boolean;
  if (Array.isArray(value)) return arrayOf(eitherOf(value.map(typeOfJson)));
  return objectOf(Object.fromEntries(Object.entries(value as object).map(([key, member]) => [key, typeOfJson(member)])));
}

export function eitherOf(options: readonly Type[]): Type {
  const [only] = options;
  if (only === undefined || options.some(({ kind }) => kind === 'any')) return anything;
  return options.length === 1 ? only : { kind: 'either', options: options.flatMap(option => (option.kind === 'either' ? option.options : [option])) };
}

const named: Readonly<Record<string, Type>> = { string: text, int: integer, bool: boolean, object: anyObject, array: anyArray, secureString: text, secureObject: anyObject, any: anything };

/** The type that is written in a file; `declared` finds the file's own types. */
export function typeFrom(syntax: TypeSyntax, declared: (name: string) => Type | null): Type {
  switch (syntax.kind) {
    case 'named':
      return named[syntax.name] ?? declared(syntax.name) ?? anything;
    case 'literal':
      if (typeof syntax.value === 'string') return textOf(syntax.value);
      if (typeof syntax.value === 'number') return { kind: 'int', minimum: null, maximum: null, options: [syntax.value] };
      return syntax.value === null ? nothing : boolean;
    case 'array':
      return arrayOf(typeFrom(syntax.item, declared));
    case 'nullable':
      return eitherOf([typeFrom(syntax.of, declared), nothing]);
    case 'union':
      return eitherOf(syntax.options.map(option => typeFrom(option, declared)));
    case 'object':
      return objectOf(Object.fromEntries(syntax.properties.map(({ name, type }) => [name, typeFrom(type, declared)])));
  }
}

/** A type in a message. */
export function described(type: Type): string {
  switch (type.kind) {
    case 'string':
      return type.options ? type.options.map(option => `'${option}'`).join(' | ') : 'string';
    case 'array':
      return 'array';
    case 'tagged':
    case 'object':
      return type.name === 'object' ? 'object' : `object ${type.name}`;
    case 'either':
      return [...new Set(type.options.map(described))].join(' | ');
    case 'any':
    case 'bool':
    case 'int':
    case 'null':
      return type.kind;
  }
}
