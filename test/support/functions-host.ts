import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a Functions worker sees of an app. */
export interface LoadedApp {
  readonly functions: readonly { readonly name: string; readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>> }[];
  /** What loading the entry, or the function, threw. */
  readonly error: string | null;
  /** Arguments of each line that functions logged, in order. */
  readonly logged: readonly (readonly unknown[])[];
  /** What the called function put out, by queue. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Orchestrations that the called function started, and their own; each has run to its end. */
  readonly instances: readonly { readonly id: string; readonly name: string; readonly status: string; readonly output: unknown; readonly failure: string | null }[];
}

/** A function to call, what triggers it, and what the trigger says of that. */
export interface Call {
  readonly name: string;
  readonly trigger: unknown;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A schedule that fires later than it should. */
export const schedule: Call = { name: 'scan-schedule', trigger: { isPastDue: true } };

/** Loads an app in a process of its own, as the worker does, and calls a function where one is named. */
export async function loadApp(entry: string, environment: Readonly<Record<string, string>>, called: Call | null = null, cwd = process.cwd()): Promise<LoadedApp> {
  const call = called === null ? [] : [called.name, JSON.stringify(called.trigger), JSON.stringify(called.metadata ?? {})];
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'functions-host.cjs'), entry, ...call], { cwd, env: environment, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as LoadedApp;
}

/** The line that a scan logs when it is over. */
export function scanLine({ logged }: LoadedApp): Readonly<Record<string, unknown>> {
  return (logged.find(([message]) => message === 'scan finished')?.[1] ?? {}) as Readonly<Record<string, unknown>>;
}
