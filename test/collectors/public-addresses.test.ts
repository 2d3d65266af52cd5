import { expect, test } from 'vitest';
import { publicAddresses } from '../../src/collectors/public-addresses.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const route = `GET /subscriptions/${subscription}/providers/Microsoft.Network/publicIPAddresses?api-version=2026-01-01`;
const provider = `/subscriptions/${subscription}/resourceGroups/network/providers/Microsoft.Network`;
const id = (name: string): string => `${provider}/publicIPAddresses/${name}`;
const address = (name: string, properties: object): object => ({ id: id(name), name, location: 'westeurope', properties: { ipAddress: '20.0.0.1', ...properties } });

specifyCollector(server, {
  collector: publicAddresses,
  subject: subscription,
  lists: [
    {
      route,
      recorded: [
        address('gateway', {
          ipConfiguration: { id: `${provider}/virtualNetworkGateways/vpn/ipConfigurations/default` },
          ddosSettings: { protectionMode: 'VirtualNetworkInherited' },
        }),
        address('spare', { ddosSettings: { protectionMode: 'enabled' } }),
      ],
    },
  ],
  gives: [
    { id: id('gateway'), residentId: `${provider}/virtualNetworkGateways/vpn`, protection: 'VirtualNetworkInherited' },
    { id: id('spare'), residentId: null, protection: 'Enabled' },
  ],
  empty: [],
  malformed: [
    { when: 'an address has no id', element: { name: 'x', properties: {} }, says: 'id: ' },
    { when: 'an address has no properties', element: { id: id('x'), name: 'x' }, says: 'x is not what the API promises: properties: ' },
    { when: 'a configuration has no id', element: address('x', { ipConfiguration: {} }), says: 'properties.ipConfiguration.id: ' },
    { when: 'protection is no text', element: address('x', { ddosSettings: { protectionMode: true } }), says: 'properties.ddosSettings.protectionMode: ' },
  ],
});

test.each([
  ['no settings', {}, 'VirtualNetworkInherited'],
  ['settings that are null', { ddosSettings: null }, 'VirtualNetworkInherited'],
  ['settings without a mode', { ddosSettings: {} }, 'VirtualNetworkInherited'],
  ['a mode that is new', { ddosSettings: { protectionMode: 'Shared' } }, { unrecognised: 'Shared' }],
])('an address with %s', async (_, sent, protection) => {
  expect(await readOne(server, publicAddresses, subscription, { [route]: [address('any', sent)] })).toEqual([{ id: id('any'), residentId: null, protection }]);
});
