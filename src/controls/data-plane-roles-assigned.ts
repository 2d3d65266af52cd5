import { control, fail, notApplicable, pass } from '../core/control.ts';
import { unsupported } from './applicability.ts';

export const dataPlaneRolesAssigned = control({
  id: 'data-plane-roles-assigned',
  scope: 'account',
  title: 'Entra ID identities hold data-plane roles, so that the account can be used without keys.',
  severity: 'medium',
  rationale:
    "Azure's own roles open the account's settings, never its data: for that, Cosmos DB has roles of its own. Without one assignment nobody but the holder of a key reaches the data, and keys cannot be turned off.",
  remediation: {
    text: "Give each application's managed identity the data-plane role it needs, at the database or container it needs it for.",
    cli: 'az cosmosdb sql role assignment create --resource-group <group> --account-name <account> --scope "/dbs/<database>" --principal-id <principal-id> --role-definition-id 00000000-0000-0000-0000-000000000002',
    bicep:
      "resource assignment 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = {\n  parent: account\n  name: guid(account.id, '<principal-id>')\n  properties: {\n    principalId: '<principal-id>'\n    roleDefinitionId: '${account.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'\n    scope: '${account.id}/dbs/<database>'\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/nosql/how-to-connect-role-based-access-control', 'https://learn.microsoft.com/azure/cosmos-db/nosql/reference-data-plane-roles'],
  requirements: ['ASB IM-1', 'ASB IM-2'],
  notApplicableWhen: 'keys are on and Azure does not let accounts of the API turn them off',
  needs: ['account', 'dataPlaneRoles'],
  evaluate({ account, dataPlaneRoles }) {
    const observed = { apis: account.apis, disableLocalAuth: account.localAuthDisabled, assignments: dataPlaneRoles.length };
    if (dataPlaneRoles.length > 0) return pass(observed);
    if (account.localAuthDisabled) return fail('The account rejects keys and no identity holds a data-plane role: nobody reaches the data.', observed);
    const because = unsupported('keysOff', account);
    return because === null ? fail('No identity holds a data-plane role: nobody could use the account with keys turned off.', observed) : notApplicable(because, observed);
  },
});
