import { z } from 'zod';
import type { ActivityLogAlert, AlertClause } from '../core/alert.ts';
import { control, fail, pass } from '../core/control.ts';
import { isAtOrBelow, nameOf, resourceGroupOf } from '../core/resource-id.ts';
import { cut, listed } from './support.ts';

const accountType = 'Microsoft.DocumentDB/databaseAccounts';
const keyOperations = [`${accountType}/regenerateKey/action`, `${accountType}/write`, `${accountType}/delete`];

/**
 * An operation on an account is alerted when some rule fires for it whoever did it: enabled, with an action group,
 * with the account in its scope, and with no condition that an event of the operation can fail to meet. A rule for the
 * whole category Administrative is such a rule; one for a caller, or for failed operations only, is not.
 */
export const keyOperationsAlerted = control({
  id: 'key-operations-alerted',
  scope: 'subscription',
  title: "Somebody is told when an account's keys are regenerated, or an account is changed or deleted.",
  severity: 'low',
  rationale:
    'A regenerated key locks out every application that has the old one, or lets in whoever did it. These operations are rare and always worth a look; a log that nobody reads tells of them too late.',
  remediation: {
    text: 'Create activity log alerts for the operations, scoped to the subscription, with an action group that reaches the people on duty.',
    cli: 'az monitor activity-log alert create --name cosmos-db-keys --resource-group <group> --scope /subscriptions/<subscription-id> --condition category=Administrative and operationName=Microsoft.DocumentDB/databaseAccounts/regenerateKey/action --action-group <action-group-id>',
    bicep: "resource keyOperations 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {\n  name: 'cosmos-db-key-operations'\n  location: 'global'\n  properties: {\n    scopes: [\n      subscription().id\n    ]\n    condition: {\n      allOf: [\n        { field: 'category', equals: 'Administrative' }\n        {\n          anyOf: [\n            { field: 'operationName', equals: 'Microsoft.DocumentDB/databaseAccounts/regenerateKey/action' }\n            { field: 'operationName', equals: 'Microsoft.DocumentDB/databaseAccounts/write' }\n            { field: 'operationName', equals: 'Microsoft.DocumentDB/databaseAccounts/delete' }\n          ]\n        }\n      ]\n    }\n    actions: {\n      actionGroups: [\n        { actionGroupId: actionGroup.id }\n      ]\n    }\n  }\n}",
  },
  references: [
    'https://learn.microsoft.com/azure/cosmos-db/monitor-account-key-updates',
    'https://learn.microsoft.com/rest/api/monitor/activity-log-alerts/create-or-update',
  ],
  requirements: ['SEC respond-to-attacks'],
  parameters: z.object({
    operations: z.array(z.string().min(1)).min(1).default(keyOperations).describe('Operations on accounts that somebody must be told of.'),
  }),
  needs: ['accountIds', 'activityLogAlerts'],
  evaluate({ accountIds, activityLogAlerts }, { parameters: { operations } }) {
    const rules = activityLogAlerts.filter(({ enabled, actionGroups }) => enabled && actionGroups.length > 0);
    const silent = operations.flatMap(operation => {
      const accounts = accountIds.filter(id => !rules.some(rule => firesFor(rule, operation, id)));
      return accounts.length === 0 ? [] : [{ operation, accounts: accounts.map(nameOf) }];
    });
    const observed = { rules: cut(rules.map(({ name }) => name)), silent: cut(silent.map(({ operation, accounts }) => ({ operation, accounts: cut(accounts) }))) };
    if (silent.length === 0) return pass(observed);
    const inWords = silent.map(({ operation, accounts }) => `${operation.replace(`${accountType}/`, '')} (${accounts.length} of ${accountIds.length} accounts)`);
    return fail(`No activity log alert that is on and has an action group fires for ${listed(inWords)}.`, observed);
  },
});

function firesFor({ scopes, conditions }: ActivityLogAlert, operation: string, accountId: string): boolean {
  return scopes.some(scope => isAtOrBelow(accountId, scope)) && conditions.every(clauses => clauses.some(clause => isMet(clause, operation, accountId)));
}

/** Whether every successful event of an operation on an account meets a clause; a field that is not here may narrow in any way. */
function isMet({ field, values }: AlertClause, operation: string, accountId: string): boolean {
  const among = (...expected: readonly string[]): boolean => values.some(value => expected.some(each => each.toLowerCase() === value.toLowerCase()));
  switch (field.toLowerCase()) {
    case 'category':
      return among('Administrative');
    case 'operationname':
      return among(operation);
    case 'resourceprovider':
      return among('Microsoft.DocumentDB');
    case 'resourcetype':
      return among(accountType);
    case 'resourcegroup':
      return among(resourceGroupOf(accountId) ?? '');
    case 'resourceid':
      return among(accountId);
    case 'level':
      return among('Informational', 'Information');
    case 'status':
      return among('Started', 'Accepted', 'Succeeded');
    default:
      return false;
  }
}
