import { z } from 'zod';
import type { Json } from './finding.ts';

/** A parameter of a control, for people. */
export interface ParameterInfo {
  readonly name: string;
  /** In words: `whole number`, `list of texts`, `one of Geo, Zone`. */
  readonly type: string;
  readonly default: Json;
  readonly meaning: string;
}

interface Property {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Property;
  readonly anyOf?: readonly Property[];
  readonly default?: Json;
  readonly description?: string;
}

/** The parameters that a control's schema declares, in its order. */
export function parametersOf(schema: z.ZodObject): ParameterInfo[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' }) as { readonly properties?: Readonly<Record<string, Property>> };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    type: typeInWords(property),
    default: property.default ?? null,
    meaning: property.description ?? '',
  }));
}

const words: Readonly<Record<string, string>> = { integer: 'whole number', number: 'number', string: 'text', boolean: 'true or false', object: 'object', null: 'null' };

function typeInWords({ type = 'object', enum: values, items, anyOf }: Property): string {
  if (anyOf) return anyOf.map(typeInWords).join(' or ');
  if (values) return `one of ${values.join(', ')}`;
  if (type === 'array') return items?.enum ? `some of ${items.enum.join(', ')}` : `list of ${plural(typeInWords(items ?? {}))}`;
  return words[type] ?? type;
}

function plural(type: string): string {
  return type.includes(' of ') || type.includes(' or ') ? type : `${type}s`;
}
