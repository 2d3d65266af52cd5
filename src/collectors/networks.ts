import { z } from 'zod';
import type { Subnet } from '../core/account.ts';
import { known } from '../core/fact.ts';
import type { Collector } from './collector.ts';
import { list } from './schema.ts';

const NetworkOnWire = z.object({
  properties: z.object({
    subnets: list(z.object({ id: z.string(), properties: z.object({ serviceEndpoints: list(z.object({ service: z.string() })) }) })),
  }),
});

/** The subnets of all virtual networks of a subscription, by subscription id. */
export const subnets: Collector<string, Subnet[]> = {
  name: 'virtual networks',
  actions: ['Microsoft.Network/virtualNetworks/read'],
  async read(arm, subscriptionId) {
    const { value, sources } = await arm.all(() => arm.network(subscriptionId).virtualNetworks.listAll());
    const found = z.array(NetworkOnWire).parse(value).flatMap(({ properties }) =>
      properties.subnets.map(({ id, properties: { serviceEndpoints } }): Subnet => ({ id, exists: true, serviceEndpoints: serviceEndpoints.map(({ service }) => service) })),
    );
    return known(found, sources);
  },
};
