import { privateEndpointApproved } from '../../src/controls/private-endpoint-approved.ts';
import { account, connection } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const withStates = (...statuses: string[]) => ({ account: account({ privateEndpointConnections: statuses.map(status => connection({ status })) }) });

specify(privateEndpointApproved, {
  passes: [
    { when: 'a connection is approved', given: withStates('Approved'), observing: { connections: 1, byStatus: { Approved: 1 } } },
    { when: 'one of several is', given: withStates('Rejected', 'Approved', 'Rejected'), observing: { connections: 3, byStatus: { Approved: 1, Rejected: 2 } } },
    { when: 'case differs', given: withStates('approved') },
  ],
  fails: [
    { when: 'there is none', given: withStates(), says: 'has no private endpoint connection.', observing: { connections: 0 } },
    { when: 'none is approved', given: withStates('Pending', 'Pending', 'Disconnected'), says: 'No private endpoint connection is approved (2 Pending, 1 Disconnected).' },
  ],
});
