import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a Functions worker sees of an app. */
export interface LoadedApp {
  readonly functions: readonly { readonly name: string; readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>> }[];
  /** What loading the entry, or the function, threw. */
  readonly error: string | null;
  /** Arguments of each line that the called function logged. */
  readonly logged: readonly (readonly unknown[])[];
}

/** Loads an app in a process of its own, as the worker does, and calls a function where one is named. */
export async function loadApp(entry: string, environment: Readonly<Record<string, string>>, called = '', cwd = process.cwd()): Promise<LoadedApp> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'functions-host.cjs'), entry, called], { cwd, env: environment });
  return JSON.parse(stdout) as LoadedApp;
}
