import { expect, test } from 'vitest';
import { mongoClusterHighlyAvailable } from '../../src/controls/mongo-cluster-highly-available.ts';
import { cassandraCluster, clusterFacts, mongoCluster, organisation } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const mode = (highAvailability: string | null) => ({ cluster: mongoCluster({ highAvailability }) });

specify(mongoClusterHighlyAvailable, {
  passes: [{ when: 'standbys are in other zones', given: mode('zoneredundantpreferred'), observing: { highAvailability: 'zoneredundantpreferred' } }],
  fails: [
    { when: 'standbys are in the same zone', given: mode('SameZone'), says: 'same availability zone' },
    { when: 'there are no standbys', given: mode('Disabled'), says: 'no shard has a standby' },
  ],
  doesNotApply: [{ when: 'it is a Cassandra cluster', given: { cluster: cassandraCluster() }, because: 'data centers' }],
});

test.each([
  [null, 'Azure left out highAvailability.targetMode'],
  ['Everywhere', 'highAvailability.targetMode is "Everywhere"'],
])('%s is not judged', (highAvailability, says) => {
  expect(() => mongoClusterHighlyAvailable.judge(clusterFacts(mode(highAvailability)), { now: new Date('2026-11-20'), parameters: {}, organisation: organisation() })).toThrow(says);
});
