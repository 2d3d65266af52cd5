/** A length of time, in milliseconds. */
export class Timespan {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

/** What a cell of a row may hold. Text is never null in KQL: what is missing is empty. */
export type Value = null | string | number | boolean | Date | Timespan | readonly Value[] | { readonly [name: string]: Value };

/** Thrown on everything this evaluator does not know, rather than to guess. */
export class KqlUnsupported extends Error {
  override readonly name = 'KqlUnsupported';
}

export function unsupported(what: string): never {
  throw new KqlUnsupported(`The evaluator does not implement ${what}.`);
}

export const day = 86_400_000;
const units: Readonly<Record<string, number>> = { d: day, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Bins of time count from here. @see https://learn.microsoft.com/kusto/query/bin-function */
const beginning = -62_135_596_800_000;

export function isObject(value: Value): value is readonly Value[] | { readonly [name: string]: Value } {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Timespan);
}

export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The number that a value is ordered and counted by; null where there is none. */
export function numberOf(value: Value): number | null {
  if (value instanceof Date) return value.getTime();
  if (value instanceof Timespan) return value.ms;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' ? value : null;
}

/** Tells values apart; the same for what is equal. */
export function keyOf(value: Value): string {
  if (value === null) return 'null';
  const number = numberOf(value);
  return number === null ? JSON.stringify(value) : `${typeof value}:${number}`;
}

/** Null where either is null. */
export function compare(a: Value, b: Value): number | null {
  if (a === null || b === null) return null;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x === null || y === null) return unsupported(`comparing ${typeof a} with ${typeof b}`);
  return x - y;
}

/** `null == null` is null, `null == 1` is false. @see https://learn.microsoft.com/kusto/query/scalar-data-types/null-values */
export function equal(a: Value, b: Value): boolean | null {
  if (a === null && b === null) return null;
  if (a === null || b === null) return false;
  return keyOf(a) === keyOf(b);
}

export function textOf(value: Value): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString().replace('Z', '0000Z');
  if (value instanceof Timespan) return unsupported('the text of a timespan');
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return isObject(value) ? JSON.stringify(value) : String(value);
}

/** A value as a column of a type holds it. */
export function cast(value: Value, type: string): Value {
  if (type === 'string') return textOf(value);
  if (value === null || type === 'dynamic') return value;
  switch (type) {
    case 'datetime':
      return value instanceof Date ? value : datetime(textOf(value));
    case 'timespan':
      return value instanceof Timespan ? value : timespan(textOf(value));
    case 'bool':
      return typeof value === 'boolean' ? value : unsupported(`a bool of ${typeof value}`);
    case 'int':
    case 'long': {
      const number = typeof value === 'string' ? numeric(value) : numberOf(value);
      return number === null || !Number.isFinite(number) ? null : Math.trunc(number);
    }
    case 'real':
      return typeof value === 'string' ? numeric(value) : numberOf(value);
    default:
      return unsupported(`the type ${type}`);
  }
}

/** A value of a column that nothing was written to. */
export function missing(type: string): Value {
  return type === 'string' ? '' : null;
}

function numeric(text: string): number | null {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}

/** ISO 8601; without a zone it is UTC. Null for anything else. */
export function datetime(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$/.test(text)) return null;
  const iso = text.length === 10 ? `${text}T00:00:00Z` : text.replace(' ', 'T').replace(/(?<!Z)$/, 'Z');
  return new Date(iso);
}

/** `30d`, `1.5h`, `15m`. */
export function timespan(text: string): Timespan | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(text) ?? [];
  const size = units[unit ?? ''];
  return amount === undefined || size === undefined ? null : new Timespan(Number(amount) * size);
}

/** Rounds down to a multiple of a size. */
export function bin(value: Value, size: Value): Value {
  const [x, step] = [numberOf(value), numberOf(size)];
  if (x === null || step === null || step === 0) return null;
  if (value instanceof Date) return new Date(Math.floor((x - beginning) / step) * step + beginning);
  if (value instanceof Timespan) return new Timespan(Math.floor(x / step) * step);
  return Math.floor(x / step) * step;
}
