/** A column of the answer: a name, and where its value is in a row. */
export interface GraphColumn {
  readonly name: string;
  readonly path: readonly string[];
  readonly lower: boolean;
}

/** The part of the query language that the sandbox understands. */
export interface GraphQuery {
  readonly table: string;
  /** Resource types in lower case; null: all of the table. */
  readonly types: ReadonlySet<string> | null;
  /** Null: every column. */
  readonly columns: readonly GraphColumn[] | null;
}

/**
 * Reads `<table> | where type =~ '…' | where type in~ ('…', '…') | project <column>, <name> = tostring(<path>) | order by id asc`.
 * @throws SyntaxError for anything else, so that nothing is answered wrongly in silence
 */
export function parseQuery(text: string): GraphQuery {
  const [table = '', ...stages] = text.split('|').map(stage => stage.replaceAll(/\s+/g, ' ').trim());
  let types: ReadonlySet<string> | null = null;
  let columns: readonly GraphColumn[] | null = null;
  for (const stage of stages) {
    if (/^where /i.test(stage)) types = narrowed(types, typesIn(stage.slice('where '.length)));
    else if (/^project /i.test(stage)) columns = stage.slice('project '.length).split(',').map(columnIn);
    else if (!/^(order|sort) by id( asc)?$/i.test(stage)) throw new SyntaxError(`The sandbox does not understand "${stage}".`);
  }
  return { table: table.toLowerCase(), types, columns };
}

function narrowed(before: ReadonlySet<string> | null, more: readonly string[]): ReadonlySet<string> {
  return new Set(before ? more.filter(type => before.has(type)) : more);
}

function typesIn(condition: string): string[] {
  const quoted = [...condition.matchAll(/'([^']*)'/g)].map(([, type = '']) => type.toLowerCase());
  const isOne = /^type ?(=~|==) ?'[^']*'( or type ?(=~|==) ?'[^']*')*$/i.test(condition);
  const isMany = /^type in~? ?\( ?'[^']*'( ?, ?'[^']*')* ?\)$/i.test(condition);
  if (!isOne && !isMany) throw new SyntaxError(`The sandbox does not understand "where ${condition}".`);
  return quoted;
}

function columnIn(text: string): GraphColumn {
  const match = /^(?:(\w+) ?= ?)?((?:(?:tostring|tolower)\()*)(\w+(?:\.\w+)*)\)*$/i.exec(text.trim());
  const [, name, functions = '', path = ''] = match ?? [];
  if (!match || (name === undefined && (functions !== '' || path.includes('.')))) throw new SyntaxError(`The sandbox does not understand "project ${text.trim()}".`);
  return { name: name ?? path, path: path.split('.'), lower: /tolower/i.test(functions) };
}

/** A row with the asked columns only. */
export function projected(row: Readonly<Record<string, unknown>>, columns: readonly GraphColumn[] | null): Readonly<Record<string, unknown>> {
  if (!columns) return row;
  return Object.fromEntries(columns.map(({ name, path, lower }) => [name, lowered(path.reduce<unknown>(member, row), lower)]));
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? ((value as Record<string, unknown>)[name] ?? null) : null;
}

function lowered(value: unknown, lower: boolean): unknown {
  return lower && typeof value === 'string' ? value.toLowerCase() : value;
}
