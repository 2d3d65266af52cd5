import type { Subnet, VirtualNetworkRule } from '../core/account.ts';
import { control, fail, notApplicable, pass, type Organisation } from '../core/control.ts';
import { nameOf, parentOf, sameId, subscriptionOf } from '../core/resource-id.ts';
import { cut, isTrusted, listed } from './support.ts';

const serviceEndpoint = 'Microsoft.AzureCosmosDB';

export const virtualNetworkRulesEffective = control({
  id: 'virtual-network-rules-effective',
  scope: 'account',
  title: 'Every virtual network rule names a subnet of the organisation that exists and has the Cosmos DB service endpoint.',
  severity: 'medium',
  rationale:
    "A rule for a subnet that is gone or lacks the service endpoint admits nobody, and the team believes it is connected until it adds a wider rule. A rule for somebody else's subnet admits a network that nobody here controls. With the virtual network filter off, the rules do nothing at all.",
  remediation: {
    text: 'Add the Microsoft.AzureCosmosDB service endpoint to the subnet, keeping the endpoints it has, then add the rule again without ignoring the missing endpoint. Remove rules for subnets that are gone or not yours. Turn the virtual network filter on.',
    cli: [
      'az network vnet subnet update --ids <subnet-id> --service-endpoints Microsoft.AzureCosmosDB',
      'az cosmosdb network-rule add --resource-group <group> --name <account> --subnet <subnet-id>',
      'az cosmosdb update --ids <account-id> --enable-virtual-network true',
    ].join('\n'),
    bicep: "properties: {\n  isVirtualNetworkFilterEnabled: true\n  virtualNetworkRules: [\n    {\n      id: '<subnet-id>'\n      ignoreMissingVNetServiceEndpoint: false\n    }\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/how-to-configure-vnet-service-endpoint'],
  requirements: ['ASB NS-1', 'ASB NS-3'],
  notApplicableWhen: 'the account has no virtual network rules',
  needs: ['account', 'subnets'],
  evaluate({ account: { virtualNetworkRules: rules, virtualNetworkFilter }, subnets }, { organisation }) {
    if (rules.length === 0) return notApplicable('The account has no virtual network rules.', { virtualNetworkRules: 0, virtualNetworkFilter });
    const judged = rules.map(rule => ({ rule, subnet: subnets.find(({ id }) => sameId(id, rule.subnetId)) }));
    const problems = judged.flatMap(({ rule, subnet }) => problemsOf(rule, subnet, organisation));
    if (!virtualNetworkFilter) problems.unshift('isVirtualNetworkFilterEnabled is off, so the rules have no effect');
    const observed = { virtualNetworkRules: rules.length, virtualNetworkFilter, subnets: cut(rules.map(rule => rule.subnetId)), problems: cut(problems) };
    if (problems.length > 0) return fail(`Virtual network rules do not work as they look: ${listed(problems, '; ')}.`, observed);
    const unread = judged.find(({ subnet }) => !subnet);
    if (unread) throw new Error(`Subnet ${unread.rule.subnetId} was not read.`);
    return pass(observed);
  },
});

function problemsOf({ subnetId, ignoreMissingEndpoint }: VirtualNetworkRule, subnet: Subnet | undefined, organisation: Organisation): string[] {
  const name = `${nameOf(parentOf(subnetId))}/${nameOf(subnetId)}`;
  const problems: string[] = [];
  const subscription = subscriptionOf(subnetId);
  if (!isTrusted(subscription, organisation)) problems.push(`subnet ${name} is in subscription ${subscription ?? '(none)'}, which is neither of the tenant nor trusted`);
  if (ignoreMissingEndpoint) problems.push(`the rule for subnet ${name} ignores a missing service endpoint`);
  if (subnet && !subnet.exists) problems.push(`subnet ${name} does not exist`);
  const connected = subnet?.serviceEndpoints.some(service => sameId(service, serviceEndpoint));
  if (subnet?.exists === true && connected !== true) problems.push(`subnet ${name} has no ${serviceEndpoint} service endpoint`);
  return problems;
}
