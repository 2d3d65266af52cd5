import { afterEach, describe, expect, test } from 'vitest';
import { collectors } from '../../src/collectors/index.ts';
import type { Account } from '../../src/core/account.ts';
import { unknown, type Fact } from '../../src/core/fact.ts';
import type { AccountBundle, AccountSpec } from '../../src/sandbox/estate/accounts.ts';
import type { Resource } from '../../src/sandbox/estate/estate.ts';
import { flowLog, networkWatcher, publicAddress, securityGroup } from '../../src/sandbox/estate/guards.ts';
import { guid, resourceId } from '../../src/sandbox/estate/ids.ts';
import { lock } from '../../src/sandbox/estate/monitoring.ts';
import { subnetId, subnetRules, virtualNetwork } from '../../src/sandbox/estate/networks.ts';
import { privateDnsZone, privateEndpoint, recordsFor, zoneId } from '../../src/sandbox/estate/private-access.ts';
import type { Fault, Intercepted, SandboxOptions } from '../../src/sandbox/index.ts';
import { knowledge } from '../../src/scan/knowledge.ts';
import { plan } from '../../src/scan/plan.ts';
import { protectedZones } from '../../src/scan/protected-zones.ts';
import { readPrivateAccess, type PrivateAccessFacts } from '../../src/scan/read-private-access.ts';
import { connected, estateOf, named, type Connection } from '../support/connection.ts';
import { accountIn, groupIn } from '../support/estates.ts';

const documents = 'privatelink.documents.azure.com';
const [app, hub] = [groupIn('app'), groupIn('hub')];
const zone = zoneId(hub, documents);
const nic = resourceId(app, 'Microsoft.Network', 'networkInterfaces', 'jump');
const group = securityGroup(app, 'nsg', []);
const network = virtualNetwork(app, 'spoke', '10.1.0.0/16', [
  { name: 'endpoints', addressPrefix: '10.1.1.0/24', securityGroup: group.id, ipConfigurations: [`${nic}/ipConfigurations/one`] },
  { name: 'unused', addressPrefix: '10.1.2.0/24', securityGroup: '/elsewhere', ipConfigurations: [`${nic}-two/ipConfigurations/one`] },
]);
const hubNetwork = virtualNetwork(hub, 'hub', '10.0.0.0/16', []);
const subnet = subnetId(app, 'spoke', 'endpoints');
const approved = (name: string, differences = {}): AccountSpec => ({ endpoints: [{ name, status: 'Approved', ...differences }] });
const orders = accountIn('app', 'orders', approved('pe-orders'));
const basket = accountIn('app', 'basket', approved('pe-basket'));
const endpointFor = (account: AccountBundle, name: string, address: string, differences = {}): Resource[] =>
  privateEndpoint(app, name, { accountId: account.id, groupId: 'Sql', subnetId: subnet, records: recordsFor(account.name, address, ['West Europe']), zones: [zone], ...differences });
const watchers = [networkWatcher(app), networkWatcher({ ...app, location: 'East US' })] as const;
const records = [...recordsFor('orders', '10.1.1.4', ['West Europe']), ...recordsFor('basket', '10.1.1.8', ['West Europe'])];
const surroundings: readonly Resource[] = [
  network,
  hubNetwork,
  group,
  securityGroup(app, 'other', []),
  ...watchers,
  flowLog(watchers[0], 'spoke', { target: network.id, workspaceId: '/workspace' }),
  flowLog(watchers[0], 'other', { target: '/elsewhere' }),
  publicAddress(app, 'jump', { address: '20.0.0.1', usedBy: `${nic}/ipConfigurations/one` }),
  publicAddress(app, 'two', { address: '20.0.0.2', usedBy: `${nic}-two/ipConfigurations/one` }),
  publicAddress(app, 'balancer', { address: '20.0.0.3', usedBy: resourceId(app, 'Microsoft.Network', 'loadBalancers', 'lb', 'frontendIPConfigurations', 'one') }),
  publicAddress(app, 'spare', { address: '20.0.0.4' }),
];
const linked = privateDnsZone(hub, documents, { links: [network.id, hubNetwork.id], records });
const endpoints = [...endpointFor(orders, 'pe-orders', '10.1.1.4'), ...endpointFor(basket, 'pe-basket', '10.1.1.8')];
const estateWith = (...more: readonly Resource[]) => estateOf([named('app'), named('hub')], [...orders.resources, ...basket.resources, ...surroundings, ...more]);
const estate = estateWith(...endpoints, ...linked);

let azure: Connection | null = null;
afterEach(async () => {
  await azure?.stop();
  azure = null;
});

async function reading(options: Partial<SandboxOptions> = {}) {
  azure = await connected({ estate, ...options });
  const { sandbox } = azure;
  const arm = azure.arm();
  const about = knowledge(arm, await plan(arm, { include: [], exclude: [], managementGroup: null }));
  const accounts = async (name: string) => {
    const all = await about.once(collectors.accounts, guid(name));
    return all.known ? all.value : [];
  };
  return {
    about,
    accounts,
    account: async (name: string): Promise<Fact<Account>> => (await accounts('app')).find(({ id }) => id.toLowerCase().endsWith(`/${name}`))?.account ?? unknown('missing', name),
    /** Requests for networks and private DNS, by kind. */
    requests: () => Object.fromEntries(Object.entries(sandbox.requests().byKind).filter(([kind]) => kind.includes('Microsoft.Network/') && !kind.includes('Perimeter'))),
  };
}

async function factsOf(name: string, options: Partial<SandboxOptions> = {}): Promise<Readonly<Record<keyof PrivateAccessFacts, Fact<unknown>>>> {
  const { about, account } = await reading(options);
  return readPrivateAccess(await account(name), about);
}

const reasonsOf = (facts: Readonly<Record<string, Fact<unknown>>>): Record<string, string> => Object.fromEntries(Object.entries(facts).flatMap(([name, fact]) => (fact.known ? [] : [[name, fact.reason]])));
const denying = (pattern: RegExp): Partial<SandboxOptions> => ({ faults: { intercept: ({ path }: Intercepted): Fault | null => (pattern.test(path) ? { status: 403, code: 'AuthorizationFailed' } : null) } });
const everything = ['privateEndpoints', 'privateDnsLinks', 'privateDnsRecords', 'networks', 'securityGroups', 'flowLogs', 'publicAddresses'] as const;
const all = (reason: string, ...names: readonly (keyof PrivateAccessFacts)[]): Record<string, string> => Object.fromEntries(names.map(name => [name, reason]));

describe('what surrounds an account', () => {
  test('is read of its endpoint, its zone and its network, and of nothing else there', async () => {
    const facts = await factsOf('orders');
    const values = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.known ? fact.value : fact.detail]));
    expect(values).toEqual({
      privateEndpoints: [{ id: endpoints[0]?.id, subnetId: subnet, groupIds: ['Sql'], names: [], zones: [{ zoneId: zone, records: [{ name: 'orders', addresses: ['10.1.1.4'] }, { name: 'orders-westeurope', addresses: ['10.1.1.5'] }] }] }],
      privateDnsLinks: { zones: [{ id: zone, networks: [{ id: network.id, addressPrefixes: null }, { id: hubNetwork.id, addressPrefixes: null }] }], resolvers: [] },
      privateDnsRecords: [{ zoneId: zone, records: [{ name: 'orders', addresses: ['10.1.1.4'] }, { name: 'orders-westeurope', addresses: ['10.1.1.5'] }] }],
      networks: [
        {
          id: network.id,
          location: 'westeurope',
          addressPrefixes: ['10.1.0.0/16'],
          dnsServers: [],
          ddosProtection: false,
          subnets: [{ id: subnet, securityGroupId: group.id, endpointPolicies: 'Disabled', holdsEndpoint: true }],
          residents: [nic, `${nic}-two`],
        },
      ],
      securityGroups: [{ id: group.id, rules: [] }],
      flowLogs: [{ id: `${watchers[0].id}/flowLogs/spoke`, targetId: network.id, enabled: true, trafficAnalytics: true }],
      publicAddresses: [
        { id: resourceId(app, 'Microsoft.Network', 'publicIPAddresses', 'jump'), residentId: nic, protection: 'VirtualNetworkInherited' },
        { id: resourceId(app, 'Microsoft.Network', 'publicIPAddresses', 'two'), residentId: `${nic}-two`, protection: 'VirtualNetworkInherited' },
      ],
    });
  });

  test('costs eight requests for a subscription and its zone, one for each region, and one for each endpoint', async () => {
    const { about, account, requests } = await reading();
    await Promise.all(['orders', 'basket'].map(async name => readPrivateAccess(await account(name), about)));
    expect(requests()).toEqual({
      'list Microsoft.Network/networkSecurityGroups': 1,
      'list Microsoft.Network/networkWatchers': 1,
      'list Microsoft.Network/networkWatchers/flowLogs': 1,
      'list Microsoft.Network/privateDnsZones/A': 1,
      'list Microsoft.Network/privateDnsZones/virtualNetworkLinks': 1,
      'list Microsoft.Network/privateEndpoints': 1,
      'list Microsoft.Network/privateEndpoints/privateDnsZoneGroups': 2,
      'list Microsoft.Network/publicIPAddresses': 1,
      'list Microsoft.Network/virtualNetworks': 1,
    });
  });

  test('costs nothing without endpoints and rules', async () => {
    const closed = accountIn('app', 'closed', { endpoints: [{ name: 'pe', status: 'Pending' }] });
    const { about, account, requests } = await reading({ estate: estateWith(...closed.resources) });
    const facts = await readPrivateAccess(await account('closed'), about);
    expect(reasonsOf(facts)).toEqual({});
    const { privateDnsLinks, ...lists } = facts;
    expect(privateDnsLinks).toEqual({ known: true, value: { zones: [], resolvers: [] }, sources: [] });
    expect(Object.values(lists)).toEqual(Object.keys(lists).map(() => ({ known: true, value: [], sources: [] })));
    expect(requests()).toEqual({});
  });

  test('is read of the subnets that rules name, without a word about DNS', async () => {
    const ruled = accountIn('app', 'ruled', { properties: subnetRules(subnet, subnetId(app, 'spoke', 'retired'), subnetId(hub, 'gone', 'apps')) });
    const { about, account, requests } = await reading({ estate: estateWith(...ruled.resources) });
    const facts = await readPrivateAccess(await account('ruled'), about);
    expect(facts.networks).toMatchObject({ known: true, value: [{ id: network.id, subnets: [{ id: subnet, holdsEndpoint: false }] }] });
    expect(requests()).not.toHaveProperty(['list Microsoft.Network/privateEndpoints']);
    expect(requests()).toMatchObject({ 'list Microsoft.Network/virtualNetworks': 2, 'list Microsoft.Network/networkSecurityGroups': 1 });
  });

  test('is unknown where the account is', async () => {
    const { about } = await reading();
    expect(reasonsOf(await readPrivateAccess(unknown('malformed', 'No account.'), about))).toEqual(all('malformed', ...everything));
  });
});

describe('what may not be read spoils only what needs it', () => {
  test.each([
    ['private endpoints', /\/privateEndpoints$/i, everything],
    ['zone groups', /\/privateDnsZoneGroups$/i, ['privateEndpoints', 'privateDnsLinks', 'privateDnsRecords']],
    ['links of zones', /\/virtualNetworkLinks$/i, ['privateDnsLinks']],
    ['records of zones', /\/privateDnsZones\/[^/]+\/A$/i, ['privateDnsRecords']],
    ['virtual networks', /\/virtualNetworks$/i, ['networks', 'securityGroups', 'flowLogs', 'publicAddresses']],
    ['security groups', /\/networkSecurityGroups$/i, ['securityGroups']],
    ['network watchers', /\/networkWatchers$/i, ['flowLogs']],
    ['flow logs', /\/flowLogs$/i, ['flowLogs']],
    ['public addresses', /\/publicIPAddresses$/i, ['publicAddresses']],
  ] as const)('%s', async (_, pattern, spoilt) => {
    expect(reasonsOf(await factsOf('orders', denying(pattern)))).toEqual(all('denied', ...spoilt));
  });
});

describe('what cannot be seen is unknown, never left out', () => {
  const other = (spec: AccountSpec): AccountBundle => accountIn('app', 'other', spec);

  test.each([
    ['an endpoint in a subscription that is not visible', other(approved('pe', { group: groupIn('elsewhere') })), [], /SubscriptionNotFound/],
    ['an endpoint of another tenant', other(approved('pe', { hidden: true })), [], /Azure does not say which private endpoint is behind connection pe/],
    ['an endpoint that its subscription does not list', other(approved('pe')), [], /is approved, and the list of its subscription does not hold it/],
  ])('%s', async (_, account, more, says) => {
    const facts = await factsOf('other', { estate: estateWith(...account.resources, ...more) });
    expect(reasonsOf(facts)).toEqual(all('missing', ...everything));
    for (const fact of Object.values(facts)) expect(fact).toMatchObject({ detail: expect.stringMatching(says) });
  });

  test('one such endpoint beside one that is seen', async () => {
    const account = other({ endpoints: [{ name: 'pe-other', status: 'Approved' }, { name: 'pe', status: 'Approved', group: groupIn('elsewhere') }] });
    expect(reasonsOf(await factsOf('other', { estate: estateWith(...account.resources, ...endpointFor(account, 'pe-other', '10.1.1.20'), ...linked) }))).toEqual(all('missing', ...everything));
  });

  test("an endpoint's sub-resource", async () => {
    const account = other(approved('pe-other'));
    const facts = await factsOf('other', { estate: estateWith(...account.resources, ...endpointFor(orders, 'pe-other', '10.1.1.20'), ...linked) });
    expect(reasonsOf(facts)).toEqual(all('malformed', 'privateEndpoints', 'privateDnsLinks', 'privateDnsRecords'));
  });

  test('the subnet of an endpoint', async () => {
    const account = other(approved('pe-other'));
    const facts = await factsOf('other', { estate: estateWith(...account.resources, ...endpointFor(account, 'pe-other', '10.1.1.20', { subnetId: subnetId(app, 'spoke', 'hidden') }), ...linked) });
    expect(reasonsOf(facts)).toMatchObject(all('missing', 'networks', 'securityGroups', 'flowLogs', 'publicAddresses'));
  });

  test('the security group of a subnet', async () => {
    const ruled = accountIn('app', 'ruled', { properties: subnetRules(subnetId(app, 'guarded', 'one')) });
    const guarded = virtualNetwork(app, 'guarded', '10.7.0.0/16', [{ name: 'one', addressPrefix: '10.7.1.0/24', securityGroup: `${group.id}-hidden` }]);
    expect(reasonsOf(await factsOf('ruled', { estate: estateWith(...ruled.resources, guarded) }))).toEqual(all('missing', 'securityGroups'));
  });

  test('a zone that is gone', async () => {
    expect(reasonsOf(await factsOf('orders', { estate: estateWith(...endpoints) }))).toEqual(all('missing', 'privateDnsLinks', 'privateDnsRecords'));
  });

  test('a rule that names no subscription', async () => {
    const ruled = accountIn('app', 'ruled', { properties: subnetRules('subnets/one') });
    expect(reasonsOf(await factsOf('ruled', { estate: estateWith(...ruled.resources) }))).toEqual(all('malformed', 'networks', 'securityGroups', 'flowLogs', 'publicAddresses'));
  });
});

describe("a zone that is not linked to the endpoint's network", () => {
  const remote = virtualNetwork(app, 'remote', '10.8.0.0/16', [{ name: 'endpoints', addressPrefix: '10.8.1.0/24' }], { dnsServers: ['10.0.0.4'] });
  const inRemote = [...endpointFor(orders, 'pe-orders', '10.8.1.4', { subnetId: subnetId(app, 'remote', 'endpoints') }), remote];

  test('leads to the DNS servers of that network, and to the networks they may be in', async () => {
    const facts = await factsOf('orders', { estate: estateWith(...inRemote, ...linked) });
    expect(facts.privateDnsLinks).toMatchObject({
      known: true,
      value: { zones: [{ networks: [{ id: network.id, addressPrefixes: ['10.1.0.0/16'] }, { id: hubNetwork.id, addressPrefixes: ['10.0.0.0/16'] }] }], resolvers: [{ networkId: remote.id, dnsServers: ['10.0.0.4'] }] },
    });
  });

  test("leads nowhere else where Azure's DNS is used", async () => {
    const { about, account, requests } = await reading({ estate: estateWith(...endpoints, ...privateDnsZone(hub, documents, { links: [hubNetwork.id], records })) });
    const facts = await readPrivateAccess(await account('orders'), about);
    expect(facts.privateDnsLinks).toMatchObject({ known: true, value: { zones: [{ networks: [{ id: hubNetwork.id, addressPrefixes: null }] }], resolvers: [{ networkId: network.id, dnsServers: [] }] } });
    expect(requests()).toMatchObject({ 'list Microsoft.Network/virtualNetworks': 1 });
  });

  test('is unknown where the networks it is linked to may not be read', async () => {
    const facts = await factsOf('orders', { estate: estateWith(...inRemote, ...linked), ...denying(new RegExp(`/subscriptions/${guid('hub')}/providers/Microsoft.Network/virtualNetworks$`, 'i')) });
    expect(reasonsOf(facts)).toEqual(all('denied', 'privateDnsLinks'));
  });
});

describe('protected zones', () => {
  const mongo = privateDnsZone(app, 'privatelink.mongo.cosmos.azure.com', { links: [], records: [] });
  const others = [...mongo, ...privateDnsZone(app, 'privatelink.blob.core.windows.net', { links: [], records: [] })];
  const zones = async (options: Partial<SandboxOptions> = {}, name = 'app') => {
    const { about, accounts } = await reading(options);
    return protectedZones(guid(name), await accounts(name), about);
  };

  test('are those of the subscription and those its accounts use, for Cosmos DB, each with what keeps it', async () => {
    const locks = [lock(`${zone}/SOA/@`, 'on-record', 'CanNotDelete'), lock(`/subscriptions/${app.subscription}`, 'on-app', 'ReadOnly'), lock(`${zone}-other`, 'elsewhere', 'ReadOnly')];
    const fact = await zones({ estate: estateWith(...endpoints, ...linked, ...others, ...locks) });
    expect(fact).toMatchObject({
      known: true,
      value: [
        { id: mongo[0]?.id, locks: [{ name: 'on-app', level: 'ReadOnly' }] },
        { id: zone, locks: [{ name: 'on-record', scope: `${zone}/SOA/@`, level: 'CanNotDelete' }] },
      ],
    });
  });

  test('are none where there are none', async () => {
    expect(await zones({}, 'hub')).toMatchObject({ known: true, value: [{ id: zone, locks: [] }] });
    const { about } = await reading({ estate: estateOf([named('app')], []) });
    expect(await protectedZones(guid('app'), [], about)).toMatchObject({ known: true, value: [] });
  });

  test('leave out what no finding of the subscription could tell: accounts and endpoints that cannot be seen', async () => {
    const account = accountIn('app', 'other', approved('pe', { hidden: true }));
    const { about, accounts } = await reading({ estate: estateWith(...account.resources, ...endpoints, ...linked) });
    const listed = [...(await accounts('app')), { id: '/broken', account: unknown('malformed', 'No account.') }];
    expect(await protectedZones(guid('app'), listed, about)).toMatchObject({ known: true, value: [{ id: zone }] });
  });

  test.each([
    ['the zones of the subscription', /\/privateDnsZones$/i],
    ['private endpoints', /\/privateEndpoints$/i],
    ['zone groups', /\/privateDnsZoneGroups$/i],
    ["the locks of a zone's subscription", new RegExp(`/subscriptions/${guid('hub')}/providers/Microsoft.Authorization/locks$`, 'i')],
  ])('are unknown where %s may not be read', async (_, pattern) => {
    expect(await zones(denying(pattern))).toMatchObject({ known: false, reason: 'denied' });
  });
});

test('facts are known with their sources, each once', async () => {
  const facts = await factsOf('orders');
  for (const fact of Object.values(facts)) {
    expect(fact.sources.length).toBeGreaterThan(0);
    expect(new Set(fact.sources).size).toBe(fact.sources.length);
  }
});
