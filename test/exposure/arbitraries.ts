import * as fc from 'fast-check';
import type { Account, PublicNetworkAccess } from '../../src/core/account.ts';
import type { AddressRange } from '../../src/core/address.ts';
import type { Exposure } from '../../src/core/exposure.ts';
import { derive, known, type Fact } from '../../src/core/fact.ts';
import type { AccessMode, AccessRule, PerimeterConfiguration, Side } from '../../src/core/perimeter.ts';
import { parseRange } from '../../src/exposure/address-set.ts';
import type { PerimeterReading } from '../../src/exposure/associations.ts';
import { isAzureDatacenters } from '../../src/exposure/firewall.ts';
import { accountSnapshot } from '../../src/exposure/snapshots.ts';
import { account, accountFacts, accountId, connection, otherSubscriptionId, perimeterAssociation, perimeterId, profile, side, subnetId, subscriptionId } from '../support/builders.ts';

/** CIDR text of `first/length`. */
function cidr(family: 4 | 6, first: bigint, length: number): string {
  const [bits, base, separator, group] = family === 4 ? ([32, 10, '.', 8] as const) : ([128, 16, ':', 16] as const);
  const parts = Array.from({ length: bits / group }, (_, i) => ((first >> BigInt(bits - group * (i + 1))) & ((1n << BigInt(group)) - 1n)).toString(base));
  return `${parts.join(separator)}/${length}`;
}

function rangeOf(family: 4 | 6, address: bigint, length: number): AddressRange {
  const size = 1n << BigInt((family === 4 ? 32 : 128) - length);
  const first = address - (address % size);
  return { family, first, last: first + size - 1n, text: cidr(family, first, length) };
}

/** IPv4, with a liking for wide ranges: narrow ones hardly ever meet. */
export const rangeV4 = fc
  .tuple(fc.bigInt({ min: 0n, max: 0xffff_ffffn }), fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 32 })))
  .map(([address, length]) => rangeOf(4, address, length));

const prefixes6 = [0n, 0x2000n << 112n, 0x2a00n << 112n, 0xffff_0000_0000n];

/** IPv6, near to what matters: global unicast and IPv4-mapped. */
export const rangeV6 = fc
  .tuple(fc.constantFrom(...prefixes6), fc.bigInt({ min: 0n, max: 0xffff_ffffn }), fc.constantFrom(0n, 84n, 96n), fc.integer({ min: 0, max: 128 }))
  .map(([prefix, value, shift, length]) => rangeOf(6, prefix | (value << shift), length));

export const range = fc.oneof({ arbitrary: rangeV4, weight: 2 }, rangeV6);

/** The two halves of a range; the range itself where it is one address. */
export function halvesOf(whole: AddressRange): AddressRange[] {
  const { family, first, last, text } = whole;
  if (first === last) return [whole];
  const length = Number(text.slice(text.indexOf('/') + 1)) + 1;
  const middle = (first + last + 1n) / 2n;
  return [rangeOf(family, first, length), rangeOf(family, middle, length)];
}

/** Everything read that decides one account's exposure. */
export interface Estate {
  readonly account: Account;
  readonly configurations: Fact<readonly PerimeterConfiguration[]>;
  readonly perimeters: readonly PerimeterReading[];
}

const otherFacts = accountFacts();

export function exposureIn({ account, configurations, perimeters }: Estate): Exposure {
  const { exposure } = accountSnapshot({ ...otherFacts, id: accountId, account: known(account), configurations }, perimeters);
  if (!exposure) throw new Error('The account is known, so it has an exposure.');
  return exposure;
}

/** 0.0.0.0 is left out: in IP rules it is no range. */
const ipRange = fc.oneof({ arbitrary: range, weight: 3 }, fc.constantFrom('0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '::/0').map(read)).filter(({ text }) => !isAzureDatacenters(text));

export const ipRule = fc.oneof({ arbitrary: ipRange.map(({ text }) => text), weight: 5 }, fc.constant('0.0.0.0'));

function read(text: string): AddressRange {
  const found = parseRange(text);
  if (!found) throw new Error(`Not an address range: ${text}`);
  return found;
}

const nowhere = { addressPrefixes: [], subscriptions: [], perimeters: [], fullyQualifiedDomainNames: [], serviceTags: [] };

/** Sources of one kind, as Azure has it. */
const sources = fc.oneof(
  { arbitrary: fc.array(ipRange.map(({ text }) => text), { minLength: 1, maxLength: 3 }).map(addressPrefixes => ({ ...nowhere, addressPrefixes })), weight: 4 },
  fc.constantFrom(subscriptionId, otherSubscriptionId).map(id => ({ ...nowhere, subscriptions: [id] })),
  fc.constantFrom('Internet', 'AzureCloud', 'AzureFrontDoor.Backend').map(tag => ({ ...nowhere, serviceTags: [tag] })),
  fc.constant({ ...nowhere, perimeters: [`${perimeterId}-partner`] }),
  fc.constant(nowhere),
);

export const inboundRule = sources.map((from): AccessRule => ({ name: 'added', direction: 'Inbound', ...from }));

const rules = fc.array(fc.tuple(sources, fc.constantFrom('Inbound', 'Inbound', 'Inbound', 'Outbound')), { maxLength: 4 }).map(all =>
  all.map(([from, direction], i): AccessRule => ({ name: `rule${i}`, direction: direction === 'Outbound' ? 'Outbound' : 'Inbound', ...from })),
);

const mode = fc.constantFrom<AccessMode[]>('Learning', 'Enforced', 'Audit');
const anySide = fc.tuple(mode, rules).map(([accessMode, all]) => side({ accessMode, rules: all }));

export const knownAccess = fc.constantFrom<PublicNetworkAccess[]>('Enabled', 'Enabled', 'Disabled', 'SecuredByPerimeter');

export const anyAccount = fc
  .record({
    publicNetworkAccess: knownAccess,
    ipRules: fc.oneof(fc.constant([]), fc.array(ipRule, { maxLength: 4 })),
    virtualNetworkFilter: fc.boolean(),
    virtualNetworkRules: fc.array(fc.constant({ subnetId, ignoreMissingEndpoint: false }), { maxLength: 2 }),
    trustedServicesBypass: fc.boolean(),
    bypassResourceIds: fc.constantFrom([], ['/subscriptions/x/workspaces/synapse']),
    privateEndpointConnections: fc.array(fc.constantFrom('Approved', 'Pending').map(status => connection({ status })), { maxLength: 2 }),
  })
  .map(account);

/** An association by its two sides; null: that side does not hold it. */
interface Sides {
  readonly own: Side | null;
  readonly theirs: Side | null;
}

const agreeing = anySide.map((both): Sides => ({ own: both, theirs: both }));
const differing = fc.oneof(
  fc.tuple(anySide, anySide).map(([own, theirs]): Sides => ({ own, theirs })),
  fc.tuple(mode, anySide).map(([accessMode, theirs]): Sides => ({ own: { ...theirs, accessMode }, theirs })),
  anySide.map((own): Sides => ({ own, theirs: null })),
  anySide.map((theirs): Sides => ({ own: null, theirs })),
);

function estateOf(account: Account, all: readonly Sides[]): Estate {
  const idOf = (i: number): string => `${perimeterId}${i}`;
  return {
    account,
    configurations: known(
      all.flatMap(({ own }, i) => (own ? [{ name: `guid${i}.orders`, perimeterId: idOf(i), perimeterGuid: `guid${i}`, associationName: 'orders', side: withoutTags(own) }] : [])),
      ['GET configurations'],
    ),
    perimeters: all.map(({ theirs }, i) => ({
      id: idOf(i),
      profiles: known([profile({ rules: theirs?.rules ?? [] })], ['GET profiles']),
      associations: known(theirs ? [perimeterAssociation({ accessMode: theirs.accessMode })] : [], ['GET associations']),
    })),
  };
}

/** As the account's API tells it. */
function withoutTags(own: Side): Side {
  return { ...own, rules: own.rules.map(rule => ({ ...rule, serviceTags: [] })) };
}

/** Both sides of every association agree. */
export const agreeingEstate = fc.tuple(anyAccount, fc.array(agreeing, { maxLength: 2 })).map(([each, all]) => estateOf(each, all));

/** Sides may contradict each other. */
export const estate = fc.tuple(anyAccount, fc.array(fc.oneof({ arbitrary: agreeing, weight: 3 }, { arbitrary: differing, weight: 2 }), { maxLength: 2 })).map(([each, all]) => estateOf(each, all));

/** The estate with every side of every association changed. Each call of `change` tells which side it is. */
export function mapSides(from: Estate, change: (side: Side, index: number, of: 'account' | 'perimeter') => Pick<Side, 'accessMode' | 'rules'>): Estate {
  const configurations = derive(from.configurations, all => all.map(each => ({ ...each, side: withoutTags({ ...each.side, ...change(each.side, indexOf(each.perimeterId), 'account') }) })));
  const perimeters = from.perimeters.map(perimeter => {
    if (!perimeter.associations.known || !perimeter.profiles.known) return perimeter;
    const [association] = perimeter.associations.value;
    const [first] = perimeter.profiles.value;
    if (!association || !first) return perimeter;
    const { accessMode, rules } = change(side({ accessMode: association.accessMode, rules: first.rules }), indexOf(perimeter.id), 'perimeter');
    return { ...perimeter, profiles: known([{ ...first, rules }], perimeter.profiles.sources), associations: known([{ ...association, accessMode }], perimeter.associations.sources) };
  });
  return { ...from, configurations, perimeters };
}

function indexOf(id: string): number {
  return Number(id.slice(perimeterId.length));
}
