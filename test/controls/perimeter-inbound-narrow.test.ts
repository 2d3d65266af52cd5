import { perimeterInboundNarrow } from '../../src/controls/perimeter-inbound-narrow.ts';
import { inboundRules, profile, rule } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const admitting = (...addressPrefixes: string[]) => inboundRules(profile({ rules: [rule({ addressPrefixes })] }));
const admittingTag = (...serviceTags: string[]) => inboundRules(profile({ rules: [rule({ serviceTags })] }));
const narrowRules = Array.from({ length: 9 }, (_, i) => rule({ name: `r${i}`, addressPrefixes: [`20.1.${2 * i}.0/24`] }));

specify(perimeterInboundNarrow, {
  passes: [
    { when: 'there are no inbound rules', given: { inboundRules: inboundRules() }, observing: { inboundRules: 0 } },
    { when: 'a prefix has exactly the limit', given: { inboundRules: admitting('20.1.2.0/24') } },
    {
      when: 'a rule admits a subscription',
      given: { inboundRules: inboundRules(profile({ rules: [rule({ subscriptions: ['11111111-1111-1111-1111-111111111111'] })] })) },
      observing: { inboundRules: 1 },
    },
    {
      when: 'a wide prefix is in an outbound rule',
      given: { inboundRules: inboundRules(profile({ rules: [rule({ direction: 'Outbound', addressPrefixes: ['0.0.0.0/0'] })] })) },
    },
    {
      when: 'the total is reached by two profiles together',
      given: { inboundRules: inboundRules(profile({ name: 'a', rules: narrowRules.slice(0, 8) }), profile({ name: 'b', rules: narrowRules.slice(8) })) },
    },
    {
      when: 'rules overlap, which are counted once',
      given: { inboundRules: inboundRules(profile({ rules: [...narrowRules.slice(0, 8), rule({ addressPrefixes: ['20.1.0.0/25'] })] })) },
    },
    { when: 'a service tag names one service', given: { inboundRules: admittingTag('LogicApps') } },
    { when: 'the limits are raised', given: { inboundRules: admitting('20.1.0.0/16') }, parameters: { addressesPerRange: 65_536, addressesInTotal: 65_536 } },
  ],
  fails: [
    {
      when: 'a rule covers the Internet',
      given: { inboundRules: admitting('0.0.0.0/0') },
      says: 'admit the Internet or all of Azure: default/office.',
      observing: { open: ['default/office'] },
    },
    { when: 'a rule covers it in two halves', given: { inboundRules: admitting('0.0.0.0/1', '128.0.0.0/1') }, says: 'admit the Internet' },
    {
      when: 'two rules of a profile cover it together, whatever the limits',
      given: { inboundRules: inboundRules(profile({ rules: [rule({ name: 'low', addressPrefixes: ['0.0.0.0/1'] }), rule({ name: 'high', addressPrefixes: ['128.0.0.0/1'] })] })) },
      parameters: { addressesPerRange: 2 ** 33, addressesInTotal: 2 ** 33 },
      says: 'default/low, default/high',
    },
    { when: 'a rule covers it over IPv6', given: { inboundRules: admitting('::/0') }, says: 'admit the Internet' },
    { when: 'a service tag is the Internet', given: { inboundRules: admittingTag('internet') }, says: 'admit the Internet or all of Azure' },
    { when: 'a service tag is Azure', given: { inboundRules: admittingTag('AzureCloud.westeurope') }, says: 'admit the Internet or all of Azure' },
    {
      when: 'a prefix exceeds the limit',
      given: { inboundRules: admitting('20.1.2.0/23') },
      says: 'a prefix of more than 256 addresses: default/office.',
      observing: { wide: ['default/office'] },
    },
    {
      when: 'narrow prefixes of a profile exceed the total',
      given: { inboundRules: inboundRules(profile({ rules: narrowRules })) },
      says: 'more than 2048 addresses together in profile default',
      observing: { largeProfiles: ['default'] },
    },
    {
      when: 'many rules are wide, of which five are named',
      given: { inboundRules: inboundRules(profile({ rules: narrowRules.map(({ name }, i) => rule({ name, addressPrefixes: [`2${i}.0.0.0/8`] })) })) },
      says: 'default/r3, default/r4 and 4 more.',
    },
  ],
});
