import type { ResultRow, Tables } from '../../support/kql/evaluate.ts';
import { isArray, isObject, type Value } from '../../support/kql/values.ts';

/** Rows, and what a query has to say of them. */
export interface Case {
  /** The saved function, query or alert rule that is meant. */
  readonly of: string;
  readonly when: string;
  readonly tables: Tables;
  /** What is run; the function without arguments, or the text of the file, where it is left out. */
  readonly text?: string;
  /** Of each row, in order, the columns that matter; times are ISO text. */
  readonly expected: readonly Readonly<Record<string, unknown>>[];
}

/** Of each row the columns that the expected row of that place has; all of a row that nobody expects. */
export function comparable(rows: readonly ResultRow[], expected: Case['expected']): readonly Readonly<Record<string, unknown>>[] {
  return rows.map((row, index) => {
    const names = Object.keys(expected[index] ?? row);
    return Object.fromEntries(names.map(name => [name, name in row ? plain(row[name] ?? null) : 'no such column']));
  });
}

function plain(value: Value): unknown {
  if (value instanceof Date) return value.toISOString();
  if (isArray(value)) return value.map(plain);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)])) : value;
}

/** The cases of one subject. */
export function cases(of: string, given: readonly Omit<Case, 'of'>[]): readonly Case[] {
  return given.map(each => ({ of, ...each }));
}
