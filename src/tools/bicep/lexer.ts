import type { Place } from './syntax.ts';

/** `segments` are the literal pieces of a string, `holes` what stands between `${` and `}`. */
export type Token = Place & { readonly offset: number; readonly end: number } & (
  | { readonly kind: 'newline' | 'identifier' | 'number' | 'sign' | 'end'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string; readonly segments: readonly string[]; readonly holes: readonly (readonly Token[])[] }
);

/** A comment that has its lines to itself. */
export interface LineComment {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly text: string;
}

/** What is not Bicep. */
export class SyntaxFault extends Error {
  readonly at: Place;

  constructor(at: Place, message: string) {
    super(message);
    this.name = 'SyntaxFault';
    this.at = at;
  }
}

const signs = ['=>', '==', '!=', '=~', '!~', '<=', '>=', '&&', '||', '??', '::', '.?', '...', '{', '}', '[', ']', '(', ')', ',', '.', ':', '?', '=', '!', '<', '>', '+', '-', '*', '/', '%', '@', '|'].toSorted((a, b) => b.length - a.length);
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', $: '$', "'": "'", '\\': '\\' };

/** Cuts a text into tokens; line ends are tokens, because they end things in Bicep. @throws SyntaxFault */
export function tokensOf(source: string): { readonly tokens: readonly Token[]; readonly comments: readonly LineComment[] } {
  // A byte order mark says nothing in UTF-8.
  const lexer = new Lexer(source.replace(/^\uFEFF/, ''));
  const tokens = lexer.until(null);
  return { tokens, comments: lexer.comments };
}

class Lexer {
  readonly comments: LineComment[] = [];
  private readonly source: string;
  private readonly lineStarts: readonly number[];
  private offset = 0;

  constructor(source: string) {
    this.source = source;
    this.lineStarts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  /** Tokens up to the brace that closes an interpolation, or up to the end. */
  until(closing: '}' | null): Token[] {
    const tokens: Token[] = [];
    let depth = 0;
    for (;;) {
      const token = this.next();
      if (token === null) continue;
      if (token.kind === 'end' && closing !== null) throw new SyntaxFault(token, 'The interpolation has no end.');
      if (token.text === '{' && token.kind === 'sign') depth++;
      if (token.text === '}' && token.kind === 'sign' && depth-- === 0 && closing !== null) return [...tokens, { ...token, kind: 'end', text: '' }];
      tokens.push(token);
      if (token.kind === 'end') return tokens;
    }
  }

  private place(offset: number): Place {
    let line = this.lineStarts.findLastIndex(start => start <= offset);
    if (line < 0) line = 0;
    return { line: line + 1, column: offset - (this.lineStarts[line] ?? 0) + 1 };
  }

  /** Null where there was only space or a comment. */
  private next(): Token | null {
    const start = this.offset;
    const rest = this.source.slice(start, start + 400);
    const make = (kind: 'newline' | 'identifier' | 'number' | 'sign' | 'end', text: string): Token => {
      this.offset = start + text.length;
      return { kind, text, offset: start, end: this.offset, ...this.place(start) };
    };
    if (start >= this.source.length) return make('end', '');
    const space = /^[ \t\r]+/.exec(rest)?.[0];
    if (space) {
      this.offset += space.length;
      return null;
    }
    if (rest.startsWith('//') || rest.startsWith('/*')) return this.comment(start);
    if (rest.startsWith("'")) return this.string(start);
    const simple = ([['newline', /^\n/], ['identifier', /^[A-Za-z_]\w*/], ['number', /^\d+/]] as const).map(([kind, pattern]) => [kind, pattern.exec(rest)?.[0]] as const).find(([, text]) => text);
    if (simple?.[1]) return make(simple[0], simple[1]);
    const sign = signs.find(each => rest.startsWith(each));
    if (sign) return make('sign', sign);
    throw new SyntaxFault(this.place(start), `Unexpected ${JSON.stringify(rest[0])}.`);
  }

  private comment(start: number): null {
    const isLine = this.source.startsWith('//', start);
    const found = this.source.indexOf(isLine ? '\n' : '*/', start + 2);
    if (found < 0 && !isLine) throw new SyntaxFault(this.place(start), 'The comment has no end.');
    this.offset = found < 0 ? this.source.length : found + (isLine ? 0 : 2);
    const first = this.place(start);
    const before = this.source.slice(this.lineStarts[first.line - 1], start);
    if (before.trim() === '') this.comments.push({ firstLine: first.line, lastLine: this.place(this.offset - 1).line, text: this.source.slice(start, this.offset).replaceAll(/^\/\/ ?|^\/\*\s*|\s*\*\/$/g, '') });
    return null;
  }

  private string(start: number): Token {
    const done = (segments: readonly string[], holes: readonly (readonly Token[])[]): Token => ({ kind: 'string', text: this.source.slice(start, this.offset), segments, holes, offset: start, end: this.offset, ...this.place(start) });
    if (this.source.startsWith("'''", start)) {
      const end = /'''+/g;
      end.lastIndex = start + 3;
      const found = end.exec(this.source);
      if (!found) throw new SyntaxFault(this.place(start), 'The text has no end.');
      this.offset = found.index + found[0].length;
      return done([this.source.slice(start + 3, this.offset - 3).replace(/^\r?\n/, '')], []);
    }
    const segments = [''];
    const holes: (readonly Token[])[] = [];
    const add = (text: string): void => void segments.push((segments.pop() ?? '') + text);
    this.offset = start + 1;
    for (;;) {
      const character = this.source[this.offset];
      if (character === undefined || character === '\n') throw new SyntaxFault(this.place(start), 'The text has no end.');
      if (character === "'") break;
      if (this.source.startsWith('${', this.offset)) {
        this.offset += 2;
        holes.push(this.until('}'));
        segments.push('');
      } else if (character === '\\') add(this.escape());
      else {
        add(character);
        this.offset++;
      }
    }
    this.offset++;
    return done(segments, holes);
  }

  private escape(): string {
    const found = /^\\(?:u\{(?<code>[0-9a-fA-F]{1,6})\}|(?<letter>.))/.exec(this.source.slice(this.offset, this.offset + 12));
    const { code, letter = '' } = found?.groups ?? {};
    const meant = code ? String.fromCodePoint(Number.parseInt(code, 16)) : escapes[letter];
    if (!found || meant === undefined) throw new SyntaxFault(this.place(this.offset), `There is no escape \\${letter}.`);
    this.offset += found[0].length;
    return meant;
  }
}
