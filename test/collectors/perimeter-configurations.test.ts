import { expect, test } from 'vitest';
import { perimeterConfigurations } from '../../src/collectors/perimeter-configurations.ts';
import { azureServer, otherSubscription, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const account = `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;
const perimeter = `/subscriptions/${otherSubscription}/resourceGroups/network/providers/Microsoft.Network/networkSecurityPerimeters/production`;
const route = `GET ${account}/networkSecurityPerimeterConfigurations?api-version=2026-04-01-preview`;

const profile = {
  name: 'default',
  accessRulesVersion: 10,
  accessRules: [{ name: 'vpn', properties: { direction: 'Inbound', addressPrefixes: ['203.0.113.0/28'] } }],
  diagnosticSettingsVersion: 5,
  enabledLogCategories: ['NspPublicInboundPerimeterRulesAllowed'],
};

const onWire = (name: string, properties: object = {}): object => ({
  id: `${account}/networkSecurityPerimeterConfigurations/aaaa.${name}`,
  name: `aaaa.${name}`,
  type: 'Microsoft.DocumentDB/databaseAccounts/networkSecurityPerimeterConfigurations',
  properties: {
    provisioningState: 'Succeeded',
    networkSecurityPerimeter: { id: perimeter, perimeterGuid: 'aaaa', location: 'East US' },
    resourceAssociation: { name, accessMode: 'Enforced' },
    profile,
    ...properties,
  },
});

const side = {
  accessMode: 'Enforced',
  profile: 'default',
  accessRulesVersion: '10',
  rules: [{ name: 'vpn', direction: 'Inbound', addressPrefixes: ['203.0.113.0/28'], subscriptions: [], perimeters: [], fullyQualifiedDomainNames: [], serviceTags: [] }],
  provisioningState: 'Succeeded',
  issues: [],
} as const;
const configuration = { name: 'aaaa.orders', perimeterId: perimeter, perimeterGuid: 'aaaa', associationName: 'orders', side } as const;

specifyCollector(server, {
  collector: perimeterConfigurations,
  subject: account,
  lists: [{ route, recorded: [onWire('orders'), onWire('second', { resourceAssociation: { name: 'second', accessMode: 'Learning' } })] }],
  gives: [configuration, { ...configuration, name: 'aaaa.second', associationName: 'second', side: { ...side, accessMode: 'Learning' } }],
  empty: [],
  malformed: [
    { when: 'a configuration has no name', element: { properties: {} }, says: 'name: ' },
    { when: 'a profile does not hold its rules', element: onWire('x', { profile: { name: 'default' } }), says: 'properties.profile.accessRules: ' },
    { when: 'a configuration has no properties', element: { name: 'aaaa.bare' }, says: 'aaaa.bare is not what the API promises: properties: ' },
    {
      when: 'no perimeter is named',
      element: onWire('x', { networkSecurityPerimeter: undefined }),
      says: 'aaaa.x is not what the API promises: properties.networkSecurityPerimeter: ',
    },
    { when: 'no association is named', element: onWire('x', { resourceAssociation: undefined }), says: 'properties.resourceAssociation: ' },
    { when: 'there is no profile, which has the rules', element: onWire('x', { profile: null }), says: 'properties.profile: ' },
    {
      when: 'a rule has no direction',
      element: onWire('x', { profile: { ...profile, accessRules: [{ name: 'aimless', properties: {} }] } }),
      says: 'properties.profile.accessRules.0.properties.direction: ',
    },
  ],
});

test.each([
  ['an access mode in another case', { resourceAssociation: { name: 'orders', accessMode: 'LEARNING' } }, { accessMode: 'Learning' }],
  ['Audit', { resourceAssociation: { name: 'orders', accessMode: 'Audit' } }, { accessMode: 'Audit' }],
  ['an access mode that is new', { resourceAssociation: { name: 'orders', accessMode: 'Lockdown' } }, { accessMode: { unrecognised: 'Lockdown' } }],
  ['an access mode that is left out', { resourceAssociation: { name: 'orders' } }, { accessMode: { unrecognised: '(not given)' } }],
  ['a version that is text', { profile: { ...profile, accessRulesVersion: '7' } }, { accessRulesVersion: '7' }],
  ['a version that is left out', { profile: { name: 'default', accessRules: [] } }, { accessRulesVersion: null, rules: [] }],
  ['a provisioning state of its own', { provisioningState: 'Canceled' }, { provisioningState: 'Canceled' }],
  ['a provisioning state that is left out', { provisioningState: undefined }, { provisioningState: '(not given)' }],
  ['issues that are null', { provisioningIssues: null }, { issues: [] }],
  [
    'issues in words',
    {
      provisioningIssues: [
        { name: 'one', properties: { issueType: 'Unknown', severity: 'Warning', description: 'Rules are not applied yet.', suggestedResourceIds: [] } },
        { name: 'two', properties: { issueType: 'ConfigurationPropagationFailure', severity: 'Error' } },
        { name: 'three' },
        {},
      ],
    },
    { issues: ['Warning, Unknown, Rules are not applied yet.', 'Error, ConfigurationPropagationFailure', 'three', 'issue'] },
  ],
])('a configuration with %s', async (_, sent, read) => {
  expect(await readOne(server, perimeterConfigurations, account, { [route]: [onWire('orders', sent)] })).toEqual([{ ...configuration, side: { ...side, ...read } }]);
});

test.each([
  ['a perimeter without a GUID', { networkSecurityPerimeter: { id: perimeter } }, { perimeterGuid: null }],
  ['an association without a name', { resourceAssociation: { accessMode: 'Enforced' } }, { associationName: '' }],
])('a configuration of %s', async (_, sent, read) => {
  expect(await readOne(server, perimeterConfigurations, account, { [route]: [onWire('orders', sent)] })).toEqual([{ ...configuration, ...read }]);
});
