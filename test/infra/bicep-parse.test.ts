import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../src/tools/bicep/parse.ts';
import type { Expression } from '../../src/tools/bicep/syntax.ts';
import { bicepText, bicepValue } from '../../src/tools/docs/bicep-modules.ts';

/** What an expression is, in brackets: `a + b` is `(+ a b)`. */
function shown(expression: Expression): string {
  switch (expression.kind) {
    case 'string':
      return expression.value === null ? `(text ${expression.parts.map(shown).join(' ')})` : JSON.stringify(expression.value);
    case 'int':
    case 'bool':
      return String(expression.value);
    case 'null':
      return 'null';
    case 'name':
      return expression.name;
    case 'array':
      return `[${expression.items.map(shown).join(' ')}]`;
    case 'object':
      return `{${expression.properties.map(({ key, value }) => `${key ?? '*'}: ${shown(value)}`).join(', ')}}`;
    case 'member':
      return `(${expression.safe ? '?' : ''}.${expression.name} ${shown(expression.of)})`;
    case 'index':
      return `(${expression.safe ? '?' : ''}[] ${shown(expression.of)} ${shown(expression.index)})`;
    case 'call':
      return `(${expression.name}${[expression.on, ...expression.args].map(part => (part ? ` ${shown(part)}` : '')).join('')})`;
    case 'ternary':
      return `(? ${shown(expression.test)} ${shown(expression.yes)} ${shown(expression.no)})`;
    case 'operation':
      return `(${expression.operator} ${expression.operands.map(shown).join(' ')})`;
    case 'loop':
      return `(for ${expression.item}${expression.index === null ? '' : `,${expression.index}`} ${shown(expression.over)} ${shown(expression.body)})`;
    case 'condition':
      return `(if ${shown(expression.test)} ${shown(expression.body)})`;
    case 'lambda':
      return `(${expression.parameters.join(',')} => ${shown(expression.body)})`;
  }
}

function valueOf(text: string): Expression | null {
  const { declarations, faults } = parse('a.bicep', `var a = ${text}\n`);
  const [declaration] = declarations;
  return faults.length === 0 && declaration?.kind === 'var' ? declaration.value : null;
}

describe('expressions', () => {
  test.each([
    ['a.b.c', '(.c (.b a))'],
    ["a['b'][0].c", '(.c ([] ([] a "b") 0))'],
    ['a ? b : c.d', '(? a b (.d c))'],
    ['a ? b : c ? d : e', '(? a b (? c d e))'],
    ['a\n  ? b\n  : c', '(? a b c)'],
    ['!a.b && c == d.e', '(&& (! (.b a)) (== c (.e d)))'],
    ['a || b && c', '(|| a (&& b c))'],
    ['a ?? b == c', '(?? a (== b c))'],
    ['a - b - c', '(- (- a b) c)'],
    ['a + b * c', '(+ a (* b c))'],
    ['(a + b) * -3', '(* (+ a b) -3)'],
    ['a.?b', '(?.b a)'],
    ['a!.b.c', '(.c (?.b a))'],
    ['a!', 'a'],
    ["a[?'b']", '(?[] a "b")'],
    ['az.resourceGroup().id', '(.id (resourceGroup))'],
    ['a::b.id', '(.id (.b a))'],
    ["f(\n  a,\n  'b'\n)", '(f a "b")'],
    ["map(a, x => x.y)", '(map a (x => (.y x)))'],
    ['reduce(a, 0, (x, y) => x + y)', '(reduce a 0 (x,y => (+ x y)))'],
    ['[for x in a: x.b]', '(for x a (.b x))'],
    ['[for (x, i) in f(a): {\n  n: i\n}]', '(for x,i (f a) {n: i})'],
    ['[\n  f(a).b\n  [1]\n  c\n  (d)\n]', '[(.b (f a)) [1] c d]'],
    ['[1, 2]', '[1 2]'],
    ["{ a: 1, 'b-c': true }", '{a: 1, b-c: true}'],
    ["{\n  '${a}': null\n}", '{*: null}'],
    ["'a${b}c${d.e}'", '(text b (.e d))'],
    ["'${f({ a: '}' })}'", '(text (f {a: "}"}))'],
    [String.raw`'it\'s \${a} \\ \n\t\u{1F600}'`, JSON.stringify("it's ${a} \\ \n\t😀")],
    ["'''\nas 'it' is ${a}\n'''", JSON.stringify("as 'it' is ${a}\n")],
    ['a /* c */ + b // d', '(+ a b)'],
  ])('%s', (text, tree) => {
    const value = valueOf(text);
    expect(value && shown(value)).toBe(tree);
  });

  test('any text comes back from how the generator writes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(valueOf(bicepText(text))).toMatchObject({ kind: 'string', value: text });
      }),
    );
  });

  test('any value comes back from how the generator writes it', () => {
    const json = (expression: Expression | null): unknown => {
      if (expression?.kind === 'array') return expression.items.map(json);
      if (expression?.kind === 'object') return Object.fromEntries(expression.properties.map(({ key, value }) => [key, json(value)]));
      return expression && 'value' in expression ? expression.value : null;
    };
    const { tree } = fc.letrec(tie => ({
      tree: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('tree')), fc.dictionary(fc.string().filter(key => key !== '__proto__'), tie('tree'))),
    }));
    fc.assert(
      fc.property(tree, value => {
        expect(json(valueOf(bicepValue(value)))).toEqual(value);
      }),
    );
  });
});

describe('types', () => {
  const string = { kind: 'named', name: 'string' };
  test.each([
    ['string', string],
    ['string[]?', { kind: 'nullable', of: { kind: 'array', item: string } }],
    ["'a' | 'b'", { kind: 'union', options: [{ kind: 'literal', value: 'a' }, { kind: 'literal', value: 'b' }] }],
    ["| 'a'\n  | 1", { kind: 'union', options: [{ kind: 'literal', value: 'a' }, { kind: 'literal', value: 1 }] }],
    ['(true | null)[]', { kind: 'array', item: { kind: 'union', options: [{ kind: 'literal', value: true }, { kind: 'literal', value: null }] } }],
    ['-1', { kind: 'literal', value: -1 }],
    ["{ a: string, 'b-c': string[] }", { kind: 'object', properties: [{ name: 'a', type: string }, { name: 'b-c', type: { kind: 'array', item: string } }] }],
  ])('%s', (text, type) => {
    expect(parse('a.bicep', `param a ${text}\n`)).toMatchObject({ faults: [], declarations: [{ kind: 'param', type }] });
  });
});

describe('declarations', () => {
  const text = `// Not of a.

// What it
// is for.
@description('Text.')
@allowed([
  'x'
])
param a string = 'x'
param b 'y' | 'z'
param c string[]?
targetScope = 'subscription'
metadata owner = 'nobody'
type d = {
  e: int
}
resource f 'Microsoft.X/f@2024-01-01' existing = {
  name: 'f'
}
// Inside.
resource g 'Microsoft.X/g@2024-01-01' = [for h in c: if (h != a) {
  name: h
  resource i 'i' = {
    name: 'i'
  }
}]
module j 'k.bicep' = if (true) {
  name: 'j'
}
output l int = 1
`;
  const { scope, declarations, faults } = parse('a.bicep', text);

  test('are read with their places, decorators and comments', () => {
    expect(faults).toEqual([]);
    expect(scope).toBe('subscription');
    expect(declarations).toMatchObject([
      { kind: 'param', name: 'a', at: { line: 9, column: 1 }, comment: 'What it\nis for.', type: { kind: 'named', name: 'string' }, value: { value: 'x' }, decorators: [{ name: 'description', at: { line: 5, column: 1 } }, { name: 'allowed' }] },
      { kind: 'param', name: 'b', comment: '', type: { kind: 'union', options: [{ value: 'y' }, { value: 'z' }] }, value: null },
      { kind: 'param', name: 'c', type: { kind: 'nullable', of: { kind: 'array' } } },
      { kind: 'type', name: 'd', type: { kind: 'object', properties: [{ name: 'e' }] } },
      { kind: 'resource', name: 'f', existing: true },
      { kind: 'resource', name: 'g', existing: false, comment: 'Inside.', value: { kind: 'loop', body: { kind: 'condition', body: { children: [{ name: 'i', type: 'i' }] } } } },
      { kind: 'module', name: 'j', path: 'k.bicep', value: { kind: 'condition' } },
      { kind: 'output', name: 'l', type: { name: 'int' } },
    ]);
  });

  test('with Windows line ends and a byte order mark are the same', () => {
    const strip = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === 'comment' ? undefined : member)));
    expect(strip(parse('a.bicep', `\uFEFF${text.replaceAll('\n', '\r\n')}`))).toEqual(strip({ path: 'a.bicep', scope, declarations, faults }));
  });
});

describe('what is not understood is a fault with its place', () => {
  test.each([
    ['an object without an end', 'var a = {\n  b: 1\n', 3, 'Here should be'],
    ['a text without an end', "var a = 'b\n", 1, 'The text has no end.'],
    ['an interpolation without an end', "var a = '${b\n", 2, 'no end'],
    ['an unknown escape', String.raw`var a = '\q'`, 1, String.raw`There is no escape \q.`],
    ['two properties on a line', 'var a = { b: 1 c: 2 }', 1, "a line end, ',' or '}'"],
    ['something behind a declaration', 'var a = 1 2', 1, 'Here should be the end of the line, not "2".'],
    ['a missing value', 'var a =\nvar b = 1\n', 1, 'Here should be a value, not the end of the line.'],
    ['a type of so many', 'param a string[1]', 1, 'Here should be the end of the line, not "[".'],
    ['a decorator that is no call', '@description\nparam a string', 1, 'A decorator is a call'],
    ['a type without a version of its own in a text', "resource a '${b}' = {}", 1, 'written out'],
    ['a scope there is not', "targetScope = 'moon'", 1, 'no target scope moon'],
    ["a function of one's own", 'func f(a string) string => a', 1, "'func' is not understood here."],
    ['an import', "import 'x'", 1, "'import' is not understood here."],
    ['a spread', 'var a = {\n  ...b\n}', 2, 'a name'],
    ['a typed variable', 'var a string = 1', 1, "'='"],
    ['a fraction', 'var a = 0.5', 1, 'a name'],
    ['a sign that is not Bicep', 'var a = #', 1, 'Unexpected "#".'],
  ])('%s', (_, text, line, says) => {
    expect(parse('a.bicep', text).faults[0]).toMatchObject({ file: 'a.bicep', line, code: 'syntax', message: expect.stringContaining(says) });
  });

  test('and what comes after it is read', () => {
    const { declarations, faults } = parse('a.bicep', 'var a = = 1\nvar b = 2\nparam c string\n');
    expect(faults).toHaveLength(1);
    expect(declarations.map(({ name }) => name)).toEqual(['b', 'c']);
  });

  test('whatever the text, the parser ends and does not throw', () => {
    const pieces = fc.constantFrom('var ', 'param ', 'resource ', "'", "'''", '${', '}', '{', '[', ']', '(', ')', 'a', 'for ', 'in ', 'if ', ':', '=', '=>', '?', '!', '.', ',', '@', '\n', '1', '//', '/*', '|', '\\');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), parts => {
        expect(parse('a.bicep', parts.join('')).path).toBe('a.bicep');
      }),
    );
  });
});
