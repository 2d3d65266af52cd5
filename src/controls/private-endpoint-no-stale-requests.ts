import { isApproved } from '../core/account.ts';
import { control, fail, pass } from '../core/control.ts';
import { nameOf } from '../core/resource-id.ts';
import { shortened } from '../exposure/firewall.ts';
import { cut, listed } from './support.ts';

export const privateEndpointNoStaleRequests = control({
  id: 'private-endpoint-no-stale-requests',
  scope: 'account',
  title: 'Every private endpoint connection is approved: none is pending, rejected or disconnected.',
  severity: 'low',
  rationale:
    "Anybody who knows the account's id can ask for a private endpoint connection, from any tenant. A request that stays pending is approved one day by somebody who takes it for a colleague's, and what is rejected or disconnected hides it in the list.",
  remediation: {
    text: 'Approve the connections that are yours, and delete the others.',
    cli: 'az cosmosdb private-endpoint-connection delete --id <connection-id>',
    bicep: "resource connection 'Microsoft.DocumentDB/databaseAccounts/privateEndpointConnections@2026-03-15' = {\n  parent: account\n  name: '<connection>'\n  properties: {\n    privateLinkServiceConnectionState: {\n      status: 'Approved'\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/manage-private-endpoint'],
  requirements: ['ASB NS-3'],
  needs: ['account'],
  evaluate({ account: { privateEndpointConnections: connections } }) {
    const stale = connections.filter(connection => !isApproved(connection)).map(({ id, status }) => `${nameOf(id)} (${shortened(status)})`);
    const observed = { connections: connections.length, stale: cut(stale) };
    return stale.length > 0 ? fail(`${stale.length} of ${connections.length} private endpoint connections are not approved: ${listed(stale)}.`, observed) : pass(observed);
  },
});
