import { describe, expect, test } from 'vitest';
import { reaches } from '../../src/core/exposure.ts';
import { demoEstate, generatedEstate, type Resource } from '../../src/sandbox/index.ts';
import { intendedReach } from './intended-reach.ts';

const estate = demoEstate();
const accounts = estate.resources.filter(({ type }) => type === 'Microsoft.DocumentDB/databaseAccounts');
const { deniedSubscriptions = [], throttledSubscriptions = [], deniedPaths = [] } = estate.faults;
const isReadable = ({ id }: Resource): boolean => ![...deniedSubscriptions, ...throttledSubscriptions].some(subscription => id.includes(subscription));

function named(name: string): Resource {
  const found = accounts.find(account => account.name === name);
  if (!found) throw new Error(`There is no account ${name}.`);
  return found;
}

type Properties = Readonly<Record<string, any>>;

/** Children of a resource, whatever the case of their ids. */
function children(id: string, type: string): Properties[] {
  const prefix = `${id}/${type}/`.toLowerCase();
  return estate.resources.filter(resource => resource.id.toLowerCase().startsWith(prefix) && !resource.id.slice(prefix.length).includes('/')).map(({ properties }) => properties);
}

/** What decides the exposure of an account, as its own data says it. */
function facts(name: string): { access: unknown; mode: unknown; firewall: boolean; approved: number; admits: string[] } {
  const { id, properties } = named(name);
  const { publicNetworkAccess: access, ipRules = [], isVirtualNetworkFilterEnabled = false }: Properties = properties;
  const [configuration] = children(id, 'networkSecurityPerimeterConfigurations');
  const approved = children(id, 'privateEndpointConnections').filter(connection => connection['privateLinkServiceConnectionState'].status === 'Approved').length;
  const rules: Properties[] = configuration?.['profile'].accessRules ?? [];
  const admits = rules.flatMap(rule => rule['properties'].addressPrefixes ?? []);
  return { access, mode: configuration?.['resourceAssociation'].accessMode, firewall: ipRules.length > 0 || isVirtualNetworkFilterEnabled, approved, admits };
}

describe('every row of the exposure table occurs', () => {
  test.each([
    ['Enabled, no perimeter, no firewall', 'reviews-prod', { access: 'Enabled', mode: undefined, firewall: false, approved: 0 }],
    ['absent, no perimeter, no firewall', 'playground-dev', { access: undefined, mode: undefined, firewall: false, approved: 0 }],
    ['Enabled, held closed by a private endpoint', 'profiles-prod', { access: 'Enabled', mode: undefined, firewall: false, approved: 1 }],
    ['Enabled, a firewall', 'catalog-prod', { access: 'Enabled', mode: undefined, firewall: true }],
    ['Disabled, no perimeter', 'payments-prod', { access: 'Disabled', mode: undefined, approved: 1 }],
    ['SecuredByPerimeter, no perimeter', 'audit-prod', { access: 'SecuredByPerimeter', mode: undefined }],
    ['Enabled, Learning, the account opens', 'orders-staging', { access: 'Enabled', mode: 'Learning', firewall: false }],
    ['Enabled, Learning, the perimeter opens', 'gifts-staging', { access: 'Enabled', mode: 'Learning', firewall: true, admits: ['0.0.0.0/0'] }],
    ['Disabled, Learning, the perimeter opens', 'customers-prod', { access: 'Disabled', mode: 'Learning', admits: ['0.0.0.0/0'] }],
    ['Disabled, Learning, no rules', 'search-staging', { access: 'Disabled', mode: 'Learning', admits: [] }],
    ['Disabled, Audit', 'basket-staging', { access: 'Disabled', mode: 'Audit' }],
    ['SecuredByPerimeter, Learning', 'recommendations-prod', { access: 'SecuredByPerimeter', mode: 'Learning', admits: ['198.51.100.32/28'] }],
    ['Enabled, Enforced, narrow', 'basket-prod', { access: 'Enabled', mode: 'Enforced', firewall: false, admits: ['198.51.100.32/28'] }],
    ['Enabled, Enforced, wide', 'search-prod', { access: 'Enabled', mode: 'Enforced', firewall: true, admits: ['0.0.0.0/0'] }],
    ['Disabled, Enforced', 'returns-prod', { access: 'Disabled', mode: 'Enforced' }],
    ['SecuredByPerimeter, Enforced', 'orders-prod', { access: 'SecuredByPerimeter', mode: 'Enforced', approved: 1 }],
    ['Enforced, no inbound rules', 'fraud-prod', { access: 'SecuredByPerimeter', mode: 'Enforced', approved: 0, admits: [] }],
    ['two rules that cover the Internet together', 'events-prod', { access: 'Disabled', mode: 'Learning', admits: ['0.0.0.0/1', '128.0.0.0/1'] }],
  ])('%s: %s', (_, name, expected) => expect(facts(name)).toMatchObject(expected));

  test('every reach occurs, and every readable account is meant for one', () => {
    for (const reach of [...reaches, 'unknown'] as const) expect(intendedReach[reach].length).toBeGreaterThan(1);
    expect(Object.values(intendedReach).flat().toSorted()).toEqual(accounts.filter(isReadable).map(({ name }) => name).toSorted());
  });
});

describe('what else must be there', () => {
  const properties = (name: string): Properties => named(name).properties;

  test('enough of everything', () => {
    expect(estate.subscriptions.length).toBeGreaterThanOrEqual(9);
    expect(accounts.filter(isReadable).length).toBeGreaterThanOrEqual(40);
    expect(new Set(accounts.map(({ name }) => name)).size).toBe(accounts.length);
    expect(deniedPaths).toHaveLength(2);
  });

  test('the same data every time', () => expect(demoEstate()).toEqual(estate));

  test('the APIs', () => {
    const capabilities = new Set(accounts.flatMap(({ properties: { capabilities: all = [] } }: { properties: Properties }) => all.map(({ name }: { name: string }) => name)));
    expect(capabilities).toEqual(new Set(['EnableMongo', 'EnableCassandra', 'EnableGremlin', 'EnableTable', 'EnableServerless', 'EnableMongoRoleBasedAccessControl']));
    expect(named('documents-mongo')['kind']).toBe('MongoDB');
  });

  test('the identities', () => {
    const types = new Set(accounts.map(({ identity }) => (identity as { type: string } | undefined)?.type));
    expect(types).toEqual(new Set(['SystemAssigned', 'UserAssigned', 'SystemAssigned,UserAssigned', 'None', undefined]));
  });

  test('firewalls, bypasses and origins of both kinds', () => {
    expect(properties('sessions-prod')['ipRules']).toEqual([{ ipAddressOrRange: '0.0.0.0/1' }, { ipAddressOrRange: '128.0.0.0/1' }]);
    expect(properties('pricing-prod')['ipRules']).toContainEqual({ ipAddressOrRange: '0.0.0.0' });
    expect(properties('loyalty-points')['ipRules']).toHaveLength(5);
    expect(properties('loyalty-campaigns')['networkAclBypass']).toBe('AzureServices');
    expect(properties('loyalty-web')['cors'][0].allowedOrigins).toBe('*');
    expect(properties('loyalty-shop')['cors'][0].allowedOrigins).not.toContain('*');
    const known = new Set(estate.subscriptions.map(({ subscriptionId }) => subscriptionId));
    const owner = (name: string): string => properties(name)['networkAclBypassResourceIds'][0].split('/')[2];
    expect([known.has(owner('ledger-prod')), known.has(owner('loyalty-partners'))]).toEqual([true, false]);
  });

  test('virtual network rules of every kind', () => {
    const networks: Properties[] = estate.resources.filter(({ type }) => type === 'Microsoft.Network/virtualNetworks').map(({ properties: network }) => network);
    const subnets = new Map<string, Properties>(networks.flatMap(({ subnets: all }) => all).map((subnet: Properties) => [subnet['id'], subnet['properties']]));
    const servicesOf = (id: string): string[] => {
      const { serviceEndpoints = [] } = subnets.get(id) ?? { serviceEndpoints: [{ service: 'missing' }] };
      return serviceEndpoints.map(({ service }: { service: string }) => service);
    };
    const services = (name: string): string[][] => properties(name)['virtualNetworkRules'].map(({ id }: { id: string }) => servicesOf(id));
    expect(services('telemetry-hot').every(list => list.includes('Microsoft.AzureCosmosDB'))).toBe(true);
    expect(services('telemetry-cold')[1]).toEqual(['missing']);
    expect(services('telemetry-edge')).toEqual([[]]);
    expect(services('telemetry-gateway')).toEqual([['Microsoft.Storage']]);
    expect(properties('telemetry-edge')['virtualNetworkRules'][0].ignoreMissingVNetServiceEndpoint).toBe(true);
    expect(properties('telemetry-archive')['isVirtualNetworkFilterEnabled']).toBe(false);
    expect(services('telemetry-partner')).toEqual([['missing']]);
  });

  test('private endpoints in every state', () => {
    const connections: Properties[] = estate.resources.filter(({ type }) => type.endsWith('/privateEndpointConnections')).map(({ properties: connection }) => connection);
    const states = new Set(connections.map(({ privateLinkServiceConnectionState: { status } }) => status));
    expect(states).toEqual(new Set(['Approved', 'Pending', 'Rejected', 'Disconnected']));
  });
});

describe('the two sides of an association', () => {
  interface Sides {
    readonly account: Properties | undefined;
    readonly perimeter: Properties | undefined;
    readonly version: string | undefined;
  }

  function sides(name: string): Sides {
    const { id } = named(name);
    const [account] = children(id, 'networkSecurityPerimeterConfigurations');
    const associations: Properties[] = estate.resources.filter(({ type }) => type.endsWith('/resourceAssociations')).map(({ properties }) => properties);
    const perimeter = associations.find(({ privateLinkResource }) => privateLinkResource.id.toLowerCase() === id.toLowerCase());
    const profile: string | undefined = perimeter?.['profile'].id;
    return { account, perimeter, version: estate.resources.find(resource => resource.id === profile)?.properties['accessRulesVersion'] as string | undefined };
  }

  test('agree where they should, with the types of each side', () => {
    const { account, perimeter, version } = sides('orders-prod');
    expect(account?.['profile'].accessRulesVersion).toBe(12);
    expect(version).toBe('12');
    expect([account?.['resourceAssociation'].accessMode, perimeter?.['accessMode']]).toEqual(['Enforced', 'Enforced']);
  });

  test('differ in access mode', () => {
    const { account, perimeter } = sides('customers-staging');
    expect([account?.['resourceAssociation'].accessMode, perimeter?.['accessMode']]).toEqual(['Enforced', 'Learning']);
  });

  test('differ in the version of the rules', () => {
    const { account, version } = sides('pricing-staging');
    expect([account?.['profile'].accessRulesVersion, version]).toEqual([19, '21']);
  });

  test('have provisioning issues on either side', () => {
    expect(sides('events-staging').account?.['provisioningIssues']).toHaveLength(2);
    expect(sides('returns-staging').perimeter).toMatchObject({ provisioningState: 'Failed', hasProvisioningIssues: 'yes' });
  });

  test('are missing on either side', () => {
    expect(sides('vouchers-staging')).toMatchObject({ account: undefined, perimeter: { accessMode: 'Learning' } });
    expect(sides('wishlist-staging')).toMatchObject({ account: { provisioningState: 'Succeeded' }, perimeter: undefined });
  });

  test('are in a subscription that is denied, or throttled', () => {
    expect(deniedSubscriptions).toContain(sides('invoices-prod').account?.['networkSecurityPerimeter'].id.split('/')[2]);
    expect(throttledSubscriptions).toContain(sides('shipments-prod').account?.['networkSecurityPerimeter'].id.split('/')[2]);
  });
});

describe('perimeters', () => {
  const ofType = (type: string): Properties[] => estate.resources.filter(resource => resource.type === `Microsoft.Network/networkSecurityPerimeters/${type}`).map(({ properties }) => properties);

  test('rules, good and bad', () => {
    const rules = ofType('profiles/accessRules');
    const prefixes = rules.flatMap(rule => rule['addressPrefixes']);
    expect(prefixes).toEqual(expect.arrayContaining(['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '2000::/3', '145.0.0.0/8', '198.51.100.32/28']));
    expect(rules.flatMap(rule => rule['fullyQualifiedDomainNames'])).toEqual(expect.arrayContaining(['*', '*.com', '*.contoso.com', 'login.microsoftonline.com']));
    const isOurs = ({ id }: { id: string }): boolean => estate.subscriptions.some(subscription => subscription.id === id);
    expect(new Set(rules.flatMap(rule => rule['subscriptions'].map(isOurs)))).toEqual(new Set([true, false]));
  });

  test('links and link references of every kind', () => {
    const links = ofType('links');
    expect(new Set(links.map(link => link['status']))).toEqual(new Set(['Approved', 'Pending']));
    expect(new Set(links.map(link => link['localInboundProfiles'].join()))).toEqual(new Set(['apps', '*', 'partners']));
    expect(links.some(link => link['autoApprovedRemotePerimeterResourceId']?.endsWith('/nsp-fabrikam'))).toBe(true);
    expect(ofType('linkReferences').some(reference => reference['remotePerimeterResourceId'].endsWith('/nsp-fabrikam'))).toBe(true);
  });

  test('one without associations', () => {
    const perimeters = estate.resources.filter(({ type }) => type === 'Microsoft.Network/networkSecurityPerimeters');
    expect(perimeters.filter(({ id }) => children(id, 'resourceAssociations').length === 0).map(({ name }) => name)).toEqual(['nsp-legacy']);
  });
});

describe('a generated estate', () => {
  test('has the size asked for', () => {
    const { subscriptions, resources } = generatedEstate({ subscriptions: 5, accountsPerSubscription: 7, perimetersPerSubscription: 2 });
    const count = (type: string): number => resources.filter(resource => resource.type === type).length;
    expect(subscriptions).toHaveLength(5);
    expect([count('Microsoft.DocumentDB/databaseAccounts'), count('Microsoft.Network/networkSecurityPerimeters')]).toEqual([35, 10]);
    expect(count('Microsoft.DocumentDB/databaseAccounts/networkSecurityPerimeterConfigurations')).toBe(10);
  });
});
