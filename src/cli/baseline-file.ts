import { open, type FileHandle } from 'node:fs/promises';
import { effectiveBaseline, type Baseline } from '../baseline/effective.ts';
import { baselineFrom, mostBytes } from '../baseline/parse.ts';
import { allControls } from '../controls/index.ts';
import { Problem } from '../core/problem.ts';

/**
 * Reads a text file, no more of it than a baseline may have and one byte more.
 * @throws Problem where it cannot be read
 */
export async function readBaselineText(file: string): Promise<string> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file);
    const buffer = Buffer.alloc(mostBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) ({ bytesRead: read } = await handle.read(buffer, length, buffer.length - length));
    return new TextDecoder().decode(buffer.subarray(0, length));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(`Cannot read the baseline ${file}: ${reason}.`, 'Name a file that exists, or write one with: cosmos-compliance baseline init.', error);
  } finally {
    await handle?.close();
  }
}

/** @throws Problem naming every problem of the file */
export async function baselineIn(file: string): Promise<Baseline> {
  return effectiveBaseline(baselineFrom(await readBaselineText(file), file, allControls), allControls);
}
