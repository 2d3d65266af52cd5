import { z } from 'zod';
import { reaches } from '../core/exposure.ts';
import { severities, type Severity, type Status } from '../core/finding.ts';
import type { VerdictStatus } from '../core/memory.ts';

/** Goes up when an older version of the monitor could not understand what this one writes. */
export const formatVersion = 1;

const Moment = z.int().min(-8.64e15).max(8.64e15);
const Place = z.int().min(0);
const Digest = z.int().nullable();
const letters = (known: string): RegExp => new RegExp(`^[${known}]*$`);

/** The findings of one resource side by side: of each a letter, or a place in the list of times. */
const Findings = z.object({
  layout: Place,
  statuses: z.string().regex(letters('pfnmu')),
  verdicts: z.string().regex(letters('pfnm-')),
  severities: z.string().regex(letters('chmli')),
  since: z.array(Place),
  failingSince: z.array(Place.nullable()),
  digests: z.array(Digest),
  /** Place of the finding, digest, and whether it is active. */
  exemptions: z.array(z.tuple([Place, z.int(), z.boolean()])),
});

const Resource = z.object({
  id: z.string(),
  type: Place,
  /** Name and subscription are left out where the id says them. */
  name: z.string().optional(),
  subscription: z.string().optional(),
  location: Place.nullable(),
  seen: Place,
  digest: Digest,
  reach: z.enum([...reaches, 'unknown']).nullable(),
  knownReach: z.enum(reaches).nullable(),
  reachSince: Place.nullable(),
  findings: Findings,
});

/** A memory as it is kept. What repeats is in a list, and referred to by its place there. */
export const MemoryFormat = z.object({
  version: z.literal(formatVersion),
  scanTime: Moment,
  fullAt: Moment.nullable(),
  times: z.array(Moment),
  /** Types and locations of resources. */
  texts: z.array(z.string()),
  /** Control ids, and the digests of what the baseline asked of them. */
  controls: z.array(z.tuple([z.string(), z.string()])),
  /** Which of these a resource has findings of, in order. */
  layouts: z.array(z.array(Place)),
  resources: z.array(Resource),
});

export type MemoryInFormat = z.output<typeof MemoryFormat>;
export type ResourceInFormat = z.output<typeof Resource>;
export type FindingsInFormat = z.output<typeof Findings>;

export const letterOfStatus: Readonly<Record<Status, string>> = { pass: 'p', fail: 'f', notApplicable: 'n', manual: 'm', unknown: 'u' };
export const letterOfNone = '-';
export const letterOfSeverity = (severity: Severity): string => severity.charAt(0);

export const statusOfLetter: ReadonlyMap<string, Status> = new Map(Object.entries(letterOfStatus).map(([status, letter]) => [letter, status as Status]));
export const verdictOfLetter: ReadonlyMap<string, VerdictStatus | null> = new Map([
  [letterOfNone, null],
  ...[...statusOfLetter].flatMap(([letter, status]): [string, VerdictStatus][] => (status === 'unknown' ? [] : [[letter, status]])),
]);
export const severityOfLetter: ReadonlyMap<string, Severity> = new Map(severities.map(severity => [letterOfSeverity(severity), severity]));

/** A list in which everything has one place. */
export interface Places<T> {
  readonly list: T[];
  placeOf(this: void, value: T): number;
}

/** @param keyOf equal for equal values */
export function places<T>(keyOf: (value: T) => string | number): Places<T> {
  const list: T[] = [];
  const known = new Map<string | number, number>();
  return {
    list,
    placeOf(value) {
      const key = keyOf(value);
      const place = known.get(key) ?? list.push(value) - 1;
      known.set(key, place);
      return place;
    },
  };
}
