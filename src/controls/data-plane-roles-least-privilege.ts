import { control, fail, pass } from '../core/control.ts';
import type { DataPlaneGrant } from '../core/roles.ts';
import { cut, listed } from './support.ts';

export const dataPlaneRolesLeastPrivilege = control({
  id: 'data-plane-roles-least-privilege',
  scope: 'account',
  title: "Only the organisation's data-plane owners may do everything with all data of the account.",
  severity: 'high',
  rationale:
    "The built-in Data Contributor over a whole account reads, changes and deletes every item of every database, and so does a role of one's own with a wildcard. An application that is taken over with it takes all of that along.",
  remediation: {
    text: 'Assign the role at the database or container that the identity works with, or a role that names the actions it needs. List identities that need everything in the baseline (dataPlaneOwners).',
    cli: [
      'az cosmosdb sql role assignment create --resource-group <group> --account-name <account> --scope "/dbs/<database>" --principal-id <principal-id> --role-definition-id 00000000-0000-0000-0000-000000000002',
      'az cosmosdb sql role assignment delete --resource-group <group> --account-name <account> --role-assignment-id <assignment>',
    ].join('\n'),
    bicep:
      "resource assignment 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = {\n  parent: account\n  name: guid(account.id, '<principal-id>')\n  properties: {\n    principalId: '<principal-id>'\n    roleDefinitionId: '${account.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'\n    scope: '${account.id}/dbs/<database>'\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/nosql/reference-data-plane-roles', 'https://learn.microsoft.com/azure/cosmos-db/nosql/reference-data-plane-actions'],
  requirements: ['SEC protect-and-isolate-sensitive-data', 'SEC users-and-permissions'],
  needs: ['dataPlaneRoles'],
  evaluate({ dataPlaneRoles }, { organisation: { dataPlaneOwners } }) {
    const unlimited = dataPlaneRoles.filter(isUnlimited);
    const foreign = unlimited.filter(({ principalId }) => !dataPlaneOwners.has(principalId));
    const observed = { assignments: dataPlaneRoles.length, unlimited: cut(unlimited.map(inShort)), unlimitedOwners: unlimited.length - foreign.length };
    if (foreign.length === 0) return pass(observed);
    return fail(`May do everything with all data of the account: ${listed(foreign.map(({ principalId, role }) => `principal ${principalId} (${role.name})`))}.`, observed);
  },
});

/** A wildcard stands for actions that come later, too. */
function isUnlimited({ accountWide, role: { kind, dataActions } }: DataPlaneGrant): boolean {
  return accountWide && (kind === 'contributor' || dataActions.some(action => action.includes('*')));
}

function inShort({ api, principalId, role, scope }: DataPlaneGrant): { api: string; principalId: string; role: string; scope: string } {
  return { api, principalId, role: role.name, scope };
}
