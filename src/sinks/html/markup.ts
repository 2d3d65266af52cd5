/** Text that is HTML already. Whatever else goes into a template is escaped on its way in. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes. */
export type Content = Markup | string | number | null | readonly Content[];

/**
 * A piece of HTML. Values are escaped, in text and in quoted attributes alike; null is nothing, lists are joined.
 * Attributes must be quoted, and no value may stand in a script, a style, or the name of a tag or attribute.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) text += rendered(value) + (strings[index + 1] ?? '');
  return new Markup(text);
}

function rendered(value: Content): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  return typeof value === 'object' ? value.map(rendered).join('') : escaped(visible(String(value)));
}

/** The items with something between them. */
export function joined(items: readonly Content[], separator: Content): Content {
  return items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replaceAll(/[&<>"']/g, character => entities[character] ?? '') : text;
}

/** Control characters, and those that turn or hide the text around them: direction marks, zero width, half of a pair. */
const unseen = /[^\P{Cc}\t\n]|[\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]|\p{Cs}/gu;

/** Text as a person has to see it: a name that hides or turns characters shows their code points instead. */
export function visible(text: string): string {
  return text.replaceAll(unseen, character => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
}
