import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlInfo } from '../../core/control.ts';
import { kqlFiles, parseKql, type KqlFile } from '../docs/kql-files.ts';

const folder = join(import.meta.dirname, '../../../infra/workbook');

/** A query of infra/workbook, as its file has it. */
export function workbookFile(name: string): KqlFile {
  return parseKql(name, readFileSync(join(folder, `${name}.kql`), 'utf8'));
}

/** A text without the comments at its beginning. */
function body({ text }: Pick<KqlFile, 'text'>): string {
  return text.replace(/^(\/\/.*\n)+/, '').trimEnd();
}

/** The statements of infra/workbook/filters.kql by the name that each makes, in order. */
function filters(): ReadonlyMap<string, string> {
  const statements = body(workbookFile('filters'))
    .replaceAll(/^\/\/.*\n/gm, '')
    .split(/\n(?=let )/);
  return new Map(statements.map(statement => [/^let (\w+)/.exec(statement)?.[1] ?? '', statement]));
}

/** A query after those statements that it, or one of them, names. */
export function filtered(query: string, statements: ReadonlyMap<string, string> = filters()): string {
  const needed = new Set<string>();
  const visit = (text: string): void => {
    for (const [name, statement] of statements) {
      if (needed.has(name) || !new RegExp(`\\b${name}\\b`).test(text)) continue;
      needed.add(name);
      visit(statement);
    }
  };
  visit(query);
  return [...[...statements].filter(([name]) => needed.has(name)).map(([, statement]) => statement), query].join('\n');
}

/** A query of infra/workbook, with what it needs of the parameters of the workbook. */
export function kql(name: string): string {
  return filtered(body(workbookFile(name)));
}

/**
 * A ready query of infra/queries over what the parameters of the workbook leave.
 * @param changes what stands in place of which text
 * @throws Error where the query does not have the text exactly once
 */
export function ready(name: string, changes: Readonly<Record<string, string>>): string {
  const file = kqlFiles('queries').find(found => found.name === name);
  if (!file) throw new Error(`infra/queries has no ${name}.kql.`);
  return filtered(Object.entries(changes).reduce((text, [before, after]) => replacedOnce(name, text, before, after), body(file)));
}

function replacedOnce(name: string, text: string, before: string, after: string): string {
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`infra/queries/${name}.kql has "${before}" ${parts.length - 1} times. The workbook changes it in one place: correct src/tools/workbook.`);
  return parts.join(after);
}

/** A literal of KQL. A workbook takes names in braces for parameters, and its deployment puts the workspace in place of `<workspace-id>`: neither is in it as such. */
export function literal(text: string): string {
  return JSON.stringify(text).replaceAll('{', '\\u007b').replaceAll('}', '\\u007d').replaceAll('<', '\\u003c');
}

/** A query over the catalogue of controls, which rows do not carry. */
export function withControls(name: string, controls: readonly ControlInfo[]): string {
  const rows = controls.map(({ id, title, remediation, references: [reference] }) => [id, title, remediation.text, remediation.cli ?? '', reference].map(literal).join(', '));
  const table = `let Controls = datatable(ControlId: string, Title: string, Fix: string, Cli: string, Documentation: string)[\n${rows.join(',\n')}];`;
  return [table, kql(name)].join('\n');
}
