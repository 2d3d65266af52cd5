import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Problem } from '../core/problem.ts';

/** Where a result goes: standard output or a file. */
export interface Output {
  /** Columns of the terminal, at least 20; 100 where there is none. */
  readonly width: number;
  readonly color: boolean;
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

export function standardOutput(): Output {
  const { stdout } = process;
  // A reader such as `head` may close the pipe early; that is no error of ours.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return { width: Math.max(20, stdout.columns || Number(process.env['COLUMNS']) || 100), color: stdout.isTTY && !process.env['NO_COLOR'], write: text => written(stdout, text), close: () => Promise.resolve() };
}

/**
 * @param file undefined = standard output
 * @throws Problem where the file cannot be written: before the work, not after it
 */
export async function openOutput(file: string | undefined): Promise<Output> {
  if (file === undefined) return standardOutput();
  const stream = createWriteStream(file);
  const failed = new Promise<never>((_, reject) => {
    stream.once('error', error => reject(new Problem(`Cannot write ${file}: ${error.message}.`, 'Choose a file in a folder that exists and that you may write to.')));
  });
  await Promise.race([once(stream, 'open'), failed]);
  failed.catch(() => undefined);
  return {
    width: 100,
    color: false,
    write: text => Promise.race([written(stream, text), failed]),
    async close() {
      stream.end();
      await Promise.race([once(stream, 'close'), failed]);
    },
  };
}

/** Settles when the text is on its way, or never will be: what went wrong is said by the stream's own error. */
function written(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise(resolve => {
    stream.write(text, () => resolve());
  });
}
