import { describe, expect, test } from 'vitest';
import { known, unknown, type Fact } from '../../src/core/fact.ts';
import type { KeyVaultAssociation, KeyVaultMembership } from '../../src/core/key-vault.ts';
import type { PerimeterAssociation, PerimeterLink } from '../../src/core/perimeter.ts';
import { keyVaultMembershipOf, type PerimeterNeighbourhood } from '../../src/exposure/key-vault.ts';
import { account, association, link, perimeterAssociation, perimeterId, side, subscriptionId } from '../support/builders.ts';

const vaultId = (name: string, type = 'vaults'): string => `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.KeyVault/${type}/${name}`;
const partnerId = link().remotePerimeterId ?? '';
const spareId = `${perimeterId}-spare`;
const keyed = (keyVaultKeyUri: string | null = 'https://kv-data.vault.azure.net/keys/cosmos') => known(account({ keyVaultKeyUri }), ['GET account']);
const own = known([association()], ['GET configurations']);
const denied = unknown('denied', 'Not allowed.', ['GET it'], 'Some/thing/read');

const member = (resourceId = vaultId('kv-data'), differences: Partial<PerimeterAssociation> = {}) => perimeterAssociation({ name: 'vault', resourceId, ...differences });
const members = (...list: PerimeterAssociation[]) => known([perimeterAssociation(), ...list], ['GET associations']);
const links = (...list: PerimeterLink[]) => known(list, ['GET links']);

function perimeter(id: string, associations: PerimeterNeighbourhood['associations'] = members(), toOthers: PerimeterNeighbourhood['links'] = links()): PerimeterNeighbourhood {
  return { id, associations, links: toOthers };
}

const seen = (...perimeters: PerimeterNeighbourhood[]) => keyVaultMembershipOf(keyed(), own, perimeters);
const judged = (...associations: KeyVaultAssociation[]): Partial<Fact<KeyVaultMembership>> => ({ known: true, value: { state: 'judged', vault: 'kv-data', perimeters: [perimeterId], associations } });
const at = (id: string, relation: KeyVaultAssociation['relation'], accessMode: KeyVaultAssociation['accessMode'] = 'Enforced'): KeyVaultAssociation => ({ perimeterId: id, relation, accessMode });

describe('there is nothing to judge', () => {
  test('where Microsoft manages the key, whatever else is not known', () => {
    expect(keyVaultMembershipOf(keyed(null), denied, [])).toMatchObject({ known: true, value: { state: 'noKey' } });
  });

  test('where the account is in no perimeter', () => {
    expect(keyVaultMembershipOf(keyed(), known([]), [])).toMatchObject({ known: true, value: { state: 'noPerimeter' } });
  });
});

describe('the vault', () => {
  test("is in the account's perimeter", () => {
    expect(seen(perimeter(perimeterId.toUpperCase(), members(member())))).toMatchObject({ ...judged(at(perimeterId.toUpperCase(), 'same')), value: { perimeters: [perimeterId] }, sources: ['GET account', 'GET configurations', 'GET associations', 'GET links'] });
  });

  test('is there in Learning', () => {
    expect(seen(perimeter(perimeterId, members(member(undefined, { accessMode: 'Learning' }))))).toMatchObject(judged(at(perimeterId, 'same', 'Learning')));
  });

  test.each([
    ['its address in capitals', 'HTTPS://KV-Data.VAULT.azure.net/keys/cosmos', vaultId('kv-data'), true],
    ['its address with port and version', 'https://kv-data.vault.azure.net:443/keys/cosmos/0123456789', vaultId('KV-DATA'), true],
    ['its address in another cloud', 'https://kv-data.vault.usgovcloudapi.net/keys/cosmos', vaultId('kv-data'), true],
    ['the managed HSM', 'https://kv-data.managedhsm.azure.net/keys/cosmos', vaultId('kv-data', 'managedHSMs'), true],
    ['a vault with the name of the HSM', 'https://kv-data.managedhsm.azure.net/keys/cosmos', vaultId('kv-data'), false],
    ['an HSM with the name of the vault', 'https://kv-data.vault.azure.net/keys/cosmos', vaultId('kv-data', 'managedHSMs'), false],
    ['a longer name', 'https://data.vault.azure.net/keys/cosmos', vaultId('kv-data'), false],
    ['another type of that name', 'https://kv-data.vault.azure.net/keys/cosmos', `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/kv-data`, false],
  ])('is told by %s: %s is %s', (_, uri, resourceId, is) => {
    const fact = keyVaultMembershipOf(keyed(uri), own, [perimeter(perimeterId, members(member(resourceId)))]);
    expect(fact.known && fact.value.state === 'judged' && fact.value.associations.length).toBe(is ? 1 : 0);
  });

  test('is not told by an address that is none', () => {
    expect(keyVaultMembershipOf(keyed('kv-data'), own, [perimeter(perimeterId)])).toMatchObject({ known: false, reason: 'malformed', detail: expect.stringContaining('names no key vault: kv-data.') });
  });

  test('is in no perimeter', () => {
    expect(seen(perimeter(perimeterId), perimeter(spareId))).toMatchObject(judged());
  });

  test("is in a perimeter that has nothing to do with the account's", () => {
    expect(seen(perimeter(perimeterId), perimeter(spareId, members(member())))).toMatchObject(judged(at(spareId, 'separate')));
  });
});

describe('links', () => {
  const remote = perimeter(partnerId, members(member(undefined, { profile: 'vaults' })));
  const through = (differences: Partial<PerimeterLink>) => seen(perimeter(perimeterId, members(), links(link({ remoteInboundProfiles: ['vaults'], localOutboundProfiles: ['*'], ...differences }))), remote);

  test.each<readonly [string, Partial<PerimeterLink>]>([
    ["it names the vault's profile", {}],
    ['it names every profile', { remoteInboundProfiles: ['*'] }],
    ['it is a link that the other perimeter made', { direction: 'incoming' }],
    ['it is approved in small letters', { status: 'approved' }],
    ["it lets the account's profile out by name", { localOutboundProfiles: ['DEFAULT'] }],
  ])('connect where %s', (_, differences) => {
    expect(through(differences)).toMatchObject(judged(at(partnerId, 'linked')));
  });

  test.each<readonly [string, Partial<PerimeterLink>]>([
    ['it is pending', { status: 'Pending' }],
    ["it admits the account's perimeter to another profile", { remoteInboundProfiles: ['default'] }],
    ['it lets another profile out', { localOutboundProfiles: ['sealed'] }],
    ['it is the other way round', { remoteInboundProfiles: [] }],
  ])('connect nothing where %s', (_, differences) => {
    expect(through(differences)).toMatchObject(judged(at(partnerId, 'separate')));
  });

  test('count together', () => {
    const two = links(link({ name: 'a', remoteInboundProfiles: ['default'] }), link({ name: 'b', remoteInboundProfiles: ['vaults'], remotePerimeterId: partnerId.toUpperCase() }));
    const fact = seen(perimeter(perimeterId, members(), two), remote);
    expect(fact.known && fact.value.state === 'judged' && fact.value.associations.map(({ relation }) => relation)).toEqual(['linked']);
  });

  test("to the account's own perimeter change nothing", () => {
    const back = links(link({ remotePerimeterId: perimeterId }));
    expect(seen(perimeter(perimeterId, members(member()), back))).toMatchObject(judged(at(perimeterId, 'same')));
  });

  test('that carry a GUID only are told by one the other way', () => {
    const byGuid = link({ remotePerimeterId: null, remoteInboundProfiles: ['vaults'] });
    expect(seen(perimeter(perimeterId, members(), links(byGuid, link({ name: 'back', direction: 'incoming', status: 'Rejected' }))), remote)).toMatchObject(judged(at(partnerId, 'linked')));
    expect(seen(perimeter(perimeterId, members(), links(byGuid)), remote)).toMatchObject({ known: false, reason: 'missing', detail: 'Link partner of perimeter production leads to a perimeter that is named by its GUID only.' });
  });

  test('are followed once, not further', () => {
    const beyond = perimeter(partnerId, members(), links(link({ remotePerimeterId: spareId })));
    expect(seen(perimeter(perimeterId, members(), links(link())), beyond, perimeter(spareId, members(member())))).toMatchObject(judged(at(spareId, 'separate')));
  });
});

describe('what is not known', () => {
  test('is the account, or its associations', () => {
    expect(keyVaultMembershipOf(denied, own, [])).toBe(denied);
    expect(keyVaultMembershipOf(keyed(), denied, [])).toBe(denied);
  });

  test("is the account's perimeter", () => {
    expect(seen()).toMatchObject({ known: false, reason: 'missing', detail: 'Perimeter production, which the account is in, was not read.' });
    expect(seen(perimeter(perimeterId, denied))).toBe(denied);
    expect(seen(perimeter(perimeterId, members(), denied))).toBe(denied);
  });

  test('is a perimeter that a link leads to', () => {
    expect(seen(perimeter(perimeterId, members(), links(link())))).toMatchObject({ known: false, detail: 'Perimeter partner, which a link connects with production, was not read.' });
    expect(seen(perimeter(perimeterId, members(), links(link())), perimeter(partnerId, denied))).toBe(denied);
  });

  test('is no gap where the vault was found all the same', () => {
    expect(seen(perimeter(perimeterId, members(member()), denied))).toMatchObject(judged(at(perimeterId, 'same')));
    expect(seen(perimeter(perimeterId, members(member()), links(link())))).toMatchObject(judged(at(perimeterId, 'same')));
    const both = known([association(), { ...association(), perimeterId: spareId }]);
    expect(keyVaultMembershipOf(keyed(), both, [perimeter(perimeterId, members(member()))])).toMatchObject({ known: true, value: { perimeters: [perimeterId, spareId], associations: [at(perimeterId, 'same')] } });
  });

  test('is a gap where it was found apart only', () => {
    expect(seen(perimeter(perimeterId, denied), perimeter(spareId, members(member())))).toBe(denied);
  });

  test('is no other perimeter: those that nothing connects are not needed', () => {
    expect(seen(perimeter(perimeterId), perimeter(spareId, denied, denied))).toMatchObject(judged());
  });
});

test("the account's profile is the one of either side", () => {
  const theirs = { ...association(), account: known(null), perimeter: known(side({ profile: 'sealed' })) };
  const perimeters = [perimeter(perimeterId, members(), links(link({ localOutboundProfiles: ['sealed'] }))), perimeter(partnerId, members(member()))];
  expect(keyVaultMembershipOf(keyed(), known([theirs]), perimeters)).toMatchObject({ value: { associations: [at(partnerId, 'linked')] } });
});
