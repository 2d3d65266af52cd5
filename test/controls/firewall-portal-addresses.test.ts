import { describe, expect, test } from 'vitest';
import { portalAddresses } from '../../src/controls/data/portal-addresses.ts';
import { firewallPortalAddresses } from '../../src/controls/firewall-portal-addresses.ts';
import { parseRange } from '../../src/exposure/address-set.ts';
import { account, firewall } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const current = ['13.91.105.215', '4.210.172.107', '13.88.56.148', '40.91.218.243'];
const mongodb = ['20.245.81.54', '40.118.23.126', '40.80.152.199', '13.95.130.121'];
const mongodbAccount = account({ apis: ['mongodb'] });

specify(firewallPortalAddresses, {
  passes: [
    { when: 'there are no IP rules', given: { firewall: firewall() } },
    { when: 'no rule is an address of the portal', given: { firewall: firewall('203.0.113.7') }, observing: { cloud: 'public', documented: '2025-08-28', current: [] } },
    { when: 'the documented set is there', given: { firewall: firewall('203.0.113.7', ...current) }, observing: { current } },
    { when: 'the set is written with prefixes', given: { firewall: firewall(...current.map(address => `${address}/32`)) } },
    { when: 'a MongoDB account has the set of its API', given: { account: mongodbAccount, firewall: firewall(...current, ...mongodb) } },
    { when: "a range of one's own holds an address of the portal by chance", given: { firewall: firewall('13.91.105.0/24') } },
    { when: 'another cloud has its own set', given: { firewall: firewall('52.247.163.6', '52.244.134.181') }, organisation: { cloud: 'usgovernment' } },
  ],
  fails: [
    { when: 'part of the set is missing', given: { firewall: firewall(...current.slice(1)) }, says: 'not the set documented on 2025-08-28 (missing: 13.91.105.215)' },
    { when: 'a retired address is there', given: { firewall: firewall('104.42.195.92', ...current) }, says: '(retired: 104.42.195.92)', observing: { missing: [] } },
    { when: 'a retired address is written with a prefix', given: { firewall: firewall('104.42.195.92/32') }, says: '(retired: 104.42.195.92)' },
    { when: 'only a retired address is there', given: { firewall: firewall('104.42.195.92') }, says: '(retired: 104.42.195.92)', observing: { missing: [] } },
    { when: 'a MongoDB account lacks the set of its API', given: { account: mongodbAccount, firewall: firewall(...current) }, says: 'missing: 20.245.81.54' },
    { when: 'a NoSQL account has the set of another API', given: { firewall: firewall(...current, '40.113.96.14') }, says: "not for this account's API: 40.113.96.14" },
    { when: 'the address is retired in that cloud', given: { firewall: firewall('139.217.8.252') }, organisation: { cloud: 'china' }, says: 'retired: 139.217.8.252' },
  ],
  doesNotApply: [{ when: 'the cloud has no documented list', given: { firewall: firewall(...current) }, organisation: { cloud: 'custom' }, because: 'No portal addresses are documented for the cloud "custom".' }],
});

describe('portal addresses', () => {
  test.each(Object.entries(portalAddresses))('of cloud %s are addresses, none of them twice', (_, { all, mongodb: mongo, cassandra, retired }) => {
    const addresses = [...all, ...mongo, ...cassandra, ...retired];
    expect(addresses.filter(address => !parseRange(address))).toEqual([]);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});
