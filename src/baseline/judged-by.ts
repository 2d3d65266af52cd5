import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { attestationsByControl } from '../core/attestation.ts';
import { canonical } from './canonical.ts';
import type { Baseline } from './effective.ts';

/**
 * What the baseline asks of a control, as 16 hexadecimal digits: its severity and parameters, its attestations, what the
 * organisation says of itself, and the version of the monitor as far as verdicts may differ by it. Verdicts under equal
 * digests can be compared. Exemptions are no part of it, since they change no verdict, nor are the subscriptions of the
 * tenant: they come and go by themselves.
 * @param version of the monitor, as `1.4.2`
 */
export function judgedBy({ controls, organisation, attestations }: Pick<Baseline, 'controls' | 'organisation' | 'attestations'>, version: string): (controlId: string) => string {
  const common = [organisation, incompatible(version)];
  const attested = attestationsByControl(attestations);
  const digests = new Map<string, string>();
  return controlId => {
    const known = digests.get(controlId);
    if (known !== undefined) return known;
    const digest = bytesToHex(sha256(utf8ToBytes(canonical([common, controls.get(controlId), attested.get(controlId)]))).subarray(0, 8));
    digests.set(controlId, digest);
    return digest;
  };
}

/**
 * The part of a version that changes with a breaking change, which a changed verdict is: the major version, and before 1.0
 * the minor version too.
 * @see https://semver.org/#spec-item-4
 */
function incompatible(version: string): string {
  const [major = '', minor = ''] = version.split('.');
  return major === '0' ? `0.${minor}` : major;
}
