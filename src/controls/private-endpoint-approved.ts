import { isApproved } from '../core/account.ts';
import { control, fail, pass } from '../core/control.ts';
import { countedByStatus } from './private-endpoints.ts';

export const privateEndpointApproved = control({
  id: 'private-endpoint-approved',
  scope: 'account',
  title: 'The account has an approved private endpoint connection.',
  severity: 'high',
  rationale:
    'Through a private endpoint clients reach the account by a private address of their own network, and public access can be off. A connection that is pending or rejected carries no traffic: counting connections instead of approved ones calls such an account private.',
  remediation: {
    text: "Create a private endpoint in the network of the clients and approve its connection. One that you may not approve yourself waits on the account's Networking page.",
    cli: [
      'az network private-endpoint create --resource-group <group> --name <endpoint> --subnet <subnet-id> --private-connection-resource-id <account-id> --group-ids Sql --connection-name <connection>',
      'az cosmosdb private-endpoint-connection approve --id <connection-id>',
    ].join('\n'),
    bicep: "resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {\n  name: '<endpoint>'\n  location: location\n  properties: {\n    subnet: {\n      id: '<subnet-id>'\n    }\n    privateLinkServiceConnections: [\n      {\n        name: '<connection>'\n        properties: {\n          privateLinkServiceId: account.id\n          groupIds: [\n            'Sql'\n          ]\n        }\n      }\n    ]\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints'],
  requirements: ['ASB NS-2', 'ASB NS-3', 'NSP 12'],
  needs: ['account'],
  evaluate({ account: { privateEndpointConnections: connections } }) {
    const observed = { connections: connections.length, byStatus: countedByStatus(connections) };
    if (connections.some(isApproved)) return pass(observed);
    if (connections.length === 0) return fail('The account has no private endpoint connection.', observed);
    return fail(`No private endpoint connection is approved (${inWords(observed.byStatus)}).`, observed);
  },
});

function inWords(byStatus: Readonly<Record<string, number>>): string {
  return Object.entries(byStatus).map(([status, count]) => `${count} ${status}`).join(', ');
}
