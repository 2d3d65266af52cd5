import { expect, test } from 'vitest';
import { securityGroups } from '../../src/collectors/security-groups.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const route = `GET /subscriptions/${subscription}/providers/Microsoft.Network/networkSecurityGroups?api-version=2026-01-01`;
const id = (name: string): string => `/subscriptions/${subscription}/resourceGroups/network/providers/Microsoft.Network/networkSecurityGroups/${name}`;
const group = (name: string, ...securityRules: readonly object[]): object => ({
  id: id(name),
  name,
  location: 'westeurope',
  properties: { securityRules, defaultSecurityRules: [{ name: 'DenyAllInBound', properties: {} }] },
});
const rule = (properties: object, name = 'cosmos'): object => ({ name, properties: { direction: 'Outbound', access: 'Allow', protocol: 'Tcp', priority: 100, ...properties } });
const one = {
  sourceAddressPrefix: 'VirtualNetwork',
  sourcePortRange: '*',
  destinationAddressPrefix: 'AzureCosmosDB',
  destinationPortRange: '443',
  sourceAddressPrefixes: [],
  destinationAddressPrefixes: [],
  destinationPortRanges: [],
};
const read = {
  name: 'cosmos',
  direction: 'Outbound' as const,
  access: 'Allow' as const,
  protocol: 'Tcp',
  sources: ['VirtualNetwork'],
  destinations: ['AzureCosmosDB'],
  destinationPorts: ['443'],
};

specifyCollector(server, {
  collector: securityGroups,
  subject: subscription,
  lists: [
    {
      route,
      recorded: [
        group(
          'apps',
          rule(one),
          rule(
            {
              ...one,
              direction: 'inbound',
              access: 'deny',
              destinationAddressPrefix: undefined,
              destinationAddressPrefixes: ['10.0.0.0/8', '192.0.2.0/24'],
              destinationPortRange: undefined,
              destinationPortRanges: ['443', '10250-10256'],
            },
            'several',
          ),
        ),
        group('empty'),
      ],
    },
  ],
  gives: [
    {
      id: id('apps'),
      rules: [read, { ...read, name: 'several', direction: 'Inbound', access: 'Deny', destinations: ['10.0.0.0/8', '192.0.2.0/24'], destinationPorts: ['443', '10250-10256'] }],
    },
    { id: id('empty'), rules: [] },
  ],
  empty: [],
  malformed: [
    { when: 'a group has no id', element: { name: 'x', properties: {} }, says: 'id: ' },
    { when: 'a group has no properties', element: { id: id('x'), name: 'x' }, says: 'x is not what the API promises: properties: ' },
    { when: 'a rule has no direction', element: group('x', rule({ direction: undefined })), says: 'properties.securityRules.0.properties.direction: ' },
    { when: 'a rule neither allows nor denies', element: group('x', rule({ access: 'Maybe' })), says: 'properties.securityRules.0.properties.access: ' },
    { when: 'a rule has no protocol', element: group('x', rule({ protocol: undefined })), says: 'properties.securityRules.0.properties.protocol: ' },
  ],
});

test('a rule between application security groups names no addresses', async () => {
  const sent = rule({
    sourceAddressPrefix: '',
    sourceApplicationSecurityGroups: [{ id: 'a' }],
    destinationAddressPrefixes: null,
    destinationApplicationSecurityGroups: [{ id: 'b' }],
    destinationPortRange: '443',
  });
  expect(await readOne(server, securityGroups, subscription, { [route]: [group('apps', sent)] })).toMatchObject([
    { rules: [{ sources: [], destinations: [], destinationPorts: ['443'] }] },
  ]);
});
