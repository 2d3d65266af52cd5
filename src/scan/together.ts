/** Waits for every part of a whole at once: `{ locks: promise }` becomes `{ locks }`. */
export async function together<Whole extends object>(parts: { readonly [Name in keyof Whole]: Whole[Name] | Promise<Whole[Name]> }): Promise<Whole> {
  const values: readonly unknown[] = await Promise.all(Object.values(parts));
  return Object.fromEntries(Object.keys(parts).map((name, place) => [name, values[place]])) as Whole;
}
