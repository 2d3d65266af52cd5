import { bypassResourcesTrusted } from '../../src/controls/bypass-resources-trusted.ts';
import { account, foreignSubscriptionId, subscriptionId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const workspace = (subscription: string) => `/subscriptions/${subscription}/resourceGroups/analytics/providers/Microsoft.Synapse/workspaces/sales`;
const fabric = '/tenants/aaaaaaaa-0000-0000-0000-000000000002/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/Fabric/providers/Microsoft.Fabric/workspaces/sales';

specify(bypassResourcesTrusted, {
  passes: [
    { when: 'no resource bypasses the firewall', given: { account: account() }, observing: { bypassResourceIds: [] } },
    { when: 'the resource is in a subscription of the tenant', given: { account: account({ bypassResourceIds: [workspace(subscriptionId)] }) } },
    { when: 'case differs', given: { account: account({ bypassResourceIds: [workspace(subscriptionId).toUpperCase()] }) } },
    {
      when: 'the resource is in a trusted subscription',
      given: { account: account({ bypassResourceIds: [workspace(foreignSubscriptionId)] }) },
      organisation: { trustedSubscriptions: new Set([foreignSubscriptionId]) },
    },
  ],
  fails: [
    {
      when: "one of two is in somebody else's subscription, whether the bypass is on or off",
      given: { account: account({ bypassResourceIds: [workspace(subscriptionId), workspace(foreignSubscriptionId)] }) },
      says: `1 of 2 resources that bypass the firewall are neither of the tenant nor trusted: ${workspace(foreignSubscriptionId)}.`,
      observing: { trustedServicesBypass: false, foreign: [workspace(foreignSubscriptionId)] },
    },
    { when: 'an id names no subscription', given: { account: account({ bypassResourceIds: [fabric] }) }, says: `${fabric} (names no subscription)` },
  ],
});
