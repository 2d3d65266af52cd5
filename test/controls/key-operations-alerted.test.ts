import { expect, test } from 'vitest';
import { keyOperationsAlerted } from '../../src/controls/key-operations-alerted.ts';
import type { AlertClause } from '../../src/core/alert.ts';
import { accountId, activityLogAlert, subscriptionId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const account = 'Microsoft.DocumentDB/databaseAccounts';
const regenerate = `${account}/regenerateKey/action`;
const otherId = accountId.replace('/resourceGroups/data/', '/resourceGroups/other/');
const group = (name: string): string => `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
const is = (field: string, ...values: string[]): AlertClause => ({ field, values });
const administrative = [is('category', 'Administrative')];
const watches = (...clauses: (readonly AlertClause[])[]) => ({ activityLogAlerts: [activityLogAlert({ conditions: [administrative, ...clauses] })] });
const every = [is('operationName', regenerate, `${account}/write`, `${account}/delete`)];

specify(keyOperationsAlerted, {
  passes: [
    { when: 'a rule watches every administrative operation', observing: { rules: ['operations'], silent: [] } },
    { when: 'a rule watches the operations', given: watches(every) },
    { when: 'a rule watches one or the other', given: watches([is('OperationName', regenerate.toUpperCase()), is('operationName', `${account}/write`), is('operationName', `${account}/delete`)]) },
    {
      when: 'each operation has a rule of its own',
      given: { activityLogAlerts: [regenerate, `${account}/write`, `${account}/delete`].map(operation => activityLogAlert({ name: operation, conditions: [[is('operationName', operation)]] })) },
    },
    { when: 'rules watch the groups of all accounts', given: { accountIds: [accountId, otherId], activityLogAlerts: ['data', 'OTHER'].map(name => activityLogAlert({ scopes: [group(name)] })) } },
    { when: 'one rule has both groups', given: { accountIds: [accountId, otherId], activityLogAlerts: [activityLogAlert({ scopes: [group('data'), group('other')] })] } },
    { when: 'a condition names the groups', given: { accountIds: [accountId, otherId], ...watches([is('resourceGroup', 'data', 'other')]) } },
    { when: 'conditions name what an account is', given: watches([is('resourceProvider', 'microsoft.documentdb')], [is('resourceType', account)], [is('level', 'Informational')], [is('resourceId', accountId)]) },
    { when: 'it tells of what succeeded', given: watches(every, [is('status', 'Succeeded')]) },
    { when: 'only the operation asked for has a rule', given: watches([is('operationName', regenerate)]), parameters: { operations: [regenerate] } },
  ],
  fails: [
    {
      when: 'there is no rule',
      given: { activityLogAlerts: [] },
      says: 'No activity log alert that is on and has an action group fires for regenerateKey/action (1 of 1 accounts), write (1 of 1 accounts), delete (1 of 1 accounts).',
      observing: { rules: [] },
    },
    { when: 'the rule is off', given: { activityLogAlerts: [activityLogAlert({ enabled: false })] }, says: 'regenerateKey/action' },
    { when: 'the rule tells nobody', given: { activityLogAlerts: [activityLogAlert({ actionGroups: [] })] }, says: 'regenerateKey/action' },
    { when: 'an operation is left out', given: watches([is('operationName', `${account}/write`, `${account}/delete`)]), says: 'fires for regenerateKey/action (1 of 1 accounts).' },
    { when: 'an account is in another group', given: { accountIds: [accountId, otherId], activityLogAlerts: [activityLogAlert({ scopes: [group('data')] })] }, says: '(1 of 2 accounts)' },
    { when: 'a group whose name begins alike is watched', given: { activityLogAlerts: [activityLogAlert({ scopes: [group('dat')] })] }, says: '(1 of 1 accounts)' },
    { when: 'a condition names another group', given: watches([is('resourceGroup', 'other')]), says: 'regenerateKey/action' },
    { when: 'it is about another category', given: { activityLogAlerts: [activityLogAlert({ conditions: [[is('category', 'ServiceHealth')]] })] }, says: 'regenerateKey/action' },
    { when: 'it tells of what failed only', given: watches(every, [is('status', 'Failed')]), says: 'regenerateKey/action' },
    { when: 'it tells of errors only', given: watches([is('level', 'Error', 'Critical')]), says: 'regenerateKey/action' },
    { when: 'it watches one person', given: watches([is('caller', 'somebody@contoso.com')]), says: 'regenerateKey/action' },
    { when: 'it watches other resources', given: watches([is('resourceType', 'Microsoft.Storage/storageAccounts')]), says: 'regenerateKey/action' },
    { when: 'it looks into properties', given: watches([is('properties.statusCode', 'OK')]), says: 'regenerateKey/action' },
    { when: 'a condition has no value', given: watches([is('operationName')]), says: 'regenerateKey/action' },
  ],
});

test('the operations cannot be emptied', () => {
  expect(keyOperationsAlerted.parameters.safeParse({ operations: [] }).success).toBe(false);
});
