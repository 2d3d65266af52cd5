import { privateEndpointCoversApi } from '../../src/controls/private-endpoint-covers-api.ts';
import type { Account, Api } from '../../src/core/account.ts';
import { account, connection } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

/** An account with one connection for each group; the groups of approved ones are what its endpoints are for. */
const having = (apis: Api[], groups: string[], differences: Partial<Account['privateEndpointConnections'][number]> = {}) => ({
  account: account({ apis, privateEndpointConnections: groups.map(groupId => connection({ groupId, ...differences })) }),
  endpointGroups: (differences.status ?? 'Approved') === 'Approved' ? [...new Set(groups)] : [],
});

specify(privateEndpointCoversApi, {
  passes: [
    { when: 'a NoSQL account has an endpoint for Sql', given: having(['nosql'], ['Sql']), observing: { apis: ['nosql'], approved: 1, groups: ['Sql'], missing: [], table: '2025-06-26' } },
    { when: 'a MongoDB account has one for MongoDB', given: having(['mongodb'], ['MongoDB']) },
    { when: 'a Cassandra account has one for Cassandra', given: having(['cassandra'], ['Cassandra']) },
    { when: 'a Gremlin account has one for Gremlin, and none for Sql', given: having(['gremlin'], ['Gremlin']) },
    { when: 'a Table account has one for Table, and none for Sql', given: having(['table'], ['Table']) },
    { when: 'case differs', given: having(['mongodb'], ['mongodb']) },
    { when: 'there is an endpoint for each of two APIs', given: having(['cassandra', 'gremlin'], ['Gremlin', 'Cassandra']) },
    { when: 'several are for the same group', given: having(['nosql'], ['Sql', 'Sql', 'Analytical']), observing: { approved: 3, groups: ['Sql', 'Analytical'] } },
  ],
  fails: [
    { when: 'a Gremlin account has one for Sql only', given: having(['gremlin'], ['Sql']), says: 'No approved private endpoint is for Gremlin: there are endpoints for Sql only.', observing: { missing: ['Gremlin'] } },
    { when: 'the endpoints are for the analytical store and the dedicated gateway', given: having(['nosql'], ['Analytical', 'SqlDedicated']), says: 'endpoints for Analytical, SqlDedicated only' },
    { when: 'one of two APIs is not covered', given: having(['cassandra', 'gremlin'], ['Cassandra']), says: 'for Gremlin' },
    {
      when: 'the endpoint for the API is not approved',
      given: { account: account({ apis: ['table'], privateEndpointConnections: [connection({ groupId: 'Table', status: 'Pending' }), connection({ groupId: 'Sql' })] }), endpointGroups: ['Sql'] },
      says: 'for Table',
    },
  ],
  doesNotApply: [
    { when: 'there is no connection', given: having(['nosql'], []), because: 'no approved private endpoint connection' },
    { when: 'none is approved', given: having(['nosql'], ['Sql'], { status: 'Pending' }), because: 'no approved private endpoint connection' },
  ],
});
