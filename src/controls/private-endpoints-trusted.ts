import type { PrivateEndpointConnection } from '../core/account.ts';
import { control, fail, notApplicable, pass, type Organisation } from '../core/control.ts';
import { nameOf, subscriptionOf } from '../core/resource-id.ts';
import { approvedOf } from './private-endpoints.ts';
import { cut, isTrusted, listed } from './support.ts';

export const privateEndpointsTrusted = control({
  id: 'private-endpoints-trusted',
  scope: 'account',
  title: 'Every approved private endpoint is in a subscription of the organisation or one that it trusts.',
  severity: 'high',
  rationale:
    "A private endpoint in somebody else's network is private traffic all the same: no firewall and no perimeter looks at it, and every check for private access passes. It is the quietest way to keep reading an account from outside.",
  remediation: {
    text: "Find out who approved the connection, then delete it. Trust a partner's subscription in the baseline (trustedSubscriptions).",
    cli: 'az cosmosdb private-endpoint-connection delete --id <connection-id>',
    bicep: "resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {\n  // Deployed to a resource group of one of your own subscriptions.\n  name: '<endpoint>'\n  location: location\n  properties: {\n    subnet: {\n      id: '<subnet-id>'\n    }\n    privateLinkServiceConnections: [\n      {\n        name: '<connection>'\n        properties: {\n          privateLinkServiceId: account.id\n          groupIds: [\n            'Sql'\n          ]\n        }\n      }\n    ]\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/private-endpoint-overview', 'https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints'],
  requirements: ['ASB NS-3'],
  notApplicableWhen: 'the account has no approved private endpoint connection',
  needs: ['account'],
  evaluate({ account }, { organisation }) {
    const approved = approvedOf(account);
    const problems = approved.flatMap(connection => problemOf(connection, organisation) ?? []);
    const observed = { approved: approved.length, foreign: cut(problems) };
    if (approved.length === 0) return notApplicable('The account has no approved private endpoint connection.', observed);
    return problems.length > 0 ? fail(`${problems.length} of ${approved.length} approved private endpoints are not trusted: ${listed(problems, '; ')}.`, observed) : pass(observed);
  },
});

function problemOf({ id, endpointId }: PrivateEndpointConnection, organisation: Organisation): string | null {
  if (endpointId === null) return `connection ${nameOf(id)} is from an endpoint that Azure does not show, which is one of another tenant`;
  const subscription = subscriptionOf(endpointId);
  return isTrusted(subscription, organisation) ? null : `endpoint ${nameOf(endpointId)} is in subscription ${subscription ?? '(none)'}, which is neither of the tenant nor trusted`;
}
