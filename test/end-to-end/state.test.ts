import { expect, onTestFinished, test } from 'vitest';
import { generatedEstate } from '../../src/sandbox/index.ts';
import { serveSandbox, type ServedSandbox } from '../../src/sandbox/serve.ts';
import { blobStore } from '../../src/state/blob-store.ts';
import { outboxIn } from '../../src/state/outbox.ts';
import { azurite, storageScope, unusedIn } from '../support/azurite.ts';
import { cosmosCompliance, endedWith } from '../support/cli.ts';
import { Document } from '../support/document.ts';
import { withStorage } from '../support/storage-for-sandbox.ts';

const estate = generatedEstate({ subscriptions: 3, accountsPerSubscription: 2, perimetersPerSubscription: 1 });
const args = ['scan', '--publish', '--format', 'json'];

const findingsIn = ({ sandbox }: ServedSandbox): string[] => (sandbox.ingested.get('CosmosComplianceFindings_CL') ?? []).map(row => `${String(row['ScanId'])} ${String(row['FindingId'])}`);

test('state in a container of blobs: what one machine could not deliver another one does', async () => {
  const served = await serveSandbox({ estate });
  onTestFinished(() => served.stop());
  const { blob, credential } = await azurite();
  const url = unusedIn(blob);
  // No folder is shared: each run has a home of its own.
  const environment = { ...(await withStorage(served.environment)), STATE_URL: url };
  const outbox = outboxIn(blobStore({ url, scope: storageScope, credential }));

  served.sandbox.setIngestion(403);
  const first = endedWith(2, await cosmosCompliance(args, { environment }));
  const { scan, assessments } = Document.parse(JSON.parse(first.stdout));
  const made = new Set(assessments.flatMap(({ findings }) => findings.map(({ id }) => `${scan.id} ${id}`)));
  expect(made.size).toBeGreaterThan(100);
  expect(findingsIn(served)).toEqual([]);
  expect((await outbox.names()).length).toBeGreaterThan(3);

  served.sandbox.setIngestion(null);
  const second = endedWith(0, await cosmosCompliance(args, { environment }));
  const { scan: next } = Document.parse(JSON.parse(second.stdout));
  const arrived = findingsIn(served);
  expect(new Set(arrived.filter(key => key.startsWith(scan.id)))).toEqual(made);
  expect(arrived.some(key => key.startsWith(next.id))).toBe(true);
  expect(await outbox.names()).toEqual([]);
  expect(served.sandbox.requests().violations).toEqual([]);
});

test('a container that cannot be used is said before the scan begins', async () => {
  const served = await serveSandbox({ estate });
  onTestFinished(() => served.stop());
  const { blob } = await azurite();
  const environment = { ...(await withStorage(served.environment)), STATE_URL: unusedIn(blob).replace('devstoreaccount1', 'elsewhere') };
  const { stdout, stderr } = endedWith(2, await cosmosCompliance(args, { environment }));
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Cannot use the container .*\/elsewhere\/test-.* Check STATE_URL/m);
  expect(served.sandbox.requests().total).toBe(0);
});
