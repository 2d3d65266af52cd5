import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { FlowLog, NetworkWatcher } from '../core/network.ts';
import { nameOf, resourceGroupOf, subscriptionOf } from '../core/resource-id.ts';
import type { Collector } from './collector.ts';
import { absent, elements } from './schema.ts';

const WatcherOnWire = z.object({ id: z.string(), location: z.string() }).transform(({ id, location }): NetworkWatcher => ({ id, location: location.toLowerCase() }));

/** The network watchers of a subscription, by subscription id. */
export const networkWatchers: Collector<string, NetworkWatcher[]> = {
  name: 'network watchers',
  actions: ['Microsoft.Network/networkWatchers/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.all(() => arm.network(subscriptionId).networkWatchers.listAll());
    return known(elements(WatcherOnWire, listed), listed.sources);
  },
};

/** Absent, as a whole or in part: traffic analytics was not set up. https://learn.microsoft.com/azure/network-watcher/traffic-analytics */
const Analytics = absent(z.object({ networkWatcherFlowAnalyticsConfiguration: absent(z.object({ enabled: absent(z.boolean(), false) }), { enabled: false }) }), {
  networkWatcherFlowAnalyticsConfiguration: { enabled: false },
});

const FlowLogOnWire = z
  .object({ id: z.string(), properties: z.object({ targetResourceId: z.string(), enabled: z.boolean(), flowAnalyticsConfiguration: Analytics }) })
  .transform(({ id, properties: { targetResourceId, enabled, flowAnalyticsConfiguration } }): FlowLog => ({
    id,
    targetId: targetResourceId,
    enabled,
    trafficAnalytics: flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.enabled,
  }));

/** The flow logs of one region, by the id of its network watcher. */
export const flowLogs: Collector<string, FlowLog[]> = {
  name: 'flow logs',
  actions: ['Microsoft.Network/networkWatchers/flowLogs/read'],
  async read(arm, watcherId) {
    const subscription = subscriptionOf(watcherId);
    const group = resourceGroupOf(watcherId);
    if (subscription === null || group === null) throw new Error(`${watcherId} is not the id of a network watcher.`);
    const listed = await arm.all(() => arm.network(subscription).flowLogs.list(group, nameOf(watcherId)));
    return known(elements(FlowLogOnWire, listed), listed.sources);
  },
};
