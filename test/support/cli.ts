import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(import.meta.dirname, '../..');

/** How a run of the command ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** The whole environment of the command. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Called when the process is there. */
  readonly whenStarted?: (child: ChildProcess) => void;
}

/** Runs the built command in a process of its own, with a home of its own. */
export async function cosmosCompliance(args: readonly string[], { environment = {}, whenStarted }: CommandOptions = {}): Promise<Ended> {
  const home = mkdtempSync(join(tmpdir(), 'cosmos-compliance-home-'));
  const child = spawn(process.execPath, [join(root, 'dist/cosmos-compliance.cjs'), ...args], { cwd: home, env: { HOME: home, TMPDIR: home, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const ended = once(child, 'close') as Promise<[number | null]>;
    const output = Promise.all([text(child.stdout).catch(() => ''), text(child.stderr)]);
    whenStarted?.(child);
    const [code] = await ended;
    const [stdout, stderr] = await output;
    return { code, stdout, stderr };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * The run, where it ended with this code.
 * @throws Error with what it said otherwise
 */
export function endedWith(code: number, ended: Ended): Ended {
  if (ended.code === code) return ended;
  throw new Error(`It ended with ${ended.code} and not with ${code}:\n${ended.stderr}`);
}

/** Calls back once, when the command has said something on standard error that matches. */
export function whenItSays(child: ChildProcess, pattern: RegExp, then: () => void): void {
  let said = '';
  const listen = (chunk: Buffer): void => {
    said += String(chunk);
    if (!pattern.test(said)) return;
    child.stderr?.off('data', listen);
    then();
  };
  child.stderr?.on('data', listen);
}
