import { isScalar, LineCounter, parseDocument, visit, type Alias, type Document } from 'yaml';
import type { z } from 'zod';
import type { ControlInfo } from '../core/control.ts';
import { Problem } from '../core/problem.ts';
import { crossChecks } from './checks.ts';
import { baselineJsonSchema } from './json-schema.ts';
import { positionOf, type Position } from './position.ts';
import { baselineSchema, type BaselineFile } from './schema.ts';
import { inWords, quoted, type Misfit } from './wording.ts';

/** Bytes a baseline may have. */
export const mostBytes = 1_048_576;

/** How often an alias may multiply what it stands for: a file of a few lines can stand for gigabytes. */
const maxAliasCount = 100;

/** Something wrong in a baseline, and where. */
export interface BaselineProblem extends Position {
  readonly message: string;
}

export type Parsed = { readonly file: BaselineFile; readonly problems?: never } | { readonly file?: never; readonly problems: readonly [BaselineProblem, ...BaselineProblem[]] };

/** Reads a baseline from YAML or JSON. Every problem of the file is reported, in the order of its lines. */
export function parseBaseline(text: string, catalogue: readonly ControlInfo[]): Parsed {
  if (Buffer.byteLength(text) > mostBytes) return only(`The file has more than ${mostBytes} bytes. Split what it says: a baseline is a few hundred lines.`);
  if (text.includes('\uFFFD') || text.includes('\0')) return only('The file is no UTF-8 text. Save it as UTF-8.');
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2', schema: 'core', stringKeys: true, uniqueKeys: false });
    return syntaxProblems(document, lines) ?? repeatedKeys(document, lines) ?? content(document, lines, catalogue);
  } catch (error) {
    if (error instanceof RangeError) return tooDeep;
    throw error;
  }
}

function only(message: string, position: Position = { line: 1, column: 1 }): Parsed {
  return { problems: [{ ...position, message }] };
}

/** Thousands of brackets in each other exhaust the stack of the parser. */
const tooDeep = only('The file is nested too deeply. Compare with a starter from: cosmos-compliance baseline init.');

function syntaxProblems({ errors, warnings, contents, directives }: Document.Parsed, lines: LineCounter): Parsed | null {
  const found = [...errors, ...warnings].map(({ code, message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { line, column: col, message: syntax(code, message) };
  });
  if (errors.some(({ message }) => message.startsWith('Maximum call stack'))) return tooDeep;
  // One mistake makes the parser stumble several times; the first of a line tells the most.
  const firstOfLines = new Map(found.toReversed().map(problem => [problem.line, problem]));
  const [first, ...rest] = [...firstOfLines.values()].toReversed();
  if (first) return { problems: [first, ...rest] };
  if (contents === null || (contents as { source?: string }).source === '') return only('The file is empty. Write a starter with: cosmos-compliance baseline init.');
  if (directives.yaml.explicit && directives.yaml.version !== '1.2') return only('The file asks for another version of YAML, in which `on` is no text. Remove the line %YAML.');
  return null;
}

function syntax(code: string, message: string): string {
  const said: Readonly<Record<string, string>> = {
    MULTIPLE_DOCS: 'The file holds several documents. Remove the line --- and what follows.',
    TAG_RESOLVE_FAILED: 'The tag (a word after !) means nothing here. Remove it.',
    TAB_AS_INDENT: 'A tab indents the line. Indent with spaces.',
  };
  return said[code] ?? `This is no YAML: ${message.replace(/\.?\s*$/, '')}. Compare with a starter from: cosmos-compliance baseline init.`;
}

function content(document: Document.Parsed, lines: LineCounter, catalogue: readonly ControlInfo[]): Parsed {
  const dangling = aliasWhere(document, lines, alias => alias.resolve(document) === undefined);
  if (dangling) return only('The alias (*name) stands for nothing: no anchor (&name) comes before it. Write the value out.', dangling);
  const unrolled = toData(document);
  if (unrolled === null) return only('Aliases (*name) stand for far more than the file holds. Write the values out.', aliasWhere(document, lines, () => true) ?? undefined);
  const { raw } = unrolled;
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return only('The file is no mapping of names to values. Begin with a line such as `name: contoso`.');
  const { data, error } = baselineSchema(catalogue).safeParse(raw);
  const objections = error ? wordsFor(error.issues, raw, catalogue) : [];
  const [first, ...rest] = inOrder([...objections, ...crossChecks(raw, catalogue)], document, lines);
  if (first) return { problems: [first, ...rest] };
  return { file: data as BaselineFile };
}

function wordsFor(issues: readonly z.core.$ZodIssue[], raw: unknown, catalogue: readonly ControlInfo[]): readonly Misfit[] {
  const wording = { raw, schema: baselineJsonSchema(catalogue), catalogue };
  return issues.flatMap(issue => inWords(issue, wording));
}

/** The parser could look for them, too: in a time that grows with the square of the keys. */
function repeatedKeys(document: Document.Parsed, lines: LineCounter): Parsed | null {
  const found: BaselineProblem[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const { line, col } = lines.linePos(key.range?.[0] ?? 0);
        if (seen.has(name)) found.push({ line, column: col, message: `The key ${quoted(name)} is there twice in the same mapping. Remove one of the two.` });
        seen.add(name);
      }
    },
  });
  const [first, ...rest] = found;
  return first ? { problems: [first, ...rest] } : null;
}

/** Null where aliases stand for too much. */
function toData(document: Document.Parsed): { readonly raw: unknown } | null {
  try {
    return { raw: document.toJS({ maxAliasCount }) as unknown };
  } catch (error) {
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

function aliasWhere(document: Document.Parsed, lines: LineCounter, wanted: (alias: Alias) => boolean): Position | null {
  let offset: number | null = null;
  visit(document, {
    Alias(_, alias) {
      if (!wanted(alias)) return undefined;
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  if (offset === null) return null;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function inOrder(misfits: readonly Misfit[], document: Document.Parsed, lines: LineCounter): BaselineProblem[] {
  return misfits.map(({ path, onKey, message }) => ({ ...positionOf(document, lines, path, onKey), message })).toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** One line for each problem, as compilers print them. */
export function problemLines(source: string, problems: readonly BaselineProblem[]): string {
  return problems.map(({ line, column, message }) => `${source}:${line}:${column}: ${message}`).join('\n');
}

export function counted({ length }: readonly BaselineProblem[]): string {
  return length === 1 ? '1 problem' : `${length} problems`;
}

/** @throws Problem naming every problem of the file */
export function baselineFrom(text: string, source: string, catalogue: readonly ControlInfo[]): BaselineFile {
  const { file, problems } = parseBaseline(text, catalogue);
  if (problems) throw new Problem(`${problemLines(source, problems)}\n${counted(problems)} in ${source}.`, 'Correct the file, and run the command again.');
  return file;
}

