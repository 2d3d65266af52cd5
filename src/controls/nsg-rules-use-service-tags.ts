import { control, fail, notApplicable, pass } from '../core/control.ts';
import type { AccountSubnet, SecurityGroup, SecurityRule } from '../core/network.ts';
import { nameOf, sameId } from '../core/resource-id.ts';
import { noNetworks, notApplicableWithoutNetworks, subnetName, subnetsOf } from './networks.ts';
import { allowsEverything, concernsCosmos, literalPublicRanges } from './security-rules.ts';
import { cut, listed } from './support.ts';

/**
 * Traffic to an account leaves the subnet of a virtual network rule, and enters the subnet of a private endpoint:
 * rules of the other direction are about other things. Private ranges have no service tag and may be spelled out.
 */
export const nsgRulesUseServiceTags = control({
  id: 'nsg-rules-use-service-tags',
  scope: 'account',
  title: "Security rules on the account's subnets name service tags or application security groups, not public addresses, and none allows everything.",
  severity: 'low',
  rationale:
    'Microsoft changes the addresses of a service, and a list in a rule does not change with it: it breaks clients, or keeps admitting addresses that belong to somebody else by now. A rule from any to any makes all others pointless.',
  remediation: {
    text: 'Replace public addresses by the service tag AzureCosmosDB, or AzureCosmosDB.<region>, and ranges of your own by application security groups. Replace rules that allow everything by ones for what is needed.',
    cli: 'az network nsg rule update --resource-group <group> --nsg-name <security-group> --name <rule> --destination-address-prefixes AzureCosmosDB',
    bicep: "resource rule 'Microsoft.Network/networkSecurityGroups/securityRules@2025-05-01' = {\n  parent: securityGroup\n  name: '<rule>'\n  properties: {\n    priority: 200\n    direction: 'Outbound'\n    access: 'Allow'\n    protocol: 'Tcp'\n    sourceAddressPrefix: 'VirtualNetwork'\n    sourcePortRange: '*'\n    destinationAddressPrefix: 'AzureCosmosDB'\n    destinationPortRange: '443'\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/virtual-network/service-tags-overview', 'https://learn.microsoft.com/azure/virtual-network/application-security-groups'],
  requirements: ['ASB NS-6', 'SEC network-security'],
  notApplicableWhen: `${notApplicableWithoutNetworks}, or none with a network security group`,
  needs: ['networks', 'securityGroups'],
  evaluate({ networks, securityGroups }) {
    const subnets = subnetsOf(networks);
    const guarded = subnets.flatMap(subnet => (subnet.securityGroupId === null ? [] : { subnet, group: groupOf(subnet.securityGroupId, securityGroups) }));
    const problems = [...new Set(guarded.flatMap(({ subnet, group }) => group.rules.flatMap(rule => problemsOf(rule, group, subnet))))];
    const observed = { subnets: cut(guarded.map(({ subnet }) => subnetName(subnet))), securityGroups: cut([...new Set(guarded.map(({ group }) => nameOf(group.id)))]), problems: cut(problems) };
    if (subnets.length === 0) return notApplicable(noNetworks, observed);
    if (guarded.length === 0) return notApplicable('No subnet that the account uses has a network security group.', observed);
    return problems.length > 0 ? fail(`Security rules are wider or more brittle than they need be: ${listed(problems, '; ')}.`, observed) : pass(observed);
  },
});

function groupOf(id: string, groups: readonly SecurityGroup[]): SecurityGroup {
  const group = groups.find(each => sameId(each.id, id));
  if (!group) throw new Error(`Network security group ${nameOf(id)} was not read.`);
  return group;
}

function problemsOf(rule: SecurityRule, group: SecurityGroup, { holdsEndpoint }: AccountSubnet): string[] {
  const name = `${nameOf(group.id)}/${rule.name}`;
  if (allowsEverything(rule)) return [`${name} allows everything ${rule.direction === 'Inbound' ? 'in' : 'out'}`];
  if (!concernsCosmos(rule) || rule.direction !== (holdsEndpoint ? 'Inbound' : 'Outbound')) return [];
  const literal = literalPublicRanges(rule);
  return literal.length > 0 ? [`${name} spells out ${listed(literal)}`] : [];
}
