import { SyntaxFault, type Token } from './lexer.ts';
import type { Declaration, Expression, ObjectExpression, ObjectProperty, Place, StringExpression, TypeSyntax } from './syntax.ts';
import { Tokens } from './tokens.ts';

/** Reads a resource that is declared inside another one. */
export type ReadNested = (tokens: Tokens) => Declaration;

/** Binary operators by how tightly they bind, loosest first. */
const operators: readonly (readonly string[])[] = [['??'], ['||'], ['&&'], ['==', '!=', '=~', '!~'], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']];

/**
 * Expressions and types of Bicep. Of what the language has learnt of late (spread, typed variables, functions of one's
 * own) nothing is understood; it is a syntax fault.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/operators#operator-precedence-and-associativity
 */
export class ExpressionReader {
  private readonly tokens: Tokens;
  private readonly readNested: ReadNested;

  constructor(tokens: Tokens, readNested: ReadNested) {
    this.tokens = tokens;
    this.readNested = readNested;
  }

  /** @throws SyntaxFault */
  expression(): Expression {
    const { tokens } = this;
    const lambda = this.lambda();
    if (lambda) return lambda;
    const test = this.operation(0);
    const lines = tokens.newlinesAhead();
    if (!tokens.isSign('?', lines)) return test;
    const at = tokens.peek(lines);
    tokens.skipNewlines();
    tokens.expectSign('?');
    tokens.skipNewlines();
    const yes = this.expression();
    tokens.skipNewlines();
    tokens.expectSign(':');
    tokens.skipNewlines();
    return { kind: 'ternary', test, yes, no: this.expression(), at: placeOf(at) };
  }

  /** What stands behind the sign of equality of a resource, a module or a variable. */
  body(): Expression {
    const at = placeOf(this.tokens.peek());
    if (!this.tokens.takeWord('if')) return this.expression();
    this.tokens.expectSign('(');
    const test = this.expression();
    this.tokens.expectSign(')');
    return { kind: 'condition', test, body: this.object(), at };
  }

  private operation(level: number): Expression {
    const signs = operators[level];
    if (!signs) return this.unary();
    let left = this.operation(level + 1);
    for (;;) {
      const token = this.tokens.peek();
      if (token.kind !== 'sign' || !signs.includes(token.text)) return left;
      this.tokens.take();
      left = { kind: 'operation', operator: token.text, operands: [left, this.operation(level + 1)], at: left.at };
    }
  }

  private unary(): Expression {
    const token = this.tokens.peek();
    if (!this.tokens.takeSign('!') && !this.tokens.takeSign('-')) return this.postfix(this.primary());
    const operand = this.unary();
    if (token.text === '-' && operand.kind === 'int') return { ...operand, value: -operand.value, at: placeOf(token) };
    return { kind: 'operation', operator: token.text, operands: [operand], at: placeOf(token) };
  }

  private postfix(first: Expression): Expression {
    const { tokens } = this;
    let of = first;
    let isAsserted = false;
    for (;;) {
      const at = placeOf(tokens.peek());
      const isSafe = tokens.isSign('.?');
      if (tokens.takeSign('!')) isAsserted = true;
      else if (isSafe || tokens.isSign('.') || tokens.isSign('::')) {
        tokens.take();
        const name = tokens.expectName();
        of = tokens.isSign('(') ? { kind: 'call', name: name.text, on: of.kind === 'name' && /^(az|sys)$/.test(of.name) ? null : of, args: this.args(), at } : { kind: 'member', of, name: name.text, safe: isSafe || isAsserted, at: placeOf(name) };
        isAsserted = false;
      } else if (tokens.takeSign('[')) {
        const safe = tokens.takeSign('?') || isAsserted;
        of = { kind: 'index', of, index: this.expression(), safe, at };
        tokens.expectSign(']');
        isAsserted = false;
      } else return of;
    }
  }

  private primary(): Expression {
    const { tokens } = this;
    const token = tokens.peek();
    const at = placeOf(token);
    if (token.kind === 'string') return this.text();
    if (token.kind === 'number') return { kind: 'int', value: Number(tokens.take().text), at };
    if (token.kind === 'identifier') {
      tokens.take();
      if (token.text === 'true' || token.text === 'false') return { kind: 'bool', value: token.text === 'true', at };
      if (token.text === 'null') return { kind: 'null', at };
      return tokens.isSign('(') ? { kind: 'call', name: token.text, on: null, args: this.args(), at } : { kind: 'name', name: token.text, at };
    }
    if (tokens.isSign('{')) return this.object();
    if (tokens.isSign('[')) return tokens.isWord('for', 1) ? this.loop() : this.array();
    if (!tokens.takeSign('(')) throw tokens.unexpected('a value');
    tokens.skipNewlines();
    const inner = this.expression();
    tokens.skipNewlines();
    tokens.expectSign(')');
    return inner;
  }

  private text(): StringExpression {
    const token = this.tokens.expectString();
    const parts = token.holes.map(hole => {
      const inner = new Tokens(hole);
      const part = new ExpressionReader(inner, this.readNested).expression();
      if (inner.peek().kind !== 'end') throw inner.unexpected("'}'");
      return part;
    });
    return { kind: 'string', value: parts.length > 0 ? null : (token.segments[0] ?? ''), parts, source: token.text, at: placeOf(token) };
  }

  private args(): Expression[] {
    const { tokens } = this;
    const args: Expression[] = [];
    tokens.expectSign('(');
    tokens.skipNewlines();
    while (!tokens.isSign(')')) {
      args.push(this.expression());
      tokens.skipNewlines();
      if (!tokens.isSign(')')) tokens.expectSign(',');
      tokens.skipNewlines();
    }
    tokens.take();
    return args;
  }

  /** `x => …` and `(x, y) => …`. */
  private lambda(): Expression | null {
    const { tokens } = this;
    const at = placeOf(tokens.peek());
    let ahead = 0;
    const parameters: string[] = [];
    if (tokens.isSign('(')) {
      for (ahead = 1; tokens.peek(ahead).kind === 'identifier'; ahead += tokens.isSign(',', ahead + 1) ? 2 : 1) parameters.push(tokens.peek(ahead).text);
      if (!tokens.isSign(')', ahead)) return null;
    } else if (tokens.peek().kind === 'identifier') parameters.push(tokens.peek().text);
    else return null;
    if (!tokens.isSign('=>', ahead + 1)) return null;
    for (let taken = 0; taken < ahead + 2; taken++) tokens.take();
    tokens.skipNewlines();
    return { kind: 'lambda', parameters, body: this.expression(), at };
  }

  private array(): Expression {
    const at = placeOf(this.tokens.expectSign('['));
    const items: Expression[] = [];
    this.separated(']', () => items.push(this.expression()));
    return { kind: 'array', items, at };
  }

  private object(): ObjectExpression {
    const { tokens } = this;
    const at = placeOf(tokens.expectSign('{'));
    const properties: ObjectProperty[] = [];
    const children: Declaration[] = [];
    this.separated('}', () => {
      if (tokens.isWord('resource') && !tokens.isSign(':', 1)) children.push(this.readNested(tokens));
      else properties.push(this.property());
    });
    return { kind: 'object', properties, children, at };
  }

  private property(): ObjectProperty {
    const { tokens } = this;
    const at = placeOf(tokens.peek());
    const key = tokens.peek().kind === 'string' ? this.text() : null;
    const name = key ? key.value : tokens.expectName().text;
    tokens.expectSign(':');
    return { key: name, isQuoted: key !== null, keyParts: key?.parts ?? [], value: this.body(), at };
  }

  /** Things up to a closing sign, each on a line of its own or with a comma behind it. */
  private separated(closing: string, readOne: () => void): void {
    const { tokens } = this;
    tokens.skipNewlines();
    while (!tokens.isSign(closing)) {
      readOne();
      if (!tokens.takeSign(',') && tokens.peek().kind !== 'newline' && !tokens.isSign(closing)) throw tokens.unexpected(`a line end, ',' or '${closing}'`);
      tokens.skipNewlines();
    }
    tokens.take();
  }

  private loop(): Expression {
    const { tokens } = this;
    const at = placeOf(tokens.expectSign('['));
    tokens.take();
    const hasIndex = tokens.takeSign('(');
    const item = tokens.expectName().text;
    let index: string | null = null;
    if (hasIndex) {
      tokens.expectSign(',');
      index = tokens.expectName().text;
      tokens.expectSign(')');
    }
    if (!tokens.takeWord('in')) throw tokens.unexpected("'in'");
    const over = this.expression();
    tokens.expectSign(':');
    tokens.skipNewlines();
    const body = this.body();
    tokens.skipNewlines();
    tokens.expectSign(']');
    return { kind: 'loop', item, index, over, body, at };
  }

  /** A type, with all that may stand behind it. @throws SyntaxFault */
  type(): TypeSyntax {
    this.tokens.takeSign('|');
    const options = [this.singleType()];
    while (this.tokens.isSign('|', this.tokens.newlinesAhead())) {
      this.tokens.skipNewlines();
      this.tokens.take();
      options.push(this.singleType());
    }
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'union', options };
  }

  private singleType(): TypeSyntax {
    const { tokens } = this;
    let type = this.plainType();
    for (;;) {
      if (tokens.isSign('[') && tokens.isSign(']', 1)) {
        tokens.take();
        tokens.take();
        type = { kind: 'array', item: type };
      } else if (tokens.takeSign('?')) type = { kind: 'nullable', of: type };
      else return type;
    }
  }

  private plainType(): TypeSyntax {
    const { tokens } = this;
    const token = tokens.peek();
    if (tokens.takeSign('(')) {
      const inner = this.type();
      tokens.expectSign(')');
      return inner;
    }
    if (tokens.takeSign('{')) {
      const properties: { readonly name: string; readonly type: TypeSyntax }[] = [];
      this.separated('}', () => {
        const name = tokens.peek().kind === 'string' ? (this.text().value ?? '') : tokens.expectName().text;
        tokens.expectSign(':');
        properties.push({ name, type: this.type() });
      });
      return { kind: 'object', properties };
    }
    if (token.kind === 'identifier' && !/^(true|false|null)$/.test(token.text)) return { kind: 'named', name: tokens.take().text };
    const literal = this.unary();
    if (literal.kind === 'null') return { kind: 'literal', value: null };
    if ((literal.kind === 'string' || literal.kind === 'int' || literal.kind === 'bool') && literal.value !== null) return { kind: 'literal', value: literal.value };
    throw new SyntaxFault(token, 'Here should be a type.');
  }
}

export function placeOf({ line, column }: Token | Place): Place {
  return { line, column };
}
