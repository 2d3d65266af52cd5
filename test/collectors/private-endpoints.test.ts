import { expect, test } from 'vitest';
import { collect } from '../../src/collectors/collector.ts';
import { privateDnsZoneGroups, privateEndpoints } from '../../src/collectors/private-endpoints.ts';
import { armFor, azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const group = `/subscriptions/${subscription}/resourceGroups/network/providers/Microsoft.Network`;
const account = `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;
const route = `GET /subscriptions/${subscription}/providers/Microsoft.Network/privateEndpoints?api-version=2026-01-01`;
const subnet = `${group}/virtualNetworks/hub/subnets/endpoints`;

const connection = (privateLinkServiceId: unknown, groupIds: unknown): object => ({
  name: 'c',
  properties: { privateLinkServiceId, groupIds, privateLinkServiceConnectionState: { status: 'Approved' } },
});
const endpoint = (name: string, properties: object = {}): object => ({
  id: `${group}/privateEndpoints/${name}`,
  name,
  location: 'westeurope',
  properties: { subnet: { id: subnet }, networkInterfaces: [], ...properties },
});
const read = { id: `${group}/privateEndpoints/orders`, subnetId: subnet, targets: [], names: [] } as const;

specifyCollector(server, {
  collector: privateEndpoints,
  subject: subscription,
  lists: [
    {
      route,
      recorded: [
        endpoint('orders', {
          privateLinkServiceConnections: [connection(account, ['Sql'])],
          manualPrivateLinkServiceConnections: [connection(`${account}2`, ['MongoDB'])],
          customDnsConfigs: [{ fqdn: 'orders.documents.azure.com', ipAddresses: ['10.0.0.5', 'fd00::5'] }, { ipAddresses: ['10.0.0.6'] }],
        }),
        endpoint('bare'),
      ],
    },
  ],
  gives: [
    {
      ...read,
      targets: [
        { resourceId: account, groupIds: ['Sql'] },
        { resourceId: `${account}2`, groupIds: ['MongoDB'] },
      ],
      names: [{ name: 'orders.documents.azure.com', addresses: ['10.0.0.5'] }],
    },
    { ...read, id: `${group}/privateEndpoints/bare` },
  ],
  empty: [],
  malformed: [
    { when: 'an endpoint has no id', element: { name: 'x', properties: { subnet: { id: subnet } } }, says: 'x is not what the API promises: id: ' },
    { when: 'an endpoint has no subnet', element: endpoint('x', { subnet: undefined }), says: 'properties.subnet: ' },
    {
      when: 'a connection has no properties',
      element: endpoint('x', { privateLinkServiceConnections: [{ name: 'c' }] }),
      says: 'properties.privateLinkServiceConnections.0.properties: ',
    },
    {
      when: 'a manual connection is to a number',
      element: endpoint('x', { manualPrivateLinkServiceConnections: [connection(7, [])] }),
      says: 'properties.manualPrivateLinkServiceConnections.0.properties.privateLinkServiceId: ',
    },
    { when: 'addresses are one text', element: endpoint('x', { customDnsConfigs: [{ fqdn: 'x', ipAddresses: '10.0.0.5' }] }), says: 'properties.customDnsConfigs.0.ipAddresses: ' },
  ],
});

test.each([
  ['lists that are null', { privateLinkServiceConnections: null, manualPrivateLinkServiceConnections: null, customDnsConfigs: null }, {}],
  ['a connection to something that is not named', { privateLinkServiceConnections: [connection(null, null)] }, { targets: [{ resourceId: '', groupIds: [] }] }],
  ['a name without addresses', { customDnsConfigs: [{ fqdn: 'x.example', ipAddresses: null }] }, { names: [{ name: 'x.example', addresses: [] }] }],
])('an endpoint with %s', async (_, sent, differently) => {
  expect(await readOne(server, privateEndpoints, subscription, { [route]: [endpoint('orders', sent)] })).toEqual([{ ...read, ...differently }]);
});

const zone = `${group}/privateDnsZones/privatelink.documents.azure.com`;
const groups = `GET ${read.id}/privateDnsZoneGroups?api-version=2026-01-01`;
const config = (properties: object): object => ({ name: 'c', properties: { privateDnsZoneId: zone, recordSets: [], ...properties } });
const zoneGroup = (name: string, privateDnsZoneConfigs: unknown): object => ({ id: `${read.id}/privateDnsZoneGroups/${name}`, name, properties: { privateDnsZoneConfigs } });

specifyCollector(server, {
  collector: privateDnsZoneGroups,
  subject: read.id,
  lists: [
    {
      route: groups,
      recorded: [
        zoneGroup('default', [
          config({
            recordSets: [
              { recordType: 'A', recordSetName: 'orders', fqdn: 'orders.privatelink.documents.azure.com', ttl: 10, ipAddresses: ['10.0.0.5', 'fd00::5'] },
              { recordType: 'AAAA', recordSetName: 'orders', ipAddresses: ['fd00::5'] },
            ],
          }),
          config({ privateDnsZoneId: `${zone}2` }),
        ]),
        zoneGroup('bare', undefined),
      ],
    },
  ],
  gives: [
    { zoneId: zone, records: [{ name: 'orders', addresses: ['10.0.0.5'] }] },
    { zoneId: `${zone}2`, records: [] },
  ],
  empty: [],
  malformed: [
    { when: 'a group has no properties', element: { name: 'x' }, says: 'x is not what the API promises: properties: ' },
    { when: 'a zone has no id', element: zoneGroup('x', [config({ privateDnsZoneId: undefined })]), says: 'properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId: ' },
    {
      when: 'a record has no name',
      element: zoneGroup('x', [config({ recordSets: [{ recordType: 'A' }] })]),
      says: 'properties.privateDnsZoneConfigs.0.properties.recordSets.0.recordSetName: ',
    },
  ],
});

test('a record without a type is an A record', async () => {
  const records = [
    { recordSetName: 'orders', ipAddresses: null },
    { recordType: 'a', recordSetName: 'carts', ipAddresses: ['10.0.0.6'] },
  ];
  expect(await readOne(server, privateDnsZoneGroups, read.id, { [groups]: [zoneGroup('default', [config({ recordSets: records })])] })).toEqual([
    {
      zoneId: zone,
      records: [
        { name: 'orders', addresses: [] },
        { name: 'carts', addresses: ['10.0.0.6'] },
      ],
    },
  ]);
});

test('nothing is asked for an id that is no endpoint', async () => {
  expect(await collect(privateDnsZoneGroups, armFor(server), '/subscriptions/x')).toMatchObject({
    known: false,
    reason: 'failed',
    detail: expect.stringContaining('is not the id of a private endpoint'),
  });
});
