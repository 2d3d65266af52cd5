import { privateEndpointsTrusted } from '../../src/controls/private-endpoints-trusted.ts';
import { account, connection, endpointId, foreignSubscriptionId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const foreignEndpoint = `/subscriptions/${foreignSubscriptionId}/resourceGroups/network/providers/Microsoft.Network/privateEndpoints/collector`;
const foreign = connection({ endpointId: foreignEndpoint });
const having = (...privateEndpointConnections: ReturnType<typeof connection>[]) => ({ account: account({ privateEndpointConnections }) });

specify(privateEndpointsTrusted, {
  passes: [
    { when: 'the endpoint is in a subscription of the tenant', given: having(connection()), observing: { approved: 1, foreign: [] } },
    { when: 'case differs', given: having(connection({ endpointId: endpointId.toUpperCase() })) },
    { when: 'the endpoint is in a trusted subscription', given: having(foreign), organisation: { trustedSubscriptions: new Set([foreignSubscriptionId]) } },
    { when: 'a foreign endpoint is not approved', given: having(connection(), { ...foreign, status: 'Pending' }), observing: { approved: 1 } },
  ],
  fails: [
    {
      when: "one of two endpoints is in somebody else's subscription",
      given: having(connection(), foreign),
      says: `1 of 2 approved private endpoints are not trusted: endpoint collector is in subscription ${foreignSubscriptionId}, which is neither of the tenant nor trusted.`,
    },
    { when: 'Azure hides the endpoint', given: having(connection({ endpointId: null })), says: 'connection orders is from an endpoint that Azure does not show, which is one of another tenant' },
    { when: "the endpoint's id names no subscription", given: having(connection({ endpointId: '/providers/Microsoft.Network/privateEndpoints/odd' })), says: 'endpoint odd is in subscription (none)' },
  ],
  doesNotApply: [
    { when: 'there is no connection', given: having(), because: 'no approved private endpoint connection', observing: { approved: 0 } },
    { when: 'none is approved', given: having({ ...foreign, status: 'Pending' }), because: 'no approved private endpoint connection' },
  ],
});
