import { compare, keyOf, numberOf, unsupported, type Value } from './values.ts';

/** Sums up a group, from the values of each argument over its rows. */
type Aggregate = (columns: readonly (readonly Value[])[], rows: number) => Value;

/** Values whose row meets the condition, which is the argument after the value. */
function where(columns: readonly (readonly Value[])[]): readonly Value[] {
  const [values = [], conditions = []] = columns;
  return values.filter((_, index) => conditions[index] === true);
}

function present(values: readonly Value[]): readonly Value[] {
  return values.filter(value => value !== null);
}

function total(values: readonly Value[]): Value {
  return present(values).reduce<number>((sum, value) => sum + (numberOf(value) ?? unsupported('the sum of text')), 0);
}

function mean(values: readonly Value[]): Value {
  const known = present(values);
  return known.length === 0 ? Number.NaN : (numberOf(total(known)) ?? 0) / known.length;
}

function extreme(values: readonly Value[], sign: 1 | -1): Value {
  return present(values).reduce<Value>((best, value) => (best === null || (compare(value, best) ?? 0) * sign > 0 ? value : best), null);
}

function distinct(values: readonly Value[]): readonly Value[] {
  return [...new Map(present(values).map(value => [keyOf(value), value])).values()];
}

/** In any order, says Kusto; here the first. */
function any(values: readonly Value[]): Value {
  return values.find(value => value !== null && value !== '') ?? values[0] ?? null;
}

/** The aggregates that our queries use, by name. `arg_max` and `arg_min` are elsewhere: they fill several columns. */
export const aggregates: Readonly<Record<string, Aggregate>> = {
  count: (_, rows) => rows,
  countif: ([conditions = []]) => conditions.filter(value => value === true).length,
  sum: ([values = []]) => total(values),
  sumif: columns => total(where(columns)),
  avg: ([values = []]) => mean(values),
  avgif: columns => mean(where(columns)),
  min: ([values = []]) => extreme(values, -1),
  max: ([values = []]) => extreme(values, 1),
  maxif: columns => extreme(where(columns), 1),
  count_distinct: ([values = []]) => distinct(values).length,
  count_distinctif: columns => distinct(where(columns)).length,
  make_set: ([values = [], limits = []]) => distinct(values).slice(0, numberOf(limits[0] ?? null) ?? undefined),
  make_list: ([values = [], limits = []]) => present(values).slice(0, numberOf(limits[0] ?? null) ?? undefined),
  take_any: ([values = []]) => any(values),
};
