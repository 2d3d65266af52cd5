import { currentAttestation, attestationsByControl, type Attestation } from '../core/attestation.ts';
import { dayOf, endsAbout } from '../core/calendar.ts';
import { canonical } from './canonical.ts';

/** Attestations in one order, whatever the order of the file. */
export function sortedAttestations(attestations: readonly Attestation[]): readonly Attestation[] {
  const key = ({ control, on, until, by, evidence }: Attestation): string => canonical([control, on, until, by, evidence]);
  return attestations.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Which attestations end soon, or did lately and have no successor, in the order of controls. */
export function attestationWarnings(attestations: readonly Attestation[], now: Date): readonly string[] {
  return [...attestationsByControl(attestations).values()].flatMap(ofControl => {
    const current = currentAttestation(ofControl, now);
    return current && endsAbout(current.until, now) ? [ending(current, now)] : [];
  });
}

function ending({ control, by, until }: Attestation, now: Date): string {
  const when = until < dayOf(now) ? `ended on ${until}, and nobody attests it now` : `ends on ${until}`;
  return `The attestation of ${control} by ${by} ${when}. Follow its procedure again, and add a new one.`;
}
