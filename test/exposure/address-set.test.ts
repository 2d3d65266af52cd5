import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AddressRange } from '../../src/core/address.ts';
import { contains, coversInternet, parseRange, shareOfInternet, size, union } from '../../src/exposure/address-set.ts';
import { halvesOf, range } from './arbitraries.ts';

function parsed(text: string): AddressRange {
  const found = parseRange(text);
  if (!found) throw new Error(`Not an address range: ${text}`);
  return found;
}

const setOf = (...texts: string[]) => union(texts.map(parsed));

describe('parseRange', () => {
  const reads: readonly (readonly [text: string, first: string, last: string, why?: string])[] = [
    ['20.1.2.3', '20.1.2.3', '20.1.2.3'],
    ['0.0.0.0', '0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255', '255.255.255.255'],
    ['20.1.2.0/24', '20.1.2.0', '20.1.2.255'],
    ['20.1.2.3/32', '20.1.2.3', '20.1.2.3'],
    ['20.1.2.77/24', '20.1.2.0', '20.1.2.255', 'host bits are dropped'],
    ['255.255.255.255/1', '128.0.0.0', '255.255.255.255', 'host bits are dropped'],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
    ['20.1.2.3/0', '0.0.0.0', '255.255.255.255', 'a prefix of 0 is everybody, whatever the address'],
    ['  20.1.2.0/24\t', '20.1.2.0', '20.1.2.255', 'space around it does not count'],
    ['::1', '::1', '::1'],
    ['::', '::', '::'],
    ['2001:db8::/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2001:DB8::1/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', 'case does not count, host bits are dropped'],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::1', '2001:db8::1'],
    ['::/0', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2001:db8::/128', '2001:db8::', '2001:db8::'],
    ['::ffff:20.1.2.3', '::ffff:1401:203', '::ffff:1401:203', 'IPv4-mapped'],
    ['::ffff:1401:203', '::ffff:1401:203', '::ffff:1401:203', 'IPv4-mapped in hexadecimal'],
    ['64:ff9b::20.1.2.3', '64:ff9b::1401:203', '64:ff9b::1401:203'],
  ];
  for (const [text, first, last, why] of reads) {
    test(`reads "${text}" as ${first === last ? first : `${first} to ${last}`}${why === undefined ? '' : `: ${why}`}`, () => {
      expect(parsed(text)).toMatchObject({ first: parsed(first).first, last: parsed(last).last, text: text.trim() });
    });
  }

  test('tells IPv4 from IPv6', () => {
    expect(['20.1.2.3', '0.0.0.0/0', '::1', '::ffff:20.1.2.3'].map(text => parsed(text).family)).toEqual([4, 4, 6, 6]);
  });

  const refuses: Readonly<Record<string, readonly string[]>> = {
    'what is no address': ['', ' ', 'any', '*', 'Internet', 'contoso.com', '/24', '20.1.2.3/', '20.1.2.3/24/24', '20.1.2.3-20.1.2.9', '20.1.2.3,20.1.2.4', '[::1]', '20.1.2.3:443'],
    'space inside': ['20.1.2.0 /24', '20.1.2.0/ 24', '20. 1.2.3', '20.1.2.3 20.1.2.4'],
    'numbers out of range': ['256.1.1.1', '20.1.2.999', '20.1.2.3.4', '99999999999.1.1.1', '12345::', 'g::', '1:2:3:4:5:6:7:8:9'],
    'short forms': ['20', '20.1', '20.1.2', '335609347', '20.1/16', '1:2:3:4:5:6:7', ':1'],
    'octal and hexadecimal IPv4': ['020.1.2.3', '20.01.2.3', '20.1.2.03', '0x14.1.2.3', '0x14010203', '00.0.0.0'],
    'digits that are not ASCII': ['２0.1.2.3', '20.1.2.3/２4'],
    'bad prefixes': ['20.1.2.3/33', '20.1.2.3/-1', '20.1.2.3/+8', '20.1.2.3/8.0', '20.1.2.3/0x8', '20.1.2.3/1e1', '20.1.2.3/255.255.0.0', '::1/129', '::1/1000'],
    'prefixes with a leading zero, which some programs read as octal': ['20.1.2.3/08', '20.1.2.3/010', '20.1.2.3/00', '::1/064'],
    'zone ids': ['fe80::1%eth0', 'fe80::1%1', 'fe80::%eth0/64'],
    'two gaps': ['1::2::3', ':::', '1::2:3:4:5:6:7:8'],
    'octal and hexadecimal inside IPv6': ['::ffff:020.1.2.3', '::ffff:0x14.1.2.3', '64:ff9b::20.1.2.03', '::ffff:20.1.2'],
    'the deprecated ::1.2.3.4, which programs read as two different addresses': ['::20.1.2.3', '::0.0.0.0/96'],
  };
  for (const [what, texts] of Object.entries(refuses)) {
    test(`refuses ${what}`, () => {
      expect(texts.filter(text => parseRange(text) !== null)).toEqual([]);
    });
  }
});

describe('union, size and contains', () => {
  const sizes: readonly (readonly [ranges: readonly string[], size: bigint, why: string])[] = [
    [[], 0n, 'nothing'],
    [['20.1.2.3'], 1n, 'one address'],
    [['20.1.2.0/24', '20.1.2.0/25', '20.1.2.7'], 256n, 'what overlaps counts once'],
    [['20.1.2.0/25', '20.1.2.128/25'], 256n, 'what touches'],
    [['20.1.2.0/25', '20.1.3.0/25'], 256n, 'what neither overlaps nor touches'],
    [['0.0.0.0/0'], 1n << 32n, 'all of IPv4'],
    [['::/0'], 1n << 128n, 'all of IPv6, in which IPv4-mapped counts once'],
    [['2001:db8::/64', '20.1.2.0/24'], (1n << 64n) + 256n, 'both families'],
    [['::ffff:0:0/96'], 1n << 32n, 'IPv4-mapped is as large as IPv4'],
    [['::ffff:20.1.2.0/120', '20.1.2.0/24'], 256n, 'IPv4-mapped is the same as the IPv4 it stands for'],
    [['::fffe:0:0/95'], 1n << 33n, 'half of it IPv4-mapped'],
  ];
  for (const [ranges, expected, why] of sizes) {
    test(`${ranges.join(' + ') || '(none)'} has ${expected} addresses: ${why}`, () => {
      expect(size(setOf(...ranges))).toBe(expected);
    });
  }

  test('ranges that overlap or touch become one run', () => {
    expect(setOf('20.1.2.128/25', '20.1.2.0/25', '20.1.3.0/24', '20.1.2.200')).toEqual({ v4: [{ first: parsed('20.1.2.0').first, last: parsed('20.1.3.255').last }], v6: [] });
  });

  const inside: readonly (readonly [set: readonly string[], range: string, contained: boolean])[] = [
    [['20.1.2.0/24'], '20.1.2.0/24', true],
    [['20.1.2.0/24'], '20.1.2.0/25', true],
    [['20.1.2.0/24'], '20.1.2.0/23', false],
    [['20.1.2.0/24'], '20.1.3.0', false],
    [['20.1.2.0/25', '20.1.2.128/25'], '20.1.2.0/24', true],
    [['20.1.2.0/25', '20.1.2.129/32'], '20.1.2.0/24', false],
    [[], '20.1.2.3', false],
    [['0.0.0.0/0'], '2001:db8::1', false],
    [['2000::/3'], '20.1.2.3', false],
    [['2001:db8::/32'], '2001:db8:1::/48', true],
    [['20.1.2.0/24'], '::ffff:20.1.2.3', true],
    [['::ffff:20.1.2.0/120'], '20.1.2.3', true],
    [['::fffe:0:0/96', '0.0.0.0/0'], '::fffe:0:0/95', true],
    [['::fffe:0:0/96', '0.0.0.0/1'], '::fffe:0:0/95', false],
  ];
  for (const [set, each, contained] of inside) {
    test(`${set.join(' + ') || '(none)'} ${contained ? 'contains' : 'does not contain'} ${each}`, () => {
      expect(contains(setOf(...set), parsed(each))).toBe(contained);
    });
  }
});

/** All of IPv4 without the private and other special blocks, as a careful person would write it. */
const publicSpace = [
  '1.0.0.0/8', '2.0.0.0/7', '4.0.0.0/6', '8.0.0.0/7', '11.0.0.0/8', '12.0.0.0/6', '16.0.0.0/4', '32.0.0.0/3', '64.0.0.0/3', '96.0.0.0/6', '100.0.0.0/10', '100.128.0.0/9',
  '101.0.0.0/8', '102.0.0.0/7', '104.0.0.0/5', '112.0.0.0/5', '120.0.0.0/6', '124.0.0.0/7', '126.0.0.0/8', '128.0.0.0/3', '160.0.0.0/5', '168.0.0.0/8', '169.0.0.0/9',
  '169.128.0.0/10', '169.192.0.0/11', '169.224.0.0/12', '169.240.0.0/13', '169.248.0.0/14', '169.252.0.0/15', '169.255.0.0/16', '170.0.0.0/7', '172.0.0.0/12', '172.32.0.0/11', '172.64.0.0/10', '172.128.0.0/9', '173.0.0.0/8', '174.0.0.0/7', '176.0.0.0/4', '192.0.0.0/9', '192.128.0.0/11',
  '192.160.0.0/13', '192.169.0.0/16', '192.170.0.0/15', '192.172.0.0/14', '192.176.0.0/12', '192.192.0.0/10', '193.0.0.0/8', '194.0.0.0/7', '196.0.0.0/6', '200.0.0.0/5', '208.0.0.0/4',
];

describe('coversInternet', () => {
  const covers: readonly (readonly [what: string, ranges: readonly string[]])[] = [
    ['0.0.0.0/0', ['0.0.0.0/0']],
    ['any address with a prefix of 0', ['20.1.2.3/0']],
    ['two halves', ['0.0.0.0/1', '128.0.0.0/1']],
    ['every /8', Array.from({ length: 256 }, (_, i) => `${i}.0.0.0/8`)],
    ['all public space without private and special blocks', publicSpace],
    ['all public space but one /8', publicSpace.filter(each => each !== '11.0.0.0/8')],
    ['all but less than a tenth', ['0.0.0.0/4', '32.0.0.0/3', '64.0.0.0/2', '128.0.0.0/1']],
    ['::/0', ['::/0']],
    ['2000::/3, all of global unicast', ['2000::/3']],
    ['2000::/4, all of global unicast that is given out', ['2000::/4']],
    ['the block of each IPv6 registry', ['2001::/16', '2400::/11', '2600::/10', '2800::/12', '2a00::/11', '2c00::/12']],
    ['::ffff:0:0/96, which is all of IPv4', ['::ffff:0:0/96']],
    ['two halves, one of them IPv4-mapped', ['0.0.0.0/1', '::ffff:128.0.0.0/97']],
    ['all of IPv4 beside a narrow IPv6 range', ['0.0.0.0/0', '2001:db8::/32']],
  ];
  for (const [what, ranges] of covers) {
    test(`yes: ${what}`, () => {
      expect(coversInternet(setOf(...ranges))).toBe(true);
    });
  }

  const doesNot: readonly (readonly [what: string, ranges: readonly string[]])[] = [
    ['no ranges', []],
    ['0.0.0.0, which is not 0.0.0.0/0', ['0.0.0.0']],
    ['the lower half', ['0.0.0.0/1']],
    ['the upper half', ['128.0.0.0/1']],
    ['all but more than a tenth', ['0.0.0.0/3', '64.0.0.0/2', '128.0.0.0/1']],
    ['three quarters', ['0.0.0.0/1', '128.0.0.0/2']],
    ['half of IPv4 and half of IPv6', ['0.0.0.0/1', '2000::/6']],
    ['the private blocks', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']],
    ['unique local IPv6', ['fc00::/7']],
    ['one IPv6 registry', ['2a00::/11']],
    ['3000::/4, of which nothing is given out', ['3000::/4']],
    ['half of IPv4 written as IPv4-mapped', ['::ffff:0.0.0.0/97']],
  ];
  for (const [what, ranges] of doesNot) {
    test(`no: ${what}`, () => {
      expect(coversInternet(setOf(...ranges))).toBe(false);
    });
  }

  test('10,000 rules that cover the Internet together, and none of them alone', () => {
    const rules = Array.from({ length: 10_000 }, (_, i) => `${i >> 5}.${(i & 31) << 3}.0.0/13`).slice(0, 8_192);
    const narrow = Array.from({ length: 10_000 - rules.length }, (_, i) => `20.1.${i & 255}.${i >> 8}`);
    expect(coversInternet(setOf(...rules, ...narrow))).toBe(true);
    expect(coversInternet(setOf(...narrow))).toBe(false);
  });

  const shares: readonly (readonly [ranges: readonly string[], share: number])[] = [
    [[], 0],
    [['0.0.0.0/0'], 1],
    [publicSpace, 1],
    [['10.0.0.0/8'], 0],
    [['::/0'], 1],
    [['0.0.0.0/0', '2a00::/11'], 1],
  ];
  for (const [ranges, share] of shares) {
    test(`${ranges.length > 3 ? 'all public space' : ranges.join(' + ') || 'nothing'} is ${share === 1 ? 'all' : 'nothing'} of the Internet`, () => {
      expect(shareOfInternet(setOf(...ranges))).toBeCloseTo(share, 3);
    });
  }

  test('a /8 is 1/221 of the public addresses, which are 3.7 thousand million', () => {
    expect(shareOfInternet(setOf('20.0.0.0/8'))).toBeCloseTo(2 ** 24 / 3_702_258_432, 4);
  });
});

describe('any ranges', () => {
  const ranges = fc.array(range, { maxLength: 12 });

  test('their order does not matter', () => {
    fc.assert(
      fc.property(ranges.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), ([all, shuffled]) => {
        expect(union(shuffled)).toEqual(union(all));
      }),
    );
  });

  test('splitting one into its halves changes nothing', () => {
    fc.assert(
      fc.property(ranges, range, range, (rest, whole, probe) => {
        const before = union([...rest, whole]);
        const after = union([...rest, ...halvesOf(whole)]);
        expect(after).toEqual(before);
        expect(size(after)).toBe(size(before));
        expect(coversInternet(after)).toBe(coversInternet(before));
        expect(contains(after, probe)).toBe(contains(before, probe));
      }),
    );
  });

  test('adding one never shrinks size, share or contents', () => {
    fc.assert(
      fc.property(ranges, range, range, (all, added, probe) => {
        const before = union(all);
        const after = union([...all, added]);
        expect(size(after) >= size(before)).toBe(true);
        expect(shareOfInternet(after)).toBeGreaterThanOrEqual(shareOfInternet(before));
        expect(contains(after, probe) || !contains(before, probe)).toBe(true);
      }),
    );
  });

  test('each is contained in a union that includes it', () => {
    fc.assert(
      fc.property(ranges, range, (rest, each) => {
        expect(contains(union([...rest, each]), each)).toBe(true);
      }),
    );
  });

  test('runs are sorted and neither overlap nor touch', () => {
    fc.assert(
      fc.property(ranges, all => {
        const { v4, v6 } = union(all);
        for (const runs of [v4, v6]) {
          const ends = runs.flatMap(({ first, last }) => [first, last + 1n]);
          expect(ends.every((end, i) => i === 0 || (ends[i - 1] ?? end) < end)).toBe(true);
        }
      }),
    );
  });

  test('what is written is what is read', () => {
    fc.assert(
      fc.property(range, each => {
        expect(parseRange(each.text)).toEqual(each);
      }),
    );
  });
});
