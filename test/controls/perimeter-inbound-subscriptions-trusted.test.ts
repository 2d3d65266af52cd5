import { perimeterInboundSubscriptionsTrusted } from '../../src/controls/perimeter-inbound-subscriptions-trusted.ts';
import { foreignSubscriptionId, otherSubscriptionId, perimeterId, profile, rule, subscriptionId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const admitting = (...subscriptions: string[]) => [profile({ rules: [rule({ subscriptions })] })];

specify(perimeterInboundSubscriptionsTrusted, {
  passes: [
    { when: 'no rule admits a subscription', given: { profiles: [profile()] }, observing: { subscriptions: 0 } },
    { when: 'the subscriptions are of the tenant', given: { profiles: admitting(subscriptionId, otherSubscriptionId) }, observing: { subscriptions: 2 } },
    {
      when: 'the subscription is trusted',
      given: { profiles: admitting(foreignSubscriptionId) },
      organisation: { trustedSubscriptions: new Set([foreignSubscriptionId]) },
    },
    {
      when: 'case differs',
      given: { profiles: admitting('ABCDEF00-1111-1111-1111-111111111111') },
      organisation: { trustedSubscriptions: new Set(['abcdef00-1111-1111-1111-111111111111']) },
    },
    { when: 'a foreign one is in an outbound rule', given: { profiles: [profile({ rules: [rule({ direction: 'Outbound', subscriptions: [foreignSubscriptionId] })] })] } },
    {
      when: 'a link made a rule, which another control answers',
      given: { profiles: [profile({ rules: [rule({ perimeters: [perimeterId.replace(subscriptionId, foreignSubscriptionId)] })] })] },
    },
  ],
  fails: [
    {
      when: "one of two is somebody else's",
      given: { profiles: admitting(subscriptionId, foreignSubscriptionId) },
      says: `neither of the tenant nor trusted: ${foreignSubscriptionId} (rule default/office).`,
      observing: { foreign: [{ profile: 'default', rule: 'office', subscription: foreignSubscriptionId }] },
    },
    {
      when: 'it is in the second profile',
      given: { profiles: [profile(), profile({ name: 'partners', rules: [rule({ name: 'shop', subscriptions: [foreignSubscriptionId] })] })] },
      says: '(rule partners/shop)',
    },
  ],
});
