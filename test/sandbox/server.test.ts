import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoEstate, generatedEstate, startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { clientOf, tokenFor, type Client } from './client.ts';

const estate = demoEstate();
const accountType = 'Microsoft.DocumentDB/databaseAccounts';
const accountVersion = 'api-version=2026-03-15';

function subscriptionId(name: string): string {
  return estate.subscriptions.find(({ displayName }) => displayName === name)?.subscriptionId ?? '';
}

function accountsOf(name: string): string {
  return `/subscriptions/${subscriptionId(name)}/providers/${accountType}`;
}

async function withSandbox(options: SandboxOptions, use: (client: Client, sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox(options);
  const client = await clientOf(sandbox);
  try {
    await use(client, sandbox);
  } finally {
    client.close();
    await sandbox.stop();
  }
}

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

describe('identity', () => {
  const ask = (query: string, header = sandbox.environment['IDENTITY_HEADER'] ?? ''): Promise<Response> =>
    fetch(`${sandbox.environment['IDENTITY_ENDPOINT']}?${query}`, { headers: { 'x-identity-header': header } });

  test('answers as App Service does', async () => {
    const resource = sandbox.environment['ARM_AUDIENCE'] ?? '';
    const response = await ask(`api-version=2019-08-01&resource=${encodeURIComponent(resource)}`);
    expect(response.status).toBe(200);
    const answer = (await response.json()) as Record<string, string>;
    expect(answer).toMatchObject({ resource, token_type: 'Bearer' });
    expect(Number(answer['expires_on'])).toBeGreaterThan(Date.now() / 1000 + 3600);
  });

  test('refuses a wrong header, an unknown resource and a missing api-version', async () => {
    const audience = sandbox.environment['ARM_AUDIENCE'];
    await expect(ask(`api-version=2019-08-01&resource=${audience}`, 'wrong')).resolves.toMatchObject({ status: 401 });
    await expect(ask('api-version=2019-08-01&resource=https://management.azure.com')).resolves.toMatchObject({ status: 400 });
    await expect(ask(`resource=${audience}`)).resolves.toMatchObject({ status: 400 });
  });

  test('has audiences of its own in every sandbox', () =>
    withSandbox({ estate: generatedEstate({ subscriptions: 1, accountsPerSubscription: 1 }) }, async (other, another) => {
      expect(another.environment['ARM_AUDIENCE']).not.toBe(sandbox.environment['ARM_AUDIENCE']);
      expect((await client.send('/subscriptions?api-version=2022-12-01', { token: other.armToken })).status).toBe(401);
    }));
});

describe('certificate', () => {
  test('is good for 127.0.0.1 and localhost, and signed by its authority only', async () => {
    const port = Number(new URL(sandbox.environment['ARM_ENDPOINT'] ?? '').port);
    const authorized = (host: string): Promise<boolean> =>
      new Promise((resolve, reject) => {
        const socket = connect({ host, port, ca: sandbox.certificateAuthority, rejectUnauthorized: false }, () => {
          resolve(socket.authorized);
          socket.destroy();
        });
        socket.on('error', reject);
      });
    await expect(authorized('localhost')).resolves.toBe(true);
    await expect(authorized('127.0.0.1')).resolves.toBe(true);
    await expect(fetch(`${sandbox.environment['ARM_ENDPOINT']}/subscriptions`)).rejects.toThrow('fetch failed');
  });
});

describe('Resource Manager', () => {
  test('refuses requests without its own token', async () => {
    for (const token of [null, 'made-up', client.logsToken]) {
      const { status, body } = await client.send('/subscriptions?api-version=2022-12-01', { token });
      expect([status, body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
    }
  });

  test('matches paths without case and carries the headers of the real one', async () => {
    const { status, headers } = await client.send(`${accountsOf('contoso-hub').toUpperCase()}?${accountVersion}`);
    expect(status).toBe(200);
    expect(headers['x-ms-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(Number(headers['x-ms-ratelimit-remaining-subscription-reads'])).toBeGreaterThan(0);
  });

  test.each([
    ['no api-version', '', 400, 'MissingApiVersionParameter'],
    ['an api-version it does not know', '?api-version=2019-01-01', 400, 'NoRegisteredProviderFound'],
    ['a page token it did not make', `?${accountVersion}&$skipToken=abc`, 400, 'InvalidQueryParameter'],
  ])('refuses %s', async (_, query, status, code) => {
    const reply = await client.send(`${accountsOf('contoso-hub')}${query}`);
    expect([reply.status, reply.body.error.code]).toEqual([status, code]);
  });

  test.each([
    ['a type it does not serve', '/subscriptions/{s}/providers/Microsoft.Sql/servers', 'InvalidResourceType'],
    ['a resource that does not exist', '/subscriptions/{s}/resourceGroups/rg-shop-prod/providers/Microsoft.DocumentDB/databaseAccounts/nobody', 'ResourceNotFound'],
    ['children of one that does not exist', '/subscriptions/{s}/resourceGroups/rg-shop-prod/providers/Microsoft.DocumentDB/databaseAccounts/nobody/privateEndpointConnections', 'ResourceNotFound'],
    ['a subscription that does not exist', '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.DocumentDB/databaseAccounts', 'SubscriptionNotFound'],
    ['a path with two slashes in front', '//subscriptions', 'InvalidResourceType'],
  ])('answers 404 for %s', async (_, path, code) => {
    const reply = await client.send(`${path.replace('{s}', subscriptionId('contoso-production'))}?${accountVersion}`);
    expect([reply.status, reply.body.error.code]).toEqual([404, code]);
  });

  test('serves one account, its children and its group', async () => {
    const id = estate.resources.find(({ name }) => name === 'orders-prod')?.id ?? '';
    expect((await client.send(`${id}?${accountVersion}`)).body).toMatchObject({ id, name: 'orders-prod' });
    expect(await client.all(`${id}/privateEndpointConnections?${accountVersion}`)).toHaveLength(1);
    expect(await client.all(`${id}/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview`)).toHaveLength(1);
    expect((await client.all(`${id.slice(0, id.lastIndexOf('/'))}?${accountVersion}`)).length).toBeGreaterThan(20);
  });

  test('shows preview properties in previews only', async () => {
    const id = estate.resources.find(({ name }) => name === 'warehouse-nosql')?.id ?? '';
    const stable = await client.send(`${id}?${accountVersion}`);
    const preview = await client.send(`${id}?api-version=2026-04-01-preview`);
    expect(stable.body.properties).not.toHaveProperty('enableMaterializedViews');
    expect(preview.body.properties).toHaveProperty('enableMaterializedViews', true);
    expect((await client.send(`${id}/networkSecurityPerimeterConfigurations?${accountVersion}`)).status).toBe(400);
    expect((await client.send(`${id}/networkSecurityPerimeterConfigurations?api-version=2026-04-01-preview`)).body.value).toHaveLength(1);
  });

  test('lists the descendants of a management group, also subscriptions the identity does not see', async () => {
    const path = '/providers/Microsoft.Management/managementGroups/contoso/descendants?api-version=2021-04-01';
    const all = await client.all(path);
    expect(all.filter(({ type }) => type === '/subscriptions')).toHaveLength(estate.subscriptions.length + 1);
    expect(all).toContainEqual({
      id: '/providers/Microsoft.Management/managementGroups/contoso-teams',
      type: 'Microsoft.Management/managementGroups',
      name: 'contoso-teams',
      properties: { displayName: 'Teams', parent: { id: '/providers/Microsoft.Management/managementGroups/contoso-landing-zones' } },
    });
    expect((await client.send(path.replace('/contoso/', '/nobody/'))).status).toBe(404);
  });
});

describe('violations', () => {
  test.each([
    ['PUT', '/subscriptions/x/providers/Microsoft.DocumentDB/databaseAccounts/y'],
    ['DELETE', '/subscriptions/x'],
    ['POST', '/subscriptions/x/providers/Microsoft.DocumentDB/databaseAccounts/y/listKeys'],
    ['GET', '/subscriptions/x/providers/Microsoft.DocumentDB/databaseAccounts/y/readonlykeys'],
    ['POST', '/subscriptions/x/providers/Microsoft.DocumentDB/databaseAccounts/y/listConnectionStrings'],
    ['POST', '/subscriptions/x/providers/Microsoft.DocumentDB/databaseAccounts/y/regenerateKey'],
  ])('%s %s is answered 500 and noted', async (method, path) => {
    expect((await client.send(`${path}?${accountVersion}`, { method })).status).toBe(500);
    expect(sandbox.requests().violations).toContain(`${method} ${path}`);
  });

  test('other methods that change nothing are answered 405', async () => {
    expect((await client.send(`/subscriptions?api-version=2022-12-01`, { method: 'OPTIONS' })).status).toBe(405);
    expect((await client.send('/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01')).status).toBe(405);
  });
});

describe('faults', () => {
  test('a denied subscription is visible and answers 403 to everything below', async () => {
    const subscriptions = await client.all('/subscriptions?api-version=2022-12-01');
    expect(subscriptions.map(({ displayName }) => displayName)).toContain('contoso-treasury');
    const { status, body } = await client.send(`${accountsOf('contoso-treasury')}?${accountVersion}`);
    expect([status, body.error.code]).toEqual([403, 'AuthorizationFailed']);
    expect(body.error.message).toContain("action 'Microsoft.DocumentDB/databaseAccounts/read'");
  });

  test('a throttled subscription asks to wait for an hour', async () => {
    const { status, headers } = await client.send(`${accountsOf('contoso-logistics')}?${accountVersion}`);
    expect([status, headers['retry-after']]).toEqual([429, '3600']);
  });

  test('a denied child does not take its account with it', async () => {
    const id = estate.resources.find(({ name }) => name === 'fraud-staging')?.id ?? '';
    expect((await client.send(`${id}?${accountVersion}`)).status).toBe(200);
    expect((await client.send(`${id}/networkSecurityPerimeterConfigurations?api-version=2026-04-01-preview`)).status).toBe(403);
  });

  test('options add to what the estate brings', () =>
    withSandbox(
      {
        estate: generatedEstate({ subscriptions: 1, accountsPerSubscription: 1 }),
        faults: { intercept: ({ count }) => (count === 1 ? { status: 503, code: 'ServiceUnavailable', headers: { 'retry-after': '1' } } : null) },
      },
      async other => {
        expect((await other.send('/subscriptions?api-version=2022-12-01')).status).toBe(503);
        expect((await other.send('/subscriptions?api-version=2022-12-01')).status).toBe(200);
      },
    ));

  test('limits throttle a subscription that is read too fast', () => {
    const generated = generatedEstate({ subscriptions: 1, accountsPerSubscription: 1 });
    return withSandbox({ estate: generated, faults: { limits: true } }, async (other, another) => {
      const path = `${generated.subscriptions[0]?.id}/providers/${accountType}?${accountVersion}`;
      await Promise.all(Array.from({ length: 600 }, () => other.send(path)));
      expect(another.requests().throttled).toBeGreaterThan(0);
    });
  });
});

test('counts every request', () =>
  withSandbox({ estate: generatedEstate({ subscriptions: 3, accountsPerSubscription: 1 }) }, async (other, another) => {
    for (const { id } of await other.all('/subscriptions?api-version=2022-12-01')) await other.all(`${id}/providers/${accountType}?${accountVersion}`);
    const { total, byKind, byStatus, throttled, violations, latest } = another.requests();
    expect({ total, byKind, byStatus, throttled, violations }).toEqual({
      total: 4,
      byKind: { 'list Microsoft.DocumentDB/databaseAccounts': 3, 'list Microsoft.Resources/subscriptions': 1 },
      byStatus: { 200: 4 },
      throttled: 0,
      violations: [],
    });
    expect(latest[0]).toEqual({ method: 'GET', path: '/subscriptions', status: 200 });
  }));

test('waits as long as it is told', () =>
  withSandbox({ estate: generatedEstate({ subscriptions: 1, accountsPerSubscription: 1 }), latencyMs: 60, jitter: 0.1 }, async other => {
    const before = performance.now();
    await other.send('/subscriptions?api-version=2022-12-01');
    expect(performance.now() - before).toBeGreaterThan(50);
  }));

test('tokens are issued per audience', async () => {
  const one = await tokenFor(sandbox, sandbox.environment['ARM_AUDIENCE'] ?? '');
  const two = await tokenFor(sandbox, sandbox.environment['LOGS_AUDIENCE'] ?? '');
  expect(one).not.toBe(two);
});
