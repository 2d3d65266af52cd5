import type { Account } from '../core/account.ts';
import { known, sourcesOf, unknown, type Fact } from '../core/fact.ts';
import type { KeyVaultAssociation, KeyVaultMembership } from '../core/key-vault.ts';
import type { Association, PerimeterAssociation, PerimeterLink } from '../core/perimeter.ts';
import { nameOf, sameId } from '../core/resource-id.ts';

/** What was read of a perimeter, as far as its members and neighbours go. */
export interface PerimeterNeighbourhood {
  readonly id: string;
  readonly associations: Fact<readonly PerimeterAssociation[]>;
  readonly links: Fact<readonly PerimeterLink[]>;
}

/**
 * Where the key vault of an account's key is, seen from the account's perimeters. An association that lets the account
 * reach it decides; that there is none takes having read every perimeter that could hold one.
 * @param perimeters every perimeter that was read
 */
export function keyVaultMembershipOf(
  account: Fact<Account>,
  associations: Fact<readonly Association[]>,
  perimeters: readonly PerimeterNeighbourhood[],
): Fact<KeyVaultMembership> {
  if (!account.known) return account;
  const { name, keyVaultKeyUri } = account.value;
  if (keyVaultKeyUri === null) return known({ state: 'noKey' }, account.sources);
  if (!associations.known) return associations;
  if (associations.value.length === 0) return known({ state: 'noPerimeter' }, [...account.sources, ...associations.sources]);
  const vault = vaultIn(keyVaultKeyUri);
  if (!vault) return unknown('malformed', `The key of account ${name} has an address that names no key vault: ${keyVaultKeyUri}.`, account.sources);
  const own = distinct(associations.value.map(({ perimeterId }) => perimeterId));
  const { found, read: links } = neighboursOf(own, associations.value, perimeters);
  const asked = [...own.map((id): Neighbour => ({ id, how: 'which the account is in', by: 'itself' })), ...found];
  const answers = asked.map(neighbour => ({ neighbour, members: membersOf(neighbour, perimeters) }));
  const near = answers.flatMap(({ neighbour, members }) => (members.known ? placesOf(vault, neighbour, members.value) : []));
  const read = [...answers.map(({ members }) => members), ...links];
  const gap = read.find(fact => !fact.known);
  if (gap && !gap.known && near.every(({ relation }) => relation === 'separate')) return gap;
  const far = lookupIn(perimeters).vaults.get(vault.end) ?? [];
  const elsewhere = far.filter(({ id }) => !asked.some(neighbour => sameId(neighbour.id, id))).flatMap(({ id, member }) => placesOf(vault, { id, by: [] }, [member]));
  return known({ state: 'judged', vault: vault.name, perimeters: own, associations: [...near, ...elsewhere] }, sourcesOf([account, associations, ...read]));
}

/** A perimeter that may hold the key vault: one of the account's, or one that links connect with it. */
interface Neighbour {
  readonly id: string;
  /** For a sentence. */
  readonly how: string;
  readonly by: 'itself' | readonly PerimeterLink[];
}

/** The perimeters that links connect with the account's, and what that was read from. Several links to one count together. */
function neighboursOf(own: readonly string[], associations: readonly Association[], perimeters: readonly PerimeterNeighbourhood[]): { readonly found: readonly Neighbour[]; readonly read: readonly Fact<unknown>[] } {
  const read: Fact<unknown>[] = [];
  const found = new Map<string, Neighbour & { readonly by: PerimeterLink[] }>();
  for (const id of own) {
    const links = lookupIn(perimeters).perimeters.get(id.toLowerCase())?.links;
    // A perimeter that was not read is a gap of its own.
    if (!links) continue;
    read.push(links);
    if (!links.known) continue;
    const profiles = profilesIn(id, associations);
    for (const link of links.value.filter(each => opens(each, profiles))) {
      const remote = remoteOf(link, links.value);
      if (remote === null) {
        read.push(unknown('missing', `Link ${link.name} of perimeter ${nameOf(id)} leads to a perimeter that is named by its GUID only.`));
      } else if (!own.some(each => sameId(each, remote))) {
        const neighbour = found.get(remote.toLowerCase()) ?? { id: remote, how: `which a link connects with ${nameOf(id)}`, by: [] };
        neighbour.by.push(link);
        found.set(remote.toLowerCase(), neighbour);
      }
    }
  }
  return { found: [...found.values()], read };
}

/** Whether a link is approved and lets one of the account's profiles out. */
function opens({ status, localOutboundProfiles }: PerimeterLink, profiles: readonly string[]): boolean {
  return sameId(status, 'approved') && (names(localOutboundProfiles, '*') || profiles.some(profile => names(localOutboundProfiles, profile)));
}

function membersOf({ id, how }: Neighbour, perimeters: readonly PerimeterNeighbourhood[]): Fact<readonly PerimeterAssociation[]> {
  return lookupIn(perimeters).perimeters.get(id.toLowerCase())?.associations ?? unknown('missing', `Perimeter ${nameOf(id)}, ${how}, was not read.`);
}

/** The vault's associations among a perimeter's, and whether they let the account reach it. */
function placesOf(vault: Vault, { id, by }: Pick<Neighbour, 'id' | 'by'>, members: readonly PerimeterAssociation[]): KeyVaultAssociation[] {
  return members.filter(({ resourceId }) => vault.is(resourceId)).map(({ profile, accessMode }) => {
    const linked = by !== 'itself' && by.some(({ remoteInboundProfiles }) => names(remoteInboundProfiles, profile));
    return { perimeterId: id, relation: by === 'itself' ? 'same' : linked ? 'linked' : 'separate', accessMode };
  });
}

interface VaultMember {
  /** Of the perimeter. */
  readonly id: string;
  readonly member: PerimeterAssociation;
}

/** Perimeters by id, and the key vaults among their members by the end of their ids; all in lower case. */
interface Lookup {
  readonly perimeters: ReadonlyMap<string, PerimeterNeighbourhood>;
  readonly vaults: ReadonlyMap<string, readonly VaultMember[]>;
}

const lookups = new WeakMap<readonly PerimeterNeighbourhood[], Lookup>();

/** Every account of a scan asks the same perimeters: they are looked through once. */
function lookupIn(neighbourhood: readonly PerimeterNeighbourhood[]): Lookup {
  const known = lookups.get(neighbourhood);
  if (known) return known;
  const perimeters = new Map<string, PerimeterNeighbourhood>();
  const vaults = new Map<string, VaultMember[]>();
  for (const perimeter of neighbourhood) {
    const { id, associations } = perimeter;
    if (!perimeters.has(id.toLowerCase())) perimeters.set(id.toLowerCase(), perimeter);
    for (const member of associations.known ? associations.value : []) {
      const [end = ''] = /\/providers\/microsoft\.keyvault\/[^/]+\/[^/]+$/.exec(member.resourceId.toLowerCase()) ?? [];
      if (end !== '') vaults.set(end, [...(vaults.get(end) ?? []), { id, member }]);
    }
  }
  const lookup = { perimeters, vaults };
  lookups.set(neighbourhood, lookup);
  return lookup;
}

interface Vault {
  readonly name: string;
  /** How its resource id ends, lower case. */
  readonly end: string;
  is(this: void, resourceId: string): boolean;
}

/** Names of vaults and of managed HSMs are unique in a cloud and the first label of their host names. */
function vaultIn(keyUri: string): Vault | null {
  const [, name, suffix = ''] = /^https:\/\/([^./:]+)\.([^/:]+)/i.exec(keyUri) ?? [];
  if (name === undefined) return null;
  const end = `/providers/microsoft.keyvault/${/^managedhsm\./i.test(suffix) ? 'managedhsms' : 'vaults'}/${name.toLowerCase()}`;
  return { name, end, is: resourceId => resourceId.toLowerCase().endsWith(end) };
}

/** The profiles of a perimeter that the account is in, as far as a side was read. */
function profilesIn(perimeterId: string, associations: readonly Association[]): string[] {
  const sides = associations.filter(association => sameId(association.perimeterId, perimeterId)).flatMap(({ account, perimeter }) => [account, perimeter]);
  return sides.flatMap(side => (side.known && side.value ? [side.value.profile] : []));
}

function names(profiles: readonly string[], profile: string): boolean {
  return profiles.some(each => each.trim() === '*' || sameId(each, profile));
}

/** A link that was approved by hand carries a GUID only; a link the other way tells whose it is. */
function remoteOf({ remotePerimeterId, remotePerimeterGuid: guid }: PerimeterLink, links: readonly PerimeterLink[]): string | null {
  if (remotePerimeterId !== null || guid === null) return remotePerimeterId;
  const same = links.find(other => other.remotePerimeterId !== null && other.remotePerimeterGuid !== null && sameId(other.remotePerimeterGuid, guid));
  return same?.remotePerimeterId ?? null;
}

/** Ids without those that differ in case only. */
function distinct(ids: readonly string[]): string[] {
  return [...new Map(ids.map(id => [id.toLowerCase(), id])).values()];
}
