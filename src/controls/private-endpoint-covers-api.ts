import { control, fail, notApplicable, pass } from '../core/control.ts';
import { sameId } from '../core/resource-id.ts';
import { privateLinkGroups, privateLinkGroupsAsOf } from './data/private-link-groups.ts';
import { approvedOf } from './private-endpoints.ts';
import { cut } from './support.ts';

/**
 * An account can be reached at one endpoint per API, each with its own private link sub-resource. What counts is the API
 * the account was made for: Table and Gremlin accounts answer to clients of the NoSQL API too (`Sql`), but demanding an
 * endpoint for an API that nobody uses would only cost money, and one for `Sql` alone leaves their own clients outside.
 */
export const privateEndpointCoversApi = control({
  id: 'private-endpoint-covers-api',
  scope: 'account',
  title: 'The approved private endpoints are for the API that the account serves.',
  severity: 'medium',
  rationale:
    'Each API has its own host name and its own private link sub-resource. An endpoint for another one, such as Sql on a Gremlin account, leaves the clients on the public name: they go out to the Internet, or fail the day public access is turned off.',
  remediation: {
    text: 'Create a private endpoint for the sub-resource that the finding names, with its own private DNS zone.',
    cli: 'az network private-endpoint create --resource-group <group> --name <endpoint> --subnet <subnet-id> --private-connection-resource-id <account-id> --group-ids <Sql|MongoDB|Cassandra|Gremlin|Table> --connection-name <connection>',
    bicep: "privateLinkServiceConnections: [\n  {\n    name: '<connection>'\n    properties: {\n      privateLinkServiceId: account.id\n      groupIds: [\n        'Gremlin' // Sql, MongoDB, Cassandra, Gremlin or Table\n      ]\n    }\n  }\n]",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints#api-types-and-private-zone-names'],
  requirements: ['ASB NS-3'],
  notApplicableWhen: 'the account has no approved private endpoint connection',
  needs: ['account', 'endpointGroups'],
  evaluate({ account, endpointGroups: groups }) {
    const approved = approvedOf(account);
    const missing = account.apis.map(api => privateLinkGroups[api]).filter(group => !groups.some(each => sameId(each, group)));
    const observed = { apis: account.apis, approved: approved.length, groups: cut(groups), missing, table: privateLinkGroupsAsOf };
    if (approved.length === 0) return notApplicable('The account has no approved private endpoint connection.', observed);
    if (missing.length === 0) return pass(observed);
    return fail(`No approved private endpoint is for ${missing.join(', ')}: there are endpoints for ${observed.groups.join(', ')} only.`, observed);
  },
});
