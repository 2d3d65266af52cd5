import { z } from 'zod';
import type { ControlInfo } from '../core/control.ts';
import { baselineSchema } from './schema.ts';

/** The part of JSON Schema that is looked things up in. */
export interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** The schema of a baseline file for editors. Draft 7 is what they all know. */
export function baselineJsonSchema(catalogue: readonly ControlInfo[]): JsonSchema {
  return z.toJSONSchema(baselineSchema(catalogue), { target: 'draft-7', io: 'input' }) as JsonSchema;
}

/** What the schema says of a place in a file; undefined where it knows no such place. */
export function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema | undefined {
  let current: JsonSchema | undefined = schema;
  for (const step of path) current = typeof step === 'number' ? current?.items : current?.properties?.[String(step)];
  return current;
}
