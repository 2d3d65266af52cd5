import { closest, distance } from 'fastest-levenshtein';

/** The name somebody may have meant; null where none is near. */
export function nearest(name: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const found = closest(name.toLowerCase(), [...names]);
  return distance(name.toLowerCase(), found.toLowerCase()) <= Math.max(2, Math.floor(name.length * 0.4)) ? found : null;
}

/** A sentence that leads from a wrong name to a right one. */
export function instead(name: string, names: readonly string[], elsewhere: string): string {
  const found = nearest(name, names);
  if (found !== null) return `Did you mean ${found}?`;
  return names.length > 0 && names.length <= 12 ? `Write one of ${names.join(', ')}.` : elsewhere;
}
