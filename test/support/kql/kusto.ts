// Microsoft's own parser and binder for KQL (@kusto/language-service-next), behind a few functions of ours. It is compiled
// from C#: its lists are no arrays, its overloads are numbered, and one of its source lines is 4 MB long. So nothing of it
// leaves this file, neither objects nor stack traces.
import { createRequire } from 'node:module';
import { lazily } from './lazily.ts';

/** A list of C#; an array as far as some members are concerned. */
interface List<T> {
  readonly Count: number;
  readonly [$element]?: T;
}
declare const $element: unique symbol;

interface Named {
  readonly Name: string;
}

/** Of a scalar expression a type, of a tabular one columns. */
interface ResultType extends Named {
  readonly Columns?: List<Named & { readonly Type: Named }>;
}

interface SyntaxNode {
  readonly Kind: number;
  readonly IsToken: boolean;
  readonly Text: string;
  readonly ValueText: string;
  readonly TextStart: number;
  readonly End: number;
  readonly ChildCount: number;
  readonly ResultType: ResultType | null;
  GetChild(index: number): SyntaxNode | null;
  GetName(index: number): string;
}

interface Code {
  readonly Kind: string;
  readonly Syntax: SyntaxNode;
  readonly ResultType: ResultType | null;
  GetDiagnostics(): List<{ readonly Code: string; readonly Severity: string; readonly Message: string; readonly Start: number; readonly Length: number }>;
}

interface GlobalState {
  readonly Functions: List<Named>;
  readonly PlugIns: List<Named>;
  WithFunctions(functions: readonly Named[]): GlobalState;
  WithPlugIns(plugins: readonly Named[]): GlobalState;
  WithCluster(cluster: Named): GlobalState;
  WithDatabase(database: Named): GlobalState;
}

interface Language {
  readonly KustoCode: { ParseAndAnalyze(text: string, globals: GlobalState): Code };
  readonly GlobalState: { readonly Default: GlobalState };
  readonly Syntax: { readonly SyntaxKind: Readonly<Record<string, number>> };
  readonly Symbols: {
    readonly TableSymbol: { readonly $ctor7: new (name: string, schema: string, description: null) => Named };
    readonly FunctionSymbol: { readonly $ctor16: new (name: string, parameters: string, body: string, description: null) => Named };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, members: readonly Named[]) => Named };
    readonly ClusterSymbol: { readonly ctor: new (name: string, databases: readonly Named[]) => Named };
  };
}

/** A column of a result, with its KQL type. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** A token: a keyword, a name, a literal. `value` is the text of a string without its quotes. */
export interface Token {
  readonly text: string;
  readonly value: string;
}

/** A node of the syntax tree, with what the binder knows of it. */
export interface Node {
  readonly kind: string;
  /** Where its text begins and ends. */
  readonly at: readonly [number, number];
  readonly parts: Readonly<Record<string, Node | Token | readonly Node[] | null>>;
  /** Of a scalar expression. */
  readonly type: string | null;
  /** Of a tabular expression. */
  readonly columns: readonly Column[] | null;
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  /** The text that is meant. */
  readonly text: string;
}

export interface Analysis {
  readonly text: string;
  /** `Query`, or something that is none, such as a control command. */
  readonly kind: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Null where the text has no tabular result. */
  readonly columns: readonly Column[] | null;
  readonly tree: Node;
}

export interface FunctionText {
  readonly name: string;
  /** `Lookback:timespan = 30d`; empty where it has none. */
  readonly parameters: string;
  readonly body: string;
}

/** What a query may name. */
export interface Scope {
  readonly tables: Readonly<Record<string, readonly Column[]>>;
  readonly functions: readonly FunctionText[];
}

/** Functions and plugins of Kusto that Log Analytics does not have. @see https://learn.microsoft.com/azure/azure-monitor/logs/log-query-overview#kql-elements-not-supported-in-log-analytics */
const withoutFunctions = new Set([
  'cluster',
  'database',
  'cursor_after',
  'cursor_before_or_at',
  'cursor_current',
  'current_cursor',
  'current_principal',
  'extent_id',
  'extent_tags',
  'external_table',
]);
const withoutPlugins = /^(python|r|csharp|.*_request|.*_request_post|execute_query|execute_show_command|external_datatable)$/;

/** The binder over a scope: text in, plain data out. */
export type Analyse = (text: string) => Analysis;

const language = load();
const kinds = new Map(Object.entries(language.Syntax.SyntaxKind).flatMap(([name, value]) => (typeof value === 'number' ? [[value, name] as const] : [])));

function load(): Language {
  const require = createRequire(import.meta.url);
  // In this order: the runtime, then the library. What require gives back is not the library.
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  return (globalThis as unknown as { Kusto: { Language: Language } }).Kusto.Language;
}

export function analyser({ tables, functions }: Scope): Analyse {
  const { Symbols, GlobalState, KustoCode } = language;
  const tableSymbols = Object.entries(tables).map(([name, columns]) => new Symbols.TableSymbol.$ctor7(name, `(${schema(columns)})`, null));
  const within = (members: readonly Named[]): Analyse => {
    const database = new Symbols.DatabaseSymbol.ctor('workspace', [...tableSymbols, ...members]);
    const base = GlobalState.Default.WithCluster(new Symbols.ClusterSymbol.ctor('loganalytics', [database])).WithDatabase(database);
    const globals = base
      .WithFunctions(array(base.Functions).filter(({ Name }) => !withoutFunctions.has(Name)))
      .WithPlugIns(array(base.PlugIns).filter(({ Name }) => !withoutPlugins.test(Name)));
    return text =>
      analysis(
        text,
        guarded(() => KustoCode.ParseAndAnalyze(text, globals)),
      );
  };
  // The binder reads the body of a function again with each call of it, so all it gets to read is the columns.
  const known: Named[] = [];
  for (const made of calledFirst(functions)) {
    const { diagnostics, columns } = within(known)(declared(made));
    const body = columns === null || diagnostics.length > 0 ? made.body : `datatable(${schema(columns)})[]`;
    known.push(new Symbols.FunctionSymbol.$ctor16(made.name, `(${made.parameters})`, `{ ${body}\n}`, null));
  }
  return within(known);
}

function schema(columns: readonly Column[]): string {
  return columns.map(({ name, type }) => `['${name}']: ${type}`).join(', ');
}

/** The body of a function as a query: its parameters are declared as those of a query. */
export function declared({ parameters, body }: Pick<FunctionText, 'parameters' | 'body'>): string {
  return parameters === '' ? body : `declare query_parameters(${parameters});\n${body}`;
}

/** Functions in an order in which each comes after those that it calls. */
function calledFirst(functions: readonly FunctionText[]): readonly FunctionText[] {
  const ordered = new Set<FunctionText>();
  const visit = (made: FunctionText, callers: readonly FunctionText[]): void => {
    if (ordered.has(made)) return;
    if (callers.includes(made)) throw new Error(`${made.name} calls itself.`);
    for (const called of functions) if (made.body.includes(`${called.name}(`)) visit(called, [...callers, made]);
    ordered.add(made);
  };
  for (const made of functions) visit(made, []);
  return [...ordered];
}

function analysis(text: string, code: Code): Analysis {
  const diagnostics = array(code.GetDiagnostics()).map(({ Code, Severity, Message, Start, Length }) => ({
    code: Code,
    severity: Severity,
    message: Message,
    text: text.slice(Start, Start + Length),
  }));
  return { text, kind: code.Kind, diagnostics, columns: columnsOf(code.ResultType), tree: plainNode(code.Syntax) };
}

/** An exception of the library would print its source: of what it throws, the first words are left. */
function guarded<T>(work: () => T): T {
  const made = attempted(work);
  if ('failure' in made) throw new Error(`The language service failed: ${made.failure.slice(0, 200)}`);
  return made.value;
}

function attempted<T>(work: () => T): { readonly value: T } | { readonly failure: string } {
  try {
    return { value: work() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : 'not by an error' };
  }
}

function array<T>(list: List<T>): T[] {
  const { System } = globalThis as unknown as { System: { Array: { getItem(list: List<T>, index: number): T; getCount(list: List<T>): number } } };
  return Array.from({ length: list.Count ?? System.Array.getCount(list) }, (_, index) => System.Array.getItem(list, index));
}

function columnsOf(type: ResultType | null): readonly Column[] | null {
  return type?.Columns ? array(type.Columns).map(({ Name, Type }) => ({ name: Name, type: Type.Name })) : null;
}

const kindOf = (node: SyntaxNode): string => kinds.get(node.Kind) ?? String(node.Kind);

function plain(node: SyntaxNode | null): Node | Token | readonly Node[] | null {
  if (node === null) return null;
  if (node.IsToken) return { text: node.Text, value: node.ValueText };
  return kindOf(node) === 'List' ? plainList(node) : plainNode(node);
}

/** Elements without their separators. */
function plainList(node: SyntaxNode): readonly Node[] {
  return childrenOf(node).flatMap(([, child]) => {
    const element = child && kindOf(child) === 'SeparatedElement' ? child.GetChild(0) : child;
    const made = plain(element);
    return made && 'kind' in made ? [made] : [];
  });
}

function plainNode(node: SyntaxNode): Node {
  const { TextStart, End, ResultType } = node;
  // Every step of a query has all its columns, and few are asked for.
  const columns = lazily(() => columnsOf(ResultType));
  return {
    kind: kindOf(node),
    at: [TextStart, End],
    parts: Object.fromEntries(childrenOf(node).map(([name, child]) => [name, plain(child)])),
    type: ResultType?.Columns ? null : (ResultType?.Name ?? null),
    get columns() {
      return columns();
    },
  };
}

function childrenOf(node: SyntaxNode): (readonly [string, SyntaxNode | null])[] {
  return Array.from({ length: node.ChildCount }, (_, index) => [node.GetName(index), node.GetChild(index)] as const);
}
