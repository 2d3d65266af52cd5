import { readBlob, type Blob, type BlobSettings } from '../azure/blob.ts';
import { effectiveBaseline, type Baseline } from '../baseline/effective.ts';
import { mostBytes, parseBaseline, problemLines } from '../baseline/parse.ts';
import { allControls } from '../controls/index.ts';
import type { LastGood, LastGoodStore } from '../state/last-good.ts';
import { standardBaseline } from './baseline.ts';

/** A baseline to scan by, and what people should know of how it came to be used. */
export interface LoadedBaseline {
  readonly baseline: Baseline;
  /** The file it was made of; null = the standard profile. */
  readonly text: string | null;
  readonly warnings: readonly string[];
}

/** Problems of a file that a warning tells; `baseline validate` has the rest. */
const mostProblems = 5;

/**
 * Loads the baseline of a running app. A new one that is wrong or cannot be read never stops a scan: the last good one
 * stays in force, and the scan says so; where there never was one, the standard profile holds.
 */
export async function loadBaseline(source: Omit<BlobSettings, 'mostBytes'>, store: LastGoodStore): Promise<LoadedBaseline> {
  const kept = await store.read();
  const last = kept && baselineOf(kept.text);
  const known = kept && last && kept.url === source.url ? kept.etag : null;
  const read = await attempted(() => readBlob({ ...source, mostBytes }, known));
  if ('problem' in read) return fallback(read.problem, kept, last);
  if (read.value === 'unchanged') return last ? { baseline: last, text: kept?.text ?? null, warnings: [] } : fallback(`${source.url} is said to be unchanged, but no copy of it is kept.`, kept, last);
  return fromBlob(read.value, source.url, store, kept, last);
}

async function fromBlob({ text, etag }: Blob, url: string, store: LastGoodStore, kept: LastGood | null, last: Baseline | null): Promise<LoadedBaseline> {
  const { file, problems } = parseBaseline(text, allControls);
  if (problems) {
    const more = problems.length > mostProblems ? ` There are ${problems.length - mostProblems} more: cosmos-compliance baseline validate lists all.` : '';
    return fallback(`The baseline is wrong: ${problemLines(url, problems.slice(0, mostProblems)).replaceAll('\n', ' ')}${more}`, kept, last);
  }
  const written = await attempted(() => store.write({ url, etag, text }));
  const warnings = 'problem' in written ? [`The baseline cannot be kept for later. ${written.problem}`] : [];
  return { baseline: effectiveBaseline(file, allControls), text, warnings };
}

function fallback(problem: string, kept: LastGood | null, last: Baseline | null): LoadedBaseline {
  if (last && kept) return { baseline: last, text: kept.text, warnings: [`${problem} The last good baseline, ${last.label} from ${kept.url}, stays in force.`] };
  return { baseline: standardBaseline, text: null, warnings: [`${problem} There is no earlier good baseline: the standard profile is in force, without exemptions and attestations.`] };
}

/** The baseline of a file, as this version understands it; null where it does not. */
export function baselineOf(text: string): Baseline | null {
  const { file } = parseBaseline(text, allControls);
  return file ? effectiveBaseline(file, allControls) : null;
}

async function attempted<T>(work: () => Promise<T>): Promise<{ readonly value: T } | { readonly problem: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
