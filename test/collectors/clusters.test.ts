import { describe, expect, test } from 'vitest';
import { cassandraClusters, clusterSubscriptionsByResourceGraph, mongoClusters, mongoFirewall } from '../../src/collectors/clusters.ts';
import type { Cluster } from '../../src/core/cluster.ts';
import { azureServer, otherSubscription, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const id = (type: string, name: string): string => `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.DocumentDB/${type}/${name}`;
const onWire = (type: string, name: string, properties: unknown, more: object = {}): object => ({
  id: id(type, name),
  name,
  type: `Microsoft.DocumentDB/${type}`,
  location: 'westeurope',
  tags: { owner: 'shop' },
  properties,
  ...more,
});
const listed = <C extends Cluster>(cluster: C, route: string) => ({
  kind: cluster.kind,
  id: cluster.id,
  cluster: { known: true, value: cluster, sources: expect.arrayContaining([route]) as readonly string[] } as const,
});

const mongoRoute = `GET /subscriptions/${subscription}/providers/Microsoft.DocumentDB/mongoClusters?api-version=2025-09-01`;
const mongo = {
  kind: 'mongo',
  id: id('mongoClusters', 'carts'),
  name: 'carts',
  location: 'westeurope',
  tags: { owner: 'shop' },
  publicNetworkAccess: 'Disabled',
  allowedAuthModes: ['NativeAuth', 'MicrosoftEntraID'],
  highAvailability: 'ZoneRedundantPreferred',
} as const;
const bareMongo = {
  ...mongo,
  id: id('mongoClusters', 'bare'),
  name: 'bare',
  location: '',
  tags: {},
  publicNetworkAccess: 'Enabled',
  allowedAuthModes: null,
  highAvailability: null,
} as const;

specifyCollector(server, {
  collector: mongoClusters,
  subject: subscription,
  lists: [
    {
      route: mongoRoute,
      recorded: [
        onWire('mongoClusters', 'carts', {
          publicNetworkAccess: 'Disabled',
          authConfig: { allowedModes: ['NativeAuth', 'MicrosoftEntraID'] },
          highAvailability: { targetMode: 'ZoneRedundantPreferred' },
          administrator: { userName: 'admin' },
          serverVersion: '8.0',
        }),
        { id: bareMongo.id, name: 'bare', properties: {} },
      ],
    },
  ],
  gives: [listed(mongo, mongoRoute), listed(bareMongo, mongoRoute)],
  empty: [],
  malformed: [{ when: 'a cluster has no id', element: { name: 'x', properties: {} }, says: 'The list has a cluster without an id.' }],
});

const cassandraRoute = `GET /subscriptions/${subscription}/providers/Microsoft.DocumentDB/cassandraClusters?api-version=2026-03-15`;
const cassandra = {
  kind: 'cassandra',
  id: id('cassandraClusters', 'events'),
  name: 'events',
  location: 'westeurope',
  tags: { owner: 'shop' },
  authenticationMethod: 'Cassandra',
  auditLogging: true,
} as const;
const bareCassandra = { ...cassandra, id: id('cassandraClusters', 'bare'), name: 'bare', location: '', tags: {}, authenticationMethod: null, auditLogging: null } as const;

specifyCollector(server, {
  collector: cassandraClusters,
  subject: subscription,
  lists: [
    {
      route: cassandraRoute,
      recorded: [
        onWire('cassandraClusters', 'events', { authenticationMethod: 'Cassandra', cassandraAuditLoggingEnabled: true, cassandraVersion: '4.1' }),
        { id: bareCassandra.id, name: 'bare', properties: {} },
      ],
    },
  ],
  gives: [listed(cassandra, cassandraRoute), listed(bareCassandra, cassandraRoute)],
  empty: [],
  malformed: [{ when: 'a cluster has no id', element: null, says: 'The list has a cluster without an id.' }],
});

describe('MongoDB clusters', () => {
  test.each([
    [
      'everything is null',
      { publicNetworkAccess: null, authConfig: null, highAvailability: null },
      { publicNetworkAccess: 'Enabled', allowedAuthModes: null, highAvailability: null },
    ],
    ['everything inside is null', { authConfig: { allowedModes: null }, highAvailability: { targetMode: null } }, { allowedAuthModes: null, highAvailability: null }],
    ['no way to sign in is allowed', { authConfig: { allowedModes: [] } }, { allowedAuthModes: [] }],
    ['public access is in another case', { publicNetworkAccess: 'disabled' }, { publicNetworkAccess: 'Disabled' }],
    ['public access is something new', { publicNetworkAccess: 'SecuredByPerimeter' }, { publicNetworkAccess: { unrecognised: 'SecuredByPerimeter' } }],
  ])('where %s', async (_, properties, value) => {
    expect(await readOne(server, mongoClusters, subscription, { [mongoRoute]: [onWire('mongoClusters', 'carts', properties)] })).toMatchObject([
      { cluster: { known: true, value } },
    ]);
  });

  test.each([
    ['public access is a switch', { publicNetworkAccess: false }, 'properties.publicNetworkAccess: '],
    ['ways to sign in are one text', { authConfig: { allowedModes: 'NativeAuth' } }, 'properties.authConfig.allowedModes: '],
    ['there are no properties', undefined, 'properties: '],
  ])('that cannot be understood are not known, and hide no others: %s', async (_, properties, says) => {
    const read = await readOne(server, mongoClusters, subscription, { [mongoRoute]: [onWire('mongoClusters', 'odd', properties), onWire('mongoClusters', 'carts', {})] });
    expect(read).toMatchObject([
      {
        kind: 'mongo',
        id: id('mongoClusters', 'odd'),
        cluster: { known: false, reason: 'malformed', detail: expect.stringContaining(`Cannot read cluster ${id('mongoClusters', 'odd')}: `), sources: [mongoRoute] },
      },
      { id: id('mongoClusters', 'carts'), cluster: { known: true } },
    ]);
    expect(read).toMatchObject([{ cluster: { detail: expect.stringContaining(says) } }, {}]);
  });
});

test('a Cassandra cluster that cannot be understood is not known, and hides no other', async () => {
  const read = await readOne(server, cassandraClusters, subscription, {
    [cassandraRoute]: [onWire('cassandraClusters', 'odd', { cassandraAuditLoggingEnabled: 'true' }), onWire('cassandraClusters', 'events', {})],
  });
  expect(read).toMatchObject([{ cluster: { known: false, reason: 'malformed' } }, { cluster: { known: true } }]);
});

const cluster = mongo.id;
const firewall = `GET ${cluster}/firewallRules?api-version=2025-09-01`;
const rule = (name: string, startIpAddress: unknown, endIpAddress: unknown): object => ({
  id: `${cluster}/firewallRules/${name}`,
  name,
  properties: { provisioningState: 'Succeeded', startIpAddress, endIpAddress },
});

specifyCollector(server, {
  collector: mongoFirewall,
  subject: cluster,
  lists: [{ route: firewall, recorded: [rule('office', '203.0.113.0', '203.0.113.15'), rule('everybody', '0.0.0.0', '255.255.255.255')] }],
  gives: [
    { name: 'office', range: { family: 4, first: 0xcb007100n, last: 0xcb00710fn, text: '203.0.113.0 - 203.0.113.15' } },
    { name: 'everybody', range: { family: 4, first: 0n, last: 0xffffffffn, text: '0.0.0.0 - 255.255.255.255' } },
  ],
  empty: [],
  malformed: [
    { when: 'a rule has no name', element: { properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' } }, says: 'name: ' },
    { when: 'a rule has no end', element: rule('x', '203.0.113.0', undefined), says: 'x is not what the API promises: properties.endIpAddress: ' },
    { when: 'a rule ends before it begins', element: rule('x', '203.0.113.15', '203.0.113.0'), says: 'the range ends before it begins' },
    { when: 'an address is a name', element: rule('x', 'office', '203.0.113.0'), says: 'properties.startIpAddress: expected an IPv4 address' },
    {
      when: 'an address has parts that mean different things to different programs',
      element: rule('x', '010.0.0.1', '10.0.0.1'),
      says: 'properties.startIpAddress: expected an IPv4 address',
    },
    { when: 'an address is short', element: rule('x', '10.1', '10.0.0.1'), says: 'properties.startIpAddress: expected an IPv4 address' },
    { when: 'an address is IPv6', element: rule('x', '::', '::'), says: 'properties.startIpAddress: expected an IPv4 address' },
    { when: 'an address is a range', element: rule('x', '10.0.0.0/8', '10.0.0.1'), says: 'properties.startIpAddress: expected an IPv4 address' },
  ],
});

const graph = 'POST /providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';

specifyCollector(server, {
  collector: clusterSubscriptionsByResourceGraph,
  subject: [subscription, otherSubscription],
  lists: [
    {
      route: graph,
      recorded: [
        { id: mongo.id },
        { id: `/subscriptions/${otherSubscription.toUpperCase()}/resourcegroups/x/providers/microsoft.documentdb/cassandraclusters/y` },
        { id: cassandra.id },
        // Rows of another type say nothing of clusters.
        { id: '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg/providers/Microsoft.Network/networkSecurityPerimeters/p' },
      ],
    },
  ],
  gives: [subscription, otherSubscription],
  empty: [],
  malformed: [
    { when: 'a row has no id', element: { name: 'x' }, says: 'x is not what the API promises: id: ' },
    { when: 'a row is in no subscription', element: { id: '/providers/Microsoft.DocumentDB/mongoClusters/x' }, says: '"/providers/Microsoft.DocumentDB/mongoClusters/x" is in no subscription' },
  ],
});

test('Resource Graph is asked for both kinds of clusters in a stable order', async () => {
  await readOne(server, clusterSubscriptionsByResourceGraph, [subscription], { [graph]: [] });
  expect(server.requests.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    {
      query: expect.stringMatching(/type in~ \('microsoft\.documentdb\/cassandraclusters', 'microsoft\.documentdb\/mongoclusters'\).*\| order by id asc$/),
      subscriptions: [subscription],
    },
  ]);
});
