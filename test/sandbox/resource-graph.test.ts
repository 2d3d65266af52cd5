import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoEstate, startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { clientOf, type Client } from './client.ts';

const estate = demoEstate();
const subscriptionId = (name: string): string => estate.subscriptions.find(({ displayName }) => displayName === name)?.subscriptionId ?? '';
/** Accounts that Resource Graph shows: without those of the denied subscription and the one that is too new. */
const indexed = estate.resources
  .filter(({ type }) => type === 'Microsoft.DocumentDB/databaseAccounts')
  .filter(({ id }) => !id.includes(subscriptionId('contoso-treasury')) && !estate.unindexed.includes(id)).length;
const accounts = "resources | where type =~ 'microsoft.documentdb/databaseaccounts'";

let sandbox: Sandbox;
let client: Client;
beforeAll(async () => {
  sandbox = await startSandbox();
  client = await clientOf(sandbox);
});
afterAll(async () => {
  client.close();
  await sandbox.stop();
});

async function everything(query: string, options: object = {}): Promise<any[]> {
  const rows: unknown[] = [];
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const { status, body } = await client.query(query, { options: { ...options, ...(token !== undefined && { $skipToken: token }) } });
    expect(status).toBe(200);
    expect([body.count, body.resultTruncated]).toEqual([body.data.length, 'false']);
    rows.push(...body.data);
    token = body.$skipToken;
  }
  return rows;
}

describe('rows', () => {
  test('have the columns of the real one: type and resource group in lower case, id as written', async () => {
    const row = (await everything(accounts)).find(({ name }) => name === 'catalog-prod');
    const inLowerCase = { type: 'microsoft.documentdb/databaseaccounts', resourceGroup: 'rg-shop-prod', location: 'westeurope' };
    expect(row).toMatchObject({ ...inLowerCase, subscriptionId: subscriptionId('contoso-production'), kind: 'GlobalDocumentDB' });
    expect(row.id).toContain('/resourcegroups/rg-shop-prod/providers/Microsoft.DocumentDb/');
    expect(row.properties).not.toHaveProperty('enableMaterializedViews');
  });

  test('come in pages, each counted', async () => {
    const first = await client.query(accounts, { options: { $top: 1000 } });
    expect(first.body).toMatchObject({ count: 25, totalRecords: indexed });
    const rows = await everything(accounts, { $top: 10 });
    expect(rows).toHaveLength(indexed);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(indexed);
  });

  test('leave out denied subscriptions and what is too new, without a word; a throttled subscription is there', async () => {
    const rows = await everything(accounts);
    const names = rows.map(({ name }) => name);
    expect(rows.some(row => row.subscriptionId === subscriptionId('contoso-treasury'))).toBe(false);
    expect(names).not.toContain('labs-notebook');
    expect(names).toContain('fleet-prod');
    expect(await client.all(`/subscriptions/${subscriptionId('contoso-labs')}/providers/Microsoft.DocumentDB/databaseAccounts?api-version=2026-03-15`)).toHaveLength(1);
  });

  test('hold perimeters in one table and their children in the other', async () => {
    const perimeters = await everything("resources | where type == 'microsoft.network/networksecurityperimeters'");
    expect(perimeters.map(({ name }) => name)).toEqual(expect.arrayContaining(['nsp-core', 'nsp-logistics']));
    expect(perimeters.map(({ name }) => name)).not.toContain('nsp-treasury');
    expect(await everything("networkresources | where type =~ 'microsoft.network/networksecurityperimeters'")).toEqual([]);
    const types = new Set((await everything('NetworkResources')).map(({ type }) => type));
    const children = ['linkreferences', 'links', 'profiles', 'profiles/accessrules', 'resourceassociations'];
    expect([...types].toSorted()).toEqual(children.map(child => `microsoft.network/networksecurityperimeters/${child}`));
  });
});

describe('queries', () => {
  test('several types, and chosen columns', async () => {
    const rows = await everything(`networkresources
      | where type in~ ('Microsoft.Network/networkSecurityPerimeters/links', 'microsoft.network/networksecurityperimeters/linkreferences')
      | project id, status = tostring(properties.status)
      | order by id asc`);
    expect(rows.length).toBeGreaterThan(4);
    expect(Object.keys(rows[0]).toSorted()).toEqual(['id', 'status']);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['Approved', 'Pending']));
  });

  test('subscriptions and management groups narrow the answer', async () => {
    const one = await client.query(accounts, { subscriptions: [subscriptionId('contoso-development').toUpperCase()] });
    expect(one.body.totalRecords).toBe(4);
    const group = await client.query(accounts, { managementGroups: ['contoso-playground'] });
    expect(group.body.totalRecords).toBe(4);
  });

  test('without id an answer cannot be continued and says that it is cut off', async () => {
    const { body } = await client.query(`${accounts} | project name`);
    expect(body).toMatchObject({ count: 25, resultTruncated: 'true' });
    expect(body).not.toHaveProperty('$skipToken');
  });

  test.each([`${accounts} | summarize count()`, `${accounts} | where name == 'x'`, 'sqlresources', `${accounts} | project length = strlen(name)`])('what it does not understand is refused: %s', async query => {
    const { status, body } = await client.query(query);
    expect([status, body.error.code]).toEqual([400, 'InvalidQuery']);
  });

  test.each([{ $top: 1001 }, { $top: 0 }, { $skipToken: 'abc' }, { resultFormat: 'table' }])('wrong options are refused: %o', async options => {
    expect((await client.query(accounts, { options })).status).toBe(400);
  });

  test('the quota is told', async () => {
    const { headers } = await client.query(accounts);
    expect(Number(headers['x-ms-user-quota-remaining'])).toBeLessThan(15);
    expect(headers['x-ms-user-quota-resets-after']).toMatch(/^00:00:0[1-5]$/);
  });
});
