import { afterEach, describe, expect, test } from 'vitest';
import { collectors } from '../../src/collectors/index.ts';
import type { Account } from '../../src/core/account.ts';
import { known as knownFact, unknown, type Fact, type Reason } from '../../src/core/fact.ts';
import type { Fault, Intercepted, SandboxOptions } from '../../src/sandbox/index.ts';
import { guid } from '../../src/sandbox/estate/ids.ts';
import { cosmosEndpoint, subnetId, virtualNetwork } from '../../src/sandbox/estate/networks.ts';
import { associate } from '../../src/sandbox/estate/perimeters.ts';
import { knowledge, typeIsAbsent, type Knowledge } from '../../src/scan/knowledge.ts';
import { plan, type ScanScope } from '../../src/scan/plan.ts';
import { account } from '../support/builders.ts';
import { connected, estateOf, named, type Connection } from '../support/connection.ts';
import { accountIn, groupIn, perimeterIn } from '../support/estates.ts';

const orders = accountIn('alpha', 'orders');
const core = perimeterIn('alpha', 'core');
const spare = perimeterIn('beta', 'spare');
const subnets = [
  { name: 'good', addressPrefix: '10.0.0.0/24', serviceEndpoints: [cosmosEndpoint] },
  { name: 'plain', addressPrefix: '10.0.1.0/24' },
];
const resources = [...orders.resources, ...core.resources, ...spare.resources, ...associate(core, 'apps', orders, 'Enforced'), virtualNetwork(groupIn('alpha'), 'hub', '10.0.0.0/16', subnets), virtualNetwork(groupIn('beta'), 'spoke', '10.1.0.0/16', subnets)];
const estate = estateOf([named('alpha'), named('beta'), named('empty'), named('gone', 'Deleted')], resources);

let azure: Connection | null = null;
afterEach(async () => {
  await azure?.stop();
  azure = null;
});

async function known(options: Partial<SandboxOptions> = {}, scope: Partial<ScanScope> = {}): Promise<{ readonly about: Knowledge; readonly requests: () => Readonly<Record<string, number>> }> {
  azure = await connected({ estate, ...options });
  const { sandbox } = azure;
  const arm = azure.arm();
  const about = knowledge(arm, await plan(arm, { include: [], exclude: [], managementGroup: null, ...scope }));
  return { about, requests: () => sandbox.requests().byKind };
}

const listed = (type: string): string => `list Microsoft.Network/networkSecurityPerimeters${type}`;
const rulesFor = (...ids: readonly string[]): Account => account({ virtualNetworkRules: ids.map(id => ({ subnetId: id, ignoreMissingEndpoint: false })) });

describe('perimeters', () => {
  test('Resource Graph names them, over all subscriptions in scope at once', async () => {
    const { about, requests } = await known();
    expect(await about.inventory).toMatchObject({ known: true, value: [core.id, spare.id] });
    expect(requests()['query Microsoft.ResourceGraph/resources']).toBeLessThan(estate.subscriptions.length);
  });

  test('Resource Graph is asked for the subscriptions in scope only', async () => {
    const { about } = await known({}, { include: [guid('beta')] });
    expect(await about.inventory).toMatchObject({ known: true, value: [spare.id] });
  });

  test('without a subscription in scope that it could name, Resource Graph is not asked', async () => {
    const { about, requests } = await known({}, { include: [guid('gone'), guid('elsewhere')] });
    expect(await about.inventory).toMatchObject({ known: true, value: [] });
    expect(requests()).not.toHaveProperty(['query Microsoft.ResourceGraph/resources']);
  });

  test('each is read once, whoever asks first, whatever the case of its id', async () => {
    const { about, requests } = await known();
    const [first, second, third] = await Promise.all([about.perimeter(core.id), about.perimeter(core.id.toLowerCase()), about.perimeter(core.id.toUpperCase())]);
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(requests()).toMatchObject({ [listed('/profiles')]: 1, [listed('/profiles/accessRules')]: 1, [listed('/resourceAssociations')]: 1, [listed('/links')]: 1, [listed('/linkReferences')]: 1, [listed('/loggingConfigurations')]: 1 });
    expect(first.id).toBe(core.id);
    expect(first.snapshot).toMatchObject({ profiles: { known: true }, associations: { known: true, value: [{ resourceId: expect.stringMatching(new RegExp(`^${orders.id}$`, 'i')) }] }, inboundRules: { known: true } });
  });

  test('one that may not be read is unknown in everything', async () => {
    const { about } = await known({ faults: { deniedSubscriptions: [guid('alpha')] } });
    const { snapshot } = await about.perimeter(core.id);
    expect(new Set(Object.values(snapshot).map(fact => (fact.known ? 'known' : fact.reason)))).toEqual(new Set(['denied']));
  });

  test('something that is no perimeter is unknown too', async () => {
    const { about } = await known();
    const { snapshot } = await about.perimeter('/somewhere/else');
    expect(Object.values(snapshot).every(fact => !fact.known)).toBe(true);
  });

  test('a Resource Graph that fails is an unknown inventory', async () => {
    const intercept = ({ path }: Intercepted): Fault | null => (/resourcegraph/i.test(path) ? { status: 403, code: 'AuthorizationFailed' } : null);
    const { about } = await known({ faults: { intercept } });
    expect(await about.inventory).toMatchObject({ known: false, reason: 'denied', permission: 'Microsoft.ResourceGraph/resources/read' });
  });
});

describe('a resource type that the cloud does not have', () => {
  const none = knownFact([]);
  const down = unknown('failed', 'Resource Graph is down.');
  test.each<{ reason: Reason; inventory: Fact<unknown>; isNamed: boolean; absent: boolean; when: string }>([
    { when: 'both say that there is none', reason: 'unsupported', inventory: none, isNamed: false, absent: true },
    { when: 'the list is missing and Resource Graph names none', reason: 'missing', inventory: none, isNamed: false, absent: true },
    { when: 'Resource Graph names one', reason: 'missing', inventory: none, isNamed: true, absent: false },
    { when: 'Resource Graph did not answer', reason: 'missing', inventory: down, isNamed: false, absent: false },
    { when: 'the version is not supported and Resource Graph did not answer', reason: 'unsupported', inventory: down, isNamed: false, absent: false },
    { when: 'the list may not be read', reason: 'denied', inventory: none, isNamed: false, absent: false },
    { when: 'the list failed', reason: 'failed', inventory: none, isNamed: false, absent: false },
  ])('$when: $absent', ({ reason, inventory, isNamed, absent }) => {
    expect(typeIsAbsent(unknown(reason, 'Cannot read it.'), inventory, isNamed)).toBe(absent);
  });
});

describe('the perimeters of the inventory', () => {
  test('are indexed once, by who is in them', async () => {
    const { about, requests } = await known();
    const [index, again] = await Promise.all([about.inventoried(), about.inventoried()]);
    expect(again).toBe(index);
    expect(index.all.map(({ id }) => id)).toEqual([core.id, spare.id]);
    expect(index.of(orders.id, []).map(({ id }) => id)).toEqual([core.id]);
    expect(index.neighbourhood).toMatchObject([{ id: core.id, associations: { known: true }, links: { known: true } }, { id: spare.id }]);
    expect(requests()).toMatchObject({ [listed('/profiles')]: 2 });
  });

  test('are none where Resource Graph did not answer', async () => {
    const intercept = ({ path }: Intercepted): Fault | null => (/resourcegraph/i.test(path) ? { status: 400, code: 'BadRequest' } : null);
    const { about } = await known({ faults: { intercept } });
    expect((await about.inventoried()).all).toEqual([]);
  });
});

describe('what several resources share', () => {
  const locks = 'list Microsoft.Authorization/locks';

  test('is read once for each subscription, however they take turns', async () => {
    const { about, requests } = await known();
    for (let turn = 0; turn < 3; turn += 1) for (const name of ['alpha', 'beta', 'empty']) expect(await about.once(collectors.locks, guid(name))).toMatchObject({ known: true });
    expect(requests()[locks]).toBe(3);
  });

  test('is let go when more than sixty other subscriptions were asked about since, and read again', async () => {
    const many = Array.from({ length: 150 }, (_, number) => named(`many-${number}`));
    const { about, requests } = await known({ estate: estateOf([named('alpha'), ...many], resources) });
    const ask = (id: string): Promise<unknown> => about.once(collectors.locks, id);
    await ask(guid('alpha'));
    for (const { subscriptionId } of many.slice(0, 50)) await ask(subscriptionId);
    await ask(guid('alpha'));
    expect(requests()[locks]).toBe(51);
    await Promise.all(many.map(({ subscriptionId }) => ask(subscriptionId)));
    await ask(guid('alpha'));
    expect(requests()[locks]).toBeGreaterThan(151);
  });
});

describe('networks', () => {
  const inAlpha = (name: string): string => subnetId(groupIn('alpha'), 'hub', name);
  const inBeta = (name: string): string => subnetId(groupIn('beta'), 'spoke', name);

  test("each subscription's are read once, for all accounts", async () => {
    const { about, requests } = await known();
    const [one, two] = await Promise.all([about.subnetsOf(rulesFor(inAlpha('good'), inBeta('plain'))), about.subnetsOf(rulesFor(inAlpha('plain').toUpperCase()))]);
    expect(requests()['list Microsoft.Network/virtualNetworks']).toBe(2);
    expect(one).toMatchObject({ known: true, value: [{ id: inAlpha('good'), exists: true, serviceEndpoints: [cosmosEndpoint] }, { id: inBeta('plain'), exists: true, serviceEndpoints: [] }] });
    expect(one.sources).toHaveLength(2);
    expect(two).toMatchObject({ known: true, value: [{ id: inAlpha('plain'), exists: true, serviceEndpoints: [] }] });
  });

  test('a subnet that is not there is known not to exist', async () => {
    const { about } = await known();
    expect(await about.subnetsOf(rulesFor(inAlpha('retired')))).toMatchObject({ known: true, value: [{ id: inAlpha('retired'), exists: false, serviceEndpoints: [] }] });
  });

  test('no rules need no request', async () => {
    const { about, requests } = await known();
    expect(await about.subnetsOf(rulesFor())).toEqual({ known: true, value: [], sources: [] });
    expect(requests()).not.toHaveProperty(['list Microsoft.Network/virtualNetworks']);
  });

  test('one network that may not be read makes the subnets unknown', async () => {
    const { about } = await known({ faults: { deniedSubscriptions: [guid('beta')] } });
    expect(await about.subnetsOf(rulesFor(inAlpha('good'), inBeta('good')))).toMatchObject({ known: false, reason: 'denied', permission: 'Microsoft.Network/virtualNetworks/read' });
  });

  test('a rule that names no subscription is malformed', async () => {
    const { about } = await known();
    expect(await about.subnetsOf(rulesFor(inAlpha('good'), 'subnets/good'))).toMatchObject({ known: false, reason: 'malformed' });
  });
});
