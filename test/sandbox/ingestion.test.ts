import { gzipSync } from 'node:zlib';
import { ManagedIdentityCredential } from '@azure/identity';
import { LogsIngestionClient } from '@azure/monitor-ingestion';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tables, type Table } from '../../src/sinks/log-analytics/tables.ts';
import { generatedEstate, startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { clientOf, type Client, type Reply } from './client.ts';

const [table = { name: '', columns: [] }] = tables;
const values: Readonly<Record<Table['columns'][number]['type'], unknown>> = {
  string: 'text',
  int: 1,
  long: 2 ** 40,
  real: 0.5,
  boolean: true,
  datetime: '2026-11-20T10:00:00Z',
  dynamic: { a: [1] },
};
/** A row with every column. */
const row: Readonly<Record<string, unknown>> = Object.fromEntries(table.columns.map(({ name, type }) => [name, values[type]]));
const columnOf = (type: string): string => table.columns.find(column => column.type === type)?.name ?? '';

let sandbox: Sandbox;
let client: Client;
beforeAll(async () => {
  sandbox = await startSandbox({ estate: generatedEstate({ subscriptions: 1, accountsPerSubscription: 1 }) });
  client = await clientOf(sandbox);
});
afterEach(() => sandbox.setIngestion(null));
afterAll(async () => {
  client.close();
  await sandbox.stop();
});

interface Sent {
  readonly token?: string | null;
  readonly rule?: string;
  readonly stream?: string;
  readonly query?: string;
}

function sendText(text: string, sent: Sent = {}): Promise<Reply> {
  const { token = client.logsToken, rule = sandbox.environment['LOGS_RULE_ID'] ?? '', stream = `Custom-${table.name}`, query = 'api%2Dversion=2023-01-01' } = sent;
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  return client.send(`/dataCollectionRules/${rule}/streams/${stream}?${query}`, { method: 'POST', token, headers, body: gzipSync(text) });
}

const send = (rows: unknown, sent: Sent = {}): Promise<Reply> => sendText(JSON.stringify(rows), sent);

test('takes rows of every table', async () => {
  for (const { name, columns } of tables) {
    const all = Object.fromEntries(columns.map(column => [column.name, values[column.type]]));
    expect((await send([all], { stream: `Custom-${name}` })).status).toBe(204);
    expect(sandbox.ingested.get(name)).toEqual([all]);
  }
  expect(sandbox.ingestion().accepted).toBe(tables.length);
});

test('takes null for any column but TimeGenerated, and bodies that are not zipped', async () => {
  const nulls = { ...Object.fromEntries(table.columns.map(({ name }) => [name, null])), TimeGenerated: row['TimeGenerated'] };
  const path = `/dataCollectionRules/${sandbox.environment['LOGS_RULE_ID']}/streams/Custom-${table.name}?api-version=2023-01-01`;
  expect((await client.send(path, { method: 'POST', token: client.logsToken, body: JSON.stringify([nulls]) })).status).toBe(204);
});

describe('refuses', () => {
  const cases: readonly [string, () => Promise<Reply>, number, RegExp][] = [
    ['a missing token', () => send([row], { token: null }), 401, /token/],
    ['a token for Resource Manager', () => send([row], { token: client.armToken }), 403, /does not have access/],
    ['another rule', () => send([row], { rule: 'dcr-other' }), 404, /dcr-other/],
    ['another stream', () => send([row], { stream: 'Custom-Other_CL' }), 404, /Other_CL/],
    ['another api-version', () => send([row], { query: 'api-version=2021-11-01' }), 400, /2023-01-01/],
    ['an unknown column', () => send([row, { ...row, Surprise: 1 }]), 400, /Row 1 has the column Surprise/],
    ['a missing TimeGenerated', () => send([Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'TimeGenerated'))]), 400, /no TimeGenerated/],
    ['a long text', () => send([{ ...row, [columnOf('string')]: 'x'.repeat(64 * 1024 + 1) }]), 400, /65537 bytes; a field holds 65536/],
    ['a long dynamic value', () => send([{ ...row, [columnOf('dynamic')]: ['x'.repeat(64 * 1024)] }]), 400, /a field holds/],
    ['text where a number belongs', () => send([{ ...row, [columnOf('int')]: '1' }]), 400, /is not of type int/],
    ['a fraction where a whole number belongs', () => send([{ ...row, [columnOf('int')]: 0.5 }]), 400, /is not of type int/],
    ['a number where text belongs', () => send([{ ...row, [columnOf('string')]: 7 }]), 400, /is not of type string/],
    ['a time that is none', () => send([{ ...row, [columnOf('datetime')]: 'yesterday' }]), 400, /is not of type datetime/],
    ['an object instead of rows', () => send(row), 400, /not a JSON array/],
    ['a row that is no object', () => send(['row']), 400, /not an object/],
    ['broken JSON', () => sendText('[{'), 400, /cannot be read/],
    ['more than a megabyte', () => send(Array.from({ length: 40 }, () => ({ ...row, [columnOf('string')]: 'x'.repeat(32 * 1024) }))), 413, /larger than 1048576/],
  ];

  test.each(cases)('%s', async (_, attempt, status, reason) => {
    const before = sandbox.ingested.get(table.name)?.length;
    const reply = await attempt();
    expect(reply.status).toBe(status);
    expect(reply.body.error.message).toMatch(reason);
    expect(sandbox.ingested.get(table.name)).toHaveLength(before ?? 0);
    expect(sandbox.ingestion().refused.at(-1)).toMatchObject({ status, reason: expect.stringMatching(reason) });
  });
});

describe('as it is told', () => {
  test('answers with a status', async () => {
    sandbox.setIngestion(429);
    expect(await send([row])).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    sandbox.setIngestion(null);
    expect((await send([row])).status).toBe(204);
  });

  test('breaks the connection', async () => {
    sandbox.setIngestion('reset');
    await expect(send([row])).rejects.toThrow(/ECONNRESET|socket hang up/);
  });

  test('does not answer, and still stops', async () => {
    const other = await startSandbox({ estate: generatedEstate({ subscriptions: 1, accountsPerSubscription: 1 }) });
    const another = await clientOf(other);
    other.setIngestion('hang');
    const path = `/dataCollectionRules/${other.environment['LOGS_RULE_ID']}/streams/Custom-${table.name}?api-version=2023-01-01`;
    const outcome = another.send(path, { method: 'POST', token: another.logsToken, body: '[]' }).then(
      () => 'answered',
      () => 'broken',
    );
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    await other.stop();
    await expect(outcome).resolves.toBe('broken');
    another.close();
  });

  test('is not there at all', async () => {
    const other = await startSandbox({ estate: generatedEstate({ subscriptions: 1, accountsPerSubscription: 1 }), logsIngestion: false });
    expect(Object.keys(other.environment).filter(name => name.startsWith('LOGS_'))).toEqual([]);
    await other.stop();
  });
});

test("Microsoft's own clients get a token and deliver rows", async () => {
  const { environment, certificateAuthority } = sandbox;
  const names = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'];
  const before = names.map(name => process.env[name]);
  for (const name of names) process.env[name] = environment[name];
  try {
    const options = { audience: environment['LOGS_AUDIENCE'] ?? '', tlsOptions: { ca: certificateAuthority } };
    const logs = new LogsIngestionClient(environment['LOGS_INGESTION_ENDPOINT'] ?? '', new ManagedIdentityCredential(), options);
    const accepted = sandbox.ingestion().accepted;
    await logs.upload(environment['LOGS_RULE_ID'] ?? '', `Custom-${table.name}`, [row, row]);
    expect(sandbox.ingestion().accepted).toBe(accepted + 1);
  } finally {
    for (const [position, name] of names.entries()) {
      const value = before[position];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});
