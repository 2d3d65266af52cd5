import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { temporaryFolder } from '../support/folder.ts';
import { loadApp, type LoadedApp } from '../support/functions-host.ts';

const bundle = packageJson.main;
const settings = { LOGS_INGESTION_ENDPOINT: 'https://dcr.westeurope-1.ingest.monitor.azure.com', LOGS_RULE_ID: 'dcr-1', SCAN_SCHEDULE: '0 0 */6 * * *' };

/** Loads the bundle from a folder where nothing else is. */
function loadAlone(environment: Readonly<Record<string, string>>): Promise<LoadedApp> {
  const folder = temporaryFolder();
  copyFileSync(bundle, join(folder, 'main.cjs'));
  return loadApp(join(folder, 'main.cjs'), environment, '', folder);
}

describe('the function app as it is deployed', () => {
  test('registers exactly its functions, and loads as one file with no node_modules beside it', async () => {
    const { functions, error } = await loadAlone(settings);
    expect(error).toBeNull();
    expect(functions.map(({ name }) => name)).toEqual(['scan-schedule']);
    expect(Object.values(functions[0]?.bindings ?? {})).toEqual([expect.objectContaining({ type: 'timerTrigger', direction: 'in', schedule: '%SCAN_SCHEDULE%' })]);
  });

  test('never runs on start-up, which would be on every scale-out', async () => {
    const { functions } = await loadAlone(settings);
    for (const binding of Object.values(functions[0]?.bindings ?? {})) expect(binding['runOnStartup'] ?? false).toBe(false);
  });

  test('with settings missing does not start, says all that are missing, and still registers: an app without functions looks healthy', async () => {
    const { functions, error } = await loadAlone({});
    expect(functions.map(({ name }) => name)).toEqual(['scan-schedule']);
    expect(error).toMatch(/^Application settings are missing: LOGS_INGESTION_ENDPOINT, LOGS_RULE_ID, SCAN_SCHEDULE\. /);
  });

  test('with one setting missing names that one', async () => {
    const { error } = await loadAlone({ ...settings, LOGS_RULE_ID: '' });
    expect(error).toMatch(/^Application settings are missing: LOGS_RULE_ID\. /);
  });

  test('is small enough to start cold', () => {
    expect(statSync(bundle).size).toBeLessThan(4_000_000);
  });
});
