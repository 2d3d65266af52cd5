import { describe, expect, test } from 'vitest';
import { kindOf, quotaOwner } from '../../src/azure/request-path.ts';

const id = '11111111-aaaa-1111-1111-111111111111';
const account = `/subscriptions/${id}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;

describe('a request takes from the quota of', () => {
  test.each([
    ['its subscription', account, id],
    ['its subscription, whatever its case', account.toUpperCase(), id],
    ['its subscription, when it is about the subscription itself', `/subscriptions/${id}`, id],
    ['the tenant, when it lists subscriptions', '/subscriptions', 'tenant'],
    ['the tenant, when it is about a management group', '/providers/Microsoft.Management/managementGroups/corp/descendants', 'tenant'],
    ['Resource Graph', '/providers/Microsoft.ResourceGraph/resources', 'resource graph'],
    ['Resource Graph, whatever its case', '/PROVIDERS/microsoft.resourcegraph/resources', 'resource graph'],
  ])('%s', (_, path, owner) => {
    expect(quotaOwner(path)).toBe(owner);
  });
});

describe('what a request asks for', () => {
  test.each([
    ['a resource', account, { provider: 'Microsoft.DocumentDB', type: 'databaseaccounts' }],
    ['a list in a subscription', `/subscriptions/${id}/providers/Microsoft.Network/virtualNetworks`, { provider: 'Microsoft.Network', type: 'virtualnetworks' }],
    ['a part of a resource', `${account}/sqlRoleAssignments`, { provider: 'Microsoft.DocumentDB', type: 'databaseaccounts/sqlroleassignments' }],
    ['an extension, which its own provider answers', `${account}/providers/Microsoft.Insights/diagnosticSettings`, { provider: 'Microsoft.Insights', type: 'diagnosticsettings' }],
    ['an extension, whatever the case of the path', `${account}/PROVIDERS/microsoft.insights/diagnosticSettings`, { provider: 'microsoft.insights', type: 'diagnosticsettings' }],
    ['subscriptions', '/subscriptions', { provider: null, type: 'subscriptions' }],
    ['a resource group', `/subscriptions/${id}/resourceGroups/data`, { provider: null, type: 'subscriptions/resourcegroups' }],
  ])('%s', (_, path, kind) => {
    expect(kindOf(path)).toEqual(kind);
  });
});
