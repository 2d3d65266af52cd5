import { describe, expect, test } from 'vitest';
import { accounts } from '../../src/collectors/accounts.ts';
import type { Account } from '../../src/core/account.ts';
import type { Fact } from '../../src/core/fact.ts';
import { azureServer, subscription } from '../support/azure-server.ts';
import { readOne, specifyCollector } from '../support/specify-collector.ts';

const server = azureServer();
const route = `GET /subscriptions/${subscription}/providers/Microsoft.DocumentDB/databaseAccounts?api-version=2026-03-15`;
const id = (name: string): string => `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/${name}`;
const identityId = `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.ManagedIdentity/userAssignedIdentities/orders`;
const subnetId = `/subscriptions/${subscription}/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/apps`;
const endpointId = `/subscriptions/${subscription}/resourceGroups/network/providers/Microsoft.Network/privateEndpoints/orders`;

/** An account of which Azure leaves out whatever it may. */
const bare = (name: string, properties: object = {}, more: object = {}): object => ({ id: id(name), name, properties, ...more });

/** An account as Azure writes it. */
const orders = {
  id: id('orders'),
  name: 'orders',
  location: 'West Europe',
  type: 'Microsoft.DocumentDB/databaseAccounts',
  kind: 'GlobalDocumentDB',
  tags: { owner: 'shop' },
  systemData: { createdAt: '2024-02-25T20:30:11Z' },
  identity: { type: 'SystemAssigned,UserAssigned', principalId: 'p', tenantId: 't', userAssignedIdentities: { [identityId]: { principalId: 'q', clientId: 'c' } } },
  properties: {
    provisioningState: 'Succeeded',
    documentEndpoint: 'https://orders.documents.azure.com:443/',
    databaseAccountOfferType: 'Standard',
    publicNetworkAccess: 'Enabled',
    ipRules: [{ ipAddressOrRange: '203.0.113.0/28' }, { ipAddressOrRange: '0.0.0.0' }],
    isVirtualNetworkFilterEnabled: true,
    virtualNetworkRules: [{ id: subnetId, ignoreMissingVNetServiceEndpoint: true }, { id: `${subnetId}2` }],
    networkAclBypass: 'AzureServices',
    networkAclBypassResourceIds: ['/subscriptions/x/resourceGroups/y/providers/Microsoft.Synapse/workspaces/z'],
    privateEndpointConnections: [
      {
        id: `${id('orders')}/privateEndpointConnections/one`,
        name: 'one',
        properties: {
          privateEndpoint: { id: endpointId },
          groupId: 'Sql',
          privateLinkServiceConnectionState: { status: 'Approved', actionsRequired: 'None' },
          provisioningState: 'Succeeded',
        },
      },
      { id: `${id('orders')}/privateEndpointConnections/two`, properties: { privateLinkServiceConnectionState: { status: 'Pending' } } },
    ],
    capabilities: [{ name: 'EnableServerless' }],
    cors: [{ allowedOrigins: 'https://shop.example, https://admin.example', allowedMethods: 'GET', maxAgeInSeconds: 60 }],
    disableLocalAuth: true,
    disableKeyBasedMetadataWriteAccess: true,
    keysMetadata: {
      primaryMasterKey: { generationTime: '2026-02-25T20:30:11Z' },
      secondaryMasterKey: { generationTime: '2026-02-26T20:30:11.1234567+00:00' },
      primaryReadonlyMasterKey: { generationTime: '2026-02-27T20:30:11Z' },
      secondaryReadonlyMasterKey: {},
    },
    minimalTlsVersion: 'Tls12',
    keyVaultKeyUri: 'https://shop.vault.azure.net/keys/orders',
    defaultIdentity: 'SystemAssignedIdentity',
    customerManagedKeyStatus: 'Access to the key is fine.',
    backupPolicy: { type: 'Periodic', periodicModeProperties: { backupIntervalInMinutes: 240, backupRetentionIntervalInHours: 8, backupStorageRedundancy: 'Geo' } },
    locations: [
      { id: 'orders-westeurope', locationName: 'West Europe', documentEndpoint: 'https://x/', provisioningState: 'Succeeded', failoverPriority: 0, isZoneRedundant: true },
      { locationName: 'North Europe' },
    ],
    enableAutomaticFailover: true,
    enableMultipleWriteLocations: true,
    consistencyPolicy: { defaultConsistencyLevel: 'Session', maxIntervalInSeconds: 5, maxStalenessPrefix: 100 },
    capacity: { totalThroughputLimit: 4000 },
    enableAnalyticalStorage: true,
  },
};

const expected: Account = {
  id: id('orders'),
  name: 'orders',
  location: 'West Europe',
  tags: { owner: 'shop' },
  apis: ['nosql'],
  capabilities: ['EnableServerless'],
  publicNetworkAccess: 'Enabled',
  ipRules: ['203.0.113.0/28', '0.0.0.0'],
  virtualNetworkFilter: true,
  virtualNetworkRules: [
    { subnetId, ignoreMissingEndpoint: true },
    { subnetId: `${subnetId}2`, ignoreMissingEndpoint: false },
  ],
  trustedServicesBypass: true,
  bypassResourceIds: ['/subscriptions/x/resourceGroups/y/providers/Microsoft.Synapse/workspaces/z'],
  privateEndpointConnections: [
    { id: `${id('orders')}/privateEndpointConnections/one`, endpointId, status: 'Approved', groupId: 'Sql' },
    { id: `${id('orders')}/privateEndpointConnections/two`, endpointId: null, status: 'Pending', groupId: null },
  ],
  corsOrigins: ['https://shop.example', 'https://admin.example'],
  identity: { systemAssigned: true, userAssigned: [identityId] },
  localAuthDisabled: true,
  keyMetadataWritesDisabled: true,
  keys: { primary: '2026-02-25T20:30:11Z', secondary: '2026-02-26T20:30:11.1234567+00:00', primaryReadOnly: '2026-02-27T20:30:11Z', secondaryReadOnly: null },
  minimumTls: 'Tls12',
  keyVaultKeyUri: 'https://shop.vault.azure.net/keys/orders',
  defaultIdentity: 'SystemAssignedIdentity',
  customerManagedKeyStatus: 'Access to the key is fine.',
  backup: { type: 'Periodic', intervalMinutes: 240, retentionHours: 8, redundancy: 'Geo', migratingTo: null },
  regions: [
    { name: 'West Europe', zoneRedundant: true, failoverPriority: 0 },
    { name: 'North Europe', zoneRedundant: null, failoverPriority: null },
  ],
  automaticFailover: true,
  multipleWriteRegions: true,
  consistency: 'Session',
  throughputLimit: 4000,
  analyticalStore: true,
  serverless: true,
};

/** What it means that Azure leaves everything out. */
const nothingSaid: Account = {
  id: id('bare'),
  name: 'bare',
  location: '',
  tags: {},
  apis: ['nosql'],
  capabilities: [],
  publicNetworkAccess: 'Enabled',
  ipRules: [],
  virtualNetworkFilter: false,
  virtualNetworkRules: [],
  trustedServicesBypass: false,
  bypassResourceIds: [],
  privateEndpointConnections: [],
  corsOrigins: [],
  identity: { systemAssigned: false, userAssigned: [] },
  localAuthDisabled: false,
  keyMetadataWritesDisabled: false,
  keys: { primary: null, secondary: null, primaryReadOnly: null, secondaryReadOnly: null },
  minimumTls: null,
  keyVaultKeyUri: null,
  defaultIdentity: null,
  customerManagedKeyStatus: null,
  backup: null,
  regions: [],
  automaticFailover: false,
  multipleWriteRegions: false,
  consistency: null,
  throughputLimit: null,
  analyticalStore: false,
  serverless: false,
};

const listed = (account: Account) => ({ id: account.id, account: { known: true, value: account, sources: expect.arrayContaining([route]) as readonly string[] } as const });

specifyCollector(server, {
  collector: accounts,
  subject: subscription,
  lists: [{ route, recorded: [orders, bare('bare')] }],
  gives: [listed(expected), listed(nothingSaid)],
  empty: [],
  malformed: [
    { when: 'an account has no id', element: { name: 'nameless', properties: {} }, says: 'The list has an account without an id.' },
    { when: 'an element is nothing', element: null, says: 'The list has an account without an id.' },
    { when: 'an element is text', element: id('text'), says: 'The list has an account without an id.' },
  ],
});

async function read(properties: object, more: object = {}): Promise<Fact<Account>> {
  const [only] = await readOne(server, accounts, subscription, { [route]: [bare('bare', properties, more)] });
  if (!only) throw new Error('Nothing was read.');
  return only.account;
}

test('everything that is null means what it means where it is left out', async () => {
  const nulled = Object.fromEntries(Object.keys(orders.properties).map(name => [name, null]));
  expect(await read(nulled, { location: null, kind: null, tags: null, identity: null })).toEqual({ known: true, value: nothingSaid, sources: [route] });
});

describe('an account', () => {
  test.each([
    ['Disabled', 'Disabled'],
    ['SecuredByPerimeter', 'SecuredByPerimeter'],
    ['ENABLED', 'Enabled'],
    ['securedbyperimeter', 'SecuredByPerimeter'],
    ['SecuredByMoat', { unrecognised: 'SecuredByMoat' }],
    ['', { unrecognised: '' }],
  ])('whose public network access is "%s"', async (publicNetworkAccess, understood) => {
    expect(await read({ publicNetworkAccess })).toMatchObject({ value: { publicNetworkAccess: understood } });
  });

  test.each([
    ['None', false],
    ['none', false],
    ['AzureServices', true],
    ['SomethingNew', true],
  ])('whose bypass is %s', async (networkAclBypass, trustedServicesBypass) => {
    expect(await read({ networkAclBypass })).toMatchObject({ value: { trustedServicesBypass } });
  });

  test.each([
    ['GlobalDocumentDB', [], ['nosql']],
    ['MongoDB', [], ['mongodb']],
    ['mongodb', ['EnableMongo'], ['mongodb']],
    ['GlobalDocumentDB', ['EnableMongo'], ['mongodb']],
    ['GlobalDocumentDB', ['EnableCassandra'], ['cassandra']],
    ['GlobalDocumentDB', ['enablegremlin'], ['gremlin']],
    ['GlobalDocumentDB', ['EnableTable', 'EnableServerless'], ['table']],
    ['Parse', ['SomethingNew'], ['nosql']],
  ])('of kind %s with %j', async (kind, capabilities, apis) => {
    expect(await read({ capabilities: capabilities.map(name => ({ name })) }, { kind })).toMatchObject({ value: { apis, capabilities } });
  });

  test.each([
    ['SystemAssigned', {}, { systemAssigned: true, userAssigned: [] }],
    ['UserAssigned', { userAssignedIdentities: { [identityId]: {} } }, { systemAssigned: false, userAssigned: [identityId] }],
    ['SystemAssigned,UserAssigned', { userAssignedIdentities: { [identityId]: {} } }, { systemAssigned: true, userAssigned: [identityId] }],
    ['systemassigned, userassigned', { userAssignedIdentities: { [identityId]: null } }, { systemAssigned: true, userAssigned: [identityId] }],
    ['UserAssigned', { userAssignedIdentities: null }, { systemAssigned: false, userAssigned: [] }],
    ['None', { userAssignedIdentities: { [identityId]: {} } }, { systemAssigned: false, userAssigned: [] }],
    [null, { userAssignedIdentities: { [identityId]: {} } }, { systemAssigned: false, userAssigned: [] }],
  ])('whose identity is %s', async (type, more, identity) => {
    expect(await read({}, { identity: { type, ...more } })).toMatchObject({ value: { identity } });
  });

  test.each([
    [['*'], ['*']],
    [['https://a.example,*'], ['https://a.example', '*']],
    [
      ['https://a.example , https://b.example,', 'https://c.example'],
      ['https://a.example', 'https://b.example', 'https://c.example'],
    ],
    [[''], []],
  ])('with CORS origins %j', async (origins, corsOrigins) => {
    expect(await read({ cors: origins.map(allowedOrigins => ({ allowedOrigins })) })).toMatchObject({ value: { corsOrigins } });
  });

  test.each([
    ['Continuous', { continuousModeProperties: { tier: 'Continuous7Days' } }, { type: 'Continuous', tier: 'Continuous7Days' }],
    ['continuous', {}, { type: 'Continuous', tier: null }],
    ['Continuous', { continuousModeProperties: { tier: 'Continuous99Days' } }, { type: 'Continuous', tier: 'Continuous99Days' }],
    ['PERIODIC', {}, { type: 'Periodic', intervalMinutes: null, retentionHours: null, redundancy: null }],
    ['Lunar', {}, { type: 'unrecognised', text: 'Lunar' }],
  ])('whose backup is %s', async (type, more, backup) => {
    expect(await read({ backupPolicy: { type, ...more } })).toMatchObject({ value: { backup: { ...backup, migratingTo: null } } });
  });

  test.each([
    [{ status: 'InProgress', targetType: 'Continuous' }, 'Continuous'],
    [{ status: 'Initiated', targetType: 'Continuous' }, 'Continuous'],
    [{ status: 'Completed', targetType: 'Continuous' }, null],
    [{ status: 'Failed', targetType: 'Continuous' }, null],
    [{ status: 'InProgress' }, null],
    [null, null],
  ])('whose backup migrates: %j', async (migrationState, migratingTo) => {
    expect(await read({ backupPolicy: { type: 'Periodic', migrationState } })).toMatchObject({ value: { backup: { migratingTo } } });
  });

  test.each([
    [-1, null],
    [0, 0],
    [4000, 4000],
    [null, null],
  ])('with a throughput limit of %j', async (totalThroughputLimit, throughputLimit) => {
    expect(await read({ capacity: { totalThroughputLimit } })).toMatchObject({ value: { throughputLimit } });
  });

  test('whose key is named by an empty text has no key of its own', async () => {
    expect(await read({ keyVaultKeyUri: '' })).toMatchObject({ value: { keyVaultKeyUri: null } });
  });

  test('is kept with the casing of its id', async () => {
    const odd = id('odd').replace('resourceGroups', 'resourcegroups').replace('Microsoft.DocumentDB', 'Microsoft.DocumentDb');
    expect(await readOne(server, accounts, subscription, { [route]: [bare('odd', {}, { id: odd })] })).toMatchObject([{ id: odd, account: { value: { id: odd } } }]);
  });
});

describe('an account that cannot be understood is not known, and costs no other', () => {
  test.each([
    ['a switch in words', { disableLocalAuth: 'true' }, 'properties.disableLocalAuth: '],
    ['another switch in words', { disableKeyBasedMetadataWriteAccess: 'False' }, 'properties.disableKeyBasedMetadataWriteAccess: '],
    ['a filter in words', { isVirtualNetworkFilterEnabled: 'false' }, 'properties.isVirtualNetworkFilterEnabled: '],
    ['a filter that is a number', { isVirtualNetworkFilterEnabled: 0 }, 'properties.isVirtualNetworkFilterEnabled: '],
    ['public network access that is a switch', { publicNetworkAccess: false }, 'properties.publicNetworkAccess: '],
    ['IP rules in one text', { ipRules: '0.0.0.0' }, 'properties.ipRules: '],
    ['IP rules that are text', { ipRules: ['0.0.0.0'] }, 'properties.ipRules.0: '],
    ['an IP rule without an address', { ipRules: [{}] }, 'properties.ipRules.0.ipAddressOrRange: '],
    ['a network rule without a subnet', { virtualNetworkRules: [{ ignoreMissingVNetServiceEndpoint: false }] }, 'properties.virtualNetworkRules.0.id: '],
    [
      'a connection without a state',
      { privateEndpointConnections: [{ id: 'x', properties: {} }] },
      'properties.privateEndpointConnections.0.properties.privateLinkServiceConnectionState: ',
    ],
    [
      'a connection without a status',
      { privateEndpointConnections: [{ id: 'x', properties: { privateLinkServiceConnectionState: {} } }] },
      'privateLinkServiceConnectionState.status: ',
    ],
    ['CORS without origins', { cors: [{ allowedMethods: 'GET' }] }, 'properties.cors.0.allowedOrigins: '],
    ['CORS with a list', { cors: [{ allowedOrigins: ['*'] }] }, 'properties.cors.0.allowedOrigins: '],
    ['a capability without a name', { capabilities: ['EnableMongo'] }, 'properties.capabilities.0: '],
    ['a bypass that is a switch', { networkAclBypass: true }, 'properties.networkAclBypass: '],
    ['a key made at no time', { keysMetadata: { primaryMasterKey: { generationTime: 'yesterday' } } }, 'properties.keysMetadata.primaryMasterKey.generationTime: '],
    ['a backup without a type', { backupPolicy: {} }, 'properties.backupPolicy.type: '],
    ['a region without a name', { locations: [{}] }, 'properties.locations.0.locationName: '],
    ['a limit in words', { capacity: { totalThroughputLimit: '4000' } }, 'properties.capacity.totalThroughputLimit: '],
  ])('%s', async (_, properties, says) => {
    const between = await readOne(server, accounts, subscription, { [route]: [orders, bare('odd', properties), bare('bare')] });
    expect(between).toEqual([
      listed(expected),
      {
        id: id('odd'),
        account: {
          known: false,
          reason: 'malformed',
          detail: expect.stringContaining(`Cannot read account ${id('odd')}: the answer is not what the API promises: `),
          sources: [route],
        },
      },
      listed(nothingSaid),
    ]);
    expect(between[1]?.account).toMatchObject({ detail: expect.stringContaining(says) });
  });

  test.each([
    ['no properties', { properties: undefined }, 'properties: '],
    ['properties that are text', { properties: 'none' }, 'properties: '],
    ['no name', { name: undefined }, 'name: '],
    ['an identity that is text', { identity: 'SystemAssigned' }, 'identity: '],
    ['tags that are a list', { tags: ['owner'] }, 'tags: '],
  ])('%s', async (_, more, says) => {
    expect(await read({}, more)).toMatchObject({ known: false, reason: 'malformed', detail: expect.stringContaining(says) });
  });
});
