import type { z } from 'zod';
import type { ControlInfo } from '../core/control.ts';
import { schemaAt, type JsonSchema } from './json-schema.ts';
import { instead } from './nearest.ts';
import { placeName } from './places.ts';
import { at } from './raw.ts';
import { isManual } from './schema.ts';

/** Something wrong in a file: what is wrong, with what, and what to write. */
export interface Misfit {
  readonly path: readonly PropertyKey[];
  /** The key is wrong rather than its value. */
  readonly onKey: boolean;
  readonly message: string;
}

export interface Wording {
  readonly raw: unknown;
  readonly schema: JsonSchema;
  readonly catalogue: readonly ControlInfo[];
}

/** Puts what the schema objects to into words. */
export function inWords(issue: z.core.$ZodIssue, wording: Wording): readonly Misfit[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => ({ path: [...issue.path, key], onKey: true, message: unknownKey(issue.path, key, wording) }));
  return [{ path: issue.path, onKey: false, message: wrongValue(issue, wording) }];
}

const idsAreShown = 'See the ids with: cosmos-compliance controls list.';

function unknownKey(path: readonly PropertyKey[], key: string, { raw, schema }: Wording): string {
  const allowed = Object.keys(schemaAt(schema, path)?.properties ?? {}).filter(name => name !== '$schema');
  const shown = quoted(key);
  if (path.length === 1 && path[0] === 'controls') return `There is no control ${shown}. ${instead(key, allowed, idsAreShown)}`;
  if (path.at(-1) === 'parameters') {
    const control = placeName(path.slice(0, -1), raw);
    if (allowed.length === 0) return `There is no parameter ${shown} of ${control}, which has none. Remove it.`;
    return `There is no parameter ${shown} of ${control}. ${instead(key, allowed, 'Remove it.')}`;
  }
  return `There is no field ${shown} in ${placeName(path, raw)}. ${instead(key, allowed, 'Remove it.')}`;
}

function wrongValue(issue: z.core.$ZodIssue, { raw, schema, catalogue }: Wording): string {
  const place = placeName(issue.path, raw);
  const value = at(raw, issue.path);
  const description = schemaAt(schema, issue.path)?.description;
  const fix = description ?? 'Correct or remove it.';
  if (value === undefined) return `${place} is missing. ${fix}`;
  if (value === null) return `${place} is empty. ${fix}`;
  if (issue.code === 'invalid_value') return `${place} is ${shownValue(value)}. ${oneOf(value, issue.values.map(String), catalogue)}`;
  return `${place} ${objection(issue, value)}. ${fix}`;
}

function objection(issue: z.core.$ZodIssue, value: unknown): string {
  const shown = `is ${shownValue(value)}`;
  if (issue.code === 'invalid_type') return `${shown}, not ${expectedType(issue.expected)}`;
  if (issue.code === 'too_small' && isEmpty(value)) return 'is empty';
  if (issue.code === 'too_small') return `${shown}, which ${typeof value === 'number' ? `must be ${issue.inclusive === false ? 'more than' : 'at least'}` : 'is shorter than'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `${shown}, which ${typeof value === 'number' ? `must be ${issue.inclusive === false ? 'less than' : 'at most'}` : 'is longer than'} ${issue.maximum}`;
  // The checks of our own fields say what is wrong; others would only say that it is.
  return `${shown}, which ${/^(is|has) /.test(issue.message) ? issue.message : 'does not fit'}`;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : typeof value === 'string' && value.trim() === '';
}

/** A control that exists and belongs elsewhere is told so. */
function oneOf(value: unknown, allowed: readonly string[], catalogue: readonly ControlInfo[]): string {
  const control = catalogue.find(({ id }) => id === value);
  if (control && isManual(control)) return 'It is a manual control: attest it (attestations), or switch it off (controls).';
  if (control) return 'It is judged by what Azure says, so nobody can attest it: exempt its failures (exemptions), or switch it off (controls).';
  return instead(String(value), allowed, idsAreShown);
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of names to values',
  record: 'a mapping of names to values',
};

function expectedType(expected: string): string {
  return types[expected] ?? expected;
}

/** A value for a sentence: short, and on one line. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** No control character of a file reaches a terminal: JSON escapes most, and the rest is left out. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text).replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
}
