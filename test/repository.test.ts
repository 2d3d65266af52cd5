import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collectors } from '../src/collectors/index.ts';
import { accountControls, perimeterControls } from '../src/controls/index.ts';

const root = join(import.meta.dirname, '..');
const files = (folder: string, ending = '.ts'): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith(ending))
    .map(file => join(folder, file).split(sep).join('/'));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A folder may import from these folders of src, and nothing points back. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  exposure: ['core'],
  controls: ['core', 'exposure'],
  requirements: ['core'],
  baseline: ['core'],
  azure: ['core'],
  collectors: ['azure', 'core'],
  state: ['core'],
  sinks: ['azure', 'core', 'state'],
  scan: ['azure', 'baseline', 'collectors', 'controls', 'core', 'exposure', 'requirements', 'sinks', 'state'],
  sandbox: ['core', 'sinks'],
  cli: ['azure', 'core', 'sandbox', 'scan', 'sinks'],
  tools: ['controls', 'core', 'collectors', 'sinks', 'requirements', 'baseline'],
};

const imports = (file: string): string[] => [...read(file).matchAll(/(?:from|import)\s+'([^']+)'/g)].map(match => match[1] ?? '');
const folderOf = (file: string): string => relative(join(root, 'src'), join(root, file)).split(sep)[0] ?? '';

describe('arrows', () => {
  test.each(files('src').map(file => [file]))('%s imports only what its folder may know', file => {
    const folder = folderOf(file);
    const foreign = imports(file)
      .filter(specifier => specifier.startsWith('.'))
      .map(specifier => folderOf(relative(root, join(root, dirname(file), specifier))))
      .filter(target => target !== folder && target !== '..' && !(arrows[folder] ?? []).includes(target));
    expect(foreign, `${folder}/ is judged, read or shown apart from ${foreign.join(', ')}/: facts are gathered in one place, judged in another, shown in a third (DESIGN.md, Layout)`).toEqual([]);
  });

  test.each(files('functions').map(file => [file]))('%s holds a trigger and nothing else', file => {
    expect(read(file).split('\n').length, 'a function is at most 30 lines: what it does lives in src/scan').toBeLessThanOrEqual(31);
    expect(imports(file).filter(specifier => specifier.startsWith('../src/')).every(specifier => specifier.startsWith('../src/scan/'))).toBe(true);
  });
});

describe('what judges cannot reach the world', () => {
  const pure = ['core', 'exposure', 'controls'].flatMap(folder => files(`src/${folder}`));
  const libraries = new Set(['zod', 'ipaddr.js', '@noble/hashes/sha2.js', '@noble/hashes/utils.js']);

  test.each(pure.map(file => [file]))('%s has no SDK, no clock, no environment and no await', file => {
    const outside = imports(file).filter(specifier => !specifier.startsWith('.') && !libraries.has(specifier));
    expect(outside, 'core, exposure and controls import no SDK and no node: module; the scan hands them what they need').toEqual([]);
    const code = read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|`[^`]*`/g, '');
    const worldly = code.match(/\bawait\b|\basync\b|\bprocess\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bfetch\(/g) ?? [];
    expect(worldly, "the scan's time is an argument, and a verdict on the same facts is always the same").toEqual([]);
  });
});

describe('collectors', () => {
  test.each(files('src/collectors').map(file => [file]))('%s turns no hole into a value', file => {
    const holes = read(file).match(/\?\?\s*(false|true|\[\]|\{\}|null|''|0)|\|\|\s*(\[\]|\{\}|''|null|false)|catch\s*(\([^)]*\))?\s*\{/g) ?? [];
    const allowed = file === 'src/collectors/collector.ts' || file === 'src/collectors/reason.ts' ? 3 : 0;
    expect(holes.length, `${holes.join(', ')}: what an absent field means is said in its schema with absent(); exceptions become reasons in collector.ts only`).toBeLessThanOrEqual(allowed);
  });

  test('every collector names the Azure actions it needs', () => {
    for (const { name, actions } of Object.values(collectors)) {
      expect(actions.length, name).toBeGreaterThan(0);
      for (const action of actions) expect(action, `${name}: read actions only`).toMatch(/^Microsoft\.[A-Za-z]+(\/[A-Za-z]+)+\/read$/);
    }
  });
});

describe('controls', () => {
  const controls = [...accountControls, ...perimeterControls];
  const inFolder = files('src/controls')
    .filter(file => read(file).includes('= control({'))
    .map(file => basename(file, '.ts'))
    .toSorted();

  test('the catalogue is the folder, sorted', () => {
    expect(controls.map(({ id }) => id).toSorted()).toEqual(inFolder);
    for (const list of [accountControls, perimeterControls]) expect(list.map(({ id }) => id)).toEqual(list.map(({ id }) => id).toSorted());
  });

  test.each(controls.map(control => [control.id, control] as const))('%s has one name, a test, and says what it is', (id, { title, rationale, remediation, references, requirements }) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(read(`src/controls/${id}.ts`)).toContain(`id: '${id}'`);
    expect(read(`test/controls/${id}.test.ts`)).toContain('specify(');
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(rationale.length).toBeGreaterThan(40);
    expect(remediation.text.length).toBeGreaterThan(20);
    expect(remediation.cli, 'an Azure CLI command').toMatch(/^az /);
    expect(remediation.bicep?.length, 'the Bicep that passes').toBeGreaterThan(10);
    for (const reference of references) expect(reference).toMatch(/^https:\/\//);
    for (const requirement of requirements) expect(requirement).toMatch(/^(ASB (NS|IM)-\d+|NSP \d+|SEC [a-z-]+)$/);
  });

  test('parameters have defaults and say what they mean', () => {
    for (const { id, parameters } of controls) {
      expect(() => parameters.parse({}), id).not.toThrow();
      for (const [name, schema] of Object.entries(parameters.shape)) expect((schema as { description?: string }).description, `${id}.${name}`).toBeTruthy();
    }
  });
});

describe('the repository', () => {
  const tracked = [...files('src'), ...files('functions'), ...files('test')];

  test('has only the agreed files at the top', () => {
    const agreed = new Set(['package.json', 'package-lock.json', 'tsconfig.json', 'host.json', 'functions', 'src', 'infra', 'test', 'README.md', 'LICENSE', 'CHANGELOG.md', 'azure.yaml', 'node_modules', 'dist']);
    expect(readdirSync(root).filter(name => !name.startsWith('.') && !agreed.has(name))).toEqual([]);
  });

  test('pins exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('keeps files small: one room each', () => {
    const large = tracked.filter(file => file.startsWith('src') && read(file).split('\n').length > 300);
    expect(large).toEqual([]);
  });

  test('leaves nothing unfinished and silences nothing', () => {
    const marks = /\b(TODO|FIXME|XXX)\b|@ts-(ignore|expect-error|nocheck)|\bas any\b|: any\b|oxlint-disable|\.(only|skip)\(/;
    const self = 'test/repository.test.ts';
    expect(tracked.filter(file => file !== self && marks.test(read(file)))).toEqual([]);
  });

  test('carries no secret and no private key', () => {
    expect(tracked.filter(file => /-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/]/.test(read(file)))).toEqual([]);
  });

  test('needs no executable but node', () => {
    const bash = statSync(join(root, '.ci/run'));
    expect(bash.mode & 0o111, '.ci/run is executable').toBeGreaterThan(0);
    expect(read('.ci/run')).toContain('npm test');
  });
});
