import { describe, expect, test } from 'vitest';
import { kindOf, providerOf, quotaOwner } from '../../src/azure/request-path.ts';

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

describe('what a request asks for, and whom', () => {
  test.each([
    ['a resource', account, 'microsoft.documentdb/databaseaccounts', 'Microsoft.DocumentDB'],
    ['a list in a subscription', `/subscriptions/${id}/providers/Microsoft.Network/virtualNetworks`, 'microsoft.network/virtualnetworks', 'Microsoft.Network'],
    ['a part of a resource', `${account}/sqlRoleAssignments`, 'microsoft.documentdb/databaseaccounts/sqlroleassignments', 'Microsoft.DocumentDB'],
    ['an extension, which its own provider answers', `${account}/providers/Microsoft.Insights/diagnosticSettings`, 'microsoft.insights/diagnosticsettings', 'Microsoft.Insights'],
    ['an extension, whatever the case of the path', `${account}/PROVIDERS/microsoft.insights/diagnosticSettings`, 'microsoft.insights/diagnosticsettings', 'microsoft.insights'],
    ['subscriptions', '/subscriptions', 'subscriptions', null],
    ['a resource group', `/subscriptions/${id}/resourceGroups/data`, 'subscriptions/resourcegroups', null],
  ])('%s', (_, path, kind, provider) => {
    expect(kindOf(path)).toBe(kind);
    expect(providerOf(path)).toBe(provider);
  });
});
