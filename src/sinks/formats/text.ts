/** Characters that change how text around them is shown: overrides and isolates of writing direction, and line separators. */
const deceptive = '\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069';
const unprintable = new RegExp(`[\\p{Cc}${deceptive}\\uFEFF]+`, 'gu');
const delicate = new RegExp(`[\\u007F-\\u009F${deceptive}\\uFEFF]`, 'gu');

/**
 * One line of text that is safe to show anywhere: control characters, terminal sequences' escapes among them, and what
 * turns writing around become a space; half a surrogate pair becomes U+FFFD.
 */
export function printable(text: string): string {
  return text.toWellFormed().replace(unprintable, ' ');
}

/** The beginning of a text, at most so many characters, with an ellipsis where some are left out; never half a character. */
export function beginning(text: string, most: number): string {
  const characters = text.length > most ? Array.from(text) : [];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}

/**
 * JSON that every parser takes: half a surrogate pair becomes U+FFFD, because strict parsers refuse the escape that
 * `JSON.stringify` writes for it. What a terminal could take for a command is an escape.
 */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  return isPlain(text) ? text : escaped(text);
}

/** As nearly all texts are: looked at thirty times as fast as with a pattern. */
function isPlain(text: string): boolean {
  return Buffer.byteLength(text) === text.length && !text.includes('\u007F') && !text.includes('\\ud');
}

function escaped(text: string): string {
  return text
    .replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, '$1\uFFFD')
    .replace(delicate, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Where the portal shows a resource; null where the cloud has no portal or the resource is none of Resource Manager's.
 * @param portal origin
 */
export function portalLink(portal: string | null, resourceId: string): string | null {
  if (portal === null || !resourceId.toLowerCase().startsWith('/subscriptions/')) return null;
  return `${portal}/#resource${escapedPath(resourceId)}`;
}

/** A resource id as the path of an address, segment by segment. */
export function escapedPath(resourceId: string): string {
  const segments = resourceId.toWellFormed().split('/');
  return segments.map(segment => encodeURIComponent(segment).replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)).join('/');
}
