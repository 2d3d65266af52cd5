import { numberOf, Timespan, unsupported, type Value } from './values.ts';

/** `+`, `-`, `*`, `/` and `%` over numbers, times and lengths of time. Null where either side is. */
export function arithmetic(kind: string, a: Value, b: Value, type: string | null): Value {
  if (a === null || b === null) return null;
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x === null || y === null) return unsupported(`${kind} over ${typeof a} and ${typeof b}`);
  switch (kind) {
    case 'AddExpression':
      return measured(type, x + y);
    case 'SubtractExpression':
      return measured(type, x - y);
    case 'MultiplyExpression':
      return measured(type, x * y);
    case 'DivideExpression':
      if (type === 'long' || type === 'int') return y === 0 ? null : Math.trunc(x / y);
      return measured(type, x / y);
    case 'ModuloExpression':
      return y === 0 ? null : measured(type, ((x % y) + Math.abs(y)) % Math.abs(y));
    default:
      return unsupported(kind);
  }
}

/** What a number stands for is in the type that the binder gives the expression. */
function measured(type: string | null, number: number): Value {
  if (type === 'datetime') return new Date(number);
  return type === 'timespan' ? new Timespan(number) : number;
}
