import { dayOf, type Day } from './calendar.ts';

/** A person's word that the good state of a manual control holds. */
export interface Attestation {
  readonly control: string;
  readonly by: string;
  /** The day it was checked, from which it holds. */
  readonly on: Day;
  /** The last day on which it holds. */
  readonly until: Day;
  /** Where the proof is: a ticket, a report, a recording. */
  readonly evidence: string;
}

export type AttestationState = 'valid' | 'future' | 'expired';

export function attestationState({ on, until }: Pick<Attestation, 'on' | 'until'>, now: Date): AttestationState {
  const today = dayOf(now);
  if (until < today) return 'expired';
  return on > today ? 'future' : 'valid';
}

const preference: readonly AttestationState[] = ['valid', 'future', 'expired'];

/** The attestation that counts of those for one control: a valid one, else the next to come, else the last; null where there is none. */
export function currentAttestation(attestations: readonly Attestation[], now: Date): Attestation | null {
  const rank = (attestation: Attestation): number => preference.indexOf(attestationState(attestation, now));
  const sorted = attestations.toSorted((a, b) => rank(a) - rank(b) || within(a, b, attestationState(a, now)));
  return sorted[0] ?? null;
}

/** Among equals the one that holds longest; of those to come the one that begins first. Ties are broken by content, not by place. */
function within(a: Attestation, b: Attestation, state: AttestationState): number {
  const first = state === 'future' ? compare(a.on, b.on) : compare(b.until, a.until);
  return first || compare(b.on, a.on) || compare(b.until, a.until) || compare(a.by, b.by) || compare(a.evidence, b.evidence);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

export function attestationsByControl(attestations: readonly Attestation[]): ReadonlyMap<string, readonly Attestation[]> {
  const index = new Map<string, Attestation[]>();
  for (const attestation of attestations) index.set(attestation.control, [...(index.get(attestation.control) ?? []), attestation]);
  return index;
}
