import { execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';

const root = join(import.meta.dirname, '../..');

/** Runs the command as npm does, with nothing in the environment but this. */
async function infraCheck(environment: Readonly<Record<string, string>>): Promise<{ readonly code: number; readonly said: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(root, 'src/tools/infra-check.ts')], { cwd: root, env: environment });
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { readonly code: number; readonly stdout: string; readonly stderr: string };
    return { code, said: stdout + stderr };
  }
}

test('without compiler and types, what was not checked is said, and the rest is checked', async () => {
  const { code, said } = await infraCheck({ PATH: temporaryFolder(), BICEP_TYPES: join(temporaryFolder(), 'none') });
  expect(said).toContain('SKIPPED: build and lint by the Bicep compiler.');
  expect(said).toContain('SKIPPED: bodies of resources against the types of Azure.');
  expect(said).toContain('infra/ is in order: main.bicep, resources.bicep, management-group.bicep, subscription-reader.bicep');
  expect(code).toBe(0);
});

test('a compiler that warns of each file makes it fail, with what it said', async () => {
  const compiler = join(temporaryFolder(), 'bicep');
  writeFileSync(compiler, `#!${process.execPath}\nconsole.error(process.argv[3] + '(1,7) : Warning no-unused-params: A parameter.');\n`);
  chmodSync(compiler, 0o755);
  const { code, said } = await infraCheck({ BICEP_PATH: compiler, BICEP_TYPES: join(temporaryFolder(), 'none') });
  expect(said).not.toContain('build and lint by the Bicep compiler.');
  expect(said).toContain('infra/management-group.bicep(1,7) : Warning no-unused-params');
  expect(said).toContain('infra/ has 4 faults.');
  expect(code).toBe(1);
});
