import { statSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { Problem } from '../core/problem.ts';

/** What a scan can be written as, and how its files end. */
export const extensions = {
  table: '.txt',
  json: '.json',
  ndjson: '.ndjson',
  html: '.html',
  csv: '.csv',
  sarif: '.sarif',
  junit: '.xml',
  ocsf: '.ocsf.jsonl',
  markdown: '.md',
} as const;

export type FormatName = keyof typeof extensions;
export const formatNames = Object.keys(extensions) as readonly FormatName[];

/** One form of a result and where it goes; null = standard output. */
export interface Destination {
  readonly format: FormatName;
  readonly file: string | null;
}

/**
 * Reads `--format`: one or several names, with commas between them. Each counts once.
 * @throws InvalidArgumentError for a name that is none
 */
export function formatsFrom(value: string): readonly FormatName[] {
  const names = value.split(',').map(name => name.trim());
  const wrong = names.find(name => !isFormat(name));
  if (wrong !== undefined) throw new InvalidArgumentError(`'${wrong}' is invalid. Allowed choices are ${formatNames.join(', ')}, or several of them with commas between.`);
  return [...new Set(names.filter(isFormat))];
}

function isFormat(name: string): name is FormatName {
  return Object.hasOwn(extensions, name);
}

/**
 * Where each form of the result goes. One form goes to standard output, or to the file that `--output` names, whatever
 * its ending. Several want `--output`: a name, to which each adds its ending, or a folder, in which they are called
 * `cosmos-compliance`.
 * @throws Problem where several forms have no place to go
 */
export function destinationsOf(formats: readonly FormatName[], output: string | undefined): readonly Destination[] {
  const [only, ...others] = formats;
  if (output === undefined) {
    if (others.length > 0) {
      const what = `--format has ${formats.length} forms (${formats.join(', ')}), which do not fit into one standard output.`;
      throw new Problem(what, 'Name them with --output: --output report writes report.html, report.sarif and so on.');
    }
    return formats.map(format => ({ format, file: null }));
  }
  const folder = isFolder(output);
  if (only !== undefined && others.length === 0 && !folder) return [{ format: only, file: output }];
  const base = folder ? join(output, 'cosmos-compliance') : withoutExtension(output);
  return formats.map(format => ({ format, file: `${base}${extensions[format]}` }));
}

/** A folder that is there, or a name that ends like one. */
function isFolder(path: string): boolean {
  return /[/\\]$/.test(path) || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

function withoutExtension(path: string): string {
  const extension = Object.values(extensions).toSorted((a, b) => b.length - a.length).find(each => path.toLowerCase().endsWith(each));
  return extension === undefined ? path : path.slice(0, -extension.length);
}
