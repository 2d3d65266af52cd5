import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlFile, testFile, variableOf, withControl } from '../../src/tools/scaffold.ts';

const root = join(import.meta.dirname, '../..');

const index = `import type { Control } from '../core/control.ts';
import { corsNoWildcard } from './cors-no-wildcard.ts';
import { mapsOf } from './data/framework-maps.ts';
import { perimeterHealthy } from './perimeter-healthy.ts';

export const accountControls: readonly Control<'account'>[] = [
  corsNoWildcard,
  perimeterHealthy,
];

export const clusterControls: readonly Control<'cluster'>[] = [];
`;

describe('the catalogue with one more control', () => {
  test.each([
    ['first', 'bypass-off', ["'./bypass-off.ts'", "'./cors-no-wildcard.ts'"], ['bypassOff', 'corsNoWildcard', 'perimeterHealthy']],
    ['in the middle', 'keys-rotated', ["'./framework-maps.ts'", "'./keys-rotated.ts'", "'./perimeter-healthy.ts'"], ['corsNoWildcard', 'keysRotated', 'perimeterHealthy']],
    ['last', 'zone-redundant', ["'./perimeter-healthy.ts'", "'./zone-redundant.ts'"], ['corsNoWildcard', 'perimeterHealthy', 'zoneRedundant']],
  ])('takes it %s', (_, id, imports, names) => {
    const changed = withControl(index, id, 'account');
    const places = imports.map(each => changed.replace('./data/', './').indexOf(each));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(changed).toContain(`Control<'account'>[] = [\n${names.map(name => `  ${name},\n`).join('')}];`);
    expect(changed.split('\n').filter(line => !index.includes(line))).toHaveLength(2);
  });

  test('takes the first one of a scope', () => {
    expect(withControl(index, 'tap-closed', 'cluster')).toContain("Control<'cluster'>[] = [\n  tapClosed,\n];");
  });

  test('is refused where there is no such list', () => {
    expect(() => withControl(index, 'tap-closed', 'subscription')).toThrow('src/controls/index.ts has no list subscriptionControls.');
  });

  test('names the control after its id', () => {
    expect(variableOf('minimum-tls-1-2')).toBe('minimumTls12');
    expect(controlFile('minimum-tls-1-2', 'account')).toContain("export const minimumTls12 = control({\n  id: 'minimum-tls-1-2',\n  scope: 'account',");
    expect(testFile('minimum-tls-1-2')).toContain('specify(minimumTls12, {');
  });
});

describe('npm run new:control', () => {
  let folder = '';
  const path = (...parts: string[]): string => join(folder, ...parts);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'new-control-'));
    for (const part of ['src/core', 'src/controls', 'src/exposure', 'test/support', 'tsconfig.json', 'package.json']) {
      await cp(join(root, part), path(part), { recursive: true });
    }
    await mkdir(path('test/controls'));
    await writeFile(path('vitest.config.ts'), "export default { test: { include: ['test/**/*.test.ts'] } };\n");
    await symlink(join(root, 'node_modules'), path('node_modules'), 'dir');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = (...args: string[]): Promise<{ readonly code: number; readonly text: string }> =>
    new Promise(resolve => {
      execFile(process.execPath, args, { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } }, (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr }));
    });
  const newControl = (...args: string[]) => run(join(root, 'src/tools/new-control.ts'), ...args);

  const tested = async (filter: string): Promise<unknown> => {
    await run('node_modules/vitest/vitest.mjs', 'run', '--reporter', 'json', '--outputFile', 'report.json', filter);
    return JSON.parse(await readFile(path('report.json'), 'utf8'));
  };

  test.each([
    ['no id', [], '"" is no id for a control.'],
    ['an id that is not in kebab case', ['LocalAuth'], '"LocalAuth" is no id for a control.'],
    ['an id of one word', ['locked'], '"locked" is no id for a control.'],
    ['a path', ['../../evil-control'], '"../../evil-control" is no id for a control.'],
    ['two ids', ['door-locked', 'roof-tight'], 'One id at a time: roof-tight is left over.'],
    ['a scope that does not exist', ['door-locked', '--scope', 'house'], '"house" is no scope.'],
    ['an option that does not exist', ['door-locked', '--force'], "Unknown option '--force'"],
    ['a control that is there', ['exposure-not-public'], 'src/controls/exposure-not-public.ts is there already.'],
  ])('refuses %s', async (_, args, says) => {
    const { code, text } = await newControl(...args);
    expect(text).toContain(says);
    expect(code).toBe(2);
  });

  test('makes controls that compile, and whose tests fail until they are written', { timeout: 60_000 }, async () => {
    const scopes = ['account', 'cluster', 'perimeter', 'subscription'];
    for (const scope of scopes) expect(await newControl(`door-locked-${scope}`, '--scope', scope)).toMatchObject({ code: 0, text: expect.stringContaining(`src/controls/door-locked-${scope}.ts`) });
    expect((await newControl('door-locked-account')).code).toBe(2);
    const catalogue = await readFile(path('src/controls/index.ts'), 'utf8');
    for (const scope of scopes) expect(catalogue.split(variableOf(`door-locked-${scope}`))).toHaveLength(3);

    const compiled = await run('node_modules/typescript/bin/tsc', '-p', '.');
    expect(compiled.text.split('\n').filter(line => /door-locked|controls\/index\.ts/.test(line))).toEqual([]);
    expect(await tested('door-locked')).toMatchObject({ numTotalTests: 8, numFailedTests: 8 });

    await writeFile(path('src/controls/door-locked-account.ts'), written);
    await writeFile(path('test/controls/door-locked-account.test.ts'), testOfWritten);
    expect(await tested('door-locked-account')).toMatchObject({ numTotalTests: 2, numFailedTests: 0 });
  });
});

const written = controlFile('door-locked-account', 'account')
  .replace("import { control, fail }", "import { control, fail, pass }")
  .replace("return fail('', { name: account.name });", "return account.name === 'orders' ? pass({}) : fail('The door is open.', {});");

const testOfWritten = testFile('door-locked-account')
  .replace("import { specify }", "import { account } from '../support/builders.ts';\nimport { specify }")
  .replace("given: {}, says: 'what was found'", "given: { account: account({ name: 'house' }) }, says: 'The door is open.'");
