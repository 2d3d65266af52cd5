import { describe, expect, test } from 'vitest';
import type { PublicNetworkAccess } from '../../src/core/account.ts';
import type { Outbound, Reach } from '../../src/core/exposure.ts';
import type { AccessMode, AccessRule } from '../../src/core/perimeter.ts';
import { readIpRules } from '../../src/exposure/firewall.ts';
import { decide, type Decision, type Membership, type World } from '../../src/exposure/truth-table.ts';
import { otherSubscriptionId, perimeterId, profile, rule, subscriptionId } from '../support/builders.ts';

/** Every value of every input, by the name it has in the tables below. */
const accesses = { Enabled: 'Enabled', Disabled: 'Disabled', SecuredByPerimeter: 'SecuredByPerimeter', unrecognised: { unrecognised: 'Sometimes' } } as const satisfies Record<string, PublicNetworkAccess>;
const modes = { none: null, Learning: 'Learning', Audit: 'Audit', Enforced: 'Enforced', unrecognised: { unrecognised: 'Strict' } } as const satisfies Record<string, AccessMode | null>;
const firewalls = {
  'no firewall': { firewallOn: false, ipRules: [], virtualNetworkRules: 0 },
  'an empty firewall': { firewallOn: true, ipRules: [], virtualNetworkRules: 0 },
  'a narrow range': { firewallOn: true, ipRules: ['20.1.2.0/24'], virtualNetworkRules: 0 },
  'a subnet': { firewallOn: true, ipRules: [], virtualNetworkRules: 1 },
  '0.0.0.0': { firewallOn: true, ipRules: ['20.1.2.0/24', '0.0.0.0'], virtualNetworkRules: 1 },
  'the Internet': { firewallOn: true, ipRules: ['20.1.2.0/24', '0.0.0.0', '0.0.0.0/0'], virtualNetworkRules: 1 },
  'an unreadable rule': { firewallOn: true, ipRules: ['20.1.2.0/24', '20.1.2'], virtualNetworkRules: 1 },
  'the Internet and an unreadable rule': { firewallOn: true, ipRules: ['20.1.2', '0.0.0.0/0'], virtualNetworkRules: 0 },
};
const endpoints = { 'no private endpoint': 0, 'a private endpoint': 1 };

type Access = keyof typeof accesses;
type Mode = keyof typeof modes;
type FirewallKind = keyof typeof firewalls;
type Endpoints = keyof typeof endpoints;

function member(accessMode: AccessMode, rules: readonly AccessRule[], perimeter = 'production', profile = 'default'): Membership {
  return { perimeter, side: { accessMode, profile, rules }, tagsKnown: true };
}

const narrow = profile().rules;

function worldOf(access: Access, memberships: readonly Membership[], firewall: FirewallKind, endpoint: Endpoints): World {
  const { ipRules, ...rest } = firewalls[firewall];
  return { publicNetworkAccess: accesses[access], ...rest, ipRules: readIpRules(ipRules), approvedEndpoints: endpoints[endpoint], memberships };
}

/** What a decision says of the reach: nothing where a doubt could change it. */
function reachOf({ reach, certain }: Decision): Reach {
  return certain ? reach : 'unknown';
}

interface Row {
  readonly access: readonly Access[];
  readonly mode: readonly Mode[];
  readonly firewall: readonly FirewallKind[];
  readonly endpoints: readonly Endpoints[];
  readonly reach: Reach;
  readonly outbound: Outbound;
  /** Not given where the reach is unknown. */
  readonly by?: string;
}

const any = { access: keys(accesses), mode: keys(modes), firewall: keys(firewalls), endpoints: keys(endpoints) };
const without: readonly Endpoints[] = ['no private endpoint'];
const withOne: readonly Endpoints[] = ['a private endpoint'];
const permissive: readonly Mode[] = ['Learning', 'Audit'];
const office = 'perimeter rule production/default/office';

/** The table of DESIGN.md, "Effective exposure". The perimeter, where there is one, admits a narrow range. */
const rows: readonly Row[] = [
  // In no perimeter, Enabled: the account's firewall decides.
  { access: ['Enabled'], mode: ['none'], firewall: ['no firewall'], endpoints: without, reach: 'internet', outbound: 'open', by: 'publicNetworkAccess Enabled, no firewall' },
  { access: ['Enabled'], mode: ['none'], firewall: ['no firewall'], endpoints: withOne, reach: 'privateOnly', outbound: 'open', by: '1 approved private endpoint' },
  { access: ['Enabled'], mode: ['none'], firewall: ['an empty firewall'], endpoints: without, reach: 'closed', outbound: 'open', by: 'firewall without rules' },
  { access: ['Enabled'], mode: ['none'], firewall: ['an empty firewall'], endpoints: withOne, reach: 'privateOnly', outbound: 'open', by: '1 approved private endpoint' },
  { ...any, access: ['Enabled'], mode: ['none'], firewall: ['a narrow range'], reach: 'selectedNetworks', outbound: 'open', by: '1 IP rule' },
  { ...any, access: ['Enabled'], mode: ['none'], firewall: ['a subnet'], reach: 'selectedNetworks', outbound: 'open', by: '1 virtual network rule' },
  { ...any, access: ['Enabled'], mode: ['none'], firewall: ['0.0.0.0'], reach: 'allAzure', outbound: 'open', by: 'IP rule 0.0.0.0' },
  { ...any, access: ['Enabled'], mode: ['none'], firewall: ['the Internet', 'the Internet and an unreadable rule'], reach: 'internet', outbound: 'open', by: 'IP rule 0.0.0.0/0' },
  { ...any, access: ['Enabled'], mode: ['none'], firewall: ['an unreadable rule'], reach: 'unknown', outbound: 'open' },
  // In no perimeter, not Enabled: nobody. The firewall is not asked.
  { ...any, access: ['Disabled'], mode: ['none'], endpoints: without, reach: 'closed', outbound: 'open', by: 'publicNetworkAccess Disabled' },
  { ...any, access: ['Disabled'], mode: ['none'], endpoints: withOne, reach: 'privateOnly', outbound: 'open', by: '1 approved private endpoint' },
  { ...any, access: ['SecuredByPerimeter'], mode: ['none'], endpoints: without, reach: 'closed', outbound: 'denied', by: 'publicNetworkAccess SecuredByPerimeter' },
  { ...any, access: ['SecuredByPerimeter'], mode: ['none'], endpoints: withOne, reach: 'privateOnly', outbound: 'denied', by: '1 approved private endpoint' },
  { ...any, access: ['unrecognised'], mode: ['none'], reach: 'unknown', outbound: 'unknown' },
  // In a perimeter that blocks nothing: its rules widen what the account lets in.
  { access: ['Enabled'], mode: permissive, firewall: ['no firewall'], endpoints: without, reach: 'internet', outbound: 'open', by: 'publicNetworkAccess Enabled, no firewall' },
  { access: ['Enabled'], mode: permissive, firewall: ['no firewall'], endpoints: withOne, reach: 'perimeterRules', outbound: 'open', by: office },
  { ...any, access: ['Enabled'], mode: permissive, firewall: ['an empty firewall'], reach: 'perimeterRules', outbound: 'open', by: office },
  { ...any, access: ['Enabled'], mode: permissive, firewall: ['a narrow range'], reach: 'selectedNetworks', outbound: 'open', by: '1 IP rule' },
  { ...any, access: ['Enabled'], mode: permissive, firewall: ['a subnet'], reach: 'selectedNetworks', outbound: 'open', by: '1 virtual network rule' },
  { ...any, access: ['Enabled'], mode: permissive, firewall: ['0.0.0.0'], reach: 'allAzure', outbound: 'open', by: 'IP rule 0.0.0.0' },
  { ...any, access: ['Enabled'], mode: permissive, firewall: ['the Internet', 'the Internet and an unreadable rule'], reach: 'internet', outbound: 'open', by: 'IP rule 0.0.0.0/0' },
  { ...any, access: ['Enabled'], mode: permissive, firewall: ['an unreadable rule'], reach: 'unknown', outbound: 'open' },
  // Disabled no longer means closed.
  { ...any, access: ['Disabled'], mode: permissive, reach: 'perimeterRules', outbound: 'open', by: office },
  { ...any, access: ['SecuredByPerimeter'], mode: permissive, reach: 'perimeterRules', outbound: 'perimeterRules', by: office },
  { ...any, access: ['unrecognised'], mode: permissive, reach: 'unknown', outbound: 'unknown' },
  // Enforced: nothing but the perimeter's rules counts, not even what cannot be read of the account.
  { ...any, mode: ['Enforced'], reach: 'perimeterRules', outbound: 'perimeterRules', by: office },
  // A mode that may or may not keep out what the account lets in.
  { ...any, mode: ['unrecognised'], reach: 'unknown', outbound: 'unknown' },
];

describe('a perimeter that admits a narrow range, or none', () => {
  const cells = rows.flatMap(row => combinations(row).map(cell => ({ ...cell, row })));

  test('the table has every cell once', () => {
    const names = cells.map(nameOf);
    expect(names.toSorted()).toEqual(combinations(any).map(nameOf).toSorted());
  });

  for (const cell of cells) {
    const { reach, outbound, by } = cell.row;
    test(`${nameOf(cell)}: ${reach}, outbound ${outbound}`, () => {
      const mode = modes[cell.mode];
      const decision = decide(worldOf(cell.access, mode === null ? [] : [member(mode, narrow)], cell.firewall, cell.endpoints));
      expect({ reach: reachOf(decision), outbound: decision.outbound, by: by === undefined ? undefined : decision.by }).toEqual({ reach, outbound, by });
      expect(decision.doubts.length > 0).toBe(reach === 'unknown' || (cell.firewall === 'the Internet and an unreadable rule' && cell.access === 'Enabled' && cell.mode !== 'Enforced'));
    });
  }
});

const lowerHalf = '0.0.0.0/1';
const upperHalf = '128.0.0.0/1';
const inbound = (name: string, differences: Partial<AccessRule>): AccessRule => rule({ name, ...differences });

interface RuleCase {
  readonly what: string;
  readonly rules?: readonly AccessRule[];
  readonly memberships?: (mode: AccessMode) => readonly Membership[];
  readonly reach: Reach;
  /** Not given where the mode decides it, or nothing does. */
  readonly by?: string;
}

/** What inbound rules do: the same in every access mode. The account is SecuredByPerimeter and has no private endpoint. */
const ruleCases: readonly RuleCase[] = [
  { what: 'no rules', rules: [], reach: 'closed' },
  { what: 'a rule that names nobody', rules: [inbound('empty', {})], reach: 'closed' },
  { what: 'outbound rules only', rules: [rule({ direction: 'Outbound', addressPrefixes: ['0.0.0.0/0'], fullyQualifiedDomainNames: ['*'] })], reach: 'closed' },
  { what: 'a narrow range', rules: narrow, reach: 'perimeterRules', by: office },
  { what: 'a subscription', rules: [inbound('ours', { subscriptions: [subscriptionId] })], reach: 'perimeterRules', by: 'perimeter rule production/default/ours' },
  { what: 'another perimeter', rules: [inbound('partner', { perimeters: [`${perimeterId}-partner`] })], reach: 'perimeterRules', by: 'perimeter rule production/default/partner' },
  { what: 'half of the Internet', rules: [inbound('half', { addressPrefixes: [lowerHalf] })], reach: 'perimeterRules', by: 'perimeter rule production/default/half' },
  { what: 'the Internet', rules: [...narrow, inbound('any', { addressPrefixes: ['0.0.0.0/0'] })], reach: 'internet', by: 'perimeter rule production/default/any' },
  { what: 'the Internet over IPv6', rules: [inbound('any', { addressPrefixes: ['::/0'] })], reach: 'internet', by: 'perimeter rule production/default/any' },
  { what: 'all of IPv4, IPv4-mapped', rules: [inbound('any', { addressPrefixes: ['::ffff:0:0/96'] })], reach: 'internet', by: 'perimeter rule production/default/any' },
  { what: 'two halves in one rule', rules: [inbound('halves', { addressPrefixes: [lowerHalf, upperHalf] })], reach: 'internet', by: 'perimeter rule production/default/halves' },
  {
    what: 'two halves in two rules',
    rules: [inbound('low', { addressPrefixes: [lowerHalf] }), ...narrow, inbound('high', { addressPrefixes: [upperHalf] })],
    reach: 'internet',
    by: 'perimeter rule production/default/low and perimeter rule production/default/high',
  },
  {
    what: 'two halves in two profiles',
    memberships: mode => [member(mode, [inbound('low', { addressPrefixes: [lowerHalf] })], 'production', 'a'), member(mode, [inbound('high', { addressPrefixes: [upperHalf] })], 'production', 'b')],
    reach: 'internet',
    by: 'perimeter rule production/a/low and perimeter rule production/b/high',
  },
  {
    what: 'two halves in two perimeters',
    memberships: mode => [member(mode, [inbound('low', { addressPrefixes: [lowerHalf] })], 'production'), member(mode, [inbound('high', { addressPrefixes: [upperHalf] })], 'staging')],
    reach: 'internet',
    by: 'perimeter rule production/default/low and perimeter rule staging/default/high',
  },
  { what: 'eight eighths in eight rules', rules: Array.from({ length: 8 }, (_, i) => inbound(`r${i}`, { addressPrefixes: [`${i * 32}.0.0.0/3`] })), reach: 'internet', by: '8 address rules' },
  { what: 'the service tag Internet', rules: [inbound('tag', { serviceTags: ['internet'] })], reach: 'internet', by: 'perimeter rule production/default/tag' },
  { what: 'the service tag AzureCloud', rules: [...narrow, inbound('tag', { serviceTags: ['AzureCloud'] })], reach: 'allAzure', by: 'perimeter rule production/default/tag' },
  { what: 'AzureCloud of one region', rules: [inbound('tag', { serviceTags: ['AzureCloud.WestEurope'] })], reach: 'allAzure', by: 'perimeter rule production/default/tag' },
  { what: 'another service tag', rules: [inbound('tag', { serviceTags: ['AzureFrontDoor.Backend'] })], reach: 'perimeterRules', by: 'perimeter rule production/default/tag' },
  { what: '0.0.0.0, which means Azure only in the account\'s IP rules', rules: [inbound('zero', { addressPrefixes: ['0.0.0.0'] })], reach: 'perimeterRules', by: 'perimeter rule production/default/zero' },
  { what: 'an unreadable address', rules: [inbound('bad', { addressPrefixes: ['any'] })], reach: 'unknown' },
  { what: 'an unreadable address beside a narrow range', rules: [...narrow, inbound('bad', { addressPrefixes: ['20.1/16'] })], reach: 'unknown' },
  { what: 'an unreadable address beside AzureCloud', rules: [inbound('tag', { serviceTags: ['AzureCloud'] }), inbound('bad', { addressPrefixes: ['any'] })], reach: 'unknown' },
  { what: 'an unreadable address beside the Internet', rules: [inbound('bad', { addressPrefixes: ['any'] }), inbound('all', { addressPrefixes: ['0.0.0.0/0'] })], reach: 'internet', by: 'perimeter rule production/default/all' },
  { what: 'an unreadable address in an outbound rule', rules: [...narrow, rule({ direction: 'Outbound', addressPrefixes: ['any'] })], reach: 'perimeterRules', by: office },
];

describe('what inbound rules admit', () => {
  for (const mode of ['Learning', 'Audit', 'Enforced'] as const) {
    for (const { what, rules = [], memberships, reach, by } of ruleCases) {
      test(`${mode}, ${what}: ${reach}`, () => {
        const decision = decide(worldOf('SecuredByPerimeter', memberships?.(mode) ?? [member(mode, rules)], 'no firewall', 'no private endpoint'));
        expect({ reach: reachOf(decision), outbound: decision.outbound, by: by === undefined ? undefined : decision.by }).toEqual({ reach, outbound: 'perimeterRules', by });
      });
    }
  }

  for (const { what, rules = [], memberships, reach } of ruleCases) {
    const expected = reach === 'internet' ? 'internet' : 'unknown';
    test(`an unrecognised mode, ${what}: ${expected}`, () => {
      const decision = decide(worldOf('SecuredByPerimeter', memberships?.(modes.unrecognised) ?? [member(modes.unrecognised, rules)], 'no firewall', 'no private endpoint'));
      expect(reachOf(decision)).toBe(expected);
      expect(decision.doubts[0]).toContain('has the access mode "Strict", which this version does not know');
    });
  }

  for (const access of keys(accesses)) {
    test(`${access}, Learning, the Internet: internet, whatever the account says`, () => {
      expect(reachOf(decide(worldOf(access, [member('Learning', [inbound('any', { addressPrefixes: ['0.0.0.0/0'] })])], 'an empty firewall', 'a private endpoint')))).toBe('internet');
    });
  }
});

describe('who is left where nobody public is admitted', () => {
  const cases: readonly (readonly [access: Access, mode: Exclude<Mode, 'unrecognised' | 'none'>, firewall: FirewallKind, by: string, because: string])[] = [
    ['Enabled', 'Learning', 'an empty firewall', 'firewall without rules', 'the firewall is on and has no rules, and the inbound rules of perimeter production admit nobody'],
    ['Disabled', 'Learning', 'no firewall', 'publicNetworkAccess Disabled', 'public network access is Disabled, and the inbound rules of perimeter production admit nobody'],
    ['SecuredByPerimeter', 'Audit', 'no firewall', 'publicNetworkAccess SecuredByPerimeter', 'public network access is SecuredByPerimeter, and the inbound rules of perimeter production admit nobody'],
    ['Enabled', 'Enforced', 'no firewall', 'perimeter production (Enforced)', 'perimeter production is Enforced and its inbound rules admit nobody'],
  ];
  for (const [access, mode, firewall, by, because] of cases) {
    test(`${access}, ${mode}, ${firewall}: closed, or private endpoints only`, () => {
      expect(decide(worldOf(access, [member(modes[mode], [])], firewall, 'no private endpoint'))).toMatchObject({ reach: 'closed', by, because, certain: true });
      expect(decide(worldOf(access, [member(modes[mode], [])], firewall, 'a private endpoint'))).toMatchObject({ reach: 'privateOnly', by: '1 approved private endpoint', because: `${because}; 1 approved private endpoint` });
    });
  }

  test('private endpoints are counted', () => {
    const world = { ...worldOf('Disabled', [], 'no firewall', 'a private endpoint'), approvedEndpoints: 3 };
    expect(decide(world)).toMatchObject({ reach: 'privateOnly', by: '3 approved private endpoints', because: 'public network access is Disabled; 3 approved private endpoints' });
  });
});

describe('several sources of rules', () => {
  test('firewall and perimeter cover the Internet together, where both admit', () => {
    const world = { ...worldOf('Enabled', [member('Learning', [inbound('high', { addressPrefixes: [upperHalf] })])], 'a narrow range', 'no private endpoint'), ipRules: readIpRules([lowerHalf]) };
    expect(decide(world)).toMatchObject({ reach: 'internet', by: 'IP rule 0.0.0.0/1 and perimeter rule production/default/high', certain: true });
  });

  test('but not where the firewall is not asked', () => {
    const high = [inbound('high', { addressPrefixes: [upperHalf] })];
    const world = { ...worldOf('Enabled', [member('Enforced', high)], 'a narrow range', 'no private endpoint'), ipRules: readIpRules([lowerHalf]) };
    expect(decide(world).reach).toBe('perimeterRules');
    expect(decide({ ...world, publicNetworkAccess: 'Disabled', memberships: [member('Learning', high)] }).reach).toBe('perimeterRules');
  });

  test('nor for certain where the mode is not known', () => {
    const world = { ...worldOf('Enabled', [member(modes.unrecognised, [inbound('high', { addressPrefixes: [upperHalf] })])], 'a narrow range', 'no private endpoint'), ipRules: readIpRules([lowerHalf]) };
    expect(reachOf(decide(world))).toBe('unknown');
  });

  test('one Enforced perimeter is enough to leave the account out of it; the rules of both count', () => {
    const world = worldOf('Enabled', [member('Learning', [inbound('tag', { serviceTags: ['AzureCloud'] })]), member('Enforced', narrow, 'staging')], 'no firewall', 'no private endpoint');
    expect(decide(world)).toMatchObject({ reach: 'allAzure', by: 'perimeter rule production/default/tag', outbound: 'perimeterRules' });
  });

  test('virtual network rules and IP rules are named together', () => {
    expect(decide(worldOf('Enabled', [], '0.0.0.0', 'no private endpoint')).reach).toBe('allAzure');
    const world = { ...worldOf('Enabled', [], 'a subnet', 'no private endpoint'), ipRules: readIpRules(['20.1.2.3', '20.1.2.4']), virtualNetworkRules: 2 };
    expect(decide(world).by).toBe('2 IP rules and 2 virtual network rules');
  });

  test('an empty rule is a doubt where service tags are not known', () => {
    const blind = { ...member('Enforced', [inbound('tag', {}), ...narrow]), tagsKnown: false };
    const decision = decide(worldOf('Disabled', [blind], 'no firewall', 'no private endpoint'));
    expect(reachOf(decision)).toBe('unknown');
    expect(decision.doubts).toEqual(["Perimeter rule production/default/tag names nobody in the account's configuration, which leaves out service tags."]);
    expect(reachOf(decide(worldOf('Disabled', [{ ...member('Enforced', narrow), tagsKnown: false }], 'no firewall', 'no private endpoint')))).toBe('perimeterRules');
  });
});

describe('reasons in words', () => {
  const cases: readonly (readonly [why: string, world: World, because: string])[] = [
    ['a good part of the Internet is told', { ...worldOf('Enabled', [], 'a narrow range', 'no private endpoint'), ipRules: readIpRules([upperHalf]) }, 'the firewall has 1 IP rule (43% of the Internet)'],
    ['so it is of a perimeter rule', worldOf('Disabled', [member('Enforced', [inbound('half', { addressPrefixes: [lowerHalf] })])], 'no firewall', 'no private endpoint'), 'perimeter rule production/default/half admits 1 address range (56% of the Internet) in access mode Enforced'],
    ['nearly all of it is told too', { ...worldOf('Enabled', [], 'a narrow range', 'no private endpoint'), ipRules: readIpRules([lowerHalf, '128.0.0.0/2', '192.0.0.0/4']) }, 'IP rule 0.0.0.0/1, IP rule 128.0.0.0/2 and IP rule 192.0.0.0/4 together cover 92% of the Internet'],
    [
      'a rule says whom it admits, and Learning what the portal calls it',
      worldOf('Disabled', [member('Learning', [inbound('all', { addressPrefixes: ['20.1.2.3', '20.1.2.4'], subscriptions: [subscriptionId], perimeters: ['a', 'b'] })])], 'no firewall', 'no private endpoint'),
      'perimeter rule production/default/all admits 2 address ranges, 1 subscription and 2 perimeters in access mode Learning (portal: Transition)',
    ],
    [
      'other perimeter rules are counted',
      worldOf('Disabled', [member('Enforced', [...narrow, inbound('a', { subscriptions: [subscriptionId] }), inbound('b', { subscriptions: [otherSubscriptionId] })])], 'no firewall', 'no private endpoint'),
      'perimeter rule production/default/office admits 1 address range in access mode Enforced; 2 other perimeter rules let in more',
    ],
    ['also beside the firewall', worldOf('Enabled', [member('Learning', narrow)], 'a subnet', 'no private endpoint'), 'the firewall has 1 virtual network rule; 1 perimeter rule lets in more'],
    ['a service tag is named', worldOf('Disabled', [member('Enforced', [inbound('a', { serviceTags: ['Storage'] })])], 'no firewall', 'no private endpoint'), 'perimeter rule production/default/a admits the service tag Storage'],
  ];
  for (const [why, world, because] of cases) {
    test(`${why}: ${because}`, () => {
      expect(decide(world).because).toBe(because);
    });
  }

  test('values from outside are cut to 60 characters', () => {
    const long = 'x'.repeat(1000);
    const world = { ...worldOf('Enabled', [member({ unrecognised: long }, [inbound('a', { addressPrefixes: [long] })])], 'a narrow range', 'no private endpoint'), ipRules: readIpRules([long]) };
    for (const doubt of [...decide(world).doubts, ...decide({ ...world, publicNetworkAccess: { unrecognised: long }, memberships: [] }).doubts]) expect(doubt.length).toBeLessThan(200);
  });
});

interface Cell {
  readonly access: Access;
  readonly mode: Mode;
  readonly firewall: FirewallKind;
  readonly endpoints: Endpoints;
}

function combinations(from: { readonly [Name in keyof Cell]: readonly Cell[Name][] }): Cell[] {
  return from.access.flatMap(access => from.mode.flatMap(mode => from.firewall.flatMap(firewall => from.endpoints.map(endpoints => ({ access, mode, firewall, endpoints })))));
}

function nameOf({ access, mode, firewall, endpoints }: Cell): string {
  return `${access}, ${mode === 'none' ? 'no perimeter' : `${mode} perimeter`}, ${firewall}, ${endpoints}`;
}

function keys<T extends object>(object: T): (keyof T)[] {
  return Object.keys(object) as (keyof T)[];
}
