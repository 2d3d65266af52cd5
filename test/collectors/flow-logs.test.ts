import { expect, test } from 'vitest';
import { flowLogs, networkWatchers } from '../../src/collectors/flow-logs.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const provider = (group: string): string => `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network`;
const watcher = (region: string): string => `${provider('NetworkWatcherRG')}/networkWatchers/NetworkWatcher_${region}`;

specifyCollector(server, {
  collector: networkWatchers,
  subject: subscription,
  lists: [
    {
      route: `GET /subscriptions/${subscription}/providers/Microsoft.Network/networkWatchers?api-version=2026-01-01`,
      recorded: [
        { id: watcher('westeurope'), name: 'NetworkWatcher_westeurope', location: 'westeurope', properties: { provisioningState: 'Succeeded' } },
        { id: watcher('eastus'), location: 'EastUS' },
      ],
    },
  ],
  gives: [
    { id: watcher('westeurope'), location: 'westeurope' },
    { id: watcher('eastus'), location: 'eastus' },
  ],
  empty: [],
  malformed: [
    { when: 'a watcher has no id', element: { name: 'x', location: 'westeurope' }, says: 'id: ' },
    { when: 'a watcher has no location', element: { id: watcher('x'), name: 'x' }, says: 'x is not what the API promises: location: ' },
  ],
});

const route = `GET ${watcher('westeurope')}/flowLogs?api-version=2026-01-01`;
const target = `${provider('network')}/virtualNetworks/hub`;
const id = (name: string): string => `${watcher('westeurope')}/flowLogs/${name}`;
const log = (name: string, properties: object): object => ({
  id: id(name),
  name,
  location: 'westeurope',
  properties: { targetResourceId: target, storageId: 'storage', enabled: true, ...properties },
});
const analytics = (enabled: unknown): object => ({
  flowAnalyticsConfiguration: { networkWatcherFlowAnalyticsConfiguration: { enabled, workspaceResourceId: 'workspace', trafficAnalyticsInterval: 10 } },
});

specifyCollector(server, {
  collector: flowLogs,
  subject: watcher('westeurope'),
  lists: [{ route, recorded: [log('whole', analytics(true)), log('off', { enabled: false, ...analytics(false) })] }],
  gives: [
    { id: id('whole'), targetId: target, enabled: true, trafficAnalytics: true },
    { id: id('off'), targetId: target, enabled: false, trafficAnalytics: false },
  ],
  empty: [],
  malformed: [
    { when: 'a flow log has no target', element: log('x', { targetResourceId: undefined }), says: 'properties.targetResourceId: ' },
    { when: 'a flow log does not say whether it is on', element: log('x', { enabled: undefined }), says: 'properties.enabled: ' },
    { when: 'a flow log has no properties', element: { id: id('x'), name: 'x' }, says: 'x is not what the API promises: properties: ' },
    { when: 'traffic analytics is on in words', element: log('x', analytics('true')), says: 'networkWatcherFlowAnalyticsConfiguration.enabled: ' },
  ],
});

test.each([
  ['left out', {}],
  ['null', { flowAnalyticsConfiguration: null }],
  ['empty', { flowAnalyticsConfiguration: {} }],
  ['silent', analytics(undefined)],
])('traffic analytics that is %s is off', async (_, sent) => {
  expect(await readOne(server, flowLogs, watcher('westeurope'), { [route]: [log('any', sent)] })).toMatchObject([{ enabled: true, trafficAnalytics: false }]);
});

test('something that is no network watcher is not asked for', async () => {
  await expect(flowLogs.read({} as never, '/somewhere/else')).rejects.toThrow('/somewhere/else is not the id of a network watcher.');
});
