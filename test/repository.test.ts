import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collectors } from '../src/collectors/index.ts';
import { accountControls, allControls, clusterControls, perimeterControls, subscriptionControls, tenantControls } from '../src/controls/index.ts';

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
  baseline: ['core', 'exposure'],
  azure: ['core'],
  collectors: ['azure', 'core'],
  state: ['azure', 'core'],
  sinks: ['azure', 'core', 'state'],
  scan: ['azure', 'baseline', 'collectors', 'controls', 'core', 'exposure', 'requirements', 'sinks', 'state'],
  sandbox: ['core', 'sinks'],
  // Reports show requirements and what they are answered by; sinks get both as data.
  cli: ['azure', 'baseline', 'controls', 'core', 'requirements', 'sandbox', 'scan', 'sinks'],
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
  const controls = allControls;
  const inFolder = files('src/controls')
    .filter(file => /= (control|manualControl)\(\{/.test(read(file)))
    .map(file => basename(file, '.ts'))
    .toSorted();

  test('the catalogue is the folder, sorted', () => {
    expect(controls.map(({ id }) => id).toSorted()).toEqual(inFolder);
    for (const list of [accountControls, clusterControls, perimeterControls, subscriptionControls, tenantControls]) expect(list.map(({ id }) => id)).toEqual(list.map(({ id }) => id).toSorted());
  });

  test.each(controls.map(control => [control.id, control] as const))('%s has one name, a test, and says what it is', (id, { title, rationale, remediation, procedure, references, requirements }) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(read(`src/controls/${id}.ts`)).toContain(`id: '${id}'`);
    expect(read(`test/controls/${id}.test.ts`)).toContain(procedure ? 'specifyManual(' : 'specify(');
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(rationale.length).toBeGreaterThan(40);
    expect(remediation.text.length).toBeGreaterThan(20);
    expect((procedure ?? []).filter(step => !/^[A-Z].{40,}/.test(step)), 'steps of a procedure are sentences').toEqual([]);
    expect(procedure === undefined || procedure.length >= 4, 'a procedure has steps that somebody can follow').toBe(true);
    expect(procedure !== undefined || (remediation.cli ?? '').startsWith('az '), 'an Azure CLI command').toBe(true);
    expect(procedure !== undefined || (remediation.bicep ?? '').length > 10, 'the Bicep that passes').toBe(true);
    for (const reference of references) expect(reference).toMatch(/^https:\/\//);
    for (const requirement of requirements) expect(requirement).toMatch(/^(ASB (NS|IM)-\d+|NSP \d+|SEC [a-z-]+)$/);
  });

  test.each(controls.map(control => [control.id, control] as const))('%s says when it is not applicable, where it can be', (id, { notApplicableWhen }) => {
    const can = /\bnotApplicable\(/.test(read(`src/controls/${id}.ts`)) || (existsSync(join(root, `test/controls/${id}.test.ts`)) && read(`test/controls/${id}.test.ts`).includes('doesNotApply:'));
    expect(notApplicableWhen !== undefined, 'notApplicableWhen completes "Not applicable when …" in the documents').toBe(can);
    expect(notApplicableWhen ?? 'it is').toMatch(/^[^.]+[^.]$/);
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
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  test('keeps files small: one room each', () => {
    const large = tracked.filter(file => file.startsWith('src') && read(file).split('\n').length > 300);
    expect(large).toEqual([]);
  });

  test('leaves nothing unfinished and silences nothing', () => {
    const marks = /\b(TODO|FIXME|XXX)\b|@ts-(ignore|expect-error|nocheck)|\bas any\b|: any(?=[\s,;)=\]>|[])|oxlint-disable|\b(test|describe|it)\.(only|skip|todo)\(/;
    const self = 'test/repository.test.ts';
    // Wire payloads are walked freely where the sandbox itself is tested.
    const free = (file: string): boolean => file === self || file.startsWith('test/sandbox/');
    expect(tracked.filter(file => !free(file) && marks.test(read(file)))).toEqual([]);
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
