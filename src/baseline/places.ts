import { at } from './raw.ts';

/** Names a place in a file for a sentence: `owner of exemption "legacy"`. */
export function placeName(path: readonly PropertyKey[], raw: unknown): string {
  const [section, item, ...rest] = path;
  if (section === undefined) return 'the file';
  if (section === 'controls' && item !== undefined) return ofControl(String(item), rest);
  if (section === 'exemptions' && typeof item === 'number') return within(rest, named('exemption', at(raw, [section, item, 'id']), item));
  if (section === 'attestations' && typeof item === 'number') return within(rest, named('attestation', at(raw, [section, item, 'control']), item));
  return dotted(path);
}

function ofControl(id: string, rest: readonly PropertyKey[]): string {
  if (rest[0] === 'parameters' && rest.length > 1) return `parameter ${dotted(rest.slice(1))} of control ${id}`;
  return within(rest, `control ${id}`);
}

function named(kind: string, name: unknown, index: number): string {
  return typeof name === 'string' && name.length <= 100 ? `${kind} ${JSON.stringify(name)}` : `${kind} ${index + 1}`;
}

function within(path: readonly PropertyKey[], whole: string): string {
  return path.length === 0 ? whole : `${dotted(path)} of ${whole}`;
}

function dotted(path: readonly PropertyKey[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step + 1}]` : `${index === 0 ? '' : '.'}${String(step)}`)).join('');
}
