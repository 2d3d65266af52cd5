import { expect, test } from 'vitest';
import { accounts } from '../../src/collectors/accounts.ts';
import { collect, type Collector } from '../../src/collectors/collector.ts';
import { perimeters } from '../../src/collectors/perimeters.ts';
import { armFor, azureServer, failure, subscription } from '../support/azure-server.ts';

const server = azureServer();
const routes = [
  [accounts, `GET /subscriptions/${subscription}/providers/Microsoft.DocumentDB/databaseAccounts?api-version=2026-03-15`],
  [perimeters, `GET /subscriptions/${subscription}/providers/Microsoft.Network/networkSecurityPerimeters?api-version=2026-01-01`],
] as const;

test.each(routes)('a subscription where the provider is not registered has none of its resources', async (collector: Collector<string, unknown>, route) => {
  server.answers({ [route]: [failure(409, 'MissingSubscriptionRegistration', 'The subscription is not registered.')] });
  expect(await collect(collector, armFor(server), subscription)).toEqual({ known: true, value: [], sources: [route] });
});

test.each(routes)('another conflict is no answer', async (collector: Collector<string, unknown>, route) => {
  server.answers({ [route]: [failure(409, 'Conflict')] });
  expect(await collect(collector, armFor(server), subscription)).toMatchObject({ known: false, reason: 'failed' });
});
