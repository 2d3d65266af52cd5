import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { PublicAddress } from '../core/network.ts';
import { topLevelOf } from '../core/resource-id.ts';
import type { Collector } from './collector.ts';
import { absent, elements, open, Reference } from './schema.ts';

/** Absent: as the network is, like an address made before there was a choice. https://learn.microsoft.com/azure/ddos-protection/manage-ddos-ip-protection-portal */
const Protection = absent(open(['Enabled', 'Disabled', 'VirtualNetworkInherited']), 'VirtualNetworkInherited' as const);

const AddressOnWire = z
  .object({
    id: z.string(),
    properties: z.object({
      // Absent: nothing has it. https://learn.microsoft.com/rest/api/virtualnetwork/public-ip-addresses/list-all
      ipConfiguration: absent(Reference.transform(topLevelOf), null),
      ddosSettings: absent(z.object({ protectionMode: Protection }), { protectionMode: 'VirtualNetworkInherited' as const }),
    }),
  })
  .transform(({ id, properties: { ipConfiguration, ddosSettings } }): PublicAddress => ({ id, residentId: ipConfiguration, protection: ddosSettings.protectionMode }));

/** The public IP addresses of a subscription, by subscription id; not those of virtual machine scale sets, which it does not list. */
export const publicAddresses: Collector<string, PublicAddress[]> = {
  name: 'public IP addresses',
  actions: ['Microsoft.Network/publicIPAddresses/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.all(() => arm.network(subscriptionId).publicIPAddresses.listAll());
    return known(elements(AddressOnWire, listed), listed.sources);
  },
};
