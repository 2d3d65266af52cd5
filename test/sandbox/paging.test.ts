import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoEstate, startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { clientOf, type Client } from './client.ts';

const estate = demoEstate();
const idOf = (name: string): string => estate.resources.find(resource => resource.name === name)?.id ?? '';
const subscriptionOf = (name: string): string => idOf(name).split('/').slice(0, 3).join('/');

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

describe('lists of more than one page', () => {
  test.each([
    ['subscriptions', () => '/subscriptions?api-version=2022-12-01', 11],
    ['accounts', () => `${subscriptionOf('orders-prod')}/providers/Microsoft.DocumentDB/databaseAccounts?api-version=2026-03-15`, 25],
    ['perimeters', () => `${subscriptionOf('nsp-core')}/providers/Microsoft.Network/networkSecurityPerimeters?api-version=2026-01-01`, 7],
    ['profiles', () => `${idOf('nsp-migration')}/profiles?api-version=2026-01-01`, 3],
    ['access rules', () => `${idOf('nsp-core')}/profiles/apps/accessRules?api-version=2026-01-01`, 3],
    ['associations', () => `${idOf('nsp-core')}/resourceAssociations?api-version=2026-01-01`, 14],
    ['role assignments, with those above and below the subscription', () => `${subscriptionOf('orders-prod')}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`, 7],
  ])('%s', async (_, path, count) => {
    const first = await client.send(path());
    expect(first.body.value.length).toBeLessThan(count);
    expect(first.body.nextLink).toMatch(new RegExp(`^${sandbox.environment['ARM_ENDPOINT']}/`));
    const all = await client.all(path());
    expect(new Set(all.map(({ id }) => id.toLowerCase())).size).toBe(count);
  });

  test('$top makes pages shorter, never longer', async () => {
    const path = `${subscriptionOf('nsp-core')}/providers/Microsoft.Network/networkSecurityPerimeters?api-version=2026-01-01`;
    expect((await client.send(`${path}&$top=2`)).body.value).toHaveLength(2);
    expect((await client.send(`${path}&$top=500`)).body.value).toHaveLength(4);
    expect(await client.all(`${path}&$top=2`)).toHaveLength(7);
  });
});

test('an empty list is an empty array', async () => {
  const future = estate.subscriptions.find(({ displayName }) => displayName === 'contoso-future')?.id ?? '';
  expect((await client.send(`${future}/providers/Microsoft.DocumentDB/databaseAccounts?api-version=2026-03-15`)).body).toEqual({ value: [] });
  expect((await client.send(`${idOf('nsp-migration')}/loggingConfigurations?api-version=2026-01-01`)).body).toEqual({ value: [] });
});
