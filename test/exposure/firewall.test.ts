import { describe, expect, test } from 'vitest';
import { known, unknown } from '../../src/core/fact.ts';
import { firewallOf, inboundRulesOf, isAzureDatacenters, readIpRules, shortened } from '../../src/exposure/firewall.ts';
import { account, profile, rule } from '../support/builders.ts';

const denied = unknown('denied', 'The subscription may not be read.', ['GET /subscriptions'], 'Microsoft.DocumentDB/databaseAccounts/read');

describe('isAzureDatacenters', () => {
  for (const text of ['0.0.0.0', ' 0.0.0.0 ', '0.0.0.0/32']) {
    test(`"${text}" stands for every Azure datacenter`, () => {
      expect(isAzureDatacenters(text)).toBe(true);
    });
  }
  for (const text of ['0.0.0.0/0', '0.0.0.0/31', '0.0.0.1', '10.0.0.0', '0.0.0.00', '::', '']) {
    test(`"${text}" does not`, () => {
      expect(isAzureDatacenters(text)).toBe(false);
    });
  }
});

describe('firewallOf', () => {
  test('parses IP rules and keeps 0.0.0.0 apart', () => {
    const firewall = firewallOf(known(account({ ipRules: ['20.1.2.0/24', '0.0.0.0', '2001:db8::/32'] }), ['GET account']));
    expect(firewall).toMatchObject({ known: true, value: { ranges: [{ text: '20.1.2.0/24' }, { text: '2001:db8::/32' }], azureDatacenters: true }, sources: ['GET account'] });
  });

  test('no IP rules are no ranges', () => {
    expect(firewallOf(known(account()))).toEqual(known({ ranges: [], azureDatacenters: false }));
  });

  test('is not known where one rule cannot be read, and names the rule', () => {
    expect(firewallOf(known(account({ ipRules: ['20.1.2.0/24', '20.1.2', 'any'] }), ['GET account']))).toEqual(
      unknown('malformed', 'IP rule "20.1.2" of account orders is not an address or CIDR range.', ['GET account']),
    );
  });

  test('is not known where the account is not, for the same reason', () => {
    expect(firewallOf(denied)).toBe(denied);
  });
});

test('readIpRules reads what it can and keeps the rest', () => {
  expect(readIpRules(['any', '20.1.2.3', '0.0.0.0/32', '20.1.2'])).toMatchObject({ ranges: [{ text: '20.1.2.3' }], azureDatacenters: true, unreadable: ['any', '20.1.2'] });
});

describe('inboundRulesOf', () => {
  test('parses the addresses of inbound rules, profile by profile', () => {
    const profiles = [
      profile({ name: 'a', rules: [rule({ name: 'office', addressPrefixes: ['20.1.2.0/24', '::1'] }), rule({ name: 'out', direction: 'Outbound', addressPrefixes: ['any'] })] }),
      profile({ name: 'b', rules: [rule({ name: 'tag', serviceTags: ['AzureCloud'] })] }),
    ];
    expect(inboundRulesOf(known(profiles, ['GET profiles']))).toMatchObject({
      known: true,
      value: {
        rules: [
          { profile: 'a', rule: 'office', ranges: [{ text: '20.1.2.0/24' }, { text: '::1' }], serviceTags: [] },
          { profile: 'b', rule: 'tag', ranges: [], serviceTags: ['AzureCloud'] },
        ],
      },
      sources: ['GET profiles'],
    });
  });

  test('0.0.0.0 is an address there', () => {
    expect(inboundRulesOf(known([profile({ rules: [rule({ addressPrefixes: ['0.0.0.0'] })] })]))).toMatchObject({ value: { rules: [{ ranges: [{ text: '0.0.0.0' }] }] } });
  });

  test('is not known where one prefix cannot be read, and names the rule', () => {
    expect(inboundRulesOf(known([profile({ rules: [rule({ addressPrefixes: ['20.1.2.0/24', 'any'] })] })], ['GET profiles']))).toEqual(
      unknown('malformed', 'Inbound rule office of profile default has "any", which is not an address or CIDR range.', ['GET profiles']),
    );
  });

  test('is not known where the profiles are not, for the same reason', () => {
    expect(inboundRulesOf(denied)).toBe(denied);
  });
});

test('shortened cuts a value from outside to 60 characters', () => {
  expect(shortened('20.1.2.3')).toBe('20.1.2.3');
  expect(shortened('x'.repeat(60))).toBe('x'.repeat(60));
  expect(shortened('x'.repeat(61))).toBe(`${'x'.repeat(60)}…`);
});
