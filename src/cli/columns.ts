import { stripVTControlCharacters } from 'node:util';
import CliTable from 'cli-table3';

const noLines = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'].map(part => [part, '']),
);

const indent = 2;
const gap = 2;

/** Rows in columns as wide as they need; the last one takes the room that is left and wraps, at least 30 columns. */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  if (rows.length === 0) return '';
  const count = Math.max(...rows.map(row => row.length));
  const widths = Array.from({ length: count - 1 }, (_, index) => Math.max(...rows.map(row => stripVTControlCharacters(row[index] ?? '').length)));
  const room = Math.max(30, width - indent - widths.reduce((sum, each) => sum + each + gap, 0));
  const table = new CliTable({ chars: { ...noLines, middle: ' '.repeat(gap) }, style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] } });
  table.push(...rows.map(row => [...row.slice(0, -1), wrap(row.at(-1) ?? '', room)]));
  return table
    .toString()
    .split('\n')
    .map(line => `${' '.repeat(indent)}${line}`.trimEnd())
    .join('\n');
}

/** Breaks at spaces; a word that is longer than a line breaks after a slash, as resource ids do, or anywhere. */
export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  const pieces = text.split(/(?<=\s)/).flatMap(word => (word.trimEnd().length > width ? (word.match(new RegExp(`.{1,${width - 1}}(?:/|$)|.{1,${width}}`, 'g')) ?? []) : word));
  for (const piece of pieces) {
    if (line !== '' && (line + piece).trimEnd().length > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()].join('\n');
}
