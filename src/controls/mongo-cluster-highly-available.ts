import { control, fail, notApplicable, pass } from '../core/control.ts';

export const mongoClusterHighlyAvailable = control({
  id: 'mongo-cluster-highly-available',
  scope: 'cluster',
  title: 'Each shard of the MongoDB cluster has a standby, in another availability zone where the region has zones.',
  severity: 'medium',
  rationale:
    'Without a standby a shard is gone while its server is repaired; with one in the same zone both go with the building.',
  remediation: {
    text: 'Set the high availability of the cluster to ZoneRedundantPreferred. The standbys are billed.',
    cli: 'az resource update --ids <cluster-id> --api-version 2025-09-01 --set properties.highAvailability.targetMode=ZoneRedundantPreferred',
    bicep: "properties: {\n  highAvailability: {\n    targetMode: 'ZoneRedundantPreferred'\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/mongodb/vcore/high-availability'],
  requirements: ['SEC local-replication'],
  notApplicableWhen: 'the cluster is one of Managed Instance for Apache Cassandra, whose data centers have zones of their own',
  needs: ['cluster'],
  evaluate({ cluster }) {
    if (cluster.kind !== 'mongo') return notApplicable("Zones are a matter of a Cassandra cluster's data centers, not of the cluster.", { kind: cluster.kind });
    const { highAvailability } = cluster;
    if (highAvailability === null) throw new Error('Azure left out highAvailability.targetMode, which tells whether shards have a standby.');
    const observed = { highAvailability };
    switch (highAvailability.toLowerCase()) {
      case 'zoneredundantpreferred':
        return pass(observed);
      case 'samezone':
        return fail('The standby of each shard is in the same availability zone.', observed);
      case 'disabled':
        return fail('High availability is off: no shard has a standby.', observed);
      default:
        throw new Error(`highAvailability.targetMode is "${highAvailability}", which this program does not know.`);
    }
  },
});
