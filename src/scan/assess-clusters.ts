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
import type { ScanServices, SubscriptionServices } from './services.ts';
import { together } from './together.ts';

const resourceTypes = { mongo: 'Microsoft.DocumentDB/mongoClusters', cassandra: 'Microsoft.DocumentDB/cassandraClusters' } as const;

/**
 * Reads and judges the MongoDB and Cassandra clusters of a subscription. One without accounts is asked only where
 * Resource Graph names clusters, or did not answer, or where an earlier scan saw some: Resource Graph proves no absence.
 */
export async function assessClusters(subscriptionId: string, hasAccounts: boolean, services: SubscriptionServices): Promise<Assessment[]> {
  const { arm, knowledge, notes, remembered } = services;
  const named = await knowledge.clusterSubscriptions;
  const isNamed = named.known && named.value.includes(subscriptionId.toLowerCase());
  const wereThere = Object.values(resourceTypes).some(type => remembered.has(type.toLowerCase()));
  if (!hasAccounts && named.known && !isNamed && !wereThere) return [];
  const lists = await together({ mongo: collect(collectors.mongoClusters, arm, subscriptionId), cassandra: collect(collectors.cassandraClusters, arm, subscriptionId) });
  const clusters = (['mongo', 'cassandra'] as const).flatMap(kind => {
    const listed = lists[kind];
    if (listed.known) return listed.value;
    if (typeIsAbsent(listed, named, isNamed || remembered.has(resourceTypes[kind].toLowerCase()))) return [];
    notes.gap(listed);
    notes.unlisted(resourceTypes[kind]);
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
