/** An element of an XML document; a child that is text is written as text. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

/** XML 1.0 of an element. Names are ours; values may hold anything. */
export function elementText({ name, attributes, children }: Element, depth = 1): string {
  const indent = '  '.repeat(depth);
  const start = `${indent}<${name}${attributesOf(attributes)}`;
  const present = children.filter(child => child !== '');
  if (present.length === 0) return `${start}/>`;
  if (present.every(child => typeof child === 'string')) return `${start}>${escaped(present.join(''))}</${name}>`;
  const lines = present.map(child => (typeof child === 'string' ? escaped(child) : elementText(child, depth + 1)));
  return `${start}>\n${lines.join('\n')}\n${indent}</${name}>`;
}

/** Attributes as they stand in a tag, each with a space before it. */
export function attributesOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value).replace(/["\t\n\r]/g, character => `&#${character.charCodeAt(0)};`)}"`).join('');
}

/** What XML 1.0 has no way to say, such as most control characters and half a surrogate pair, becomes U+FFFD. */
const impossible = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** C1 controls are allowed in XML, and terminals obey them. */
const discouraged = /[\u007F-\u009F]/g;

function escaped(text: string): string {
  return text
    .replace(impossible, '\uFFFD')
    .replace(discouraged, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
