import { describe, expect, test } from 'vitest';
import { activityLogAlerts } from '../../src/collectors/activity-log-alerts.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const route = `GET /subscriptions/${subscription}/providers/Microsoft.Insights/activityLogAlerts?api-version=2020-10-01`;
const scope = `/subscriptions/${subscription}`;
const actionGroup = `${scope}/resourceGroups/alerts/providers/Microsoft.Insights/actionGroups/security`;

const clause = (field: unknown, equals: unknown): object => ({ field, equals });
const alert = (name: string, properties: object = {}): object => ({
  id: `${scope}/resourceGroups/alerts/providers/Microsoft.Insights/activityLogAlerts/${name}`,
  name,
  location: 'Global',
  properties: {
    scopes: [scope],
    condition: { allOf: [clause('category', 'Administrative'), clause('operationName', 'Microsoft.DocumentDB/databaseAccounts/write')] },
    actions: { actionGroups: [{ actionGroupId: actionGroup, webhookProperties: {} }] },
    enabled: true,
    ...properties,
  },
});
const read = {
  name: 'writes',
  enabled: true,
  scopes: [scope],
  actionGroups: [actionGroup],
  conditions: [[{ field: 'category', values: ['Administrative'] }], [{ field: 'operationName', values: ['Microsoft.DocumentDB/databaseAccounts/write'] }]],
} as const;

specifyCollector(server, {
  collector: activityLogAlerts,
  subject: subscription,
  lists: [
    {
      route,
      recorded: [
        alert('writes'),
        alert('several', {
          enabled: false,
          actions: { actionGroups: [] },
          condition: {
            allOf: [
              { anyOf: [clause('status', 'Succeeded'), clause('status', 'Failed')] },
              { field: 'resourceType', containsAny: ['microsoft.documentdb/databaseaccounts', 'microsoft.network/privateendpoints'] },
            ],
          },
        }),
      ],
    },
  ],
  gives: [
    read,
    {
      ...read,
      name: 'several',
      enabled: false,
      actionGroups: [],
      conditions: [
        [
          { field: 'status', values: ['Succeeded'] },
          { field: 'status', values: ['Failed'] },
        ],
        [{ field: 'resourceType', values: ['microsoft.documentdb/databaseaccounts', 'microsoft.network/privateendpoints'] }],
      ],
    },
  ],
  empty: [],
  malformed: [
    { when: 'an alert has no name', element: { properties: {} }, says: 'name: ' },
    { when: 'an alert has no properties', element: { name: 'bare' }, says: 'bare is not what the API promises: properties: ' },
    { when: 'an alert has no scopes', element: alert('x', { scopes: undefined }), says: 'properties.scopes: ' },
    { when: 'an alert has no condition', element: alert('x', { condition: undefined }), says: 'properties.condition: ' },
    { when: 'a condition has nothing to meet', element: alert('x', { condition: {} }), says: 'properties.condition.allOf: ' },
    { when: 'an alert is on in words', element: alert('x', { enabled: 'true' }), says: 'properties.enabled: ' },
    { when: 'a clause is about a number', element: alert('x', { condition: { allOf: [clause(7, 'x')] } }), says: 'properties.condition.allOf.0: ' },
    {
      when: 'one of several clauses is about a number',
      element: alert('x', { condition: { allOf: [{ anyOf: [clause('status', 'Failed'), clause(7, 'x')] }] } }),
      says: 'properties.condition.allOf.0: ',
    },
    { when: 'an action group has no id', element: alert('x', { actions: { actionGroups: [{}] } }), says: 'properties.actions.actionGroups.0.actionGroupId: ' },
  ],
});

describe('an alert', () => {
  test.each([
    ['that does not say whether it is on is on', { enabled: undefined }, { enabled: true }],
    ['without actions tells nobody', { actions: null }, { actionGroups: [] }],
    ['without action groups tells nobody', { actions: {} }, { actionGroups: [] }],
    [
      'with an empty list of several is about one',
      {
        condition: {
          allOf: [
            { anyOf: [], field: 'status', equals: 'Failed' },
            { anyOf: null, field: 'level', equals: null, containsAny: ['Error'] },
          ],
        },
      },
      { conditions: [[{ field: 'status', values: ['Failed'] }], [{ field: 'level', values: ['Error'] }]] },
    ],
    ['with a clause about nothing has a clause that nothing meets', { condition: { allOf: [{}] } }, { conditions: [[{ field: '', values: [] }]] }],
  ])('%s', async (_, sent, differently) => {
    expect(await readOne(server, activityLogAlerts, subscription, { [route]: [alert('writes', sent)] })).toEqual([{ ...read, ...differently }]);
  });
});
