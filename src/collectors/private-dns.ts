import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { DnsName } from '../core/private-dns.ts';
import type { Collector } from './collector.ts';
import { elements, list, Reference } from './schema.ts';

/** No SDK client that we install has private DNS. */
const apiVersion = '2024-06-01';

/** The private DNS zones of a subscription, for any service, by subscription id: their ids. */
export const privateDnsZones: Collector<string, string[]> = {
  name: 'private DNS zones',
  actions: ['Microsoft.Network/privateDnsZones/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.list(`/subscriptions/${subscriptionId}/providers/Microsoft.Network/privateDnsZones`, apiVersion);
    return known(elements(Reference, listed), listed.sources);
  },
};

const LinkOnWire = z.object({ properties: z.object({ virtualNetwork: Reference }) }).transform(({ properties }) => properties.virtualNetwork);

/** The virtual networks that a private DNS zone is linked to, by zone id: their ids. */
export const privateDnsZoneLinks: Collector<string, string[]> = {
  name: 'virtual network links',
  actions: ['Microsoft.Network/privateDnsZones/virtualNetworkLinks/read'],
  async read(arm, zoneId) {
    const listed = await arm.list(`${zoneId}/virtualNetworkLinks`, apiVersion);
    return known(elements(LinkOnWire, listed), listed.sources);
  },
};

/** A record set without addresses answers nothing: absent and empty mean the same. https://learn.microsoft.com/rest/api/dns/privatedns/record-sets/list-by-type */
const RecordOnWire = z
  .object({ name: z.string(), properties: z.object({ aRecords: list(z.object({ ipv4Address: z.string() })) }) })
  .transform(({ name, properties: { aRecords } }): DnsName => ({ name, addresses: aRecords.map(({ ipv4Address }) => ipv4Address) }));

/** The A records of a private DNS zone, by zone id. */
export const privateDnsRecords: Collector<string, DnsName[]> = {
  name: 'A records',
  actions: ['Microsoft.Network/privateDnsZones/A/read'],
  async read(arm, zoneId) {
    const listed = await arm.list(`${zoneId}/A`, apiVersion);
    return known(elements(RecordOnWire, listed), listed.sources);
  },
};
