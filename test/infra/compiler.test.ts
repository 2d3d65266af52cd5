import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comparable, compile, findCompiler } from '../../src/tools/bicep/compiler.ts';
import { temporaryFolder } from '../support/folder.ts';

/** A program that says what a compiler might say: `build` and `lint` each have their streams and their end. */
function compilerThatSays(says: { readonly build?: Partial<Says>; readonly lint?: Partial<Says> }): string {
  const folder = temporaryFolder();
  const path = join(folder, 'bicep');
  const nothing: Says = { out: '', err: '', code: 0 };
  const script = `#!${process.execPath}
const says = ${JSON.stringify({ build: { ...nothing, ...says.build }, lint: { ...nothing, ...says.lint } })}[process.argv[2]];
process.stdout.write(says.out);
process.stderr.write(says.err);
process.exitCode = says.code;
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

interface Says {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

const warning = 'main.bicep(1,7) : Warning no-unused-params: Parameter "a" is declared but never used. [https://aka.ms/bicep/linter/no-unused-params]';
const fault = 'main.bicep(2,5) : Error BCP057: The name "b" does not exist in the current context.';

describe('the compiler', () => {
  test.each([
    ['is content', {}, []],
    ['warns while it builds', { build: { err: `${warning}\n` } }, [warning]],
    ['warns while it lints, on the stream it builds templates on', { lint: { out: `${warning}\n` } }, [warning]],
    ['says the same twice', { build: { err: warning }, lint: { err: warning } }, [warning]],
    ['fails', { build: { err: fault, code: 1 } }, [fault]],
    ['tells what it does', { build: { err: 'Using a newer version of Bicep.\n' } }, []],
  ])('%s', async (_, says, complaints) => {
    const compiled = await compile(compilerThatSays(says), temporaryFolder(), 'main.bicep');
    expect(compiled.complaints).toEqual(complaints);
  });

  test('that fails without saying why is a complaint, not silence', async () => {
    const { complaints, template } = await compile(compilerThatSays({ build: { err: 'Segmentation fault', code: 139 } }), temporaryFolder(), 'main.bicep');
    expect(complaints).toEqual([expect.stringContaining('Segmentation fault')]);
    expect(template).toBeNull();
  });

  test('gives a template', async () => {
    expect((await compile(compilerThatSays({ build: { out: '{"a":1}' } }), temporaryFolder(), 'main.bicep')).template).toBe('{"a":1}');
  });

  test('is found in BICEP_PATH, else on PATH, else not', () => {
    const path = compilerThatSays({});
    const folder = join(path, '..');
    const empty = temporaryFolder();
    expect(findCompiler({ BICEP_PATH: path, PATH: empty })).toBe(path);
    expect(findCompiler({ PATH: [empty, folder].join(delimiter) })).toBe(path);
    expect(findCompiler({ PATH: empty })).toBeNull();
    expect(findCompiler({ BICEP_PATH: join(empty, 'bicep'), PATH: folder })).toBeNull();
    expect(findCompiler({})).toBeNull();
  });

  test('is no file that cannot be run', () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'bicep'), '');
    expect(findCompiler({ PATH: folder })).toBeNull();
  });
});

describe('a committed template', () => {
  const template = (version: string, name: string): string => JSON.stringify({ metadata: { _generator: { name: 'bicep', version, templateHash: version } }, resources: [{ name }] });

  test('is the same whichever compiler made it', () => {
    expect(comparable(template('0.30', 'a'))).toBe(comparable(template('0.40', 'a')));
  });

  test('is another one where a resource differs', () => {
    expect(comparable(template('0.30', 'a'))).not.toBe(comparable(template('0.30', 'b')));
  });
});
