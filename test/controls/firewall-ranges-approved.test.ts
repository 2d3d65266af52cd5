import { expect, test } from 'vitest';
import { firewallRangesApproved } from '../../src/controls/firewall-ranges-approved.ts';
import { accountFacts, firewall, organisation } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const approved = { approvedRanges: ['203.0.113.0/24', '198.51.100.0/25', '198.51.100.128/25', '2001:db8::/32'] };

specify(firewallRangesApproved, {
  passes: [
    { when: 'there are no IP rules', given: { firewall: firewall() }, organisation: approved, observing: { ipRules: 0 } },
    { when: 'a rule is an approved range', given: { firewall: firewall('203.0.113.0/24') }, organisation: approved },
    { when: 'a rule is part of an approved range', given: { firewall: firewall('203.0.113.128/25', '203.0.113.7', '2001:db8:1::/48') }, organisation: approved },
    { when: 'a rule lies across two approved ranges that touch', given: { firewall: firewall('198.51.100.0/24') }, organisation: approved },
    { when: 'all Azure datacenters are approved by name', given: { firewall: firewall('0.0.0.0') }, organisation: { approvedRanges: ['0.0.0.0'] } },
    { when: 'everything is approved', given: { firewall: firewall('0.0.0.0', '203.0.113.7') }, organisation: { approvedRanges: ['0.0.0.0/0'] } },
  ],
  fails: [
    {
      when: 'a rule is elsewhere',
      given: { firewall: firewall('203.0.113.7', '20.1.2.3') },
      organisation: approved,
      says: '1 of 2 IP rules lie outside the approved ranges: 20.1.2.3.',
      observing: { outside: ['20.1.2.3'] },
    },
    { when: 'a rule is wider than the approved range', given: { firewall: firewall('203.0.112.0/23') }, organisation: approved, says: '203.0.112.0/23' },
    {
      when: 'all Azure datacenters are admitted and nobody approved that',
      given: { firewall: firewall('0.0.0.0') },
      organisation: approved,
      says: '0.0.0.0 (all Azure datacenters)',
      observing: { ipRules: 1 },
    },
    {
      when: 'approving all Azure datacenters does not approve an address',
      given: { firewall: firewall('20.1.2.3') },
      organisation: { approvedRanges: ['0.0.0.0'] },
      says: '20.1.2.3',
    },
    {
      when: 'many rules are elsewhere',
      given: { firewall: firewall(...Array.from({ length: 30 }, (_, i) => `20.1.2.${i}`)) },
      organisation: approved,
      says: '20.1.2.4 and 25 more',
      observing: { outside: Array.from({ length: 20 }, (_, i) => `20.1.2.${i}`) },
    },
  ],
  doesNotApply: [{ when: 'nothing is approved', given: { firewall: firewall('20.1.2.3') }, because: 'has not given approved ranges', observing: { ipRules: 1 } }],
});

test('an approved range that is none stops the control instead of being ignored', () => {
  const context = { now: new Date(0), parameters: {}, organisation: organisation({ approvedRanges: ['203.0.113.0/24', 'office'] }) };
  expect(() => firewallRangesApproved.judge(accountFacts(), context)).toThrow('Approved range "office" is not an address or CIDR range.');
});
