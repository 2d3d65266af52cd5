import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { temporaryFolder } from '../support/folder.ts';
import { loadApp, type LoadedApp } from '../support/functions-host.ts';

const bundle = packageJson.main;
const settings = { LOGS_INGESTION_ENDPOINT: 'https://dcr.westeurope-1.ingest.monitor.azure.com', LOGS_RULE_ID: 'dcr-1', SCAN_SCHEDULE: '0 0 */6 * * *', TASKHUB_NAME: 'hub', STATE_URL: 'https://contoso.blob.core.windows.net/cosmos-compliance' };

/** Loads the bundle from a folder where nothing else is. */
function loadAlone(environment: Readonly<Record<string, string>>): Promise<LoadedApp> {
  const folder = temporaryFolder();
  copyFileSync(bundle, join(folder, 'main.cjs'));
  return loadApp(join(folder, 'main.cjs'), environment, null, folder);
}

/** Every function, and what it is bound to. */
const functions = {
  'close-scan': [{ type: 'activityTrigger', direction: 'in' }],
  'plan-scan': [{ type: 'activityTrigger', direction: 'in' }],
  scan: [{ type: 'orchestrationTrigger', direction: 'in' }],
  'scan-batch': [{ type: 'orchestrationTrigger', direction: 'in' }],
  'scan-requests': [
    { type: 'durableClient', direction: 'in' },
    { type: 'queue', direction: 'out', queueName: 'scan-requests-poison', connection: 'AzureWebJobsStorage' },
    { type: 'queueTrigger', direction: 'in', queueName: 'scan-requests', connection: 'AzureWebJobsStorage' },
  ],
  'scan-schedule': [
    { type: 'durableClient', direction: 'in' },
    { type: 'timerTrigger', direction: 'in', schedule: '%SCAN_SCHEDULE%' },
  ],
  'scan-subscription': [{ type: 'activityTrigger', direction: 'in' }],
};

/** By name, without the names that the library gives to bindings. */
function bindingsIn(app: LoadedApp): Readonly<Record<string, unknown>> {
  return Object.fromEntries(app.functions.map(({ name, bindings }) => [name, Object.values(bindings).map(({ name: _name, properties: _properties, ...binding }) => binding).toSorted((a, b) => (String(a['type']) < String(b['type']) ? -1 : 1))]));
}

describe('the function app as it is deployed', () => {
  test('registers exactly its functions, and loads as one file with no node_modules beside it', async () => {
    const app = await loadAlone(settings);
    expect(app.error).toBeNull();
    expect(bindingsIn(app)).toEqual(functions);
  });

  test('never runs on start-up, which would be on every scale-out', async () => {
    const app = await loadAlone(settings);
    for (const { bindings } of app.functions) for (const binding of Object.values(bindings)) expect(binding['runOnStartup'] ?? false).toBe(false);
  });

  test('with settings missing does not start, says all that are missing, and still registers: an app without functions looks healthy', async () => {
    const app = await loadAlone({});
    expect(bindingsIn(app)).toEqual(functions);
    expect(app.error).toMatch(/^Application settings are missing: LOGS_INGESTION_ENDPOINT, LOGS_RULE_ID, SCAN_SCHEDULE, TASKHUB_NAME, STATE_URL\. /);
  });

  test('has no function that anybody can call: what starts a scan is a schedule or a queue', async () => {
    const app = await loadAlone(settings);
    const triggers = app.functions.flatMap(({ bindings }) => Object.values(bindings).map(binding => String(binding['type']))).filter(type => type.endsWith('Trigger'));
    expect(new Set(triggers)).toEqual(new Set(['activityTrigger', 'orchestrationTrigger', 'queueTrigger', 'timerTrigger']));
  });

  test('with one setting missing names that one', async () => {
    const { error } = await loadAlone({ ...settings, LOGS_RULE_ID: '' });
    expect(error).toMatch(/^Application settings are missing: LOGS_RULE_ID\. /);
  });

  test('is small enough to start cold', () => {
    expect(statSync(bundle).size).toBeLessThan(4_000_000);
  });
});
