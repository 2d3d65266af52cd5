import { describe, expect, test } from 'vitest';
import { known, unknown } from '../../src/core/fact.ts';
import { endpointGroupsOf } from '../../src/exposure/endpoint-groups.ts';
import { account, accountFacts, connection, endpointId } from '../support/builders.ts';

const read = accountFacts().privateEndpoints;
const denied = unknown('denied', 'Cannot read private endpoints.', [], 'Microsoft.Network/privateEndpoints/read');
const having = (...connections: Parameters<typeof connection>[0][]) => known(account({ privateEndpointConnections: connections.map(each => connection(each)) }));

describe('the sub-resources that approved connections are for', () => {
  test.each([
    { when: 'there is no connection', given: having(), endpoints: denied, gives: { known: true, value: [] } },
    { when: 'the account names them all', given: having({ groupId: 'Sql' }, { groupId: 'Analytical' }), endpoints: denied, gives: { known: true, value: ['Sql', 'Analytical'] } },
    { when: 'a connection without a name is not approved', given: having({ groupId: null, status: 'Pending' }), endpoints: denied, gives: { known: true, value: [] } },
    { when: 'the endpoint names what the account leaves out', given: having({ groupId: null, endpointId: endpointId.toUpperCase() }), endpoints: read, gives: { known: true, value: ['Sql'] } },
    { when: 'the endpoint cannot be read', given: having({ groupId: null }), endpoints: denied, gives: { known: false, reason: 'denied', permission: 'Microsoft.Network/privateEndpoints/read' } },
    { when: 'the endpoint is another one', given: having({ groupId: null, endpointId: '/x/y' }), endpoints: read, gives: { known: false, reason: 'missing' } },
    { when: 'Azure hides the endpoint', given: having({ groupId: null, endpointId: null }), endpoints: read, gives: { known: false, reason: 'missing' } },
  ])('when $when', ({ given, endpoints, gives }) => {
    expect(endpointGroupsOf(given, endpoints)).toMatchObject(gives);
  });
});
