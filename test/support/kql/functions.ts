import { bin, cast, compare, datetime, day, isArray, isObject, numberOf, textOf, Timespan, unsupported, type Value } from './values.ts';

/** A scalar function over its arguments; `now` is the time of the query. */
type ScalarFunction = (args: readonly Value[], now: Date) => Value;

const parts: Readonly<Record<string, number>> = { day, hour: 3_600_000, minute: 60_000, second: 1000 };

function startOfDay(value: Value): Value {
  return bin(value, new Timespan(day));
}

/** Counts the boundaries between two times. */
function difference([part = null, later = null, earlier = null]: readonly Value[]): Value {
  const size = parts[textOf(part)];
  if (size === undefined) return unsupported(`datetime_diff by ${textOf(part)}`);
  const [to, from] = [numberOf(later), numberOf(earlier)];
  return to === null || from === null ? null : Math.floor(to / size) - Math.floor(from / size);
}

function range([first = null, last = null, step = null]: readonly Value[]): Value {
  const [from, to, size] = [numberOf(first), numberOf(last), numberOf(step)];
  if (from === null || to === null || size === null || size <= 0) return null;
  const numbers = Array.from({ length: Math.max(0, Math.floor((to - from) / size) + 1) }, (_, index) => from + index * size);
  return first instanceof Date ? numbers.map(ms => new Date(ms)) : numbers;
}

/** The greatest (`sign` 1) or least (-1) argument; nulls do not count. */
function extreme(args: readonly Value[], sign: 1 | -1): Value {
  return args.reduce<Value>((best, value) => (best === null || (compare(value, best) ?? 0) * sign > 0 ? (value ?? best) : best), null);
}

function formatted(value: Value, format: string): Value {
  if (!(value instanceof Date)) return '';
  const iso = value.toISOString();
  if (format === 'yyyy-MM-dd') return iso.slice(0, 10);
  return format === 'yyyy-MM-dd HH:mm' ? iso.slice(0, 16).replace('T', ' ') : unsupported(`format_datetime to ${format}`);
}

function rounded([value = null, digits = null]: readonly Value[]): Value {
  const number = numberOf(value);
  return number === null ? null : Number(number.toFixed(numberOf(digits) ?? 0));
}

const first = ([value = null]: readonly Value[]): Value => value;
const to =
  (type: string): ScalarFunction =>
  args =>
    cast(first(args), type);

/** The functions that our queries use, by name. `iff`, `case` and `coalesce` are elsewhere: they do not look at every argument. */
export const functions: Readonly<Record<string, ScalarFunction>> = {
  now: (_, now) => now,
  ago: ([length = null], now) => (length instanceof Timespan ? new Date(now.getTime() - length.ms) : null),
  startofday: args => startOfDay(first(args)),
  datetime_diff: difference,
  format_datetime: ([value = null, format = null]) => formatted(value, textOf(format)),
  bin: ([value = null, size = null]) => bin(value, size),
  floor: ([value = null, size = null]) => bin(value, size),
  round: rounded,
  min_of: args => extreme(args, -1),
  max_of: args => extreme(args, 1),
  not: args => (first(args) === null ? null : first(args) !== true),
  isnull: args => first(args) === null,
  isnotnull: args => first(args) !== null,
  isempty: args => textOf(first(args)) === '',
  isnotempty: args => textOf(first(args)) !== '',
  tostring: to('string'),
  toint: to('int'),
  tolong: to('long'),
  toreal: to('real'),
  todatetime: args => (first(args) instanceof Date ? first(args) : datetime(textOf(first(args)))),
  tolower: args => textOf(first(args)).toLowerCase(),
  strcat: args => args.map(textOf).join(''),
  replace_string: ([text = null, from = null, to = null]) => textOf(text).replaceAll(textOf(from), () => textOf(to)),
  strcat_array: ([list = null, separator = null]) => (isArray(list) ? list.map(textOf).join(textOf(separator)) : ''),
  array_length: ([list = null]) => (isArray(list) ? list.length : null),
  array_sort_asc: args => sorted(first(args)),
  range,
};

function sorted(list: Value): Value {
  return isArray(list) ? list.toSorted((a, b) => compare(a, b) ?? 0) : null;
}

/** A part of a dynamic value, by name or place. */
export function member(value: Value, selector: Value): Value {
  if (isArray(value)) return typeof selector === 'number' ? (value.at(selector) ?? null) : null;
  return isObject(value) && typeof selector === 'string' && Object.hasOwn(value, selector) ? (value[selector] ?? null) : null;
}
