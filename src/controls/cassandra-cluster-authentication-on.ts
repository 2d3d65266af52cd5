import { control, fail, notApplicable, pass } from '../core/control.ts';

export const cassandraClusterAuthenticationOn = control({
  id: 'cassandra-cluster-authentication-on',
  scope: 'cluster',
  title: 'The Cassandra cluster lets nobody in without signing in.',
  severity: 'critical',
  rationale: 'With authenticationMethod None every machine in the virtual network can read, change and drop every table. Azure has that setting for emergencies only, and nothing turns it back.',
  remediation: {
    text: 'Set authenticationMethod to Cassandra, or to Ldap where users come from a directory, and give every application a user of its own.',
    cli: 'az resource update --ids <cluster-id> --set properties.authenticationMethod=Cassandra',
    bicep: "resource cluster 'Microsoft.DocumentDB/cassandraClusters@2025-10-15' = {\n  name: '<cluster>'\n  location: location\n  properties: {\n    authenticationMethod: 'Cassandra'\n    delegatedManagementSubnetId: subnet.id\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/templates/microsoft.documentdb/cassandraclusters'],
  requirements: ['SEC authorization'],
  notApplicableWhen: 'the cluster is a MongoDB cluster, which always asks who signs in',
  needs: ['cluster'],
  evaluate({ cluster }) {
    if (cluster.kind !== 'cassandra') return notApplicable('A MongoDB cluster always asks who signs in.', { kind: cluster.kind });
    const { authenticationMethod } = cluster;
    if (authenticationMethod === null) throw new Error('Azure left out authenticationMethod, which tells whether clients sign in.');
    const observed = { authenticationMethod };
    switch (authenticationMethod.toLowerCase()) {
      case 'cassandra':
      case 'ldap':
        return pass(observed);
      case 'none':
        return fail('Authentication is off: whoever reaches the cluster can do everything.', observed);
      default:
        throw new Error(`authenticationMethod is "${authenticationMethod}", which this program does not know.`);
    }
  },
});
