import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comparable, compile, findCompiler } from '../../src/tools/bicep/compiler.ts';
import { checkInfra, entries, findTypes, skippedIn, sourcesIn } from '../../src/tools/bicep/infra.ts';
import { parse } from '../../src/tools/bicep/parse.ts';
import { bodyOf, propertyOf, resourcesOf, type Expression, type ParameterDeclaration } from '../../src/tools/bicep/syntax.ts';
import { functions } from '../../src/tools/bicep/functions.ts';
import { expressionsOf } from '../../src/tools/bicep/names.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, 'infra', path), 'utf8');
const files = Object.entries(sourcesIn(join(root, 'infra')).bicep).map(([path, text]) => parse(path, text));
const file = (path: string) => {
  const found = files.find(each => each.path === path);
  if (!found) throw new Error(`There is no ${path}.`);
  return found;
};
const parametersIn = (path: string): readonly ParameterDeclaration[] => file(path).declarations.filter(declaration => declaration.kind === 'param');

describe('infra/', () => {
  test('has no fault', () => {
    const types = findTypes(process.env, join(root, '../shared/tools/bicep/types'));
    const checked = checkInfra(root, types);
    for (const line of skippedIn(checked, types)) console.log(line);
    expect(checked.diagnostics).toEqual([]);
  });

  test.each(entries.map(entry => [entry]))('%s builds and lints without a warning by the compiler, and a committed template is not stale', async entry => {
    const compiler = findCompiler(process.env);
    if (compiler === null) {
      console.log(`SKIPPED: build and lint of infra/${entry}: there is no Bicep compiler on PATH or in BICEP_PATH.`);
      return;
    }
    const { complaints, template } = await compile(compiler, root, `infra/${entry}`);
    expect(complaints).toEqual([]);
    const committed = join(root, 'infra', entry.replace(/\.bicep$/, '.json'));
    expect(existsSync(committed) ? comparable(readFileSync(committed, 'utf8')) : null).toBe(existsSync(committed) && template !== null ? comparable(template) : null);
  });

  test('has a module for each file that is not deployed by itself', () => {
    const used = new Set(files.flatMap(({ declarations }) => declarations.flatMap(declaration => (declaration.kind === 'module' ? [declaration.path] : []))));
    expect([...new Set([...entries, ...used])].toSorted()).toEqual(files.map(({ path }) => path).toSorted());
  });

  test('calls only functions that give the same in every deployment', () => {
    const called = new Set(files.flatMap(({ declarations }) => declarations.flatMap(expressionsOf)).flatMap(expression => (expression.kind === 'call' && expression.on === null ? [expression.name] : [])));
    const decorators = new Set(['description', 'allowed', 'minLength', 'maxLength', 'minValue', 'maxValue', 'secure', 'batchSize']);
    expect([...called].filter(name => !functions.has(name) && !decorators.has(name))).toEqual([]);
  });
});

describe('main.bicep', () => {
  /** Without places, which differ. */
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === 'at' || key === 'comment' ? undefined : member)));
  const own = new Set(['environmentName', 'location', 'resourceGroupName', 'tags']);

  test('takes what resources.bicep takes, with the same types, defaults and descriptions', () => {
    const shared = (path: string): unknown => plain(parametersIn(path).filter(({ name }) => !own.has(name)));
    expect(shared('main.bicep')).toEqual(shared('resources.bicep'));
  });

  test('hands every parameter on', () => {
    const module = file('main.bicep').declarations.find(({ kind }) => kind === 'module');
    const params = module?.kind === 'module' ? propertyOf(bodyOf(module), 'params') : null;
    const names = params?.kind === 'object' ? params.properties.map(({ key }) => key) : [];
    expect(names).toEqual(parametersIn('resources.bicep').map(({ name }) => name));
  });

  /** The variable of an azd environment that a parameter is set by. */
  const variableOf = (name: string): string =>
    ({ environmentName: 'AZURE_ENV_NAME', location: 'AZURE_LOCATION', resourceGroupName: 'AZURE_RESOURCE_GROUP' })[name] ?? `CCM_${name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`;

  test('is deployed by azd with a variable for each parameter; defaults are in one place', () => {
    const { parameters } = JSON.parse(read('main.parameters.json')) as { readonly parameters: Record<string, { readonly value: string }> };
    expect(Object.entries(parameters)).toEqual(parametersIn('main.bicep').map(({ name }) => [name, { value: `\${${variableOf(name)}}` }]));
  });

  test('has no output that azd would hand back as another parameter', () => {
    const outputs = file('main.bicep').declarations.flatMap(({ kind, name }) => (kind === 'output' ? [name] : []));
    const variables = new Set(parametersIn('main.bicep').map(({ name }) => variableOf(name)));
    expect(outputs.filter(name => variables.has(name))).toEqual(['AZURE_LOCATION', 'AZURE_RESOURCE_GROUP']);
  });
});

describe('names', () => {
  const written = (expression: Expression | null): string => (expression?.kind === 'string' ? expression.source : '');

  test('of what is unique in Azure or beside others end with the suffix of resource group and environment', () => {
    const inModules = file('resources.bicep').declarations.flatMap(declaration => {
      const params = declaration.kind === 'module' ? propertyOf(bodyOf(declaration), 'params') : null;
      return params?.kind === 'object' ? params.properties.flatMap(({ key, value }) => (key === 'name' || key === 'planName' ? [written(value)] : [])) : [];
    });
    const own = resourcesOf(file('resources.bicep').declarations).map(resource => written(propertyOf(bodyOf(resource), 'name')));
    const unsuffixed = [...inModules, ...own].filter(name => name !== '' && !name.endsWith("${suffix}'"));
    expect(unsuffixed).toEqual([]);
    expect(inModules.length).toBeGreaterThan(5);
  });

  test('of storage accounts are letters and digits, 24 at most', () => {
    const storage = file('resources.bicep').declarations.find(({ kind, name }) => kind === 'module' && name === 'storage');
    const params = storage?.kind === 'module' ? propertyOf(bodyOf(storage), 'params') : null;
    const [, prefix = ''] = /^'([a-z0-9]+)\$\{suffix\}'$/.exec(written(propertyOf(params?.kind === 'object' ? params : null, 'name'))) ?? [];
    // uniqueString gives 13 characters.
    expect(prefix.length).toBeGreaterThan(0);
    expect(prefix.length + 13).toBeLessThanOrEqual(24);
  });
});

describe('storage', () => {
  test.each([
    ['allowSharedKeyAccess', false],
    ['allowBlobPublicAccess', false],
    ['allowCrossTenantReplication', false],
    ['supportsHttpsTrafficOnly', true],
    ['defaultToOAuthAuthentication', true],
    ['minimumTlsVersion', 'TLS1_2'],
  ])('%s is %s', (key, value) => {
    const account = resourcesOf(file('modules/storage.bicep').declarations).find(({ name }) => name === 'account');
    const properties = account ? propertyOf(bodyOf(account), 'properties') : null;
    expect(propertyOf(properties?.kind === 'object' ? properties : null, key)).toMatchObject({ value });
  });
});
