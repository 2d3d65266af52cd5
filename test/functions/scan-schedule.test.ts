import { afterEach, expect, test } from 'vitest';
import { serveSandbox, type ServedSandbox } from '../../src/sandbox/serve.ts';
import { estateOf, named } from '../support/connection.ts';
import { accountIn, perimeterIn } from '../support/estates.ts';
import { temporaryFolder } from '../support/folder.ts';
import { loadApp, scanLine, schedule, type LoadedApp } from '../support/functions-host.ts';

const estate = estateOf([named('alpha'), named('empty')], [...accountIn('alpha', 'orders').resources, ...accountIn('alpha', 'basket').resources, ...perimeterIn('alpha', 'core').resources]);

let served: ServedSandbox | null = null;
afterEach(async () => {
  await served?.stop();
  served = null;
});

/** Calls the function in a process of its own: the identity library remembers its endpoint for a process's whole life. */
async function called(stateFolder: string): Promise<LoadedApp> {
  served ??= await serveSandbox({ estate });
  return loadApp('functions/main.ts', { ...served.environment, SCAN_SCHEDULE: '0 0 */6 * * *', TASKHUB_NAME: 'hub', STATE_FOLDER: stateFolder }, schedule);
}

const closings = (): readonly unknown[] => served?.sandbox.ingested.get('CosmosComplianceScans_CL')?.filter(row => row['Kind'] === 'scan') ?? [];

test('the function starts a scan, which its orchestration runs to the end and sums up in one structured line', async () => {
  const app = await called(temporaryFolder());
  expect(app.error).toBeNull();
  expect(app.logged.map(([message]) => message)).toEqual(['scan started', 'scan planned', 'scan finished']);
  expect(app.instances.map(({ name, status }) => [name, status])).toEqual([['scan', 'Completed'], ['scan-batch', 'Completed']]);
  const fields = scanLine(app);
  const rows = [...(served?.sandbox.ingested.values() ?? [])].reduce((sum, each) => sum + each.length, 0);
  expect(fields).toMatchObject({
    scope: 'tenant',
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
    rowsDropped: 0,
    deliveryProblem: null,
    problem: null,
  });
  for (const [name, value] of Object.entries(fields)) expect(['string', 'number', 'boolean'].includes(typeof value) || value === null, `${name} is flat`).toBe(true);
  expect(app.logged[0]?.[1]).toEqual({ scanId: fields['scanId'], isPastDue: true, warnings: '' });
  expect(app.instances[0]).toMatchObject({ id: 'scan', output: fields });
  expect(closings()).toEqual([expect.objectContaining({ ScanId: fields['scanId'], Complete: true })]);
});

test('a scan whose rows cannot be delivered still ends, says how many are kept and why, and the next one delivers them', async () => {
  const stateFolder = temporaryFolder();
  served = await serveSandbox({ estate });
  served.sandbox.setIngestion(403);
  const first = await called(stateFolder);
  expect(first.error).toBeNull();
  expect(scanLine(first)).toMatchObject({ complete: true, rowsDelivered: 0, deliveryProblem: expect.stringContaining('403') });
  expect(scanLine(first)['rowsKept']).toBeGreaterThan(0);
  served.sandbox.setIngestion(null);
  expect(scanLine(await called(stateFolder))).toMatchObject({ rowsKept: 0, deliveryProblem: null });
  expect(closings()).toHaveLength(2);
});
