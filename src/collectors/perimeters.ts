import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { Collector } from './collector.ts';
import { noneWhereUnregistered } from './registration.ts';
import { elements } from './schema.ts';

const Identified = z.object({ id: z.string() });

/** The perimeters of a subscription, by subscription id: their ids. */
export const perimeters: Collector<string, string[]> = {
  name: 'network security perimeters',
  actions: ['Microsoft.Network/networkSecurityPerimeters/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.all(() => arm.network(subscriptionId).networkSecurityPerimeters.listBySubscription()).catch(noneWhereUnregistered);
    return known(elements(Identified, listed).map(({ id }) => id), listed.sources);
  },
};

/** Perimeters by Resource Graph, over many subscriptions in one query. It lags and omits: it proves presence, never absence. */
export const perimetersByResourceGraph: Collector<readonly string[], string[]> = {
  name: 'network security perimeters (Resource Graph)',
  actions: ['Microsoft.ResourceGraph/resources/read'],
  async read(arm, subscriptionIds) {
    const query = "resources | where type =~ 'microsoft.network/networksecurityperimeters' | project id, name, type, subscriptionId, resourceGroup, location | order by id asc";
    const listed = await arm.query(query, subscriptionIds);
    const ids = elements(Identified, listed).map(({ id }) => id);
    // Rows of another type would be read as perimeters.
    return known(ids.filter(id => /\/networksecurityperimeters\/[^/]+$/i.test(id)), listed.sources);
  },
};
