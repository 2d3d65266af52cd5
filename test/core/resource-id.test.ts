import { describe, expect, test } from 'vitest';
import { isAtOrBelow, sameId, topLevelOf } from '../../src/core/resource-id.ts';

const group = '/subscriptions/1/resourceGroups/data';
const account = `${group}/providers/Microsoft.DocumentDB/databaseAccounts/orders`;

describe('two ids', () => {
  test.each([
    ['that are written alike', account, true],
    ['that differ in case', account.toUpperCase(), true],
    ['that differ in one letter', account.replace('orders', 'border'), false],
    ['of which one goes on', `${account}s`, false],
    ['of which one is empty', '', false],
  ])('%s', (_, other, same) => {
    expect(sameId(account, other)).toBe(same);
    expect(sameId(other, account)).toBe(same);
  });
});

describe('a resource is at or below', () => {
  test.each([
    ['itself', account],
    ['its group', group],
    ['its subscription', '/subscriptions/1'],
    ['a scope in other case', group.toUpperCase()],
    ['a scope with a slash at its end', `${group}/`],
  ])('%s', (_, scope) => expect(isAtOrBelow(account, scope)).toBe(true));

  test.each([
    ['a group whose name is longer', `${group}base`],
    ['a group whose name is shorter', group.slice(0, -1)],
    ['another subscription', '/subscriptions/11'],
    ['something below it', `${account}/sqlDatabases/shop`],
    ['nothing', ''],
    ['the root, which no scope is', '/'],
  ])('not %s', (_, scope) => expect(isAtOrBelow(account, scope)).toBe(false));
});

test.each([
  ['a child', `${account}/privateEndpointConnections/one`, account],
  ['a grandchild', `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/web/virtualMachines/0/networkInterfaces/nic`, `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/web`],
  ['an extension', `${account}/providers/Microsoft.Insights/diagnosticSettings/logs`, account],
  ['a resource itself', account, account],
  ['no resource', group, group],
])('%s is a part of its resource', (_, id, whole) => expect(topLevelOf(id)).toBe(whole));
