import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cloudFrom } from '../../src/azure/clouds.ts';
import { credentialFor } from '../../src/azure/credential.ts';
import { appSettings } from '../../src/scan/settings.ts';
import { parse } from '../../src/tools/bicep/parse.ts';
import type { Expression } from '../../src/tools/bicep/syntax.ts';
import { durableBackends, hostJsonFor } from '../../src/tools/package-app.ts';
import { loadApp } from '../support/functions-host.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Keys of an object that a variable of a Bicep file holds, in a branch of a condition too. */
function keysOf(path: string, variable: string): readonly string[] {
  const declaration = parse(path, read(path)).declarations.find(({ kind, name }) => kind === 'var' && name === variable);
  const keys = (value: Expression): string[] => (value.kind === 'object' ? value.properties.map(({ key }) => key ?? '*') : value.kind === 'ternary' ? [...keys(value.yes), ...keys(value.no)] : []);
  return declaration?.kind === 'var' ? keys(declaration.value) : [];
}

const host = keysOf('infra/modules/app.bicep', 'hostSettings');
const scan = keysOf('infra/resources.bicep', 'scanSettings');
const scheduler = keysOf('infra/resources.bicep', 'schedulerSettings');

/** What the deployment sets; values as they look in Azure. */
const deployed: Readonly<Record<string, string>> = {
  AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000001',
  AZURE_CLOUD: 'AzureCloud',
  BASELINE_URL: 'https://contoso.example/baseline/baseline.yaml',
  FULL_EMISSION_HOURS: '24',
  IDENTITY_ENDPOINT: 'http://127.0.0.1:1/msi/token',
  LOGS_INGESTION_ENDPOINT: 'https://dcr.example',
  LOGS_RULE_ID: 'dcr-1',
  SCAN_CONCURRENCY: '32',
  SCAN_SCHEDULE: '0 0 */6 * * *',
  STATE_URL: 'https://contoso.example/cosmos-compliance',
  TASKHUB_NAME: 'CosmosCompliance',
};

/** One process for all tests: it takes seconds to start. What the deployment leaves empty is empty. */
const app = loadApp('functions/main.ts', { ...Object.fromEntries(scan.map(name => [name, ''])), ...deployed });

/** Runs something with an environment that remembers what it is asked for. */
function namesRead(use: (environment: Readonly<Record<string, string | undefined>>) => void, environment: Readonly<Record<string, string>>): ReadonlySet<string> {
  const names = new Set<string>();
  use(new Proxy(environment, {
    get(target, name) {
      names.add(String(name));
      return Reflect.get(target, name);
    },
  }));
  return names;
}

/** `%NAME%` in what the host resolves. */
const placeholders = (text: string): string[] => [...text.matchAll(/%(\w+)%/g)].map(([, name = '']) => name);

describe('application settings', () => {
  const byCode = namesRead(environment => {
    appSettings(environment);
    credentialFor(cloudFrom(environment), environment);
  }, deployed);

  test('of the deployment are each read by the app, its host.json or its triggers', async () => {
    const { functions } = await app;
    const hosts = durableBackends.map(backend => hostJsonFor(backend, read('host.json')));
    const byHost = new Set([...hosts.flatMap(placeholders), ...placeholders(JSON.stringify(functions)), ...hosts.flatMap(text => [...text.matchAll(/"connectionStringName": "(\w+)"/g)].map(([, name = '']) => name))]);
    expect(scan.length).toBeGreaterThan(10);
    expect([...scan, ...scheduler].filter(name => !byCode.has(name) && !byHost.has(name))).toEqual([]);
  });

  test('that the app requires are all set', () => {
    let message = '';
    try {
      appSettings({});
    } catch (error) {
      message = String(error);
    }
    const [, missing = ''] = /missing: ([\w, ]+)\./.exec(message) ?? [];
    const required = missing.split(', ');
    expect(required).toContain('SCAN_SCHEDULE');
    expect(required.filter(name => !scan.includes(name))).toEqual([]);
  });

  test('that host.json and triggers name are all set, for each backend', async () => {
    const { functions } = await app;
    const named = new Set([...placeholders(JSON.stringify(functions)), ...durableBackends.flatMap(backend => placeholders(hostJsonFor(backend, read('host.json'))))]);
    expect([...named].toSorted()).toEqual(['SCAN_SCHEDULE', 'TASKHUB_NAME']);
    expect([...named].filter(name => !scan.includes(name))).toEqual([]);
    expect(scheduler).toEqual(['DURABLE_TASK_SCHEDULER_CONNECTION_STRING']);
  });

  test('make an app that starts', async () => {
    expect((await app).error).toBeNull();
  });

  test('of the host are those of a connection by identity, and no key', () => {
    expect([...host]).toEqual(['APPLICATIONINSIGHTS_AUTHENTICATION_STRING', 'APPLICATIONINSIGHTS_CONNECTION_STRING', 'AzureWebJobsStorage__blobServiceUri', 'AzureWebJobsStorage__clientId', 'AzureWebJobsStorage__credential', 'AzureWebJobsStorage__queueServiceUri', 'AzureWebJobsStorage__tableServiceUri']);
  });

  test('are in order, each once', () => {
    for (const names of [host, scan]) expect(names).toEqual([...new Set(names)].toSorted());
  });

  test.each(['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'])('%s, as environment().name has it, is a cloud', name => {
    expect(() => cloudFrom({ AZURE_CLOUD: name })).not.toThrow();
  });

  test('of the local sample are settings of the deployment, or the folder that stands for its container', () => {
    const { Values: values } = JSON.parse(read('infra/local.settings.sample.json')) as { readonly Values: Readonly<Record<string, string>> };
    const known = new Set([...scan, 'STATE_FOLDER', 'AzureWebJobsStorage', 'FUNCTIONS_WORKER_RUNTIME']);
    expect(Object.keys(values).filter(name => !known.has(name))).toEqual([]);
  });
});

describe('queues', () => {
  test('that functions use are made by the deployment', async () => {
    const { functions } = await app;
    const used = new Set(functions.flatMap(({ bindings }) => Object.values(bindings).flatMap(({ queueName }) => (typeof queueName === 'string' ? [queueName] : []))));
    const storage = read('infra/modules/storage.bicep');
    expect(used.size).toBeGreaterThan(0);
    for (const queue of used) expect(storage).toContain(`name: '${queue}'`);
  });
});
