import { listBySubscription } from '@azure/arm-cosmosdb/api/cassandraClusters';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { MalformedAnswerError } from '../azure/errors.ts';
import type { CassandraCluster, Cluster, ClusterFirewallRule, MongoCluster } from '../core/cluster.ts';
import { known, type Fact, type Known, type Source } from '../core/fact.ts';
import { subscriptionOf } from '../core/resource-id.ts';
import type { Collector } from './collector.ts';
import { unknownBecause } from './reason.ts';
import { absent, elements, open } from './schema.ts';

/** A cluster of a subscription, or a cluster that is there and cannot be understood. */
export interface ListedCluster {
  readonly kind: Cluster['kind'];
  readonly id: string;
  readonly cluster: Fact<Cluster>;
}

const Identified = z.object({ id: z.string() });

/** A cluster that cannot be understood hides no other. */
function clustersIn({ value, sources }: Known<readonly unknown[]>, kind: Cluster['kind'], schema: z.ZodType<Cluster>): ListedCluster[] {
  return value.map(item => {
    const { success, data } = Identified.safeParse(item);
    if (!success) throw new MalformedAnswerError('The list has a cluster without an id.', ...sources);
    const cluster = schema.safeParse(item);
    return { kind, id: data.id, cluster: cluster.success ? known(cluster.data, sources) : unknownBecause(cluster.error, `cluster ${data.id}`, [], sources) };
  });
}

const common = { id: z.string(), name: z.string(), location: absent(z.string(), ''), tags: absent(z.record(z.string(), z.string()), {}) };

/**
 * The newest stable version that the reference of templates shows, and the first with `authConfig`. Newer ones change
 * nothing that is read here, and reach some clouds late.
 * @see https://learn.microsoft.com/azure/templates/microsoft.documentdb/mongoclusters
 */
const mongoVersion = '2025-09-01';

const MongoOnWire = z
  .object({
    ...common,
    properties: z.object({
      // Absent: Enabled, by the definition of the API.
      publicNetworkAccess: absent(open(['Enabled', 'Disabled']), 'Enabled' as const),
      authConfig: absent(z.object({ allowedModes: absent(z.array(z.string()), null) }), { allowedModes: null }),
      highAvailability: absent(z.object({ targetMode: absent(z.string(), null) }), { targetMode: null }),
    }),
  })
  .transform(({ properties: { publicNetworkAccess, authConfig, highAvailability }, ...cluster }): MongoCluster => ({
    kind: 'mongo',
    ...cluster,
    publicNetworkAccess,
    allowedAuthModes: authConfig.allowedModes,
    highAvailability: highAvailability.targetMode,
  }));

/** The MongoDB clusters (vCore) of a subscription, by subscription id. */
export const mongoClusters: Collector<string, ListedCluster[]> = {
  name: 'MongoDB clusters',
  actions: ['Microsoft.DocumentDB/mongoClusters/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.list(`/subscriptions/${subscriptionId}/providers/Microsoft.DocumentDB/mongoClusters`, mongoVersion);
    return known(clustersIn(listed, 'mongo', MongoOnWire), listed.sources);
  },
};

const CassandraOnWire = z
  .object({ ...common, properties: z.object({ authenticationMethod: absent(z.string(), null), cassandraAuditLoggingEnabled: absent(z.boolean(), null) }) })
  .transform(({ properties: { authenticationMethod, cassandraAuditLoggingEnabled }, ...cluster }): CassandraCluster => ({
    kind: 'cassandra',
    ...cluster,
    authenticationMethod,
    auditLogging: cassandraAuditLoggingEnabled,
  }));

/** The clusters of Managed Instance for Apache Cassandra of a subscription, by subscription id; the SDK knows the version. */
export const cassandraClusters: Collector<string, ListedCluster[]> = {
  name: 'Cassandra clusters',
  actions: ['Microsoft.DocumentDB/cassandraClusters/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.all(() => listBySubscription(arm.cosmos(subscriptionId)));
    return known(clustersIn(listed, 'cassandra', CassandraOnWire), listed.sources);
  },
};

/** Dotted decimal only: other forms mean different things to different programs. */
const Address = z.string().refine(text => ipaddr.IPv4.isValidFourPartDecimal(text), 'expected an IPv4 address');

const RuleOnWire = z
  .object({ name: z.string(), properties: z.object({ startIpAddress: Address, endIpAddress: Address }) })
  .transform(({ name, properties: { startIpAddress, endIpAddress } }): ClusterFirewallRule => ({
    name,
    range: { family: 4, first: numberOf(startIpAddress), last: numberOf(endIpAddress), text: `${startIpAddress} - ${endIpAddress}` },
  }))
  .refine(({ range: { first, last } }) => first <= last, 'the range ends before it begins');

function numberOf(address: string): bigint {
  return ipaddr.IPv4.parse(address).octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

/** The firewall rules of a MongoDB cluster, by cluster id. */
export const mongoFirewall: Collector<string, ClusterFirewallRule[]> = {
  name: 'firewall rules',
  actions: ['Microsoft.DocumentDB/mongoClusters/firewallRules/read'],
  async read(arm, clusterId) {
    const listed = await arm.list(`${clusterId}/firewallRules`, mongoVersion);
    return known(elements(RuleOnWire, listed), listed.sources);
  },
};

const Row = z.object({ id: z.string() }).transform(({ id }) => id);

/** Subscriptions with clusters by Resource Graph, in one query. It lags and omits: it proves presence, never absence. */
export const clusterSubscriptionsByResourceGraph: Collector<readonly string[], string[]> = {
  name: 'clusters (Resource Graph)',
  actions: ['Microsoft.ResourceGraph/resources/read'],
  async read(arm, subscriptionIds) {
    const query = "resources | where type in~ ('microsoft.documentdb/cassandraclusters', 'microsoft.documentdb/mongoclusters') | project id, name, type, subscriptionId, resourceGroup, location | order by id asc";
    const listed = await arm.query(query, subscriptionIds);
    // Rows of another type say nothing of clusters.
    const clusters = elements(Row, listed).filter(id => /\/(mongo|cassandra)clusters\/[^/]+$/i.test(id));
    return known([...new Set(clusters.map(id => subscriptionIn(id, listed.sources)))], listed.sources);
  },
};

function subscriptionIn(id: string, sources: readonly Source[]): string {
  const subscription = subscriptionOf(id);
  if (subscription === null) throw new MalformedAnswerError(`"${id}" is in no subscription.`, ...sources);
  return subscription;
}
