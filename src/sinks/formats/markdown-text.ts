import { beginning, printable } from './text.ts';

/**
 * Text from Azure in one line of Markdown, as code: nothing in it is a link, a mention or HTML. A pipe is shown as a
 * broken bar: behind a backslash no escape keeps it from ending a table cell.
 */
export function code(text: string, most = 160): string {
  const shown = beginning(printable(text).trim(), most).replaceAll('|', '\u00A6');
  if (shown === '') return '';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** A block of code whose fence is longer than any in it. */
export function codeBlock(language: string, content: string): string {
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}

/** Our own words in a table cell: no pipe ends it, and no angle bracket is HTML. */
export function words(text: string): string {
  return printable(text).replaceAll(/[\\|<>[\]*_`]/g, character => `\\${character}`);
}

/** A table; empty where it has no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
