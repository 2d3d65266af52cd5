import { SyntaxFault, tokensOf, type LineComment } from './lexer.ts';
import { ExpressionReader, placeOf } from './parse-expression.ts';
import { scopes, type BicepFile, type Declaration, type Decorator, type Diagnostic, type Scope } from './syntax.ts';
import { Tokens } from './tokens.ts';

/** Reads a file; `path` only names it. What is not understood is a fault of the file, never passed over. */
export function parse(path: string, text: string): BicepFile {
  const faults: Diagnostic[] = [];
  const declarations: Declaration[] = [];
  let scope: Scope = 'resourceGroup';
  const note = (error: unknown): void => {
    if (!(error instanceof SyntaxFault)) throw error;
    faults.push({ file: path, line: error.at.line, column: error.at.column, code: 'syntax', message: error.message });
  };
  try {
    const { tokens: all, comments } = tokensOf(text);
    const reader = new FileReader(new Tokens(all), comments);
    for (;;) {
      try {
        const statement = reader.statement();
        if (statement === null) break;
        if (statement.kind === 'scope') scope = statement.scope;
        else if (statement.kind !== 'metadata') declarations.push(statement);
      } catch (error) {
        note(error);
        reader.recover();
      }
    }
  } catch (error) {
    note(error);
  }
  return { path, scope, declarations, faults };
}

type Statement = Declaration | { readonly kind: 'scope'; readonly scope: Scope } | { readonly kind: 'metadata' };

class FileReader {
  private readonly tokens: Tokens;
  private readonly comments: readonly LineComment[];
  private readonly reader: ExpressionReader;

  constructor(tokens: Tokens, comments: readonly LineComment[]) {
    this.tokens = tokens;
    this.comments = comments;
    this.reader = new ExpressionReader(tokens, () => this.nested());
  }

  /** Null at the end of the file. @throws SyntaxFault */
  statement(): Statement | null {
    const { tokens } = this;
    tokens.skipNewlines();
    if (tokens.peek().kind === 'end') return null;
    const { line } = tokens.peek();
    const decorators: Decorator[] = [];
    while (tokens.isSign('@')) decorators.push(this.decorator());
    const statement = this.declaration(decorators, this.commentAbove(line));
    if (tokens.peek().kind !== 'newline' && tokens.peek().kind !== 'end') throw tokens.unexpected('the end of the line');
    return statement;
  }

  recover(): void {
    this.tokens.skipStatement();
  }

  /** A resource inside another one; what it is for is said with the outer one. */
  private nested(): Declaration {
    const statement = this.declaration([], ' ');
    if (statement.kind === 'scope' || statement.kind === 'metadata') throw this.tokens.unexpected('a resource');
    return statement;
  }

  private decorator(): Decorator {
    const at = placeOf(this.tokens.expectSign('@'));
    const call = this.reader.expression();
    if (call.kind !== 'call') throw new SyntaxFault(at, 'A decorator is a call, such as @description(…).');
    this.tokens.skipNewlines();
    return { name: call.name, args: call.args, at };
  }

  private commentAbove(line: number): string {
    const texts: string[] = [];
    let above = line;
    for (const { firstLine, lastLine, text } of this.comments.toReversed()) {
      if (lastLine !== above - 1) continue;
      texts.unshift(text);
      above = firstLine;
    }
    return texts.join('\n');
  }

  private declaration(decorators: readonly Decorator[], comment: string): Statement {
    const { tokens, reader } = this;
    const keyword = tokens.expectName();
    const named = (): { readonly name: string; readonly decorators: readonly Decorator[]; readonly comment: string; readonly at: Decorator['at'] } => ({ name: tokens.expectName().text, decorators, comment, at: placeOf(keyword) });
    switch (keyword.text) {
      case 'targetScope':
        tokens.expectSign('=');
        return { kind: 'scope', scope: this.scope() };
      case 'metadata':
        tokens.expectName();
        tokens.expectSign('=');
        reader.expression();
        return { kind: 'metadata' };
      case 'param':
        return { kind: 'param', ...named(), type: reader.type(), value: tokens.takeSign('=') ? reader.expression() : null };
      case 'var':
        return { kind: 'var', ...named(), value: this.assigned() };
      case 'output':
        return { kind: 'output', ...named(), type: reader.type(), value: this.assigned() };
      case 'type': {
        const declared = named();
        tokens.expectSign('=');
        return { kind: 'type', ...declared, type: reader.type() };
      }
      case 'resource':
        return { kind: 'resource', ...named(), type: this.literal(), existing: tokens.takeWord('existing'), value: this.assigned() };
      case 'module':
        return { kind: 'module', ...named(), path: this.literal(), value: this.assigned() };
      default:
        throw new SyntaxFault(keyword, `'${keyword.text}' is not understood here.`);
    }
  }

  private assigned() {
    this.tokens.expectSign('=');
    return this.reader.body();
  }

  private literal(): string {
    const token = this.tokens.expectString();
    if (token.holes.length > 0) throw new SyntaxFault(token, 'Here the text has to be written out.');
    return token.segments[0] ?? '';
  }

  private scope(): Scope {
    const token = this.tokens.peek();
    const text = this.literal();
    const scope = scopes.find(each => each === text);
    if (!scope) throw new SyntaxFault(token, `There is no target scope ${text}.`);
    return scope;
  }
}
