/** Where something stands in a file; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something that is wrong in a file. Codes that begin with BCP, and names of linter rules, are those of the real compiler. */
export interface Diagnostic extends Place {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

interface At {
  readonly at: Place;
}

/** `value` is null where the text has an interpolation; `parts` are the interpolated expressions, `source` is what is written. */
export type StringExpression = At & { readonly kind: 'string'; readonly value: string | null; readonly parts: readonly Expression[]; readonly source: string };
export type ObjectExpression = At & { readonly kind: 'object'; readonly properties: readonly ObjectProperty[]; readonly children: readonly Declaration[] };
export type LoopExpression = At & { readonly kind: 'loop'; readonly item: string; readonly index: string | null; readonly over: Expression; readonly body: Expression };

export type Expression =
  | StringExpression
  | ObjectExpression
  | LoopExpression
  | (At & { readonly kind: 'int'; readonly value: number })
  | (At & { readonly kind: 'bool'; readonly value: boolean })
  | (At & { readonly kind: 'null' })
  | (At & { readonly kind: 'array'; readonly items: readonly Expression[] })
  | (At & { readonly kind: 'name'; readonly name: string })
  | (At & { readonly kind: 'member'; readonly of: Expression; readonly name: string; /** With `.?` or `!.`: what may be null is thought of. */ readonly safe: boolean })
  | (At & { readonly kind: 'index'; readonly of: Expression; readonly index: Expression; readonly safe: boolean })
  | (At & { readonly kind: 'call'; readonly name: string; readonly on: Expression | null; readonly args: readonly Expression[] })
  | (At & { readonly kind: 'ternary'; readonly test: Expression; readonly yes: Expression; readonly no: Expression })
  | (At & { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Expression[] })
  | (At & { readonly kind: 'condition'; readonly test: Expression; readonly body: Expression })
  | (At & { readonly kind: 'lambda'; readonly parameters: readonly string[]; readonly body: Expression });

/** `key` is null where it has an interpolation. */
export interface ObjectProperty extends At {
  readonly key: string | null;
  readonly isQuoted: boolean;
  readonly keyParts: readonly Expression[];
  readonly value: Expression;
}

/** A type as it is written: `string`, `'a' | 'b'`, `string[]`, `{ name: string }`, `string?`, the name of a type. */
export type TypeSyntax =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'array'; readonly item: TypeSyntax }
  | { readonly kind: 'union'; readonly options: readonly TypeSyntax[] }
  | { readonly kind: 'nullable'; readonly of: TypeSyntax }
  | { readonly kind: 'object'; readonly properties: readonly { readonly name: string; readonly type: TypeSyntax }[] };

export interface Decorator extends At {
  readonly name: string;
  readonly args: readonly Expression[];
}

interface Declared extends At {
  readonly name: string;
  readonly decorators: readonly Decorator[];
  /** The comment lines directly above it, without their marks. */
  readonly comment: string;
}

export type ParameterDeclaration = Declared & { readonly kind: 'param'; readonly type: TypeSyntax; readonly value: Expression | null };
export type ResourceDeclaration = Declared & { readonly kind: 'resource'; readonly type: string; readonly existing: boolean; readonly value: Expression };
export type ModuleDeclaration = Declared & { readonly kind: 'module'; readonly path: string; readonly value: Expression };
export type OutputDeclaration = Declared & { readonly kind: 'output'; readonly type: TypeSyntax; readonly value: Expression };
export type VariableDeclaration = Declared & { readonly kind: 'var'; readonly value: Expression };
export type TypeDeclaration = Declared & { readonly kind: 'type'; readonly type: TypeSyntax };
export type Declaration = ParameterDeclaration | ResourceDeclaration | ModuleDeclaration | OutputDeclaration | VariableDeclaration | TypeDeclaration;

export const scopes = ['tenant', 'managementGroup', 'subscription', 'resourceGroup'] as const;
export type Scope = (typeof scopes)[number];

/** A file as the checks see it. */
export interface BicepFile {
  /** From the folder that is checked. */
  readonly path: string;
  readonly scope: Scope;
  readonly declarations: readonly Declaration[];
  /** What was not understood. */
  readonly faults: readonly Diagnostic[];
}

/** The object at the heart of a resource or module, under its loop and condition; null where there is none. */
export function bodyOf({ value }: ResourceDeclaration | ModuleDeclaration): ObjectExpression | null {
  let inner = value;
  while (inner.kind === 'loop' || inner.kind === 'condition') inner = inner.body;
  return inner.kind === 'object' ? inner : null;
}

/** The value of a property of an object that is written out; null where it is not there. */
export function propertyOf(object: ObjectExpression | null, key: string): Expression | null {
  return object?.properties.find(property => property.key === key)?.value ?? null;
}

/** The expressions directly inside one, in the order they are written. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'int':
    case 'bool':
    case 'null':
    case 'name':
      return [];
    case 'string':
      return expression.parts;
    case 'object':
      return expression.properties.flatMap(({ keyParts, value }) => [...keyParts, value]);
    case 'array':
      return expression.items;
    case 'member':
      return [expression.of];
    case 'index':
      return [expression.of, expression.index];
    case 'call':
      return expression.on === null ? expression.args : [expression.on, ...expression.args];
    case 'ternary':
      return [expression.test, expression.yes, expression.no];
    case 'operation':
      return expression.operands;
    case 'loop':
      return [expression.over, expression.body];
    case 'condition':
      return [expression.test, expression.body];
    case 'lambda':
      return [expression.body];
  }
}

/** Every resource of a file, those declared inside others with the full type of theirs. */
export function resourcesOf(declarations: readonly Declaration[], parentType: string | null = null): readonly ResourceDeclaration[] {
  return declarations.flatMap(declaration => {
    if (declaration.kind !== 'resource') return [];
    const type = parentType === null ? declaration.type : childType(parentType, declaration.type);
    return [{ ...declaration, type }, ...resourcesOf(bodyOf(declaration)?.children ?? [], type)];
  });
}

/** `Microsoft.X/a@1` and `b` is `Microsoft.X/a/b@1`. */
function childType(parentType: string, type: string): string {
  const [path, version] = parentType.split('@');
  const [own, ownVersion] = type.split('@');
  return `${path}/${own}@${ownVersion ?? version}`;
}
