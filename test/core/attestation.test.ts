import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attestationsByControl, attestationState, currentAttestation, type Attestation } from '../../src/core/attestation.ts';

const now = new Date('2026-11-20T06:00:00Z');

function attestation(on: string, until: string, differences: Partial<Attestation> = {}): Attestation {
  return { control: 'mfa-required', by: 'jane', on, until, evidence: 'SEC-1', ...differences };
}

describe('an attestation holds from its first to its last day', () => {
  test.each([
    ['2026-11-20', '2026-11-20', 'valid'],
    ['2026-01-01', '2026-11-20', 'valid'],
    ['2026-11-20', '2027-01-01', 'valid'],
    ['2026-01-01', '2026-11-19', 'expired'],
    ['2026-11-21', '2027-01-01', 'future'],
  ] as const)('from %s until %s it is %s', (on, until, state) => {
    expect(attestationState({ on, until }, now)).toBe(state);
  });
});

describe('of several for a control', () => {
  const [lastYear, thisYear, nextYear, later] = [attestation('2025-01-01', '2025-12-31'), attestation('2026-01-01', '2026-12-31'), attestation('2027-01-01', '2027-12-31'), attestation('2028-01-01', '2030-12-31')];
  const longer = attestation('2026-06-01', '2027-06-01');
  const before = attestation('2024-01-01', '2024-12-31');

  test.each([
    ['there is none', [], null],
    ['a valid one counts before others', [lastYear, nextYear, thisYear], thisYear],
    ['the valid one that holds longest counts', [thisYear, longer], longer],
    ['one to come counts before one that ended', [lastYear, nextYear], nextYear],
    ['the first to come counts', [later, nextYear], nextYear],
    ['the last that ended counts', [before, lastYear], lastYear],
  ])('%s', (_, given, expected) => {
    expect(currentAttestation(given, now)).toEqual(expected);
  });

  test('their order does not matter', () => {
    const any = fc.record({ control: fc.constant('a'), by: fc.constantFrom('jane', 'joe'), on: fc.constantFrom('2025-01-01', '2026-11-20', '2027-01-01'), until: fc.constantFrom('2025-06-01', '2026-11-20', '2028-01-01'), evidence: fc.constantFrom('x', 'y') });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), given => {
        expect(currentAttestation(given.toReversed(), now)).toEqual(currentAttestation(given, now));
      }),
    );
  });
});

test('attestations are found by control', () => {
  const [a, b, c] = [attestation('2026-01-01', '2026-12-31'), attestation('2027-01-01', '2027-12-31'), attestation('2026-01-01', '2026-12-31', { control: 'sso-required' })];
  expect([...attestationsByControl([a, b, c])]).toEqual([
    ['mfa-required', [a, b]],
    ['sso-required', [c]],
  ]);
});
