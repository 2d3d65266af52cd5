import { json } from '../sinks/formats/text.ts';
import { compareScans, hidesSomething, isWorse, type ScanDiff } from './diff.ts';
import { renderDiff, renderDiffMarkdown } from './diff-text.ts';
import { openOutput, standardOutput, type Output } from './output.ts';
import { readSavedScan } from './saved-scan.ts';

export const diffFormats = ['table', 'json', 'markdown'] as const;

export interface DiffOptions {
  readonly format: (typeof diffFormats)[number];
  readonly output?: string;
  readonly allowIncomplete?: boolean;
}

/**
 * `cosmos-compliance diff OLD.json NEW.json`.
 * @returns 1 where something regressed, 2 where the newer result hides something that the older one knew, 0 otherwise
 * @throws Problem where a file is no result of a scan, or the two cannot be compared
 */
export async function diffCommand(older: string, newer: string, { format, output: file, allowIncomplete = false }: DiffOptions, standard: () => Output = standardOutput): Promise<0 | 1 | 2> {
  const diff = compareScans(await readSavedScan(older), await readSavedScan(newer));
  const output = file === undefined ? standard() : await openOutput(file);
  await output.write(rendered(diff, format, output));
  await output.close();
  if (!allowIncomplete && hidesSomething(diff)) return 2;
  return isWorse(diff) ? 1 : 0;
}

function rendered(diff: ScanDiff, format: DiffOptions['format'], output: Output): string {
  switch (format) {
    case 'table':
      return renderDiff(diff, output);
    case 'markdown':
      return renderDiffMarkdown(diff);
    case 'json':
      return `${json(documentOf(diff))}\n`;
  }
}

/** Everything, for programs. */
function documentOf({ older, newer, ...changes }: ScanDiff): object {
  const sideOf = ({ id, startedAt, cloud, version, baseline, scope, complete }: ScanDiff['older']): object => ({ id, startedAt, cloud, version, baseline, scope, complete });
  return { older: sideOf(older), newer: sideOf(newer), worse: isWorse(changes), hides: hidesSomething(changes), ...changes };
}
