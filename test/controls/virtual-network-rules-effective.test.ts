import { expect, test } from 'vitest';
import { virtualNetworkRulesEffective } from '../../src/controls/virtual-network-rules-effective.ts';
import { account, accountFacts, foreignSubscriptionId, organisation, subnet, subnetId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const foreignSubnetId = subnetId.replace(/^\/subscriptions\/[^/]+/, `/subscriptions/${foreignSubscriptionId}`);
const withRule = (differences = {}, id = subnetId) => account({ virtualNetworkFilter: true, virtualNetworkRules: [{ subnetId: id, ignoreMissingEndpoint: false, ...differences }] });
const many = Array.from({ length: 7 }, (_, i) => `${subnetId}${i}`);

specify(virtualNetworkRulesEffective, {
  passes: [
    {
      when: 'the subnet exists and has the service endpoint',
      given: { account: withRule(), subnets: [subnet()] },
      observing: { virtualNetworkRules: 1, virtualNetworkFilter: true },
    },
    {
      when: 'id and service differ in case',
      given: { account: withRule(), subnets: [subnet({ id: subnetId.toUpperCase(), serviceEndpoints: ['Microsoft.Storage', 'microsoft.azurecosmosdb'] })] },
    },
    {
      when: 'the subnet is in a trusted subscription',
      given: { account: withRule({}, foreignSubnetId), subnets: [subnet({ id: foreignSubnetId })] },
      organisation: { trustedSubscriptions: new Set([foreignSubscriptionId]) },
    },
  ],
  fails: [
    {
      when: 'the subnet does not exist',
      given: { account: withRule(), subnets: [subnet({ exists: false, serviceEndpoints: [] })] },
      says: 'subnet hub/apps does not exist.',
    },
    {
      when: 'the service endpoint is missing',
      given: { account: withRule(), subnets: [subnet({ serviceEndpoints: ['Microsoft.Storage'] })] },
      says: 'subnet hub/apps has no Microsoft.AzureCosmosDB service endpoint',
    },
    {
      when: 'the rule ignores a missing endpoint',
      given: { account: withRule({ ignoreMissingEndpoint: true }), subnets: [subnet()] },
      says: 'the rule for subnet hub/apps ignores a missing service endpoint',
    },
    {
      when: "the subnet is in somebody else's subscription",
      given: { account: withRule({}, foreignSubnetId), subnets: [subnet({ id: foreignSubnetId })] },
      says: `subnet hub/apps is in subscription ${foreignSubscriptionId}, which is neither of the tenant nor trusted`,
    },
    {
      when: 'the virtual network filter is off',
      given: { account: { ...withRule(), virtualNetworkFilter: false }, subnets: [subnet()] },
      says: 'isVirtualNetworkFilterEnabled is off, so the rules have no effect',
    },
    {
      when: 'one of two rules is not effective',
      given: {
        account: account({ virtualNetworkFilter: true, virtualNetworkRules: [subnetId, `${subnetId}-old`].map(id => ({ subnetId: id, ignoreMissingEndpoint: false })) }),
        subnets: [subnet(), subnet({ id: `${subnetId}-old`, exists: false })],
      },
      says: 'subnet hub/apps-old does not exist',
    },
    {
      when: 'many are not, of which five are named',
      given: {
        account: account({ virtualNetworkFilter: true, virtualNetworkRules: many.map(id => ({ subnetId: id, ignoreMissingEndpoint: false })) }),
        subnets: many.map(id => subnet({ id, exists: false })),
      },
      says: 'subnet hub/apps4 does not exist and 2 more.',
    },
  ],
  doesNotApply: [{ when: 'there are no rules', given: { account: account({ virtualNetworkFilter: true }), subnets: [] }, because: 'has no virtual network rules' }],
});

test('a subnet that nobody read stops the control instead of passing', () => {
  const context = { now: new Date(0), parameters: {}, organisation: organisation() };
  expect(() => virtualNetworkRulesEffective.judge(accountFacts({ account: withRule(), subnets: [] }), context)).toThrow(`Subnet ${subnetId} was not read.`);
});
