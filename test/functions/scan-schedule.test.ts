import { afterEach, describe, expect, test } from 'vitest';
import { requireSettings } from '../../src/scan/scheduled.ts';
import { appSettings } from '../../src/scan/settings.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { serveSandbox, type ServedSandbox } from '../../src/sandbox/serve.ts';
import { estateOf, named } from '../support/connection.ts';
import { accountIn, perimeterIn } from '../support/estates.ts';
import { temporaryFolder } from '../support/folder.ts';
import { loadApp, type LoadedApp } from '../support/functions-host.ts';

const estate = estateOf([named('alpha'), named('empty')], [...accountIn('alpha', 'orders').resources, ...accountIn('alpha', 'basket').resources, ...perimeterIn('alpha', 'core').resources]);

let served: ServedSandbox | null = null;
afterEach(async () => {
  await served?.stop();
  served = null;
});

/** Calls the function in a process of its own: the identity library remembers its endpoint for a process's whole life. */
async function called(stateFolder: string): Promise<LoadedApp> {
  served ??= await serveSandbox({ estate });
  return loadApp('functions/main.ts', { ...served.environment, SCAN_SCHEDULE: '0 0 */6 * * *', STATE_FOLDER: stateFolder }, 'scan-schedule');
}

const closings = (): readonly unknown[] => served?.sandbox.ingested.get('CosmosComplianceScans_CL')?.filter(row => row['Kind'] === 'scan') ?? [];

test('the function runs a scan and logs one structured summary', async () => {
  const { functions, error, logged } = await called(temporaryFolder());
  expect(error).toBeNull();
  expect(functions.map(({ name }) => name)).toEqual(['scan-schedule']);
  expect(logged).toHaveLength(1);
  const [message, fields] = logged[0] ?? [];
  expect(message).toBe('scan finished');
  const rows = [...(served?.sandbox.ingested.values() ?? [])].reduce((sum, each) => sum + each.length, 0);
  expect(fields).toMatchObject({
    complete: true,
    expected: 2,
    scanned: 2,
    denied: 0,
    throttled: 0,
    failed: 0,
    skipped: 0,
    accounts: 2,
    perimeters: 1,
    coverage: expect.any(Number),
    armRequests: served?.sandbox.requests().total,
    armThrottled: 0,
    rowsDelivered: rows,
    rowsKept: 0,
    rowsSetAside: 0,
    deliveryProblem: null,
    pastDue: true,
  });
  for (const [name, value] of Object.entries(fields as object)) expect(['string', 'number', 'boolean'].includes(typeof value) || value === null, `${name} is flat`).toBe(true);
  expect(closings()).toEqual([expect.objectContaining({ ScanId: (fields as { scanId: string }).scanId, Complete: true })]);
});

test('a scan whose rows cannot be delivered still ends, says how many are kept and why, and the next one delivers them', async () => {
  const stateFolder = temporaryFolder();
  served = await serveSandbox({ estate });
  served.sandbox.setIngestion(403);
  const { error, logged } = await called(stateFolder);
  expect(error).toBeNull();
  expect(logged[0]?.[1]).toMatchObject({ complete: true, rowsDelivered: 0, deliveryProblem: expect.stringContaining('403') });
  expect(logged[0]?.[1]).not.toMatchObject({ rowsKept: 0 });
  served.sandbox.setIngestion(null);
  expect((await called(stateFolder)).logged[0]?.[1]).toMatchObject({ rowsKept: 0, deliveryProblem: null });
  expect(closings()).toHaveLength(2);
});

describe('settings', () => {
  const complete = { LOGS_INGESTION_ENDPOINT: 'https://dcr.westeurope-1.ingest.monitor.azure.com', LOGS_RULE_ID: 'dcr-1', SCAN_SCHEDULE: '0 0 */6 * * *' };

  test.each([
    [{}, 'Application settings are missing: LOGS_INGESTION_ENDPOINT, LOGS_RULE_ID, SCAN_SCHEDULE.'],
    [{ LOGS_RULE_ID: 'dcr-1', SCAN_SCHEDULE: '' }, 'Application settings are missing: LOGS_INGESTION_ENDPOINT, SCAN_SCHEDULE.'],
    [{ AZURE_CLOUD: 'custom' }, 'Application settings are missing: LOGS_INGESTION_ENDPOINT, LOGS_RULE_ID, SCAN_SCHEDULE, ARM_ENDPOINT, LOGS_AUDIENCE.'],
    [{ ...complete, ARM_ENDPOINT: 'https://arm.local' }, 'Application settings are missing: LOGS_AUDIENCE.'],
  ])('that are missing are all named: %j', (environment, message) => {
    expect(() => requireSettings(environment)).toThrow(message);
  });

  test.each([
    [{ SCAN_SUBSCRIPTIONS: `${guid('a')}, production` }, 'SCAN_SUBSCRIPTIONS has "production", which is not a subscription id.'],
    [{ SCAN_EXCLUDE_SUBSCRIPTIONS: '1234' }, 'SCAN_EXCLUDE_SUBSCRIPTIONS has "1234", which is not a subscription id.'],
    [{ SCAN_CONCURRENCY: 'many' }, 'SCAN_CONCURRENCY is "many".'],
    [{ SCAN_CONCURRENCY: '0' }, 'SCAN_CONCURRENCY is "0".'],
    [{ SCAN_CONCURRENCY: '257' }, 'SCAN_CONCURRENCY is "257".'],
    [{ LOGS_INGESTION_ENDPOINT: 'http://dcr.local' }, 'LOGS_INGESTION_ENDPOINT is "http://dcr.local", which is not https.'],
    [{ AZURE_CLOUD: 'moon' }, 'moon'],
  ])('that are wrong are named: %j', (environment, message) => {
    expect(() => requireSettings({ ...complete, ...environment })).toThrow(message);
  });

  test('say everything a scan needs', () => {
    const environment = { ...complete, AZURE_CLOUD: 'usgovernment', SCAN_SUBSCRIPTIONS: ` ${guid('a')},${guid('b')}\n`, SCAN_EXCLUDE_SUBSCRIPTIONS: guid('c'), SCAN_MANAGEMENT_GROUP: 'teams', SCAN_CONCURRENCY: '64', STATE_FOLDER: '/state' };
    expect(appSettings(environment)).toMatchObject({
      cloud: { name: 'usgovernment' },
      scope: { include: [guid('a'), guid('b')], exclude: [guid('c')], managementGroup: 'teams' },
      destination: { endpoint: complete.LOGS_INGESTION_ENDPOINT, ruleId: 'dcr-1', scope: 'https://monitor.azure.us/.default' },
      stateFolder: '/state',
      concurrency: 64,
    });
  });

  test('have defaults', () => {
    expect(appSettings(complete)).toMatchObject({ cloud: { name: 'public' }, scope: { include: [], exclude: [], managementGroup: null }, concurrency: 32 });
  });
});
