import type { Assessment } from './assessment.ts';
import { isExempted, type AppliedExemption } from './exemption.ts';
import { severities, type Finding, type Status } from './finding.ts';

/** Data as JSON has it; a property that is undefined is not there. */
export type Digestible = string | number | boolean | null | undefined | readonly Digestible[] | { readonly [name: string]: Digestible };

/**
 * A digest of what a finding's row says: an integer of 53 bits. The exemption is left out, it has a digest of its own,
 * and so are the sources: where a fact was read says nothing about the resource.
 * Of the gaps of an unknown finding the details are left out, and with them the message: they carry times and ids of
 * requests, which are different in every scan. Of what passes the message is left out: it is the control's title.
 */
export function digestOfFinding({ status, severity, message, observed, gaps = [] }: Finding): number {
  switch (status) {
    case 'unknown':
      return digestOf([status, severity, gaps.map(({ fact, reason, permission }) => [fact, reason, permission])]);
    case 'pass':
      return digestOf([status, severity, observed]);
    case 'fail':
    case 'notApplicable':
    case 'manual':
      return digestOf([status, severity, message, observed]);
  }
}

/** A digest of what the baseline says of an exemption, whether it is active or expired. */
export function digestOfExemption({ id, category, reason, owner, expiresOn }: AppliedExemption): number {
  return digestOf([id, category, reason, owner, expiresOn]);
}

/**
 * A digest of what an assessment's row says: the resource, its score, its exposure and how many findings are what.
 * The explanation is left out where the reach is not known: it then carries details of gaps.
 */
export function digestOfAssessment({ resourceType, name, location, tags, score, exposure, findings }: Assessment): number {
  const { floor, ceiling, coverage } = score;
  return digestOf([resourceType.toLowerCase(), name.toLowerCase(), location, tags, floor, ceiling, coverage, exposed(exposure), countsOf(findings)]);
}

function exposed(exposure: Assessment['exposure']): Digestible {
  if (!exposure) return null;
  const { reach, outbound, trustedServices, decidedBy, latent, perimeters, explanation } = exposure;
  return [reach, outbound, trustedServices, decidedBy, latent, perimeters.map(({ id, accessMode }) => [id.toLowerCase(), accessMode]), reach === 'unknown' ? null : explanation];
}

const counted: readonly Exclude<Status, 'fail'>[] = ['pass', 'notApplicable', 'unknown', 'manual'];

/** The numbers of a row: exempted, failing by severity, and by every other status. */
function countsOf(findings: readonly Finding[]): readonly number[] {
  const counts = Array.from({ length: 1 + severities.length + counted.length }, () => 0);
  const count = (place: number): void => {
    counts[place] = (counts[place] ?? 0) + 1;
  };
  for (const finding of findings) {
    if (isExempted(finding)) count(0);
    else if (finding.status === 'fail') count(1 + severities.indexOf(finding.severity));
    else count(1 + severities.length + counted.indexOf(finding.status));
  }
  return counts;
}

/**
 * A digest of data, whatever the order of its properties: an integer of 53 bits, quick and not cryptographic. It is only
 * ever compared with the digest of the same finding in the scan before. Of a million differences a day, one would go
 * unseen in 20 million years, and somebody who makes one on purpose hides a change of texts until the next full
 * emission: status and reach are compared by themselves.
 */
export function digestOf(value: Digestible): number {
  const lanes = freshLanes();
  absorb(lanes, value);
  settle(lanes);
  return (lanes.high & 0x1f_ffff) * 0x1_0000_0000 + (lanes.low >>> 0);
}

/** Two hashes of 32 bits side by side. */
interface Lanes {
  low: number;
  high: number;
}

function freshLanes(): Lanes {
  return { low: 0x2545_f491, high: 0x7f4a_7c15 };
}

/** Each kind of value begins with a mark of its own, and texts, lists and records with their length: nothing runs into its neighbour. */
const mark = { absent: 1, null: 2, true: 3, false: 4, number: 5, text: 6, list: 7, record: 8 } as const;

function absorb(lanes: Lanes, value: Digestible): void {
  if (typeof value === 'string') absorbText(lanes, mark.text, value);
  else if (typeof value === 'number') absorbText(lanes, mark.number, String(value));
  else if (value === null) absorbWords(lanes, mark.null, 0);
  else if (value === undefined) absorbWords(lanes, mark.absent, 0);
  else if (typeof value === 'boolean') absorbWords(lanes, value ? mark.true : mark.false, 0);
  else if (isList(value)) absorbList(lanes, value);
  else absorbRecord(lanes, value);
}

function isList(value: object): value is readonly Digestible[] {
  return Array.isArray(value);
}

function absorbList(lanes: Lanes, list: readonly Digestible[]): void {
  absorbWords(lanes, mark.list, list.length);
  for (const each of list) absorb(lanes, each);
}

/** Properties are hashed one by one and added up, so that their order does not matter and need not be made. */
function absorbRecord(lanes: Lanes, record: { readonly [name: string]: Digestible }): void {
  let low = 0;
  let high = 0;
  for (const name in record) {
    const value = record[name];
    if (value === undefined) continue;
    const entry = freshLanes();
    absorbText(entry, mark.text, name);
    absorb(entry, value);
    settle(entry);
    low = (low + entry.low) | 0;
    high = (high + entry.high) | 0;
  }
  absorbWords(lanes, mark.record, 0);
  absorbWords(lanes, low, high);
}

/** Two UTF-16 units at a time. */
function absorbText(lanes: Lanes, kind: number, text: string): void {
  const { length } = text;
  const even = length & ~1;
  absorbWords(lanes, kind, length);
  let { low, high } = lanes;
  for (let index = 0; index < even; index += 2) {
    const word = text.charCodeAt(index) | (text.charCodeAt(index + 1) << 16);
    low = stepLow(low, word);
    high = stepHigh(high, word);
  }
  if (even < length) {
    const word = text.charCodeAt(even);
    low = stepLow(low, word);
    high = stepHigh(high, word);
  }
  lanes.low = low;
  lanes.high = high;
}

function absorbWords(lanes: Lanes, first: number, second: number): void {
  lanes.low = stepLow(stepLow(lanes.low, first), second);
  lanes.high = stepHigh(stepHigh(lanes.high, first), second);
}

/** A word is mixed in, multiplied by an odd factor and rotated, so that every bit of it reaches all others; each lane in its own way. */
function stepLow(lane: number, word: number): number {
  const mixed = Math.imul(lane ^ word, 0x9e37_79b1);
  return (mixed << 13) | (mixed >>> 19);
}

function stepHigh(lane: number, word: number): number {
  const mixed = Math.imul(lane ^ word, 0xc2b2_ae3d);
  return (mixed << 17) | (mixed >>> 15);
}

/** Every bit of either lane comes to depend on every bit of both. */
function settle(lanes: Lanes): void {
  const low = avalanche(lanes.low ^ Math.imul(lanes.high, 0x9e37_79b1));
  lanes.high = avalanche(lanes.high ^ Math.imul(low, 0xc2b2_ae3d));
  lanes.low = avalanche(low ^ lanes.high);
}

function avalanche(lane: number): number {
  let bits = Math.imul(lane ^ (lane >>> 16), 0x7feb_352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846c_a68b);
  return bits ^ (bits >>> 16);
}
