import ipaddr from 'ipaddr.js';
import type { AddressRange } from '../core/address.ts';

interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/** Addresses as sorted runs that neither overlap nor touch, IPv4 and IPv6 apart. */
export interface AddressSet {
  readonly v4: readonly Interval[];
  readonly v6: readonly Interval[];
}

/**
 * Reads an IPv4 or IPv6 address or CIDR range; host bits may be set. Null where it is none.
 * Only dotted decimal counts as IPv4, also inside IPv6: octal, hexadecimal and short forms mean different things to
 * different programs. So does a prefix length with a leading zero.
 */
export function parseRange(text: string): AddressRange | null {
  const trimmed = text.trim();
  const [address = '', prefix, ...rest] = trimmed.split('/');
  if (rest.length > 0 || (prefix !== undefined && !/^(0|[1-9]\d{0,2})$/.test(prefix))) return null;
  const octets = fourPartDecimal.test(address) ? address.split('.').map(Number) : null;
  const family = octets ? 4 : isIPv6(address) ? 6 : null;
  if (family === null) return null;
  const bits = family === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  if (length > bits) return null;
  const size = 1n << BigInt(bits - length);
  const value = toBigInt(octets ?? ipaddr.IPv6.parse(address).toByteArray());
  const first = value - (value % size);
  return { family, first, last: first + size - 1n, text: trimmed };
}

const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const fourPartDecimal = new RegExp(`^${octet}(\\.${octet}){3}$`);

/** No zone ids, and no `::1.2.3.4`: programs read that deprecated form as two different addresses. */
function isIPv6(address: string): boolean {
  if (address.includes('%') || !ipaddr.IPv6.isValid(address)) return false;
  const tail = address.slice(address.lastIndexOf(':') + 1);
  return !tail.includes('.') || (fourPartDecimal.test(tail) && address !== `::${tail}`);
}

function toBigInt(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

const mapped = { first: 0xffff_0000_0000n, last: 0xffff_ffff_ffffn };

/** The union of ranges. IPv4-mapped IPv6 (`::ffff:0:0/96`) counts as the IPv4 addresses it stands for, and only as those. */
export function union(ranges: readonly Omit<AddressRange, 'text'>[]): AddressSet {
  const v4: Interval[] = [];
  const v6: Interval[] = [];
  for (const { family, first, last } of ranges) {
    if (family === 4) {
      v4.push({ first, last });
    } else if (last < mapped.first || first > mapped.last) {
      v6.push({ first, last });
    } else {
      v4.push({ first: max(first, mapped.first) - mapped.first, last: min(last, mapped.last) - mapped.first });
      if (first < mapped.first) v6.push({ first, last: mapped.first - 1n });
      if (last > mapped.last) v6.push({ first: mapped.last + 1n, last });
    }
  }
  return { v4: merge(v4), v6: merge(v6) };
}

function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { first, last } of intervals.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const previous = merged.at(-1);
    if (previous && first <= previous.last + 1n) merged[merged.length - 1] = { first: previous.first, last: max(previous.last, last) };
    else merged.push({ first, last });
  }
  return merged;
}

/** How many addresses, both families together. */
export function size(set: AddressSet): bigint {
  return count(set.v4) + count(set.v6);
}

/** Whether every address of `range` is in `set`. */
export function contains(set: AddressSet, range: AddressRange): boolean {
  const { v4, v6 } = union([range]);
  return within(v4, set.v4) && within(v6, set.v6);
}

function within(inner: readonly Interval[], outer: readonly Interval[]): boolean {
  return inner.every(({ first, last }) => outer.some(run => run.first <= first && last <= run.last));
}

/**
 * IPv4 blocks that are not reachable over the Internet.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const specialV4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
];
/**
 * IPv6 blocks that are given out. The rest of `2000::/3` is empty: measured against all of it, `2000::/4` would look
 * like half of the Internet, and is all of it.
 * @see https://www.iana.org/assignments/ipv6-unicast-address-assignments
 */
const allocatedV6 = ['2001::/16', '2003::/18', '2400::/11', '2600::/12', '2610::/23', '2620::/23', '2630::/12', '2800::/12', '2a00::/11', '2c00::/12'];
const publicV6 = merge(allocatedV6.flatMap(literal));
const publicV4 = complement(merge(specialV4.flatMap(literal)), 0xffff_ffffn);

const publicV6Count = count(publicV6);
const publicV4Count = count(publicV4);

function literal(text: string): Interval[] {
  const range = parseRange(text);
  if (!range) throw new Error(`Not an address range: ${text}`);
  return [range];
}

function complement(runs: readonly Interval[], last: bigint): Interval[] {
  const gaps: Interval[] = [];
  let next = 0n;
  for (const run of runs) {
    if (run.first > next) gaps.push({ first: next, last: run.first - 1n });
    next = run.last + 1n;
  }
  if (next <= last) gaps.push({ first: next, last });
  return gaps;
}

/** From this share on, leaving blocks out is no restriction any more. */
const internetShare = 0.9;

/** The share of the public Internet's addresses that is in the set, 0..1; the larger of IPv4 and IPv6. */
export function shareOfInternet(set: AddressSet): number {
  return Math.max(share(set.v4, publicV4, publicV4Count), share(set.v6, publicV6, publicV6Count));
}

/** Whether the set lets in practically anybody on the Internet, over IPv4 or over IPv6. */
export function coversInternet(set: AddressSet): boolean {
  return shareOfInternet(set) >= internetShare;
}

function share(set: readonly Interval[], all: readonly Interval[], total: bigint): number {
  return set.length === 0 ? 0 : Number((1_000_000n * count(intersect(set, all))) / total) / 1_000_000;
}

function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const common: Interval[] = [];
  for (let i = 0, j = 0; ; ) {
    const left = a[i];
    const right = b[j];
    if (!left || !right) return common;
    const first = max(left.first, right.first);
    const last = min(left.last, right.last);
    if (first <= last) common.push({ first, last });
    if (left.last < right.last) i += 1;
    else j += 1;
  }
}

function count(runs: readonly Interval[]): bigint {
  return runs.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
