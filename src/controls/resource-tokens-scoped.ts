import { manualControl } from '../core/control.ts';

export const resourceTokensScoped = manualControl({
  id: 'resource-tokens-scoped',
  title: 'Resource tokens are made by a trusted service only, for the least data and the shortest time.',
  severity: 'medium',
  rationale:
    'A resource token is made with the account key and works without any identity: nothing names who holds it, and Resource Manager knows no users and permissions of a database. What a token may do is decided in the code of the service that hands it out.',
  remediation: {
    text: 'Use Entra ID with data-plane roles instead, and reject keys, which ends resource tokens too. Where tokens must stay: one permission per user and partition key, read only unless writing is needed, an hour or less, handed out by a service that authenticates its callers.',
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/secure-access-to-data#resource-tokens', 'https://learn.microsoft.com/azure/cosmos-db/how-to-connect-role-based-access-control'],
  requirements: ['SEC users-and-permissions'],
  procedure: [
    'Accounts that pass local-auth-disabled take no resource token: leave them out. With none left, attest that.',
    `Find accounts where tokens are used; ResourceTokenPermissionId names the permission behind each request:
CDBDataPlaneRequests
| where TimeGenerated > ago(30d) and isnotempty(ResourceTokenPermissionId)
| summarize requests = count(), latest = max(TimeGenerated) by AccountName, DatabaseName, CollectionName, ResourceTokenPermissionId, ResourceTokenPermissionMode`,
    "For each account, find the service that makes the tokens. Nothing else may hold the account key: an application that reaches its users' devices least of all.",
    'Read how it makes them: it authenticates the caller, chooses the permission by who the caller is and not by what he asks for, limits it to a partition key, and asks for PermissionMode.Read unless writing is needed.',
    'Check the lifetime it asks for (validity period, an hour by default, five hours at most) and that nobody caches tokens beyond it.',
    'List users and permissions of each database with the SDK (`database.getUserQueryIterator`, `user.permissions.readAll` or the like), and delete those of people and devices that are gone.',
    'Record the services, permissions and lifetimes. Attest when each is as narrow as its use.',
  ],
});
