import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reaches, type Reach } from '../../src/core/exposure.ts';
import { unknown } from '../../src/core/fact.ts';
import type { AccessRule } from '../../src/core/perimeter.ts';
import { parseRange } from '../../src/exposure/address-set.ts';
import { isAzureDatacenters } from '../../src/exposure/firewall.ts';
import { account, connection, rule } from '../support/builders.ts';
import { agreeingEstate, estate, exposureIn, halvesOf, inboundRule, ipRule, knownAccess, mapSides, type Estate } from './arbitraries.ts';

const runs = { numRuns: 250 };

function withAccount(from: Estate, differences: Partial<Estate['account']>): Estate {
  return { ...from, account: { ...from.account, ...differences } };
}

function withPerimeterRule(from: Estate, index: number, added: AccessRule): Estate {
  return mapSides(from, ({ accessMode, rules }, each) => ({ accessMode, rules: each === index ? [...rules, added] : rules }));
}

/** Null where one of them is not known. */
function narrower(after: Reach, before: Reach): boolean | null {
  return after === 'unknown' || before === 'unknown' ? null : reaches.indexOf(after) > reaches.indexOf(before);
}

describe('an estate that is read in full and agrees with itself', () => {
  test('always has a known reach', () => {
    fc.assert(
      fc.property(agreeingEstate, given => {
        expect(exposureIn(given).reach).not.toBe('unknown');
      }),
      runs,
    );
  });
});

describe('adding a rule that lets somebody in never narrows the reach', () => {
  const hasFirewall = ({ account }: Estate): boolean => account.ipRules.length > 0 || account.virtualNetworkFilter;

  test('an IP rule, where the firewall is on already', () => {
    fc.assert(
      fc.property(estate.filter(hasFirewall), ipRule, (given, added) => {
        const after = withAccount(given, { ipRules: [...given.account.ipRules, added] });
        expect(narrower(exposureIn(after).reach, exposureIn(given).reach)).not.toBe(true);
      }),
      runs,
    );
  });

  test('an IP rule, where both sides agree: the reach stays known, too', () => {
    fc.assert(
      fc.property(agreeingEstate.filter(hasFirewall), ipRule, (given, added) => {
        const after = withAccount(given, { ipRules: [...given.account.ipRules, added] });
        expect(narrower(exposureIn(after).reach, exposureIn(given).reach)).toBe(false);
      }),
      runs,
    );
  });

  test('a perimeter inbound rule', () => {
    fc.assert(
      fc.property(estate, fc.nat(1), inboundRule, (given, index, added) => {
        expect(narrower(exposureIn(withPerimeterRule(given, index, added)).reach, exposureIn(given).reach)).not.toBe(true);
      }),
      runs,
    );
  });

  test('a perimeter inbound rule, where both sides agree: the reach stays known, too', () => {
    fc.assert(
      fc.property(agreeingEstate, fc.nat(1), inboundRule, (given, index, added) => {
        expect(narrower(exposureIn(withPerimeterRule(given, index, added)).reach, exposureIn(given).reach)).toBe(false);
      }),
      runs,
    );
  });

  test('a virtual network rule, where the filter is on already', () => {
    fc.assert(
      fc.property(agreeingEstate.filter(({ account }) => account.virtualNetworkFilter), given => {
        const added = { subnetId: '/subscriptions/x/subnets/added', ignoreMissingEndpoint: false };
        const after = withAccount(given, { virtualNetworkRules: [...given.account.virtualNetworkRules, added] });
        expect(narrower(exposureIn(after).reach, exposureIn(given).reach)).toBe(false);
      }),
      runs,
    );
  });

  describe('with these exceptions, which are what Azure does', () => {
    const reachOf = (differences: Partial<Estate['account']>): Reach =>
      exposureIn({ account: account({ publicNetworkAccess: 'Enabled', privateEndpointConnections: [], ...differences }), configurations: { known: true, value: [], sources: [] }, perimeters: [] }).reach;

    test('the first IP rule turns the firewall on', () => {
      expect([reachOf({}), reachOf({ ipRules: ['20.1.2.3'] })]).toEqual(['internet', 'selectedNetworks']);
      expect([reachOf({}), reachOf({ ipRules: ['0.0.0.0'] })]).toEqual(['internet', 'allAzure']);
    });

    test('so does the virtual network filter', () => {
      expect([reachOf({}), reachOf({ virtualNetworkFilter: true })]).toEqual(['internet', 'closed']);
    });

    test('the first IP rule opens what a private endpoint held closed', () => {
      const privateEndpointConnections = [connection()];
      expect([reachOf({ privateEndpointConnections }), reachOf({ privateEndpointConnections, ipRules: ['20.1.2.3'] })]).toEqual(['privateOnly', 'selectedNetworks']);
    });

    test('the first approved private endpoint closes an account without a firewall, and no other', () => {
      const privateEndpointConnections = [connection()];
      expect([reachOf({}), reachOf({ privateEndpointConnections })]).toEqual(['internet', 'privateOnly']);
      expect([reachOf({ ipRules: ['0.0.0.0/0'] }), reachOf({ ipRules: ['0.0.0.0/0'], privateEndpointConnections })]).toEqual(['internet', 'internet']);
    });

    test('0.0.0.0 beside 0.0.0.0/0 changes nothing, beside anything less it adds all of Azure', () => {
      expect([reachOf({ ipRules: ['0.0.0.0/0', '0.0.0.0'] }), reachOf({ ipRules: ['20.1.2.3', '0.0.0.0'] })]).toEqual(['internet', 'allAzure']);
    });

    test('0.0.0.0/31 is two addresses, but its lower half is all of Azure', () => {
      expect([reachOf({ ipRules: ['0.0.0.0/31'] }), reachOf({ ipRules: ['0.0.0.0/32', '0.0.0.1/32'] })]).toEqual(['selectedNetworks', 'allAzure']);
    });
  });
});

describe('how rules are written does not matter', () => {
  const essence = (given: Estate) => {
    const { reach, outbound, latent, trustedServices } = exposureIn(given);
    return { reach, outbound, latent, trustedServices };
  };

  /** The same elements in another order. */
  function shuffled<T>(all: readonly T[], seed: number): T[] {
    const keyed = all.map((value, i) => ({ value, key: ((i + 1) * 7919 * (seed + 1)) % 1009 }));
    return keyed.toSorted((a, b) => a.key - b.key).map(({ value }) => value);
  }

  function shuffledEstate(given: Estate, seed: number): Estate {
    const { ipRules, virtualNetworkRules, privateEndpointConnections } = given.account;
    const rules = mapSides(given, side => ({ accessMode: side.accessMode, rules: shuffled(side.rules, seed).map(each => ({ ...each, addressPrefixes: shuffled(each.addressPrefixes, seed) })) }));
    const { configurations } = rules;
    return {
      account: { ...given.account, ipRules: shuffled(ipRules, seed), virtualNetworkRules: shuffled(virtualNetworkRules, seed), privateEndpointConnections: shuffled(privateEndpointConnections, seed) },
      configurations: configurations.known ? { ...configurations, value: shuffled(configurations.value, seed) } : configurations,
      perimeters: shuffled(rules.perimeters, seed + 1),
    };
  }

  test('nor does their order', () => {
    fc.assert(
      fc.property(estate, fc.nat(1000), (given, seed) => {
        expect(essence(shuffledEstate(given, seed))).toEqual(essence(given));
      }),
      runs,
    );
  });

  /** In IP rules 0.0.0.0 stands for Azure: a range is not split down to it. */
  function split(text: string): string[] {
    const range = parseRange(text);
    const halves = range && !isAzureDatacenters(text) ? halvesOf(range).map(half => half.text) : [text];
    return halves.some(isAzureDatacenters) ? [text] : halves;
  }

  test('nor does splitting every range into its halves', () => {
    fc.assert(
      fc.property(estate, given => {
        const rules = mapSides(given, side => ({ accessMode: side.accessMode, rules: side.rules.map(each => ({ ...each, addressPrefixes: each.addressPrefixes.flatMap(split) })) }));
        expect(essence({ ...rules, account: { ...given.account, ipRules: given.account.ipRules.flatMap(split) } })).toEqual(essence(given));
      }),
      runs,
    );
  });

  test('nor does splitting a perimeter rule into one rule for each address', () => {
    fc.assert(
      fc.property(estate, given => {
        const oneEach = (each: AccessRule): AccessRule[] => (each.addressPrefixes.length < 2 ? [each] : each.addressPrefixes.map((prefix, i) => ({ ...each, name: `${each.name}-${i}`, addressPrefixes: [prefix] })));
        expect(essence(mapSides(given, side => ({ accessMode: side.accessMode, rules: side.rules.flatMap(oneEach) })))).toEqual(essence(given));
      }),
      runs,
    );
  });
});

describe('knowing less', () => {
  const gone = unknown('denied', 'It may not be read.', [], 'read');
  const strange = { unrecognised: 'Strict' };

  function garbled(rules: readonly AccessRule[], which: number): readonly AccessRule[] {
    return rules.map((each, i) => (i === which % Math.max(1, rules.length) && each.addressPrefixes.length > 0 ? { ...each, addressPrefixes: ['any', ...each.addressPrefixes.slice(1)] } : each));
  }

  /** Ways not to know what was known. `which` chooses among several perimeters or rules. */
  const forget: Readonly<Record<string, (from: Estate, which: number) => Estate>> = {
    'the account\'s own configurations': from => ({ ...from, configurations: gone }),
    'a perimeter\'s associations': (from, which) => ({ ...from, perimeters: from.perimeters.map((each, i) => (i === which % 2 ? { ...each, associations: gone } : each)) }),
    'a perimeter\'s rules': (from, which) => ({ ...from, perimeters: from.perimeters.map((each, i) => (i === which % 2 ? { ...each, profiles: gone } : each)) }),
    'that there is a perimeter': (from, which) => ({ ...from, perimeters: from.perimeters.filter((_, i) => i !== which % 2) }),
    'publicNetworkAccess': from => withAccount(from, { publicNetworkAccess: strange }),
    'an access mode': (from, which) => mapSides(from, (side, i) => (i === which % 2 ? { ...side, accessMode: strange } : side)),
    'an access mode by the account': from => mapSides(from, (side, _, of) => (of === 'account' ? { ...side, accessMode: strange } : side)),
    'an access mode by the perimeter': from => mapSides(from, (side, _, of) => (of === 'perimeter' ? { ...side, accessMode: strange } : side)),
    'an IP rule': (from, which) => withAccount(from, { ipRules: from.account.ipRules.map((each, i) => (i === which % from.account.ipRules.length ? 'any' : each)) }),
    'an address in a perimeter rule': (from, which) => mapSides(from, side => ({ ...side, rules: garbled(side.rules, which) })),
    'an address in a perimeter rule, by the account': (from, which) => mapSides(from, (side, _, of) => (of === 'account' ? { ...side, rules: garbled(side.rules, which) } : side)),
    'an address in a perimeter rule, by the perimeter': (from, which) => mapSides(from, (side, _, of) => (of === 'perimeter' ? { ...side, rules: garbled(side.rules, which) } : side)),
  };

  /** Answers that were known, and are now other ones instead of the same or unknown. */
  function otherAnswers(before: Estate, after: Estate): string[] {
    const was = exposureIn(before);
    const is = exposureIn(after);
    const other = (a: string, b: string): boolean => a !== 'unknown' && b !== 'unknown' && a !== b;
    return (['reach', 'outbound', 'trustedServices'] as const).filter(name => other(was[name], is[name])).map(name => `${name}: ${was[name]}, then ${is[name]}`);
  }

  for (const [what, forgetting] of Object.entries(forget)) {
    test(`forgetting ${what} never makes another answer`, () => {
      fc.assert(
        fc.property(estate, fc.nat(3), (given, which) => {
          expect(otherAnswers(given, forgetting(given, which))).toEqual([]);
        }),
        { numRuns: 120 },
      );
    });
  }

  test('nor does forgetting several things', () => {
    fc.assert(
      fc.property(estate, fc.array(fc.tuple(fc.constantFrom(...Object.values(forget)), fc.nat(3)), { minLength: 2, maxLength: 4 }), (given, steps) => {
        let after = given;
        for (const [forgetting, which] of steps) after = forgetting(after, which);
        expect(otherAnswers(given, after)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('what is not known is never less open than it may be: no value of the fact makes the account more open than was said', () => {
    fc.assert(
      fc.property(estate, knownAccess, ipRule, fc.nat(3), (given, publicNetworkAccess, value, which) => {
        const { ipRules } = given.account;
        const said = exposureIn(withAccount(given, { publicNetworkAccess: strange })).reach;
        expect(narrower(said, exposureIn(withAccount(given, { publicNetworkAccess })).reach)).not.toBe(true);
        const replaced = (text: string): Estate => withAccount(given, { ipRules: ipRules.map((each, i) => (i === which % ipRules.length ? text : each)) });
        expect(narrower(exposureIn(replaced('any')).reach, exposureIn(replaced(value)).reach)).not.toBe(true);
        const ruled = (added: AccessRule): Estate => withPerimeterRule(given, which % 2, added);
        expect(narrower(exposureIn(ruled(rule({ name: 'added', addressPrefixes: ['any'] }))).reach, exposureIn(ruled(rule({ name: 'added', addressPrefixes: [value] }))).reach)).not.toBe(true);
      }),
      runs,
    );
  });
});
