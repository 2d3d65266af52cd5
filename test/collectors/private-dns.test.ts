import { expect, test } from 'vitest';
import { privateDnsRecords, privateDnsZoneLinks, privateDnsZones } from '../../src/collectors/private-dns.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const zones = `GET /subscriptions/${subscription}/providers/Microsoft.Network/privateDnsZones?api-version=2024-06-01`;
const zone = (name: string): string => `/subscriptions/${subscription}/resourceGroups/network/providers/Microsoft.Network/privateDnsZones/${name}`;
const network = (name: string): string => `/subscriptions/${subscription}/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/${name}`;
const cosmos = zone('privatelink.documents.azure.com');

specifyCollector(server, {
  collector: privateDnsZones,
  subject: subscription,
  lists: [
    {
      route: zones,
      recorded: [{ id: cosmos, name: 'privatelink.documents.azure.com', location: 'global', properties: { numberOfRecordSets: 2 } }, { id: zone('example.internal') }],
    },
  ],
  gives: [cosmos, zone('example.internal')],
  empty: [],
  malformed: [{ when: 'a zone has no id', element: { name: 'x' }, says: 'x is not what the API promises: id: ' }],
});

const links = `GET ${cosmos}/virtualNetworkLinks?api-version=2024-06-01`;
const link = (name: string, properties: unknown): object => ({ id: `${cosmos}/virtualNetworkLinks/${name}`, name, properties });

specifyCollector(server, {
  collector: privateDnsZoneLinks,
  subject: cosmos,
  lists: [
    {
      route: links,
      recorded: [
        link('hub', { virtualNetwork: { id: network('hub') }, registrationEnabled: false, virtualNetworkLinkState: 'Completed' }),
        link('spoke', { virtualNetwork: { id: network('spoke') } }),
      ],
    },
  ],
  gives: [network('hub'), network('spoke')],
  empty: [],
  malformed: [
    { when: 'a link has no properties', element: link('x', undefined), says: 'x is not what the API promises: properties: ' },
    { when: 'a link is to no network', element: link('x', {}), says: 'properties.virtualNetwork: ' },
    { when: 'a network has no id', element: link('x', { virtualNetwork: {} }), says: 'properties.virtualNetwork.id: ' },
  ],
});

const records = `GET ${cosmos}/A?api-version=2024-06-01`;
const record = (name: string, properties: unknown): object => ({ id: `${cosmos}/A/${name}`, name, type: 'Microsoft.Network/privateDnsZones/A', properties });

specifyCollector(server, {
  collector: privateDnsRecords,
  subject: cosmos,
  lists: [
    {
      route: records,
      recorded: [
        record('orders', { ttl: 10, fqdn: 'orders.privatelink.documents.azure.com.', aRecords: [{ ipv4Address: '10.0.0.5' }, { ipv4Address: '10.0.0.6' }] }),
        record('empty', { ttl: 10, aRecords: [] }),
      ],
    },
  ],
  gives: [
    { name: 'orders', addresses: ['10.0.0.5', '10.0.0.6'] },
    { name: 'empty', addresses: [] },
  ],
  empty: [],
  malformed: [
    { when: 'a record has no name', element: { properties: {} }, says: 'name: ' },
    { when: 'a record has no properties', element: record('x', undefined), says: 'x is not what the API promises: properties: ' },
    { when: 'an address is left out', element: record('x', { aRecords: [{}] }), says: 'properties.aRecords.0.ipv4Address: ' },
    { when: 'addresses are text', element: record('x', { aRecords: ['10.0.0.5'] }), says: 'properties.aRecords.0: ' },
  ],
});

test.each([
  ['left out', undefined],
  ['null', null],
])('a record whose addresses are %s has none', async (_, aRecords) => {
  expect(await readOne(server, privateDnsRecords, cosmos, { [records]: [record('orders', { aRecords })] })).toEqual([{ name: 'orders', addresses: [] }]);
});
