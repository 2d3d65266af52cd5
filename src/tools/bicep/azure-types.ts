import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ObjectTypePropertyFlags, readTypesJson, ScopeType, TypeBaseKind, type BicepType, type ObjectTypeProperty } from 'bicep-types';
import type { Scope } from './syntax.ts';
import { anything, arrayOf, boolean, eitherOf, integer, nothing, text, type Member, type Type } from './types.ts';

/** What Azure says of one resource type in one API version. */
export interface AzureType {
  readonly body: Type;
  /** Where it can be deployed. */
  readonly scopes: readonly (Scope | 'extension')[];
}

/** Finds a type such as `Microsoft.Storage/storageAccounts@2025-08-01`; null where its types are not there. */
export type AzureTypes = (type: string) => AzureType | null;

/**
 * Reads types of github.com/Azure/bicep-types-az: `<folder>/<any>/<provider>/<api version>/types.json`. Files are read
 * when a resource asks for them. Null where the folder is not there.
 */
export function azureTypesIn(folder: string): AzureTypes | null {
  if (!existsSync(folder)) return null;
  const files = Map.groupBy(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('types.json')),
    file => file.split(sep).slice(-3, -1).join('@').toLowerCase(),
  );
  const read = new Map<string, Map<string, AzureType>>();
  return type => {
    const [path = '', version = ''] = type.toLowerCase().split('@');
    const key = `${path.split('/')[0]}@${version}`;
    const known = read.get(key) ?? new Map((files.get(key) ?? []).flatMap(file => [...resourceTypesIn(readFileSync(join(folder, file), 'utf8'))]));
    read.set(key, known);
    return known.get(type.toLowerCase()) ?? null;
  };
}

function resourceTypesIn(json: string): Map<string, AzureType> {
  const types = readTypesJson(json);
  const cache = new Map<number, Type>();
  const at = (index: number): Type => {
    const known = cache.get(index);
    if (known) return known;
    const source = types[index];
    const made = source ? typeOf(source, at) : anything;
    cache.set(index, made);
    return made;
  };
  return new Map(types.flatMap(type => (type.type === TypeBaseKind.ResourceType ? [[type.name.toLowerCase(), { body: at(type.body.index), scopes: scopesOf(type.writableScopes) }] as const] : [])));
}

function typeOf(source: BicepType, at: (index: number) => Type): Type {
  switch (source.type) {
    case TypeBaseKind.StringType:
      return { ...text, pattern: source.pattern ?? null, minimum: source.minLength ?? null, maximum: source.maxLength ?? null };
    case TypeBaseKind.StringLiteralType:
      return { ...text, options: [source.value] };
    case TypeBaseKind.IntegerType:
      return { ...integer, minimum: source.minValue ?? null, maximum: source.maxValue ?? null } as Type;
    case TypeBaseKind.BooleanType:
      return boolean;
    case TypeBaseKind.NullType:
      return nothing;
    case TypeBaseKind.ArrayType: {
      const item = source.itemType.index;
      return { ...arrayOf(anything), item: () => at(item) } as Type;
    }
    case TypeBaseKind.UnionType:
      return unionOf(source.elements.map(({ index }) => at(index)));
    case TypeBaseKind.ObjectType: {
      const rest = source.additionalProperties?.index;
      return { kind: 'object', name: source.name, members: membersOf(source.properties, at), rest: rest === undefined ? null : () => at(rest) };
    }
    case TypeBaseKind.DiscriminatedObjectType:
      return { kind: 'tagged', name: source.name, tag: source.discriminator, variants: new Map(Object.entries(source.elements).map(([tag, { index }]) => [tag, () => withMembers(at(index), membersOf(source.baseProperties, at))])) };
    case TypeBaseKind.AnyType:
    case TypeBaseKind.BuiltInType:
    case TypeBaseKind.FunctionType:
    case TypeBaseKind.ResourceFunctionType:
    case TypeBaseKind.ResourceType:
      return anything;
  }
}

/** Texts of a union become one type; with `string` beside them any text is let through, as the real compiler does. */
function unionOf(options: readonly Type[]): Type {
  const texts = options.flatMap(option => (option.kind === 'string' ? [option] : []));
  const known = texts.flatMap(option => option.options ?? []);
  const others = options.filter(({ kind }) => kind !== 'string');
  return eitherOf([...others, ...(texts.length > 0 ? [{ ...text, options: known.length > 0 ? known : null, open: texts.some(option => option.options === null) }] : [])]);
}

function membersOf(properties: Readonly<Record<string, ObjectTypeProperty>>, at: (index: number) => Type): Map<string, Member> {
  const has = (flags: number, flag: number): boolean => (flags & flag) !== 0;
  return new Map(
    Object.entries(properties).map(([name, { type, flags }]) => {
      const required = has(flags, ObjectTypePropertyFlags.Required);
      return [name, { type: () => at(type.index), required, readOnly: has(flags, ObjectTypePropertyFlags.ReadOnly) && !required, fixed: has(flags, ObjectTypePropertyFlags.DeployTimeConstant) }];
    }),
  );
}

function withMembers(type: Type, members: ReadonlyMap<string, Member>): Type {
  return type.kind === 'object' ? { ...type, members: new Map([...members, ...type.members]) } : type;
}

const scopeFlags: readonly (readonly [ScopeType, Scope | 'extension'])[] = [
  [ScopeType.Tenant, 'tenant'],
  [ScopeType.ManagementGroup, 'managementGroup'],
  [ScopeType.Subscription, 'subscription'],
  [ScopeType.ResourceGroup, 'resourceGroup'],
  [ScopeType.Extension, 'extension'],
];

function scopesOf(flags: ScopeType): (Scope | 'extension')[] {
  return scopeFlags.flatMap(([flag, scope]) => ((flags & flag) === 0 ? [] : [scope]));
}
