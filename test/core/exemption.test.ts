import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Resource } from '../../src/core/assessment.ts';
import { decisive, exemptionsByControl, exemptionsFor, isExempted, type Exemption } from '../../src/core/exemption.ts';
import { accountId, otherSubscriptionId, subscriptionId } from '../support/builders.ts';
import { exemption } from '../support/exemptions.ts';

const now = new Date('2026-11-20T06:00:00Z');
const group = `/subscriptions/${subscriptionId}/resourceGroups/data`;

function covers(scope: Partial<Exemption['scope']>, resource: Partial<Resource> = {}, controlId = 'exposure-not-public'): boolean {
  const index = exemptionsByControl([exemption({ scope: { resourceId: null, tag: null, ...scope } })]);
  return exemptionsFor(index, { resourceId: accountId, resourceType: 'Microsoft.DocumentDB/databaseAccounts', name: 'orders', subscriptionId, location: null, ...resource }, controlId).length > 0;
}

describe('an exemption by resource id', () => {
  test.each([
    ['covers the resource itself', accountId],
    ['covers it whatever the case', accountId.toUpperCase()],
    ['covers what is below a resource group', group],
    ['covers what is below a subscription', `/subscriptions/${subscriptionId}`],
    ['does not mind a slash at the end', `${group}/`],
  ])('%s', (_, resourceId) => {
    expect(covers({ resourceId })).toBe(true);
  });

  test.each([
    ['half a segment', `/subscriptions/${subscriptionId}/resourceGroups/dat`],
    ['half an id', accountId.slice(0, -1)],
    ['more than the id', `${accountId}2`],
    ['something below the resource', `${accountId}/networkSecurityPerimeterConfigurations/x`],
    ['another subscription', `/subscriptions/${otherSubscriptionId}`],
    ['nothing', ''],
    ['a slash', '/'],
  ])('does not cover by %s', (_, resourceId) => {
    expect(covers({ resourceId })).toBe(false);
  });

  test('keeps to whole segments and ignores case, for any id', () => {
    const segment = fc.stringMatching(/^[a-zA-Z0-9]{1,4}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), fc.nat(5), (segments, count) => {
        const resourceId = `/${segments.join('/')}`;
        const prefix = segments.slice(0, Math.max(1, count)).join('/');
        expect(covers({ resourceId: `/${prefix}`.toUpperCase() }, { resourceId })).toBe(true);
        expect(covers({ resourceId: `/${prefix}x` }, { resourceId })).toBe(segments.length > 0 && resourceId.toLowerCase().startsWith(`/${prefix}x/`.toLowerCase()));
      }),
    );
  });
});

describe('an exemption by tag', () => {
  const tags = { Environment: 'Development', owner: '' };

  test.each([
    ['a tag with any value', { name: 'owner', value: null }, true],
    ['a tag whose name is written otherwise', { name: 'ENVIRONMENT', value: 'Development' }, true],
    ['a tag with another value', { name: 'environment', value: 'production' }, false],
    ['a value in another case', { name: 'environment', value: 'development' }, false],
    ['an empty value', { name: 'owner', value: '' }, true],
    ['a tag that is not there', { name: 'team', value: null }, false],
  ])('%s: %o covers %s', (_, tag, expected) => {
    expect(covers({ tag }, { tags })).toBe(expected);
  });

  test('covers nothing where tags are not known', () => {
    expect(covers({ tag: { name: 'environment', value: null } })).toBe(false);
  });
});

describe('an exemption', () => {
  test.each([
    ['both hold', accountId, 'environment', true],
    ['only the id holds', accountId, 'team', false],
    ['only the tag holds', `/subscriptions/${otherSubscriptionId}`, 'environment', false],
  ])('by id and tag, where %s', (_, resourceId, name, expected) => {
    expect(covers({ resourceId, tag: { name, value: null } }, { tags: { environment: 'x' } })).toBe(expected);
  });

  test('by nothing covers nothing', () => {
    expect(covers({})).toBe(false);
  });

  test('is for the controls it names', () => {
    expect(covers({ resourceId: group }, {}, 'exposure-not-latent')).toBe(false);
  });
});

describe('of several that cover a finding', () => {
  const [ended, endedLong, active, longest] = [
    exemption({ id: 'ended', expiresOn: '2026-11-19' }),
    exemption({ id: 'ended-long', expiresOn: '2025-01-01' }),
    exemption({ id: 'active', expiresOn: '2026-11-20' }),
    exemption({ id: 'longest', expiresOn: '2027-01-01' }),
  ];

  test.each([
    ['none, where there is none', [], null, null],
    ['one that holds on its last day', [active], 'active', 'active'],
    ['one that ended yesterday, as expired', [ended], 'ended', 'expired'],
    ['the active one', [ended, active], 'active', 'active'],
    ['the one that holds longest', [active, longest, ended], 'longest', 'active'],
    ['the one that ended last', [endedLong, ended], 'ended', 'expired'],
    ['the first by id among equals', [exemption({ id: 'b' }), exemption({ id: 'a' })], 'a', 'active'],
  ])('counts %s', (_, given, id, state) => {
    const applied = decisive(given, now);
    expect([applied?.id ?? null, applied?.state ?? null]).toEqual([id, state]);
  });

  test('their order does not matter', () => {
    const any = fc.record({ id: fc.constantFrom('a', 'b', 'c'), expiresOn: fc.constantFrom('2026-01-01', '2026-11-20', '2027-01-01') }).map(exemption);
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), given => {
        const unique = [...new Map(given.map(each => [each.id, each])).values()];
        expect(decisive(unique.toReversed(), now)).toEqual(decisive(unique, now));
      }),
    );
  });
});

test('a finding carries what people need to know, and not the scope', () => {
  expect(decisive([exemption()], now)).toEqual({ id: 'legacy', category: 'accepted-risk', reason: 'It moves in spring.', owner: 'data@contoso.com', expiresOn: '2026-12-31', state: 'active' });
});

test.each([
  ['none', {}, false],
  ['an active one', { exemption: { ...exemption(), state: 'active' } }, true],
  ['an expired one', { exemption: { ...exemption(), state: 'expired' } }, false],
] as const)('a finding with %s is exempted: %o', (_, finding, expected) => {
  expect(isExempted(finding)).toBe(expected);
});
