import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** What the real compiler says of one file. */
export interface Compiled {
  readonly file: string;
  /** Lines with a warning or an error; empty where it is content. */
  readonly complaints: readonly string[];
  /** The ARM template; null where there is none. */
  readonly template: string | null;
}

/** The Bicep compiler in `BICEP_PATH` or on `PATH`; null where there is none. */
export function findCompiler(environment: Readonly<Record<string, string | undefined>>): string | null {
  const name = process.platform === 'win32' ? 'bicep.exe' : 'bicep';
  const candidates = environment['BICEP_PATH'] ? [environment['BICEP_PATH']] : (environment['PATH'] ?? '').split(delimiter).flatMap(folder => (folder === '' ? [] : [join(folder, name)]));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Builds and lints one file. Build and lint say much of the same; each complaint is told once. */
export async function compile(compiler: string, root: string, file: string): Promise<Compiled> {
  const build = await run(compiler, ['build', file, '--stdout'], root);
  const lint = await run(compiler, ['lint', file], root);
  const complaints = new Set([...build.stderr, ...lint.stderr, ...lint.stdout].filter(line => /: (Error|Warning) [\w-]+: /.test(line)));
  // A compiler that fails without a line that is understood has not checked anything.
  if (build.code !== 0 && complaints.size === 0) complaints.add(`${file}: Error build: the compiler ended with ${build.code}: ${build.stderr.join(' ').slice(0, 300)}`);
  return { file, complaints: [...complaints], template: build.code === 0 ? build.stdout.join('\n') : null };
}

interface Run {
  readonly code: number;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

async function run(command: string, args: readonly string[], cwd: string): Promise<Run> {
  const lines = (text: string): string[] => text.split(/\r?\n/).filter(line => line.trim() !== '');
  try {
    const { stdout, stderr } = await promisify(execFile)(command, [...args], { cwd, maxBuffer: 64 * 1024 * 1024 });
    return { code: 0, stdout: lines(stdout), stderr: lines(stderr) };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { readonly code?: number | string; readonly stdout?: string; readonly stderr?: string };
    return { code: typeof code === 'number' ? code : 1, stdout: lines(stdout), stderr: lines(stderr || String(error)) };
  }
}

/** A template without what says which compiler made it, so that a newer one makes no difference. */
export function comparable(template: string): string {
  return JSON.stringify(JSON.parse(template, (key, value: unknown) => (key === '_generator' || key === 'templateHash' ? undefined : value)));
}
