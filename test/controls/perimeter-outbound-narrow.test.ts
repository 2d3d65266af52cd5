import { describe, expect, test } from 'vitest';
import { isWideWildcard, isWithinDomain } from '../../src/controls/domains.ts';
import { perimeterOutboundNarrow } from '../../src/controls/perimeter-outbound-narrow.ts';
import { profile, rule } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const leadingTo = (...fullyQualifiedDomainNames: string[]) => [profile({ rules: [rule({ name: 'out', direction: 'Outbound', fullyQualifiedDomainNames })] })];
const approved = { approvedOutboundDomains: ['contoso.com', '*.fabrikam.com'] };

specify(perimeterOutboundNarrow, {
  passes: [
    { when: 'there are no outbound rules', given: { profiles: [profile()] }, organisation: approved, observing: { domainNames: 0, publicSuffixes: '2026-08' } },
    { when: 'domains are named', given: { profiles: leadingTo('api.contoso.com', '*.contoso.co.uk') }, observing: { domainNames: 2 } },
    {
      when: 'they lie within approved domains',
      given: { profiles: leadingTo('contoso.com', 'API.contoso.com.', '*.contoso.com', 'a.b.fabrikam.com') },
      organisation: approved,
    },
    { when: 'an inbound rule has such a name, which means nothing', given: { profiles: [profile({ rules: [rule({ fullyQualifiedDomainNames: ['*'] })] })] } },
  ],
  fails: [
    {
      when: 'every name is allowed',
      given: { profiles: leadingTo('*') },
      says: 'anybody can register: * (rule default/out).',
      observing: { wide: ['* (rule default/out)'] },
    },
    { when: 'every name of a top-level domain is', given: { profiles: leadingTo('api.contoso.com', '*.com') }, says: '*.com (rule default/out)' },
    { when: 'every name of a public suffix is', given: { profiles: leadingTo('*.co.uk') }, says: '*.co.uk' },
    {
      when: 'a name lies outside the approved domains',
      given: { profiles: leadingTo('evilcontoso.com') },
      organisation: approved,
      says: 'outside the approved domains: evilcontoso.com (rule default/out).',
    },
    { when: 'only what is below a domain is approved', given: { profiles: leadingTo('fabrikam.com') }, organisation: approved, says: 'fabrikam.com' },
    {
      when: 'a wildcard is wider than the approved domain',
      given: { profiles: leadingTo('*.com') },
      organisation: { approvedOutboundDomains: ['contoso.com'] },
      says: 'anybody can register',
      observing: { unapproved: ['*.com (rule default/out)'] },
    },
  ],
});

describe('isWideWildcard', () => {
  test.each(['*', '*.', ' * ', '*.*', '*.com', '*.*.com', 'api.*.com', 'api.*', 'shop*.com', '*contoso.com', '*.CO.UK', '*.com.au', '*.govt.nz', '*.or.jp', '*.uk', '*.co.uk.'])('%s is wide', name => {
    expect(isWideWildcard(name)).toBe(true);
  });
  test.each(['com', 'contoso.com', '*.contoso.com', 'a*.contoso.com', '*.contoso.co.uk', '*.blob.core.windows.net', '*.co.com', '*.or.de', ''])('%s is not', name => {
    expect(isWideWildcard(name)).toBe(false);
  });
});

describe('isWithinDomain', () => {
  test.each([
    ['contoso.com', 'contoso.com', true],
    ['api.contoso.com', 'contoso.com', true],
    ['*.api.contoso.com', '*.contoso.com', true],
    ['*.contoso.com', '*.contoso.com', true],
    ['contoso.com', '*.contoso.com', false],
    ['evilcontoso.com', 'contoso.com', false],
    ['contoso.com.evil.org', 'contoso.com', false],
    ['*', 'contoso.com', false],
  ])('%s within %s: %s', (name, domain, expected) => {
    expect(isWithinDomain(name, domain)).toBe(expected);
  });
});
