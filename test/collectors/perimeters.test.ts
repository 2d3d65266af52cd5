import { expect, test } from 'vitest';
import { perimeters, perimetersByResourceGraph } from '../../src/collectors/perimeters.ts';
import { azureServer, otherSubscription, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const route = `GET /subscriptions/${subscription}/providers/Microsoft.Network/networkSecurityPerimeters?api-version=2026-01-01`;
const graph = 'POST /providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';

const id = (name: string, group = 'resourceGroups'): string => `/subscriptions/${subscription}/${group}/network/providers/Microsoft.Network/networkSecurityPerimeters/${name}`;
const onWire = (name: string): object => ({
  id: id(name),
  name,
  type: 'Microsoft.Network/networkSecurityPerimeters',
  location: 'westeurope',
  tags: {},
  properties: { perimeterGuid: 'aaaa', provisioningState: 'Succeeded' },
});

specifyCollector(server, {
  collector: perimeters,
  subject: subscription,
  lists: [{ route, recorded: [onWire('production'), onWire('staging')] }],
  gives: [id('production'), id('staging')],
  empty: [],
  malformed: [{ when: 'a perimeter has no id', element: { name: 'x' }, says: 'x is not what the API promises: id: ' }],
});

specifyCollector(server, {
  collector: perimetersByResourceGraph,
  subject: [subscription, otherSubscription],
  lists: [{ route: graph, recorded: [{ id: id('production', 'resourcegroups'), name: 'production', type: 'microsoft.network/networksecurityperimeters' }, { id: id('staging') }] }],
  gives: [id('production', 'resourcegroups'), id('staging')],
  empty: [],
  malformed: [{ when: 'a row has no id', element: { name: 'x' }, says: 'x is not what the API promises: id: ' }],
});

test('Resource Graph is asked for perimeters in a stable order, of the subscriptions of the scan', async () => {
  await readOne(server, perimetersByResourceGraph, [subscription, otherSubscription], { [graph]: [] });
  expect(server.requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    {
      query: expect.stringMatching(/^resources \| where type =~ 'microsoft\.network\/networksecurityperimeters' \| project id,.*\| order by id asc$/),
      subscriptions: [subscription, otherSubscription],
      options: { $top: 1000, resultFormat: 'objectArray' },
    },
  ]);
});
