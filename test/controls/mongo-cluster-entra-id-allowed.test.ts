import { expect, test } from 'vitest';
import { mongoClusterEntraIdAllowed } from '../../src/controls/mongo-cluster-entra-id-allowed.ts';
import { cassandraCluster, clusterFacts, mongoCluster, organisation } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const allowing = (...allowedAuthModes: string[]) => ({ cluster: mongoCluster({ allowedAuthModes }) });

specify(mongoClusterEntraIdAllowed, {
  passes: [
    { when: 'only Entra ID is allowed', given: allowing('MicrosoftEntraID'), observing: { allowedAuthModes: ['MicrosoftEntraID'] } },
    { when: 'passwords are allowed too', given: allowing('NativeAuth', 'microsoftentraid') },
  ],
  fails: [
    { when: 'only passwords are allowed', given: allowing('NativeAuth'), says: 'only NativeAuth is allowed' },
    { when: 'nothing is allowed', given: allowing(), says: 'only nothing is allowed' },
  ],
  doesNotApply: [{ when: 'it is a Cassandra cluster', given: { cluster: cassandraCluster() }, because: 'Entra ID' }],
});

test('a cluster that does not say is not judged', () => {
  const facts = clusterFacts({ cluster: mongoCluster({ allowedAuthModes: null }) });
  expect(() => mongoClusterEntraIdAllowed.judge(facts, { now: new Date('2026-11-20'), parameters: {}, organisation: organisation() })).toThrow('Azure left out authConfig.allowedModes');
});
