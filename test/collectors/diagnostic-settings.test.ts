import { expect, test } from 'vitest';
import { diagnosticSettings } from '../../src/collectors/diagnostic-settings.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const resource = `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;
const workspace = `/subscriptions/${subscription}/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/security`;
const route = `GET ${resource}/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview`;

const setting = (name: string, properties: object): object => ({
  id: `${resource.toLowerCase()}/providers/microsoft.insights/diagnosticSettings/${name}`,
  name,
  type: 'Microsoft.Insights/diagnosticSettings',
  properties,
});

specifyCollector(server, {
  collector: diagnosticSettings,
  subject: resource,
  lists: [
    {
      route,
      recorded: [
        setting('to-workspace', {
          workspaceId: workspace,
          logAnalyticsDestinationType: 'Dedicated',
          metrics: [{ category: 'Requests', enabled: true }],
          logs: [
            { category: 'DataPlaneRequests', enabled: true, retentionPolicy: { enabled: false, days: 0 } },
            { category: 'ControlPlaneRequests', enabled: false },
            { categoryGroup: 'audit', category: null, enabled: true },
          ],
        }),
        setting('to-storage', { storageAccountId: '/storage', workspaceId: '', logs: [{ categoryGroup: 'allLogs', enabled: true }] }),
      ],
    },
  ],
  gives: [
    { name: 'to-workspace', workspaceId: workspace, categories: ['DataPlaneRequests'], categoryGroups: ['audit'] },
    { name: 'to-storage', workspaceId: null, categories: [], categoryGroups: ['allLogs'] },
  ],
  empty: [],
  malformed: [
    { when: 'a setting has no name', element: { properties: { logs: [] } }, says: 'name: ' },
    { when: 'a setting has no properties', element: { name: 'bare' }, says: 'bare is not what the API promises: properties: ' },
    { when: 'a log does not say whether it is on', element: setting('x', { logs: [{ category: 'DataPlaneRequests' }] }), says: 'properties.logs.0.enabled: ' },
    { when: 'a log is on in words', element: setting('x', { logs: [{ category: 'DataPlaneRequests', enabled: 'true' }] }), says: 'properties.logs.0.enabled: ' },
    { when: 'a workspace is no text', element: setting('x', { workspaceId: { id: workspace } }), says: 'properties.workspaceId: ' },
  ],
});

test.each([
  ['no workspace', { workspaceId: undefined, logs: [] }, { workspaceId: null }],
  ['a workspace that is null', { workspaceId: null, logs: [] }, { workspaceId: null }],
  ['no logs', { workspaceId: workspace }, { categories: [], categoryGroups: [] }],
  ['logs that are null', { workspaceId: workspace, logs: null }, { categories: [], categoryGroups: [] }],
  [
    'names that are empty',
    {
      logs: [
        { category: '', categoryGroup: 'allLogs', enabled: true },
        { category: 'QueryRuntimeStatistics', categoryGroup: '', enabled: true },
      ],
    },
    { categories: ['QueryRuntimeStatistics'], categoryGroups: ['allLogs'] },
  ],
  ['a group that is off', { logs: [{ categoryGroup: 'allLogs', enabled: false }] }, { categoryGroups: [] }],
])('a setting with %s', async (_, sent, read) => {
  expect(await readOne(server, diagnosticSettings, resource, { [route]: [setting('any', sent)] })).toMatchObject([read]);
});
