import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { Collector } from './collector.ts';

const Identified = z.object({ id: z.string() });

/** The perimeters of a subscription, by subscription id: their ids. */
export const perimeters: Collector<string, string[]> = {
  name: 'network security perimeters',
  actions: ['Microsoft.Network/networkSecurityPerimeters/read'],
  async read(arm, subscriptionId) {
    const { value, sources } = await arm.all(() => arm.network(subscriptionId).networkSecurityPerimeters.listBySubscription());
    return known(z.array(Identified).parse(value).map(({ id }) => id), sources);
  },
};

/** Perimeters by Resource Graph, over many subscriptions in one query. It lags and omits: it proves presence, never absence. */
export const perimetersByResourceGraph: Collector<readonly string[], string[]> = {
  name: 'network security perimeters (Resource Graph)',
  actions: ['Microsoft.ResourceGraph/resources/read'],
  async read(arm, subscriptionIds) {
    const query = "resources | where type =~ 'microsoft.network/networksecurityperimeters' | project id, name, type, subscriptionId, resourceGroup, location | order by id asc";
    const { value, sources } = await arm.query(query, subscriptionIds);
    return known(z.array(Identified).parse(value).map(({ id }) => id), sources);
  },
};
