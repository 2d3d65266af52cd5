import { describe, expect, test } from 'vitest';
import { atLeast, findingId, severities } from '../../src/core/finding.ts';
import { accountId, perimeterId } from '../support/builders.ts';

describe('findingId', () => {
  test('is the same in every version, because tables and states refer to it', () => {
    expect(findingId('/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/a', 'exposure-not-public')).toBe('a8e62f12d6caa6034b8e6db8dfd81cf7');
  });
  test('has 32 hexadecimal digits', () => {
    expect(findingId(accountId, 'exposure-not-public')).toMatch(/^[0-9a-f]{32}$/);
  });
  test('does not depend on the case of the resource id', () => {
    expect(findingId(accountId.toUpperCase(), 'exposure-not-public')).toBe(findingId(accountId, 'exposure-not-public'));
  });
  test.each([
    ['another resource', perimeterId, 'exposure-not-public'],
    ['another control', accountId, 'exposure-not-latent'],
    ['a part of the id in the control', accountId.slice(0, -1), `${accountId.at(-1)}exposure-not-public`],
  ])('differs for %s', (_, resourceId, controlId) => {
    expect(findingId(resourceId, controlId)).not.toBe(findingId(accountId, 'exposure-not-public'));
  });
});

describe('atLeast', () => {
  test.each([
    ['critical', 'info', true],
    ['high', 'high', true],
    ['medium', 'high', false],
    ['info', 'critical', false],
  ] as const)('%s is at least %s: %s', (severity, threshold, expected) => {
    expect(atLeast(severity, threshold)).toBe(expected);
  });
  test('goes from worst to least', () => {
    expect(severities).toEqual(['critical', 'high', 'medium', 'low', 'info']);
  });
});
