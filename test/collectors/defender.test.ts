import { describe, expect, test } from 'vitest';
import { collect } from '../../src/collectors/collector.ts';
import { defenderPlan, ownThreatProtection } from '../../src/collectors/defender.ts';
import { armFor, azureServer, subscription } from '../support/azure-server.ts';
import { failures, readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const pricings = `GET /subscriptions/${subscription}/providers/Microsoft.Security/pricings?api-version=2024-01-01`;
const account = `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;

const plan = (name: string, properties: object = { pricingTier: 'Free', freeTrialRemainingTime: 'PT0S', enforce: 'False' }): object => ({
  id: `/subscriptions/${subscription}/providers/Microsoft.Security/pricings/${name}`,
  name,
  type: 'Microsoft.Security/pricings',
  properties,
});

specifyCollector(server, {
  collector: defenderPlan,
  subject: subscription,
  lists: [{ route: pricings, recorded: [plan('VirtualMachines'), plan('CosmosDbs', { pricingTier: 'Standard', resourcesCoverageStatus: 'PartiallyCovered' })] }],
  gives: { tier: 'Standard', coverage: 'PartiallyCovered' },
  empty: null,
  malformed: [
    { when: 'a plan has no name', element: { properties: { pricingTier: 'Free' } }, says: 'name: ' },
    { when: 'a plan has no tier', element: plan('SqlServers', {}), says: 'SqlServers is not what the API promises: properties.pricingTier: ' },
  ],
});

test.each([
  ['a name in another case', [plan('COSMOSDBS')], { tier: 'Free', coverage: null }],
  ['a tier in another case', [plan('CosmosDbs', { pricingTier: 'standard', resourcesCoverageStatus: null })], { tier: 'Standard', coverage: null }],
  ['a tier that is new', [plan('CosmosDbs', { pricingTier: 'Gold' })], { tier: { unrecognised: 'Gold' }, coverage: null }],
  ['other plans only', [plan('VirtualMachines'), plan('SqlServers')], null],
])('the plan in a list with %s', async (_, sent, read) => {
  expect(await readOne(server, defenderPlan, subscription, { [pricings]: sent })).toEqual(read);
});

describe("an account's own threat protection", () => {
  const path = `${account}/providers/Microsoft.Security/advancedThreatProtectionSettings/current`;
  const route = `GET ${path}?api-version=2019-01-01`;
  const setting = (properties: unknown): object => ({ id: path, name: 'current', type: 'Microsoft.Security/advancedThreatProtectionSettings', properties });

  test.each([true, false])('is known: %s', async isEnabled => {
    server.answers({ [route]: [{ body: setting({ isEnabled }) }] });
    expect(await collect(ownThreatProtection, armFor(server), account)).toEqual({ known: true, value: isEnabled, sources: [route] });
  });

  test.each(failures)('is $reason when $when', async ({ answer, reason, says }) => {
    server.answers({ [route]: () => answer });
    const fact = await collect(ownThreatProtection, armFor(server, { retry: { attempts: 1, baseMs: 1, longestWaitMs: 1 } }), account);
    expect(fact).toMatchObject({ known: false, reason, detail: expect.stringContaining(says) });
    expect('permission' in fact ? fact.permission : null).toBe(reason === 'denied' ? 'Microsoft.Security/advancedThreatProtectionSettings/read' : null);
  });

  test.each([
    ['nothing is said', setting({}), 'properties.isEnabled: '],
    ['it is said in words', setting({ isEnabled: 'true' }), 'properties.isEnabled: '],
    ['there are no properties', setting(undefined), 'current is not what the API promises: properties: '],
    ['a list answers', { value: [] }, 'properties: '],
  ])('is malformed when %s', async (_, body, says) => {
    server.answers({ [route]: [{ body }] });
    expect(await collect(ownThreatProtection, armFor(server), account)).toMatchObject({
      known: false,
      reason: 'malformed',
      detail: expect.stringContaining(says),
      sources: [route],
    });
  });
});
