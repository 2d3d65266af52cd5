import { expect, test } from 'vitest';
import { cassandraClusterAuthenticationOn } from '../../src/controls/cassandra-cluster-authentication-on.ts';
import { cassandraCluster, clusterFacts, mongoCluster, organisation } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const by = (authenticationMethod: string | null) => ({ cluster: cassandraCluster({ authenticationMethod }) });

specify(cassandraClusterAuthenticationOn, {
  passes: [
    { when: 'clients have passwords', given: by('Cassandra'), observing: { authenticationMethod: 'Cassandra' } },
    { when: 'a directory has the users', given: by('ldap') },
  ],
  fails: [
    { when: 'it is off', given: by('None'), says: 'Authentication is off' },
    { when: 'it is off, in other letters', given: by('none'), says: 'Authentication is off' },
  ],
  doesNotApply: [{ when: 'it is a MongoDB cluster', given: { cluster: mongoCluster() }, because: 'always asks' }],
});

test.each([
  [null, 'Azure left out authenticationMethod'],
  ['Optional', 'authenticationMethod is "Optional"'],
])('%s is not judged', (method, says) => {
  expect(() => cassandraClusterAuthenticationOn.judge(clusterFacts(by(method)), { now: new Date('2026-11-20'), parameters: {}, organisation: organisation() })).toThrow(says);
});
