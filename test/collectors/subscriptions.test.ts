import { expect, test } from 'vitest';
import { managementGroupSubscriptions, subscriptions } from '../../src/collectors/subscriptions.ts';
import { azureServer, otherSubscription, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const route = 'GET /subscriptions?api-version=2022-12-01';

const onWire = (differences: object = {}): object => ({
  id: `/subscriptions/${subscription}`,
  subscriptionId: subscription,
  tenantId: '33333333-3333-3333-3333-333333333333',
  displayName: 'Production',
  state: 'Enabled',
  subscriptionPolicies: { spendingLimit: 'Off' },
  authorizationSource: 'RoleBased',
  ...differences,
});

specifyCollector(server, {
  collector: subscriptions,
  subject: 'the tenant',
  lists: [{ route, recorded: [onWire(), onWire({ id: `/subscriptions/${otherSubscription}`, subscriptionId: otherSubscription, displayName: 'Retired', state: 'Deleted' })] }],
  gives: [
    { id: subscription, name: 'Production', state: 'Enabled', tenantId: '33333333-3333-3333-3333-333333333333' },
    { id: otherSubscription, name: 'Retired', state: 'Deleted', tenantId: '33333333-3333-3333-3333-333333333333' },
  ],
  empty: [],
  malformed: [
    { when: 'a subscription has no id', element: { displayName: 'Nameless', state: 'Enabled' }, says: 'subscriptionId: ' },
    { when: 'a state is no text', element: onWire({ id: '/subscriptions/x', state: 1 }), says: 'state: ' },
    { when: 'an element is nothing', element: null, says: 'an element is not what the API promises' },
  ],
});

test.each([
  ['a name that is not visible is empty', { displayName: null }, { name: '' }],
  ['a state that is left out is Enabled', { state: undefined }, { state: 'Enabled' }],
  ['a state that is new is kept', { state: 'Paused' }, { state: 'Paused' }],
  ['a tenant in capitals is the same', { tenantId: 'ABCDEF00-0000-0000-0000-000000000000' }, { tenantId: 'abcdef00-0000-0000-0000-000000000000' }],
  ['a tenant that is left out is not known', { tenantId: undefined }, { tenantId: null }],
  ['an id in capitals is the same', { subscriptionId: 'ABCDEF00-0000-0000-0000-000000000000' }, { id: 'abcdef00-0000-0000-0000-000000000000' }],
])('%s', async (_, sent, read) => {
  expect(await readOne(server, subscriptions, 'the tenant', { [route]: [onWire(sent)] })).toMatchObject([read]);
});

const below = 'GET /providers/Microsoft.Management/managementGroups/corp/descendants?api-version=2021-04-01';
const descendant = (name: string, type: string, displayName?: string): object => ({
  id: `/descendants/${name}`,
  name,
  type,
  properties: { ...(displayName !== undefined && { displayName }), parent: { id: '/providers/Microsoft.Management/managementGroups/corp' } },
});

specifyCollector(server, {
  collector: managementGroupSubscriptions,
  subject: 'corp',
  lists: [
    { route: below, recorded: [descendant(subscription, 'Microsoft.Management/managementGroups/subscriptions', 'Production'), descendant(otherSubscription, '/subscriptions')] },
  ],
  gives: [
    { id: subscription, name: 'Production' },
    { id: otherSubscription, name: '' },
  ],
  empty: [],
  malformed: [
    { when: 'a descendant has no name', element: { type: '/subscriptions' }, says: 'name: ' },
    { when: 'a descendant has no type', element: { name: 'x' }, says: 'x is not what the API promises: type: ' },
  ],
});

test('management groups below are no subscriptions', async () => {
  const groups = [descendant('eu', 'Microsoft.Management/managementGroups', 'Europe'), { name: subscription, type: 'microsoft.management/managementgroups/SUBSCRIPTIONS' }];
  expect(await readOne(server, managementGroupSubscriptions, 'corp', { [below]: groups })).toEqual([{ id: subscription, name: '' }]);
});

test('a management group may have any name', async () => {
  const route = 'GET /providers/Microsoft.Management/managementGroups/R%26D%20(keys)/descendants?api-version=2021-04-01';
  expect(await readOne(server, managementGroupSubscriptions, 'R&D (keys)', { [route]: [] })).toEqual([]);
});
