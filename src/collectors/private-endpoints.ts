import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { PrivateEndpoint, ZoneRegistration } from '../core/private-dns.ts';
import { nameOf, resourceGroupOf, subscriptionOf } from '../core/resource-id.ts';
import type { Collector } from './collector.ts';
import { absent, elements, list, Reference } from './schema.ts';

const Connection = z
  .object({ properties: z.object({ privateLinkServiceId: absent(z.string(), ''), groupIds: list(z.string()) }) })
  .transform(({ properties: { privateLinkServiceId, groupIds } }) => ({ resourceId: privateLinkServiceId, groupIds }));

const EndpointOnWire = z
  .object({
    id: z.string(),
    properties: z.object({
      subnet: Reference,
      privateLinkServiceConnections: list(Connection),
      manualPrivateLinkServiceConnections: list(Connection),
      // Empty where a zone group registers the names; without a name for services that are no Azure service.
      // https://learn.microsoft.com/rest/api/virtualnetwork/private-endpoints/list-by-subscription
      customDnsConfigs: list(z.object({ fqdn: absent(z.string(), ''), ipAddresses: list(z.string()) })),
    }),
  })
  .transform(({ id, properties: { subnet, privateLinkServiceConnections, manualPrivateLinkServiceConnections, customDnsConfigs } }): PrivateEndpoint => ({
    id,
    subnetId: subnet,
    targets: [...privateLinkServiceConnections, ...manualPrivateLinkServiceConnections],
    names: customDnsConfigs.filter(({ fqdn }) => fqdn !== '').map(({ fqdn, ipAddresses }) => ({ name: fqdn, addresses: ipAddresses.filter(isIPv4) })),
  }));

/** The private endpoints of a subscription, to any service, by subscription id. */
export const privateEndpoints: Collector<string, PrivateEndpoint[]> = {
  name: 'private endpoints',
  actions: ['Microsoft.Network/privateEndpoints/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.all(() => arm.network(subscriptionId).privateEndpoints.listBySubscription());
    return known(elements(EndpointOnWire, listed), listed.sources);
  },
};

const RecordOnWire = z.object({ recordType: absent(z.string(), 'A'), recordSetName: z.string(), ipAddresses: list(z.string()) });

const GroupOnWire = z.object({
  properties: z.object({
    privateDnsZoneConfigs: list(z.object({ properties: z.object({ privateDnsZoneId: z.string(), recordSets: list(RecordOnWire) }) })),
  }),
});

/** The zones in which a private endpoint keeps its records, by endpoint id. */
export const privateDnsZoneGroups: Collector<string, ZoneRegistration[]> = {
  name: 'private DNS zone groups',
  actions: ['Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read'],
  async read(arm, endpointId) {
    const subscription = subscriptionOf(endpointId);
    const group = resourceGroupOf(endpointId);
    if (subscription === null || group === null) throw new Error(`${endpointId} is not the id of a private endpoint.`);
    const listed = await arm.all(() => arm.network(subscription).privateDnsZoneGroups.list(group, nameOf(endpointId)));
    const registrations = elements(GroupOnWire, listed).flatMap(({ properties }) =>
      properties.privateDnsZoneConfigs.map(({ properties: { privateDnsZoneId, recordSets } }): ZoneRegistration => ({
        zoneId: privateDnsZoneId,
        records: recordSets.filter(({ recordType }) => recordType.toUpperCase() === 'A').map(({ recordSetName, ipAddresses }) => ({ name: recordSetName, addresses: ipAddresses.filter(isIPv4) })),
      })),
    );
    return known(registrations, listed.sources);
  },
};

function isIPv4(address: string): boolean {
  return !address.includes(':');
}
