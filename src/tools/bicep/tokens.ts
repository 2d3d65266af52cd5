import { SyntaxFault, type Token } from './lexer.ts';

/** Walks over tokens. */
export class Tokens {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** The token that is next, or that comes so many later. */
  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)];
    if (!token) throw new Error('There are no tokens.');
    return token;
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.position++;
    return token;
  }

  isSign(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'sign' && token.text === text;
  }

  isWord(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'identifier' && token.text === text;
  }

  /** Takes a sign where it is next. */
  takeSign(text: string): boolean {
    const is = this.isSign(text);
    if (is) this.position++;
    return is;
  }

  takeWord(text: string): boolean {
    const is = this.isWord(text);
    if (is) this.position++;
    return is;
  }

  /** @throws SyntaxFault where another token is next */
  expectSign(text: string): Token {
    if (!this.isSign(text)) throw this.unexpected(`'${text}'`);
    return this.take();
  }

  expectName(): Token {
    if (this.peek().kind !== 'identifier') throw this.unexpected('a name');
    return this.take();
  }

  expectString(): Token & { readonly kind: 'string' } {
    const token = this.peek();
    if (token.kind !== 'string') throw this.unexpected('a text');
    this.position++;
    return token;
  }

  unexpected(wanted: string): SyntaxFault {
    const token = this.peek();
    const found = token.kind === 'end' ? 'the end' : token.kind === 'newline' ? 'the end of the line' : JSON.stringify(token.text);
    return new SyntaxFault(token, `Here should be ${wanted}, not ${found}.`);
  }

  skipNewlines(): void {
    while (this.peek().kind === 'newline') this.position++;
  }

  /** How many line ends are next. */
  newlinesAhead(): number {
    let count = 0;
    while (this.peek(count).kind === 'newline') count++;
    return count;
  }

  /** To the next line that begins at its first column with a word, an @ or nothing more. */
  skipStatement(): void {
    this.take();
    while (this.peek().kind !== 'end' && !(this.peek().column === 1 && (this.peek().kind === 'identifier' || this.isSign('@')))) this.position++;
  }
}
