import { expect, test } from 'vitest';
import { mongoClusterNetworkRestricted } from '../../src/controls/mongo-cluster-network-restricted.ts';
import type { ClusterFirewallRule } from '../../src/core/cluster.ts';
import { parseRange } from '../../src/exposure/address-set.ts';
import { cassandraCluster, clusterFacts, mongoCluster, organisation } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const open = mongoCluster({ publicNetworkAccess: 'Enabled' });
const rule = (first: string, last = first, name = 'rule'): ClusterFirewallRule => {
  const [from, to] = [parseRange(first), parseRange(last)];
  if (!from || !to) throw new Error(`${first} - ${last}`);
  return { name, range: { family: 4, first: from.first, last: to.last, text: `${first} - ${last}` } };
};
const admits = (...clusterFirewall: ClusterFirewallRule[]) => ({ cluster: open, clusterFirewall });

specify(mongoClusterNetworkRestricted, {
  passes: [
    { when: 'public access is off', observing: { publicNetworkAccess: 'Disabled' } },
    { when: 'it has no rules', given: admits(), observing: { publicNetworkAccess: 'Enabled', rules: [] } },
    { when: 'it admits an office', given: admits(rule('198.51.100.32', '198.51.100.47', 'office')), observing: { rules: ['office 198.51.100.32 - 198.51.100.47'] } },
    { when: 'it admits half of the Internet', given: admits(rule('0.0.0.1', '127.255.255.255')) },
  ],
  fails: [
    { when: 'it admits everybody', given: admits(rule('0.0.0.0', '255.255.255.255', 'all')), says: 'admits the whole Internet: all 0.0.0.0 - 255.255.255.255.' },
    { when: 'two rules admit everybody together', given: admits(rule('0.0.0.0', '127.255.255.255', 'lower'), rule('128.0.0.0', '255.255.255.255', 'upper')), says: 'lower 0.0.0.0 - 127.255.255.255, upper' },
    { when: 'a rule leaves out next to nothing', given: admits(rule('1.0.0.0', '255.0.0.0')), says: 'whole Internet' },
    { when: 'it admits all of Azure', given: admits(rule('198.51.100.32'), rule('0.0.0.0', '0.0.0.0', 'azure')), says: 'Rule azure (0.0.0.0) admits every machine in Azure' },
  ],
  doesNotApply: [{ when: 'it is a Cassandra cluster', given: { cluster: cassandraCluster() }, because: 'virtual network' }],
});

test('a value that is new is not judged', () => {
  const facts = clusterFacts({ cluster: mongoCluster({ publicNetworkAccess: { unrecognised: 'SecuredByPerimeter' } }) });
  expect(() => mongoClusterNetworkRestricted.judge(facts, { now: new Date('2026-11-20'), parameters: {}, organisation: organisation() })).toThrow('publicNetworkAccess is "SecuredByPerimeter"');
});
