import { describe, expect, test } from 'vitest';
import { associations, links, logCategories, profiles } from '../../src/collectors/perimeter-parts.ts';
import { collect } from '../../src/collectors/collector.ts';
import { armFor, azureServer, failure, otherSubscription, page, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const perimeter = `/subscriptions/${subscription}/resourceGroups/network/providers/Microsoft.Network/networkSecurityPerimeters/production`;
const account = `/subscriptions/${otherSubscription}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/orders`;
const under = (kind: string): string => `GET ${perimeter}/${kind}?api-version=2026-01-01`;

const profile = (name: string, properties: object = { accessRulesVersion: '4', diagnosticSettingsVersion: '0' }): object => ({
  id: `${perimeter}/profiles/${name}`,
  name,
  type: 'Microsoft.Network/networkSecurityPerimeters/profiles',
  properties,
});

const rule = (name: string, properties: object = {}): object => ({
  id: `${perimeter}/profiles/default/accessRules/${name}`,
  name,
  type: 'Microsoft.Network/networkSecurityPerimeters/profiles/accessRules',
  properties: {
    provisioningState: 'Succeeded',
    direction: 'Inbound',
    addressPrefixes: [],
    fullyQualifiedDomainNames: [],
    subscriptions: [],
    networkSecurityPerimeters: [],
    emailAddresses: [],
    phoneNumbers: [],
    serviceTags: [],
    ...properties,
  },
});

const empty = { direction: 'Inbound', addressPrefixes: [], subscriptions: [], perimeters: [], fullyQualifiedDomainNames: [], serviceTags: [] } as const;

specifyCollector(server, {
  collector: profiles,
  subject: perimeter,
  lists: [
    { route: under('profiles'), recorded: [profile('default'), profile('partners', { accessRulesVersion: '0' })] },
    {
      route: under('profiles/default/accessRules'),
      recorded: [
        rule('office', { addressPrefixes: ['203.0.113.0/28', '2001:db8::/48'] }),
        rule('mail', { direction: 'Outbound', fullyQualifiedDomainNames: ['mail.example.com'] }),
      ],
    },
    {
      route: under('profiles/partners/accessRules'),
      recorded: [rule('theirs', { subscriptions: [{ id: `/subscriptions/${otherSubscription}` }] }), rule('tags', { serviceTags: ['AzureCloud'] })],
    },
  ],
  gives: [
    {
      name: 'default',
      accessRulesVersion: '4',
      rules: [
        { ...empty, name: 'office', addressPrefixes: ['203.0.113.0/28', '2001:db8::/48'] },
        { ...empty, name: 'mail', direction: 'Outbound', fullyQualifiedDomainNames: ['mail.example.com'] },
      ],
    },
    {
      name: 'partners',
      accessRulesVersion: '0',
      rules: [
        { ...empty, name: 'theirs', subscriptions: [otherSubscription] },
        { ...empty, name: 'tags', serviceTags: ['AzureCloud'] },
      ],
    },
  ],
  empty: [],
  malformed: [
    { when: 'a profile has no name', element: { properties: {} }, says: 'name: ' },
    { when: 'a profile has no properties', element: { name: 'bare' }, says: 'bare is not what the API promises: properties: ' },
    { when: 'a rule has no properties', list: 1, element: { name: 'bare' }, says: 'bare is not what the API promises: properties: ' },
    { when: 'a rule has no direction', list: 1, element: rule('aimless', { direction: undefined }), says: 'aimless is not what the API promises: properties.direction: ' },
    {
      when: 'a rule has a direction of its own',
      list: 2,
      element: rule('sideways', { direction: 'Sideways' }),
      says: 'properties.direction: expected one of Inbound, Outbound, received "Sideways"',
    },
    { when: 'addresses are one text', list: 1, element: rule('text', { addressPrefixes: '0.0.0.0/0' }), says: 'properties.addressPrefixes: ' },
    { when: 'a subscription has no id', list: 1, element: rule('anybody', { subscriptions: [{}] }), says: 'properties.subscriptions.0.id: ' },
  ],
});

describe('profiles and access rules', () => {
  const read = async (rules: readonly object[], properties: object = {}) => {
    const [only] = await readOne(server, profiles, perimeter, { [under('profiles')]: [profile('default', properties)], [under('profiles/default/accessRules')]: rules });
    return only;
  };

  test.each([
    ['text', '12', '12'],
    ['a number', 12, '12'],
    ['left out', undefined, null],
    ['null', null, null],
  ])('a version that is %s', async (_, accessRulesVersion, version) => {
    expect(await read([], { accessRulesVersion })).toMatchObject({ accessRulesVersion: version });
  });

  test('a rule of which everything but the direction is left out admits nobody', async () => {
    expect(await read([{ name: 'bare', properties: { direction: 'inbound', addressPrefixes: null } }])).toMatchObject({ rules: [{ ...empty, name: 'bare' }] });
  });

  test('subscriptions are known by their GUID, however they are written', async () => {
    const subscriptions = [{ id: `/subscriptions/${otherSubscription.toUpperCase()}` }, { id: `subscriptions/${otherSubscription}` }, { id: otherSubscription.toUpperCase() }];
    expect(await read([rule('theirs', { subscriptions })])).toMatchObject({ rules: [{ subscriptions: [otherSubscription, otherSubscription, otherSubscription] }] });
  });

  test('perimeters are named by id, or else by GUID', async () => {
    const networkSecurityPerimeters = [{ id: perimeter, perimeterGuid: 'aaaa', location: 'westeurope' }, { perimeterGuid: 'bbbb' }, { id: null, perimeterGuid: 'cccc' }];
    expect(await read([rule('theirs', { networkSecurityPerimeters })])).toMatchObject({ rules: [{ perimeters: [perimeter, 'bbbb', 'cccc'] }] });
  });

  test('are not known where the rules of one profile are not', async () => {
    server.answers({
      [under('profiles')]: [page([profile('default'), profile('partners')])],
      [under('profiles/default/accessRules')]: () => page([rule('office')]),
      [under('profiles/partners/accessRules')]: () => failure(403, 'AuthorizationFailed'),
    });
    expect(await collect(profiles, armFor(server), perimeter)).toMatchObject({
      known: false,
      reason: 'denied',
      permission: 'Microsoft.Network/networkSecurityPerimeters/profiles/read, Microsoft.Network/networkSecurityPerimeters/profiles/accessRules/read',
    });
  });

  test.each(['resourcegroups', 'RESOURCEGROUPS'])('are found with %s in the id', async spelling => {
    server.answers({ [under('profiles')]: [page([])] });
    expect(await collect(profiles, armFor(server), perimeter.replace('resourceGroups', spelling))).toMatchObject({ known: true, value: [] });
  });

  test.each(['/subscriptions/x', '/providers/Microsoft.Network/networkSecurityPerimeters/production', ''])('are not looked for under "%s", which is no perimeter', async id => {
    expect(await collect(profiles, armFor(server), id)).toMatchObject({ known: false, reason: 'failed', detail: expect.stringContaining('is not the id of a perimeter') });
  });
});

const association = (name: string, properties: object = {}): object => ({
  id: `${perimeter}/resourceAssociations/${name}`,
  name,
  type: 'Microsoft.Network/networkSecurityPerimeters/resourceAssociations',
  properties: {
    privateLinkResource: { id: account },
    profile: { id: `${perimeter}/profiles/default` },
    accessMode: 'Enforced',
    provisioningState: 'Succeeded',
    hasProvisioningIssues: 'no',
    ...properties,
  },
});
const associated = { resourceId: account, profile: 'default', accessMode: 'Enforced', provisioningState: 'Succeeded', hasProvisioningIssues: false } as const;

specifyCollector(server, {
  collector: associations,
  subject: perimeter,
  lists: [
    {
      route: under('resourceAssociations'),
      recorded: [association('orders'), association('carts', { accessMode: 'Learning', hasProvisioningIssues: 'yes', provisioningState: 'Failed' })],
    },
  ],
  gives: [
    { ...associated, name: 'orders' },
    { ...associated, name: 'carts', accessMode: 'Learning', hasProvisioningIssues: true, provisioningState: 'Failed' },
  ],
  empty: [],
  malformed: [
    { when: 'no resource is associated', element: association('x', { privateLinkResource: undefined }), says: 'x is not what the API promises: properties.privateLinkResource: ' },
    { when: 'the resource has no id', element: association('x', { privateLinkResource: {} }), says: 'properties.privateLinkResource.id: ' },
    { when: 'no profile applies', element: association('x', { profile: null }), says: 'properties.profile: ' },
    { when: 'provisioning issues are true', element: association('x', { hasProvisioningIssues: true }), says: 'properties.hasProvisioningIssues: ' },
    { when: 'the access mode is a number', element: association('x', { accessMode: 1 }), says: 'properties.accessMode: ' },
  ],
});

test.each([
  ['an access mode in another case', { accessMode: 'enforced' }, { accessMode: 'Enforced' }],
  ['Audit', { accessMode: 'Audit' }, { accessMode: 'Audit' }],
  ['an access mode that is new', { accessMode: 'Lockdown' }, { accessMode: { unrecognised: 'Lockdown' } }],
  ['an access mode that is left out', { accessMode: undefined }, { accessMode: { unrecognised: '(not given)' } }],
  ['an access mode that is null', { accessMode: null }, { accessMode: { unrecognised: '(not given)' } }],
  ['a provisioning state that is left out', { provisioningState: undefined }, { provisioningState: '(not given)' }],
  ['provisioning issues in capitals', { hasProvisioningIssues: 'Yes' }, { hasProvisioningIssues: true }],
  ['no provisioning issues in capitals', { hasProvisioningIssues: 'No' }, { hasProvisioningIssues: false }],
  ['provisioning issues in other words', { hasProvisioningIssues: 'maybe' }, { hasProvisioningIssues: true }],
  ['provisioning issues that are left out', { hasProvisioningIssues: undefined }, { hasProvisioningIssues: true }],
  [
    'ids in another case',
    { privateLinkResource: { id: account.toLowerCase() }, profile: { id: `${perimeter.toLowerCase()}/profiles/Partners` } },
    { resourceId: account.toLowerCase(), profile: 'Partners' },
  ],
])('an association with %s', async (_, sent, read) => {
  expect(await readOne(server, associations, perimeter, { [under('resourceAssociations')]: [association('orders', sent)] })).toEqual([{ ...associated, name: 'orders', ...read }]);
});

const remote = `/subscriptions/${otherSubscription}/resourceGroups/network/providers/Microsoft.Network/networkSecurityPerimeters/partner`;
const link = (name: string, properties: object = {}): object => ({
  id: `${perimeter}/links/${name}`,
  name,
  properties: {
    provisioningState: 'Succeeded',
    remotePerimeterGuid: 'bbbb',
    remotePerimeterLocation: 'westus2',
    localInboundProfiles: ['*'],
    localOutboundProfiles: ['default'],
    remoteInboundProfiles: ['theirs'],
    remoteOutboundProfiles: ['*'],
    status: 'Approved',
    ...properties,
  },
});
const linked = {
  remotePerimeterId: remote,
  remotePerimeterGuid: 'bbbb',
  localInboundProfiles: ['*'],
  localOutboundProfiles: ['default'],
  remoteInboundProfiles: ['theirs'],
  status: 'Approved',
} as const;

specifyCollector(server, {
  collector: links,
  subject: perimeter,
  lists: [
    {
      route: under('links'),
      recorded: [link('to-partner', { autoApprovedRemotePerimeterResourceId: remote }), link('to-pending', { autoApprovedRemotePerimeterResourceId: remote, status: 'Pending' })],
    },
    {
      route: under('linkReferences'),
      recorded: [link('from-partner', { remotePerimeterResourceId: remote }), link('from-gone', { remotePerimeterResourceId: remote, status: 'Disconnected' })],
    },
  ],
  gives: [
    { ...linked, name: 'to-partner', direction: 'outgoing' },
    { ...linked, name: 'to-pending', direction: 'outgoing', status: 'Pending' },
    { ...linked, name: 'from-partner', direction: 'incoming' },
    { ...linked, name: 'from-gone', direction: 'incoming', status: 'Disconnected' },
  ],
  empty: [],
  malformed: [
    { when: 'a link has no status', element: link('x', { status: undefined }), says: 'x is not what the API promises: properties.status: ' },
    { when: 'a link does not say whom it lets in', element: link('x', { localInboundProfiles: undefined }), says: 'properties.localInboundProfiles: ' },
    { when: 'a link does not say whom it lets out', element: link('x', { localOutboundProfiles: null }), says: 'properties.localOutboundProfiles: ' },
    { when: 'a link reference has no status', list: 1, element: link('x', { status: null }), says: 'x is not what the API promises: properties.status: ' },
    { when: 'profiles are one text', element: link('x', { localInboundProfiles: '*' }), says: 'properties.localInboundProfiles: ' },
  ],
});

test.each([
  ['a remote perimeter known by GUID only', {}, { remotePerimeterId: null, remotePerimeterGuid: 'bbbb' }],
  ['a remote perimeter that is not named', { remotePerimeterGuid: null }, { remotePerimeterId: null, remotePerimeterGuid: null }],
  ['both ways to name the remote perimeter', { remotePerimeterResourceId: remote, autoApprovedRemotePerimeterResourceId: account }, { remotePerimeterId: remote }],
  ['a status that is new', { status: 'Suspended' }, { status: 'Suspended' }],
])('a link with %s', async (_, sent, read) => {
  expect(await readOne(server, links, perimeter, { [under('links')]: [link('a', sent)], [under('linkReferences')]: [] })).toMatchObject([read]);
});

specifyCollector(server, {
  collector: logCategories,
  subject: perimeter,
  lists: [
    {
      route: under('loggingConfigurations'),
      recorded: [
        { name: 'instance', properties: { enabledLogCategories: ['NspPublicInboundPerimeterRulesDenied', 'NspPublicOutboundPerimeterRulesDenied'], version: '0' } },
        { name: 'another', properties: { enabledLogCategories: [] } },
      ],
    },
  ],
  gives: ['NspPublicInboundPerimeterRulesDenied', 'NspPublicOutboundPerimeterRulesDenied'],
  empty: [],
  malformed: [
    { when: 'a configuration has no properties', element: { name: 'bare' }, says: 'bare is not what the API promises: properties: ' },
    { when: 'categories are switches', element: { name: 'x', properties: { enabledLogCategories: { all: true } } }, says: 'properties.enabledLogCategories: ' },
  ],
});

test('a logging configuration without categories logs nothing', async () => {
  expect(await readOne(server, logCategories, perimeter, { [under('loggingConfigurations')]: [{ name: 'instance', properties: {} }] })).toEqual([]);
});
