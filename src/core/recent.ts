/** Values by key, of which those that were asked for last are kept. */
export interface Recent<Value> {
  /** The value of a key, made where there is none any more. */
  get(this: void, key: string, make: () => Value): Value;
  readonly size: number;
}

/** @param most so many are kept; what nobody asked for the longest time goes first */
export function recent<Value>(most: number): Recent<Value> {
  const values = new Map<string, Value>();
  return {
    get(key, make) {
      const known = values.get(key);
      const value = known ?? make();
      // A map keeps the order in which keys came.
      if (known !== undefined) values.delete(key);
      values.set(key, value);
      const [oldest] = values.size > most ? values.keys() : [];
      if (oldest !== undefined) values.delete(oldest);
      return value;
    },
    get size() {
      return values.size;
    },
  };
}
