import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestsOf } from '../../src/sinks/log-analytics/fit.ts';
import { findingRows } from '../../src/sinks/log-analytics/rows.ts';
import { findingsTable, streamOf } from '../../src/sinks/log-analytics/tables.ts';
import { RefusedRowsError } from '../../src/sinks/log-analytics/upload.ts';
import type { IngestionMode } from '../../src/sandbox/index.ts';
import { connected, estateOf, type Connection } from '../support/connection.ts';
import { assessment, compared, finding, scan } from '../support/results.ts';

const stream = streamOf(findingsTable);
const rows = findingRows(scan(), compared(), 'full', 'production', new Date());

let azure: Connection;
beforeAll(async () => {
  azure = await connected({ estate: estateOf([]) });
});
afterEach(() => azure.sandbox.setIngestion(null));
afterAll(() => azure.stop());

const arrived = (): number => azure.sandbox.ingested.get(findingsTable.name)?.length ?? 0;

/** The error of an upload that must fail. */
async function failure(upload: Promise<void>): Promise<Error> {
  const error: unknown = await upload.then(() => null, (thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error(`The upload did not fail with an error but with ${String(error)}.`);
  expect(error.message).not.toContain('undefined');
  expect(error.message.trim()).not.toBe('');
  return error;
}

test('resolves when the service has taken the rows', async () => {
  const before = arrived();
  await expect(azure.upload()(stream, rows)).resolves.toBeUndefined();
  expect(azure.sandbox.ingested.get(findingsTable.name)?.slice(before)).toEqual(rows);
});

test('sends what fits one request as one request', async () => {
  const { accepted } = azure.sandbox.ingestion();
  const before = arrived();
  const many = Array.from({ length: 2_000 }, () => findingRows(scan(), compared(assessment({ findings: [finding({ message: 'x'.repeat(600) })] })), 'full', 'production', new Date())).flat();
  const [full = []] = requestsOf(many);
  expect(full.length).toBeLessThan(many.length);
  await azure.upload()(stream, full);
  expect(arrived() - before).toBe(full.length);
  expect(azure.sandbox.ingestion().accepted - accepted).toBe(1);
});

describe('rejects with what the service said', () => {
  test.each([
    { mode: 400, says: /answered 400 .*told to answer 400/, refused: true },
    { mode: 401, says: /answered 401/, refused: false },
    { mode: 403, says: /answered 403 .*told to answer 403/, refused: false },
    { mode: 404, says: /answered 404/, refused: false },
    { mode: 413, says: /answered 413/, refused: true },
    { mode: 429, says: /answered 429/, refused: false },
    { mode: 500, says: /answered 500/, refused: false },
    { mode: 503, says: /answered 503/, refused: false },
    { mode: 'hang', says: /No answer from the ingestion endpoint: No answer within 0\.2 s/, refused: false },
    { mode: 'reset', says: /No answer from the ingestion endpoint: .*(hang up|ECONNRESET)/, refused: false },
  ] satisfies { mode: IngestionMode; says: RegExp; refused: boolean }[])('when it answers $mode', async ({ mode, says, refused }) => {
    azure.sandbox.setIngestion(mode);
    const before = arrived();
    const error = await failure(azure.upload(mode === 'hang' ? { attemptMs: 200 } : {})(stream, rows));
    expect(error.message).toMatch(says);
    expect(error instanceof RefusedRowsError, 'only 400 and 413 are about the rows').toBe(refused);
    expect(arrived()).toBe(before);
  });

  test('when a row is not as the table says', async () => {
    const error = await failure(azure.upload()(stream, [{ ...rows[0], Surprise: 1 }]));
    expect(error).toBeInstanceOf(RefusedRowsError);
    expect(error.message).toContain('has the column Surprise');
  });

  test('when the rule does not exist', async () => {
    expect((await failure(azure.upload({ ruleId: 'dcr-other' })(stream, rows))).message).toMatch(/answered 404 .*dcr-other/);
  });

  test('when nobody listens', async () => {
    expect((await failure(azure.upload({ endpoint: 'https://127.0.0.1:1' })(stream, rows))).message).toMatch(/No answer from the ingestion endpoint: .*ECONNREFUSED/);
  });

  test('when there is no token', async () => {
    const credential = { getToken: () => Promise.reject(new Error('No identity here.')) };
    expect((await failure(azure.upload({ credential })(stream, rows))).message).toBe('No identity here.');
  });

  test('when the token is for something else', async () => {
    const error = await failure(azure.upload({ scope: azure.cloud.armScope })(stream, rows));
    expect(error.message).toMatch(/answered 403 .*does not have access to ingest/);
  });
});

test('waits as long as Retry-After says, and then gets through', async () => {
  azure.sandbox.setIngestion(429);
  const before = arrived();
  // Without the wait, all three attempts would be over long before the service recovers.
  const recovery = setTimeout(() => azure.sandbox.setIngestion(null), 300);
  await expect(azure.upload({ retry: { attempts: 2, baseMs: 1, longestWaitMs: 2_000 } })(stream, rows)).resolves.toBeUndefined();
  clearTimeout(recovery);
  expect(arrived() - before).toBe(rows.length);
});

test('does not wait longer than it may', async () => {
  azure.sandbox.setIngestion(429);
  const error = await failure(azure.upload({ retry: { attempts: 2, baseMs: 1, longestWaitMs: 500 } })(stream, rows));
  expect(error.message).toContain('longer than the scan may wait');
});

test('an ended scan ends an upload', async () => {
  azure.sandbox.setIngestion('hang');
  const controller = new AbortController();
  const upload = azure.upload({ signal: controller.signal, attemptMs: 60_000 })(stream, rows);
  setTimeout(() => controller.abort(new Error('The scan was interrupted.')), 20);
  expect((await failure(upload)).message).toContain('interrupted');
});
