/** Waits for every part of a whole at once: `{ locks: promise }` becomes `{ locks }`. */
export async function together<Whole extends object>(parts: { readonly [Name in keyof Whole]: Whole[Name] | Promise<Whole[Name]> }): Promise<Whole> {
  const entries = await Promise.all(Object.entries(parts).map(async ([name, part]): Promise<[string, unknown]> => [name, await part]));
  return Object.fromEntries(entries) as Whole;
}
