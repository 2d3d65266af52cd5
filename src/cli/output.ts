import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Problem } from '../core/problem.ts';

/** Where a result goes: standard output or a file. */
export interface Output {
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  readonly color: boolean;
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/** @param file null or undefined = standard output */
export function openOutput(file: string | undefined): Output {
  if (file === undefined) {
    const { stdout } = process;
    // A reader such as `head` may close the pipe early; that is no error of ours.
    stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
    return { width: stdout.columns || 100, color: stdout.isTTY && !process.env['NO_COLOR'], write: text => written(stdout, text), close: () => Promise.resolve() };
  }
  const stream = createWriteStream(file);
  const failed = new Promise<never>((_, reject) => {
    stream.once('error', error => reject(new Problem(`Cannot write ${file}: ${error.message}.`, 'Choose a file in a folder that exists and that you may write to.')));
  });
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

async function written(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
