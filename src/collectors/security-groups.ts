import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { SecurityGroup, SecurityRule } from '../core/network.ts';
import type { Collector } from './collector.ts';
import { absent, closed, elements, list } from './schema.ts';

/**
 * Azure sends one value or a list of values, and leaves out, or sends as an empty text, the form that it does not use.
 * Neither: application security groups stand in their place.
 * @see https://learn.microsoft.com/rest/api/virtualnetwork/network-security-groups/list-all
 */
const One = absent(z.string(), '');
const Many = list(z.string());

const RuleOnWire = z
  .object({
    name: z.string(),
    properties: z.object({
      direction: closed(['Inbound', 'Outbound']),
      access: closed(['Allow', 'Deny']),
      protocol: z.string(),
      sourceAddressPrefix: One,
      sourceAddressPrefixes: Many,
      destinationAddressPrefix: One,
      destinationAddressPrefixes: Many,
      destinationPortRange: One,
      destinationPortRanges: Many,
    }),
  })
  .transform(({ name, properties: { direction, access, protocol, ...rest } }): SecurityRule => ({
    name,
    direction,
    access,
    protocol,
    sources: together(rest.sourceAddressPrefix, rest.sourceAddressPrefixes),
    destinations: together(rest.destinationAddressPrefix, rest.destinationAddressPrefixes),
    destinationPorts: together(rest.destinationPortRange, rest.destinationPortRanges),
  }));

function together(one: string, many: readonly string[]): string[] {
  return [one, ...many].filter(value => value !== '');
}

const GroupOnWire = z
  .object({ id: z.string(), properties: z.object({ securityRules: list(RuleOnWire) }) })
  .transform(({ id, properties }): SecurityGroup => ({ id, rules: properties.securityRules }));

/** The network security groups of a subscription, by subscription id. */
export const securityGroups: Collector<string, SecurityGroup[]> = {
  name: 'network security groups',
  actions: ['Microsoft.Network/networkSecurityGroups/read'],
  async read(arm, subscriptionId) {
    const listed = await arm.all(() => arm.network(subscriptionId).networkSecurityGroups.listAll());
    return known(elements(GroupOnWire, listed), listed.sources);
  },
};
