import { describe, expect, test } from 'vitest';
import { known, unknown } from '../../src/core/fact.ts';
import type { RoleAssignment } from '../../src/core/roles.ts';
import { grantsOver } from '../../src/scan/account-roles.ts';
import { accountId, controlPlaneGrant, otherSubscriptionId, subscriptionId } from '../support/builders.ts';

const { inherited: _, ...grant } = controlPlaneGrant();
const assigned = (scope: string, differences: Partial<RoleAssignment> = {}): RoleAssignment => ({ ...grant, scope, ...differences });
const reader = { powers: { listsKeys: false, readsReadOnlyKeys: true, writesAccount: false } };
const powerless = { powers: { listsKeys: false, readsReadOnlyKeys: false, writesAccount: false } };
const group = `/subscriptions/${subscriptionId}/resourceGroups/data`;

describe('role assignments that reach an account', () => {
  test.each([
    ['/', true],
    ['/providers/Microsoft.Management/managementGroups/corp', true],
    [`/subscriptions/${subscriptionId}`, false],
    [`/subscriptions/${subscriptionId}/`, false],
    [group, false],
    [group.toUpperCase(), false],
    [accountId, false],
    [accountId.replace('resourceGroups', 'resourcegroups'), false],
  ])('%s does, inherited: %s', (scope, inherited) => {
    expect(grantsOver(accountId, known([assigned(scope)], ['GET it']))).toEqual(known([{ ...grant, scope, inherited }], ['GET it']));
  });

  test.each([
    `/subscriptions/${otherSubscriptionId}`,
    `/subscriptions/${subscriptionId}/resourceGroups/dat`,
    `/subscriptions/${subscriptionId}/resourceGroups/data2`,
    `${accountId}-2`,
    `${accountId}/sqlDatabases/shop`,
    `${group}/providers/Microsoft.Network/virtualNetworks/hub`,
  ])('%s does not', scope => {
    expect(grantsOver(accountId, known([assigned(scope, { powers: null })]))).toEqual(known([]));
  });

  test('count with any power, and not without', () => {
    const all = known([assigned(group, powerless), assigned(group, reader)]);
    expect(grantsOver(accountId, all)).toMatchObject({ value: [reader] });
  });

  test('are not known where one names a role that Azure does not list', () => {
    const fact = grantsOver(accountId, known([assigned(group), assigned('/', { role: 'aaaa', powers: null })], ['GET it']));
    expect(fact).toEqual(unknown('contradictory', 'A role assignment that reaches account orders names role aaaa, whose definition Azure does not list.', ['GET it']));
  });

  test("are not known where the subscription's are not", () => {
    const denied = unknown('denied', 'Not allowed.', [], 'Microsoft.Authorization/roleAssignments/read');
    expect(grantsOver(accountId, denied)).toBe(denied);
  });
});
