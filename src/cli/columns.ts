import { stripVTControlCharacters } from 'node:util';
import CliTable from 'cli-table3';

const noLines = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'].map(part => [part, '']),
);

const indent = 2;
const gap = 2;

/** The last column has at least this, or everything is written below each other. */
const leastRoom = 30;

/**
 * Rows in columns as wide as they need; the last one takes the room that is left and wraps. Where that is too little,
 * the last cell stands below the others, which follow each other.
 * @param width columns of the terminal
 */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  if (rows.length === 0) return '';
  const count = Math.max(...rows.map(row => row.length));
  const widths = Array.from({ length: count - 1 }, (_, index) => Math.max(...rows.map(row => lengthOf(row[index] ?? ''))));
  const room = width - indent - widths.reduce((sum, each) => sum + each + gap, 0);
  if (count > 1 && room < leastRoom) return rows.map(row => stacked(row, width)).join('\n');
  const table = new CliTable({ chars: { ...noLines, middle: ' '.repeat(gap) }, style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] } });
  table.push(...rows.map(row => [...row.slice(0, -1), wrap(row.at(-1) ?? '', room)]));
  return indented(table.toString(), indent);
}

function stacked(row: readonly string[], width: number): string {
  const first = row.slice(0, -1).filter(cell => cell !== '').join('  ');
  const last = row.at(-1) ?? '';
  const lines = [...(first === '' ? [] : [indented(wrap(first, width - indent), indent)]), ...(last === '' ? [] : [indented(wrap(last, width - 2 * indent), 2 * indent)])];
  return lines.join('\n');
}

function indented(text: string, by: number): string {
  return text.split('\n').map(line => `${' '.repeat(by)}${line}`.trimEnd()).join('\n');
}

/** Columns that a text takes; colours take none. */
function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Lines that are longer than the terminal is wide are wrapped; those of columns fit already. */
export function fitted(text: string, width: number): string {
  return text.split('\n').map(line => (lengthOf(line) > width ? wrap(line, width) : line)).join('\n');
}

/** Breaks at spaces; a word that is longer than a line breaks after a slash, as resource ids do, or anywhere. */
export function wrap(text: string, width: number): string {
  const most = Math.max(2, width);
  const lines: string[] = [];
  let line = '';
  const pieces = text.split(/(?<=\s)/).flatMap(word => (lengthOf(word.trimEnd()) > most ? broken(word, most) : word));
  for (const piece of pieces) {
    if (line !== '' && lengthOf((line + piece).trimEnd()) > most) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()].join('\n');
}

/** A word in parts of at most so many columns: up to the last slash that fits, or up to any character. */
function broken(word: string, most: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part.length + character.length > most) {
      const slash = part.lastIndexOf('/') + 1;
      parts.push(slash > 0 ? part.slice(0, slash) : part);
      part = slash > 0 ? part.slice(slash) : '';
    }
    part += character;
  }
  return [...parts, part];
}
