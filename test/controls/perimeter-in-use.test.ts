import { perimeterInUse } from '../../src/controls/perimeter-in-use.ts';
import { otherSubscriptionId, perimeterAssociation, perimeterId, profile, rule, subscriptionId } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const rules = (...all: Parameters<typeof rule>[0][]) => [profile({ rules: all.map((differences, i) => rule({ name: `r${i}`, ...differences })) })];
const outbound = (...fullyQualifiedDomainNames: string[]) => ({ direction: 'Outbound' as const, fullyQualifiedDomainNames });

specify(perimeterInUse, {
  passes: [
    {
      when: 'it has an association and rules that differ',
      given: { associations: [perimeterAssociation()], profiles: rules({ addressPrefixes: ['20.1.2.0/24'] }, { addressPrefixes: ['20.1.3.0/24'] }) },
      observing: { associations: 1, rules: 2 },
    },
    { when: 'it has no rules', given: { profiles: [profile({ rules: [] })] } },
    { when: 'the same rule is in two profiles', given: { profiles: [profile({ name: 'a' }), profile({ name: 'b' })] } },
    {
      when: 'the same rule is in two directions',
      given: { profiles: rules({ addressPrefixes: ['20.1.2.0/24'] }, { direction: 'Outbound', addressPrefixes: ['20.1.2.0/24'] }) },
    },
    { when: 'rules overlap in part', given: { profiles: rules({ addressPrefixes: ['20.1.2.0/24', '20.1.3.0/24'] }, { addressPrefixes: ['20.1.3.0/24', '20.1.4.0/24'] }) } },
    {
      when: 'a rule admits a subscription besides',
      given: { profiles: rules({ addressPrefixes: ['20.1.2.0/24'] }, { addressPrefixes: ['20.1.2.0/25'], subscriptions: [subscriptionId] }) },
    },
    { when: 'rules that links made name different perimeters', given: { profiles: rules({ perimeters: [perimeterId] }, { perimeters: [`${perimeterId}-2`] }) } },
    { when: 'service tags differ', given: { profiles: rules({ serviceTags: ['LogicApps'] }, { serviceTags: ['PowerBI'] }) } },
    { when: 'prefixes are no addresses and differ', given: { profiles: rules({ addressPrefixes: ['office'] }, { addressPrefixes: ['home'] }) } },
    { when: 'two rules admit nothing', given: { profiles: rules({}, {}) } },
    { when: 'a wildcard is two levels above', given: { profiles: rules(outbound('*.contoso.com'), outbound('a.b.contoso.com')) } },
    { when: 'a name only ends like another', given: { profiles: rules(outbound('contoso.com'), outbound('api.contoso.com')) } },
  ],
  fails: [
    { when: 'no resource is associated', given: { associations: [] }, says: 'No resource is associated with the perimeter.' },
    {
      when: 'a rule repeats another',
      given: { profiles: rules({ addressPrefixes: ['20.1.2.0/24'] }, { addressPrefixes: ['20.1.2.0/24'] }) },
      says: 'no effect of their own: default/r1 duplicates default/r0.',
      observing: { redundant: ['default/r1 duplicates default/r0'] },
    },
    {
      when: 'three rules are equal',
      given: { profiles: rules(...[0, 1, 2].map(() => ({ subscriptions: [subscriptionId] }))) },
      says: 'default/r1 duplicates default/r0, default/r2 duplicates default/r0.',
    },
    {
      when: 'addresses lie within another rule',
      given: { profiles: rules({ addressPrefixes: ['20.1.2.128/25'] }, { addressPrefixes: ['20.1.2.0/24'] }) },
      says: 'default/r0 is contained in default/r1.',
    },
    {
      when: 'addresses lie within two prefixes of another rule',
      given: { profiles: rules({ addressPrefixes: ['20.1.2.0/24'] }, { addressPrefixes: ['20.1.2.0/25', '20.1.2.128/25', '20.1.3.0/24'] }) },
      says: 'default/r0 is contained in default/r1.',
    },
    { when: 'prefixes are no addresses and equal', given: { profiles: rules({ addressPrefixes: ['office'] }, { addressPrefixes: ['office'] }) }, says: 'duplicates' },
    {
      when: 'subscriptions are among those of another rule',
      given: { profiles: rules({ subscriptions: [subscriptionId] }, { subscriptions: [otherSubscriptionId, subscriptionId.toUpperCase()] }) },
      says: 'default/r0 is contained in default/r1.',
    },
    { when: 'another rule allows every name', given: { profiles: rules(outbound('*'), outbound('a.b.contoso.com')) }, says: 'default/r1 is contained in default/r0.' },
    {
      when: 'a name matches a wildcard of another rule',
      given: { profiles: rules(outbound('api.contoso.com'), outbound('*.Contoso.com')) },
      says: 'default/r0 is contained in default/r1.',
    },
  ],
});
