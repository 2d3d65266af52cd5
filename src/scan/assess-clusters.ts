import type { ListedCluster } from '../collectors/clusters.ts';
import { collect } from '../collectors/collector.ts';
import { collectors } from '../collectors/index.ts';
import { clusterControls } from '../controls/index.ts';
import type { Assessment } from '../core/assessment.ts';
import type { ClusterFirewallRule } from '../core/cluster.ts';
import { assess } from '../core/evaluate.ts';
import { known, type Fact } from '../core/fact.ts';
import { nameOf, subscriptionOf } from '../core/resource-id.ts';
import type { SnapshotOf } from '../core/snapshot.ts';
import { typeIsAbsent } from './knowledge.ts';
import type { ScanServices } from './services.ts';
import { together } from './together.ts';

const resourceTypes = { mongo: 'Microsoft.DocumentDB/mongoClusters', cassandra: 'Microsoft.DocumentDB/cassandraClusters' } as const;

/**
 * Reads and judges the MongoDB and Cassandra clusters of a subscription. One without accounts is asked only where
 * Resource Graph names clusters, or did not answer.
 */
export async function assessClusters(subscriptionId: string, hasAccounts: boolean, services: ScanServices): Promise<Assessment[]> {
  const { arm, knowledge } = services;
  const named = await knowledge.clusterSubscriptions;
  const isNamed = named.known && named.value.includes(subscriptionId.toLowerCase());
  if (!hasAccounts && named.known && !isNamed) return [];
  const lists = await Promise.all([collect(collectors.mongoClusters, arm, subscriptionId), collect(collectors.cassandraClusters, arm, subscriptionId)]);
  const clusters = lists.flatMap(listed => {
    if (listed.known) return listed.value;
    if (!typeIsAbsent(listed, named, isNamed)) knowledge.note(listed);
    return [];
  });
  return Promise.all(clusters.map(cluster => assessCluster(cluster, services)));
}

async function assessCluster(listed: ListedCluster, services: ScanServices): Promise<Assessment> {
  const { kind, id, cluster } = listed;
  const snapshot = await together<SnapshotOf<'cluster'>>({
    cluster,
    clusterFirewall: firewallOf(listed, services),
    diagnosticSettings: collect(collectors.diagnosticSettings, services.arm, id),
  });
  const resource = {
    resourceId: id,
    resourceType: resourceTypes[kind],
    name: nameOf(id),
    subscriptionId: subscriptionOf(id) ?? '',
    location: cluster.known ? cluster.value.location : null,
    ...(cluster.known && { tags: cluster.value.tags }),
  };
  return assess(resource, null, snapshot, clusterControls, services.judge);
}

/** Rules are in force only where a MongoDB cluster takes public traffic. */
async function firewallOf({ kind, id, cluster }: ListedCluster, { arm }: ScanServices): Promise<Fact<readonly ClusterFirewallRule[]>> {
  const closed = cluster.known && cluster.value.kind === 'mongo' && cluster.value.publicNetworkAccess === 'Disabled';
  return kind === 'cassandra' || closed ? known([]) : collect(collectors.mongoFirewall, arm, id);
}
