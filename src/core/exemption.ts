import type { Resource } from './assessment.ts';
import { dayOf, type Day } from './calendar.ts';

export const exemptionCategories = ['mitigated', 'accepted-risk', 'false-positive'] as const;
export type ExemptionCategory = (typeof exemptionCategories)[number];

/** A failure the organisation accepts for a time: it stays a failure, outside the score. */
export interface Exemption {
  readonly id: string;
  readonly controls: readonly string[];
  /** What it is for; where both are given, both must hold. */
  readonly scope: {
    /** A resource, or everything below a resource, group or subscription. */
    readonly resourceId: string | null;
    /** A value of null stands for any. */
    readonly tag: { readonly name: string; readonly value: string | null } | null;
  };
  readonly category: ExemptionCategory;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds. */
  readonly expiresOn: Day;
}

/** An exemption as a finding carries it. Only an active one takes the finding out of the score. */
export interface AppliedExemption extends Pick<Exemption, 'id' | 'category' | 'reason' | 'owner' | 'expiresOn'> {
  readonly state: 'active' | 'expired';
}

/** Exemptions by control id. */
export type ExemptionIndex = ReadonlyMap<string, readonly Exemption[]>;

export function exemptionsByControl(exemptions: readonly Exemption[]): ExemptionIndex {
  const index = new Map<string, Exemption[]>();
  for (const exemption of exemptions) {
    for (const control of new Set(exemption.controls)) index.set(control, [...(index.get(control) ?? []), exemption]);
  }
  return index;
}

/** Every exemption that covers a control on a resource, expired or not. */
export function exemptionsFor(index: ExemptionIndex, resource: Resource, controlId: string): readonly Exemption[] {
  return (index.get(controlId) ?? []).filter(exemption => covers(exemption, resource));
}

/** Exemptions by tag that may cover a control on a resource whose tags are not known. */
export function exemptionsUndecided(index: ExemptionIndex, resource: Resource, controlId: string): readonly Exemption[] {
  if (resource.tags !== undefined) return [];
  return (index.get(controlId) ?? []).filter(({ scope: { resourceId, tag } }) => tag !== null && (resourceId === null || isWithin(resource.resourceId, resourceId)));
}

function covers({ scope: { resourceId, tag } }: Exemption, resource: Resource): boolean {
  if (resourceId === null && tag === null) return false;
  return (resourceId === null || isWithin(resource.resourceId, resourceId)) && (tag === null || isTagged(resource, tag));
}

/** Compares whole segments: `/subscriptions/a` does not hold `/subscriptions/ab`. */
function isWithin(id: string, prefix: string): boolean {
  const [lower, above] = [id.toLowerCase(), prefix.toLowerCase().replace(/\/+$/, '')];
  return above !== '' && (lower === above || lower.startsWith(`${above}/`));
}

/** Azure compares names of tags without case, and values with it. Tags that are not known match nothing. */
function isTagged({ tags = {} }: Resource, { name, value }: { readonly name: string; readonly value: string | null }): boolean {
  return Object.entries(tags).some(([tag, set]) => tag.toLowerCase() === name.toLowerCase() && (value === null || set === value));
}

/** The exemption that counts: an active one before an expired one, then the one that holds longest. */
export function decisive(exemptions: readonly Exemption[], now: Date): AppliedExemption | null {
  const today = dayOf(now);
  const [first] = exemptions.toSorted((a, b) => (a.expiresOn === b.expiresOn ? compare(a.id, b.id) : compare(b.expiresOn, a.expiresOn)));
  if (!first) return null;
  const { id, category, reason, owner, expiresOn } = first;
  return { id, category, reason, owner, expiresOn, state: expiresOn < today ? 'expired' : 'active' };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Whether a finding is outside the score because of its exemption. */
export function isExempted({ exemption }: { readonly exemption?: AppliedExemption }): boolean {
  return exemption?.state === 'active';
}
