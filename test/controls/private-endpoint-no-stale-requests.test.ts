import { privateEndpointNoStaleRequests } from '../../src/controls/private-endpoint-no-stale-requests.ts';
import { account, accountId, connection } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const inState = (status: string, name = 'orders') => connection({ id: `${accountId}/privateEndpointConnections/${name}`, status });
const having = (...privateEndpointConnections: ReturnType<typeof connection>[]) => ({ account: account({ privateEndpointConnections }) });

specify(privateEndpointNoStaleRequests, {
  passes: [
    { when: 'every connection is approved', given: having(inState('Approved'), inState('approved', 'reports')), observing: { connections: 2, stale: [] } },
    { when: 'there is none', given: having() },
  ],
  fails: [
    { when: 'one is pending', given: having(inState('Approved'), inState('Pending', 'reports')), says: '1 of 2 private endpoint connections are not approved: reports (Pending).' },
    { when: 'one is rejected', given: having(inState('Rejected')), says: 'orders (Rejected)' },
    { when: 'one is disconnected', given: having(inState('Disconnected')), says: 'orders (Disconnected)' },
    {
      when: 'many are pending',
      given: having(...Array.from({ length: 30 }, (_, at) => inState('Pending', `request-${at}`))),
      says: 'request-4 (Pending) and 25 more',
      observing: { stale: Array.from({ length: 20 }, (_, at) => `request-${at} (Pending)`) },
    },
  ],
});
