import { expect, test } from 'vitest';
import { virtualNetworks } from '../../src/collectors/networks.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const route = `GET /subscriptions/${subscription}/providers/Microsoft.Network/virtualNetworks?api-version=2026-01-01`;
const provider = `/subscriptions/${subscription}/resourceGroups/network/providers/Microsoft.Network`;
const id = (network: string, subnet?: string): string => `${provider}/virtualNetworks/${network}${subnet === undefined ? '' : `/subnets/${subnet}`}`;

const network = (name: string, properties: object): object => ({
  id: id(name),
  name,
  location: 'westeurope',
  type: 'Microsoft.Network/virtualNetworks',
  properties: { addressSpace: { addressPrefixes: ['10.0.0.0/8'] }, provisioningState: 'Succeeded', ...properties },
});
const subnet = (of: string, name: string, properties: object = {}): object => ({ id: id(of, name), name, properties: { addressPrefix: '10.0.0.0/24', ...properties } });
const bare = { serviceEndpoints: [], securityGroupId: null, endpointPolicies: 'Disabled', residents: [] };

specifyCollector(server, {
  collector: virtualNetworks,
  subject: subscription,
  lists: [
    {
      route,
      recorded: [
        network('hub', {
          dhcpOptions: { dnsServers: ['10.0.4.4'] },
          enableDdosProtection: true,
          ddosProtectionPlan: { id: `${provider}/ddosProtectionPlans/all` },
          subnets: [
            subnet('hub', 'apps', {
              serviceEndpoints: [{ service: 'Microsoft.AzureCosmosDB', locations: ['*'], provisioningState: 'Succeeded' }, { service: 'Microsoft.Storage' }],
              networkSecurityGroup: { id: `${provider}/networkSecurityGroups/apps` },
              privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled',
              ipConfigurations: [{ id: `${provider}/networkInterfaces/one/ipConfigurations/a` }, { id: `${provider}/networkInterfaces/one/ipConfigurations/b` }],
              applicationGatewayIPConfigurations: [{ id: `${provider}/applicationGateways/web/gatewayIPConfigurations/c` }],
            }),
            subnet('hub', 'bare'),
          ],
        }),
        network('spoke', { dhcpOptions: { dnsServers: [] }, subnets: [subnet('spoke', 'jobs', { serviceEndpoints: [] })] }),
      ],
    },
  ],
  gives: [
    {
      id: id('hub'),
      location: 'westeurope',
      addressPrefixes: ['10.0.0.0/8'],
      dnsServers: ['10.0.4.4'],
      ddosProtection: true,
      subnets: [
        {
          id: id('hub', 'apps'),
          serviceEndpoints: ['Microsoft.AzureCosmosDB', 'Microsoft.Storage'],
          securityGroupId: `${provider}/networkSecurityGroups/apps`,
          endpointPolicies: 'NetworkSecurityGroupEnabled',
          residents: [`${provider}/networkInterfaces/one`, `${provider}/applicationGateways/web`],
        },
        { id: id('hub', 'bare'), ...bare },
      ],
    },
    { id: id('spoke'), location: 'westeurope', addressPrefixes: ['10.0.0.0/8'], dnsServers: [], ddosProtection: false, subnets: [{ id: id('spoke', 'jobs'), ...bare }] },
  ],
  empty: [],
  malformed: [
    { when: 'a network has no id', element: { name: 'x', location: 'westeurope', properties: {} }, says: 'id: ' },
    { when: 'a network has no location', element: { id: id('x'), name: 'x', properties: {} }, says: 'location: ' },
    { when: 'a network has no properties', element: { id: id('x'), name: 'x', location: 'westeurope' }, says: 'x is not what the API promises: properties: ' },
    { when: 'a subnet has no id', element: network('x', { subnets: [{ name: 'nameless', properties: {} }] }), says: 'properties.subnets.0.id: ' },
    { when: 'a subnet has no properties', element: network('x', { subnets: [{ id: id('x', 'bare') }] }), says: 'properties.subnets.0.properties: ' },
    {
      when: 'a service endpoint has no service',
      element: network('x', { subnets: [subnet('x', 'y', { serviceEndpoints: [{}] })] }),
      says: 'properties.subnets.0.properties.serviceEndpoints.0.service: ',
    },
    {
      when: 'a security group has no id',
      element: network('x', { subnets: [subnet('x', 'y', { networkSecurityGroup: {} })] }),
      says: 'properties.subnets.0.properties.networkSecurityGroup.id: ',
    },
    { when: 'DDoS protection is on in words', element: network('x', { enableDdosProtection: 'true' }), says: 'properties.enableDdosProtection: ' },
  ],
});

test.each([
  ['left out', undefined],
  ['null', null],
  ['empty', []],
])('a network whose subnets are %s has none', async (_, sent) => {
  expect(await readOne(server, virtualNetworks, subscription, { [route]: [network('hub', { subnets: sent })] })).toMatchObject([{ subnets: [] }]);
});

test('what is null is as if it were left out', async () => {
  const sent = network('hub', {
    addressSpace: null,
    dhcpOptions: null,
    enableDdosProtection: null,
    subnets: [subnet('hub', 'apps', { serviceEndpoints: null, networkSecurityGroup: null, privateEndpointNetworkPolicies: null, ipConfigurations: null })],
  });
  expect(await readOne(server, virtualNetworks, subscription, { [route]: [sent] })).toMatchObject([
    { addressPrefixes: [], dnsServers: [], ddosProtection: false, subnets: [bare] },
  ]);
});

test.each(['WestEurope', 'WESTEUROPE'])('a network in %s is in westeurope', async location => {
  const sent = { ...network('hub', {}), location };
  expect(await readOne(server, virtualNetworks, subscription, { [route]: [sent] })).toMatchObject([{ location: 'westeurope' }]);
});
