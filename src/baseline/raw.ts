/** What is at a place in data of any shape; undefined where there is nothing. */
export function at(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/** The elements of a list in data of any shape; none where there is no list. */
export function elementsAt(raw: unknown, path: readonly PropertyKey[]): readonly unknown[] {
  const value = at(raw, path);
  return Array.isArray(value) ? (value as unknown[]) : [];
}
