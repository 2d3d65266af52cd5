/**
 * Gives for equal texts the first of them, so that the others can be forgotten: every text of an answer is a copy, and
 * the name that ends an id holds the whole id in memory.
 */
export function withoutCopies(): (text: string) => string {
  const texts = new Map<string, string>();
  return text => {
    const first = texts.get(text);
    if (first === undefined) texts.set(text, text);
    return first ?? text;
  };
}
