import { describe, expect, test } from 'vitest';
import { judgedBy } from '../../src/baseline/judged-by.ts';
import { baselineOf } from '../support/baselines.ts';

const digestOf = (text: string, id: string, version = '1.2.3'): string => judgedBy(baselineOf(text), version)(id);
const exemption = 'exemptions: [{ id: e, controls: [windows-few], scope: { resourceId: /subscriptions/aaaaaaaa-1111-1111-1111-111111111111 }, category: accepted-risk, reason: It is planned., owner: a@b.c, expiresOn: 2026-12-31 }]';
const attestation = 'attestations: [{ control: guard-awake, by: a@b.c, on: 2026-11-01, until: 2027-02-01, evidence: ticket 7 }]';

describe('what the baseline asks of a control', () => {
  test.each([
    ['a parameter', 'name: x', 'name: x\ncontrols: { windows-few: { parameters: { most: 3 } } }', 'windows-few'],
    ['a severity', 'name: x', 'name: x\ncontrols: { windows-few: { severity: low } }', 'windows-few'],
    ['a profile that says otherwise', 'name: x', 'name: x\nprofile: perimeter', 'perimeter-associated'],
    ['what the organisation approves of', 'name: x', 'name: x\napprovedRanges: [203.0.113.0/24]', 'windows-few'],
    ['whom the organisation trusts', 'name: x', 'name: x\ntrustedSubscriptions: [aaaaaaaa-1111-1111-1111-111111111111]', 'windows-few'],
    ['an attestation', 'name: x', `name: x\n${attestation}`, 'guard-awake'],
  ])('is different by %s', (_, one, other, id) => {
    expect(digestOf(one, id)).not.toBe(digestOf(other, id));
    expect(digestOf(one, id)).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each([
    ['its name', 'name: x', 'name: y', 'windows-few'],
    ['a parameter of another control', 'name: x', 'name: x\ncontrols: { windows-few: { parameters: { most: 3 } } }', 'door-locked'],
    ['a default that is spelt out', 'name: x', 'name: x\ncontrols: { windows-few: { parameters: { most: 8 } } }', 'windows-few'],
    ['an exemption', 'name: x', `name: x\n${exemption}`, 'windows-few'],
    ['an attestation of another control', 'name: x', `name: x\n${attestation}`, 'windows-few'],
  ])('is the same whatever %s', (_, one, other, id) => {
    expect(digestOf(one, id)).toBe(digestOf(other, id));
  });

  test.each([
    ['1.2.3', '1.3.0', true],
    ['1.2.3', '2.0.0', false],
    ['0.1.0', '0.1.9', true],
    ['0.1.0', '0.2.0', false],
    ['0.1.0', '1.1.0', false],
    ['1.0.0', '10.0.0', false],
  ])('is under version %s and %s the same: %s', (one, other, isSame) => {
    expect(digestOf('name: x', 'windows-few', one) === digestOf('name: x', 'windows-few', other)).toBe(isSame);
  });
});
