import { control, fail, pass } from '../core/control.ts';
import { subscriptionOf } from '../core/resource-id.ts';
import { cut, isTrusted, listed } from './support.ts';

export const bypassResourcesTrusted = control({
  id: 'bypass-resources-trusted',
  scope: 'account',
  title: "Only resources of the organisation's subscriptions bypass the account's firewall.",
  severity: 'high',
  rationale:
    'A resource in networkAclBypassResourceIds passes every network rule, with public network access Disabled too. The list takes workspaces of any tenant, and an id of another one is as good a way out of the company as an open firewall.',
  remediation: {
    text: "Set networkAclBypassResourceIds to the resources of your own subscriptions that need it. Trust a partner's subscription in the baseline (trustedSubscriptions); exempt an account whose list holds an id that names no subscription of yours, such as a Fabric workspace, and say why.",
    cli: 'az cosmosdb update --ids <account-id> --network-acl-bypass-resource-ids <resource-id>',
    bicep: "properties: {\n  networkAclBypassResourceIds: [\n    '<resource-id>'\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/cosmos-db/analytical-store-private-endpoints'],
  requirements: ['ASB NS-1'],
  needs: ['account'],
  evaluate({ account: { bypassResourceIds, trustedServicesBypass } }, { organisation }) {
    const foreign = bypassResourceIds.filter(id => !isTrusted(subscriptionOf(id), organisation));
    const observed = { trustedServicesBypass, bypassResourceIds: cut(bypassResourceIds), foreign: cut(foreign) };
    if (foreign.length === 0) return pass(observed);
    const named = foreign.map(id => (subscriptionOf(id) === null ? `${id} (names no subscription)` : id));
    return fail(`${foreign.length} of ${bypassResourceIds.length} resources that bypass the firewall are neither of the tenant nor trusted: ${listed(named)}.`, observed);
  },
});
