import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { requestIn } from '../../src/scan/durable/request.ts';
import { parse } from '../../src/tools/bicep/parse.ts';
import { alertRules } from '../../src/tools/docs/kql-files.ts';
import { durableBackends } from '../../src/tools/package-app.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = read('infra/README.md');
const modules = readdirSync(join(root, 'infra/modules')).map(file => read(`infra/modules/${file}`));
const guids = (text: string): string[] => [...new Set(text.match(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g))].toSorted();

describe('azure.yaml', () => {
  const azd = parseYaml(read('azure.yaml')) as Record<string, unknown> & { readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>; readonly metadata: { readonly template: string } };
  const scanner = azd.services['scanner'] ?? {};

  test('deploys the package, as it is, to the app that has its tag', () => {
    expect(Object.keys(azd.services)).toEqual(['scanner']);
    expect(scanner).toMatchObject({ project: '.', dist: 'dist/package', host: 'function', language: 'ts', remoteBuild: false });
    expect(read('infra/modules/app.bicep')).toContain("'azd-service-name': 'scanner'");
  });

  test('makes the package before it is deployed, on every system', () => {
    const run = { run: 'npm run package' };
    expect(scanner['hooks']).toMatchObject({ prepackage: { posix: run, windows: run } });
    expect((JSON.parse(read('package.json')) as { readonly scripts: object }).scripts).toMatchObject({ package: expect.any(String), build: expect.any(String) });
  });

  test('has the version of the package', () => {
    const { name, version } = JSON.parse(read('package.json')) as { readonly name: string; readonly version: string };
    expect(azd['name']).toBe(name);
    expect(azd.metadata.template).toBe(`${name}@${version}`);
  });

  test('is not contradicted by .funcignore: azd refuses remoteBuild false where packages of npm are left out', () => {
    const lines = read('.funcignore').split('\n').filter(line => line !== '' && !line.startsWith('#'));
    expect(lines.filter(line => /^\*{1,2}\/?$|node_modules/.test(line))).toEqual([]);
    for (const folder of ['src', 'test', 'infra', 'functions']) expect(lines).toContain(folder);
  });
});

describe('the backend of orchestrations', () => {
  test.each([['main.bicep'], ['resources.bicep']])('has the same values in %s as in the package', path => {
    const parameter = parse(path, read(`infra/${path}`)).declarations.find(({ name }) => name === 'durableBackend');
    const [options] = parameter?.decorators.find(({ name }) => name === 'allowed')?.args ?? [];
    expect(options?.kind === 'array' && options.items.map(item => (item.kind === 'string' ? item.value : null))).toEqual([...durableBackends]);
  });
});

describe('infra/README.md', () => {
  test('explains every built-in role that is assigned, and no other', () => {
    expect(guids(readme)).toEqual(guids(modules.join('\n')));
  });

  test('names parameters that there are', () => {
    const parameters = new Set(parse('resources.bicep', read('infra/resources.bicep')).declarations.flatMap(({ kind, name }) => (kind === 'param' ? [name] : [])));
    const [, section = ''] = readme.split('\n## Parameters\n');
    const named = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(name => !parameters.has(name))).toEqual([]);
  });

  test('names alert rules that there are', () => {
    const rules = new Set([...alertRules().map(({ id }) => id), 'silence', 'metric-rows-dropped']);
    const named = [...readme.matchAll(/`((?:scan|rows|metric-rows)-[a-z-]+)`/g)].map(([, id = '']) => id).filter(id => !/^scan-(requests|schedule)$/.test(id));
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter(id => !rules.has(id))).toEqual([]);
    for (const rule of ['silence', 'metric-rows-dropped']) expect(read('infra/modules/platform-alerts.bicep')).toContain(`contains(disabledAlerts, '${rule}')`);
  });

  test('leads to files that there are', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(path => !existsSync(join(root, 'infra', path)))).toEqual([]);
    const templates = [...readme.matchAll(/--template-file (\S+)/g)].map(([, path = '']) => path);
    expect(templates.filter(path => !existsSync(join(root, path)))).toEqual([]);
  });

  test('shows messages that the app understands', () => {
    const shown = [...readme.matchAll(/\{"(?:scope|subscription|account)":"[^"]+"\}/g)].map(([text]) =>
      text.replace('<subscription-id>', '00000000-0000-0000-0000-000000000001').replace('<resource id>', '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/a/providers/Microsoft.DocumentDB/databaseAccounts/b'),
    );
    expect(shown.map(text => requestIn(text).kind).toSorted()).toEqual(['account', 'subscription', 'tenant']);
  });

  test('has the headings that alert rules send people to', () => {
    const asked = modules.flatMap(text => [...text.matchAll(/infra\/README\.md, "([^"]+)"/g)].map(([, heading = '']) => heading));
    expect(asked.length).toBeGreaterThan(0);
    for (const heading of asked) expect(readme).toContain(`### ${heading}\n`);
  });
});

describe('what is written down', () => {
  const written = ['azure.yaml', '.funcignore', ...readdirSync(join(root, 'infra'), { recursive: true, encoding: 'utf8' }).map(file => `infra/${file}`)].filter(path => /\.(bicep|json|ya?ml|md|funcignore)$|^\.funcignore$/.test(path));

  test('has no key, no signature and no connection string with a secret', () => {
    expect(written.filter(path => /AccountKey=|SharedAccessKey=|[?&]sig=|InstrumentationKey=[0-9a-f]|-----BEGIN/.test(read(path)))).toEqual([]);
  });

  test('has no compiled template that the compiler did not make', () => {
    const templates = written.filter(path => path.endsWith('.json') && read(path).includes('deploymentTemplate.json#'));
    expect(templates.filter(path => !read(path).includes('"_generator"'))).toEqual([]);
  });
});
