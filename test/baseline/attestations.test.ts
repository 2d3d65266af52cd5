import { describe, expect, test } from 'vitest';
import { attestationWarnings } from '../../src/baseline/attestations.ts';
import type { Attestation } from '../../src/core/attestation.ts';

const now = new Date('2026-11-20T06:00:00Z');
const attestation = (until: string, differences: Partial<Attestation> = {}): Attestation => ({ control: 'mfa-required', by: 'jane', on: '2026-01-01', until, evidence: 'SEC-1', ...differences });

describe('a scan warns of an attestation', () => {
  test.each([
    ['that ends in 14 days', '2026-12-04', 'The attestation of mfa-required by jane ends on 2026-12-04.'],
    ['that ends today', '2026-11-20', 'ends on 2026-11-20.'],
    ['that ended yesterday', '2026-11-19', 'ended on 2026-11-19, and nobody attests it now.'],
    ['that ended 14 days ago', '2026-11-06', 'ended on 2026-11-06'],
  ])('%s', (_, until, says) => {
    expect(attestationWarnings([attestation(until)], now)).toEqual([expect.stringContaining(says)]);
  });

  test('of each control on its own', () => {
    expect(attestationWarnings([attestation('2026-11-25'), attestation('2026-11-25', { control: 'sso-required' })], now)).toHaveLength(2);
  });
});

describe('a scan does not warn of an attestation', () => {
  test.each([
    ['that holds for longer', [attestation('2026-12-05')]],
    ['that ended long ago', [attestation('2026-11-05')]],
    ['that has a successor', [attestation('2026-11-19'), attestation('2027-11-19', { on: '2026-11-15' })]],
  ])('%s', (_, given) => {
    expect(attestationWarnings(given, now)).toEqual([]);
  });
});
