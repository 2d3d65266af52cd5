import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { serveSandbox, type ServedSandbox } from '../../src/sandbox/serve.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { estateOf, named } from '../support/connection.ts';
import { accountIn } from '../support/estates.ts';
import { temporaryFolder } from '../support/folder.ts';
import { loadApp, scanLine, schedule } from '../support/functions-host.ts';

const estate = estateOf([named('alpha')], accountIn('alpha', 'orders').resources);

let served: ServedSandbox | null = null;
afterEach(async () => {
  await served?.stop();
  served = null;
});

/** The sandbox has no storage: whatever blob the app asks it for is not there. */
async function scanWith(stateFolder: string): Promise<{ readonly line: Record<string, unknown>; readonly row: Record<string, unknown> }> {
  served = await serveSandbox({ estate });
  const { environment } = served;
  const storage = { BASELINE_URL: `${environment['ARM_ENDPOINT']}/config/baseline.yaml`, STORAGE_AUDIENCE: environment['ARM_ENDPOINT'] ?? '' };
  const app = await loadApp('functions/main.ts', { ...environment, ...storage, SCAN_SCHEDULE: '0 0 */6 * * *', TASKHUB_NAME: 'hub', STATE_FOLDER: stateFolder }, schedule);
  expect(app.error).toBeNull();
  const row = served.sandbox.ingested.get('CosmosComplianceScans_CL')?.find(each => each['Kind'] === 'scan');
  return { line: scanLine(app), row: { ...row } };
}

test('an app whose baseline cannot be read scans by the standard profile, and says so in its log line and its row', async () => {
  const { line, row } = await scanWith(temporaryFolder());
  expect(line).toMatchObject({ complete: true, baseline: standardBaseline.label, warnings: expect.stringContaining('the standard profile is in force') });
  expect(row).toMatchObject({ Complete: true, Baseline: standardBaseline.label, Warnings: [expect.stringContaining('the standard profile is in force')] });
});

test('an app that had a good baseline keeps it, with its label in every row', async () => {
  const stateFolder = temporaryFolder();
  mkdirSync(join(stateFolder, 'baseline'));
  writeFileSync(join(stateFolder, 'baseline', 'last-good.json'), JSON.stringify({ url: 'https://contoso.example/config/baseline.yaml', etag: null, text: 'name: contoso\ncontrols: { exposure-not-public: { enabled: false } }\n' }));
  const { line, row } = await scanWith(stateFolder);
  expect(line).toMatchObject({ baseline: expect.stringMatching(/^contoso [0-9a-f]{8}$/), warnings: expect.stringContaining('The last good baseline, contoso') });
  expect(row).toMatchObject({ Baseline: line['baseline'], Warnings: [line['warnings']] });
  const findings = served?.sandbox.ingested.get('CosmosComplianceFindings_CL') ?? [];
  expect(new Set(findings.map(each => each['Baseline']))).toEqual(new Set([line['baseline']]));
  expect(findings.filter(each => each['ControlId'] === 'exposure-not-public')).toEqual([]);
});
