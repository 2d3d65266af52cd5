import { z } from 'zod';
import { control, fail, pass } from '../core/control.ts';
import type { InboundRules } from '../core/perimeter.ts';
import { coversInternet, size, union } from '../exposure/address-set.ts';
import { cut, isWider, listed } from './support.ts';

export const perimeterInboundNarrow = control({
  id: 'perimeter-inbound-narrow',
  scope: 'perimeter',
  title: 'No inbound rule of the perimeter admits the Internet or a wide range.',
  severity: 'critical',
  rationale: 'Inbound rules apply to every resource of their profile, in every access mode: one wide rule opens all of them, accounts with public access Disabled included.',
  remediation: {
    text: 'Replace the rule by the addresses that need access, or by the subscriptions they run in.',
    cli: "az network perimeter profile access-rule update --perimeter-name <perimeter> --profile-name <profile> --name <rule> --resource-group <group> --address-prefixes '[198.51.100.32/28]'",
    bicep: "properties: {\n  direction: 'Inbound'\n  addressPrefixes: [\n    '198.51.100.32/28'\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/network-security-perimeter-concepts'],
  requirements: ['NSP 6'],
  parameters: z.object({
    addressesPerRange: z.int().positive().default(256).describe('Most addresses that one address prefix may admit.'),
    addressesInTotal: z.int().positive().default(2048).describe('Most addresses that the inbound rules of one profile may admit together.'),
  }),
  needs: ['inboundRules'],
  evaluate({ inboundRules: { rules } }, { parameters: { addressesPerRange, addressesInTotal } }) {
    const profiles = [...new Set(rules.map(({ profile }) => profile))].map(profile => {
      const own = rules.filter(rule => rule.profile === profile);
      return { profile, own, admitted: union(own.flatMap(({ ranges }) => ranges)) };
    });
    const open = profiles.flatMap(({ own, admitted }) => own.filter(rule => admitsEveryone(rule) || (coversInternet(admitted) && rule.ranges.length > 0)));
    const wide = rules.filter(({ ranges }) => ranges.some(range => isWider(range, addressesPerRange)));
    const large = profiles.filter(({ admitted }) => size(admitted) > BigInt(addressesInTotal)).map(({ profile }) => profile);
    const observed = { inboundRules: rules.length, open: cut(named(open)), wide: cut(named(wide)), largeProfiles: cut(large) };
    if (open.length > 0) return fail(`Inbound rules admit the Internet or all of Azure: ${listed(named(open))}.`, observed);
    if (wide.length > 0) return fail(`Inbound rules have a prefix of more than ${addressesPerRange} addresses: ${listed(named(wide))}.`, observed);
    if (large.length > 0) return fail(`Inbound rules admit more than ${addressesInTotal} addresses together in profile ${listed(large)}.`, observed);
    return pass(observed);
  },
});

type Rule = InboundRules['rules'][number];

function admitsEveryone({ serviceTags }: Rule): boolean {
  return serviceTags.some(tag => /^(internet|azurecloud)(\.|$)/i.test(tag));
}

function named(rules: readonly Rule[]): string[] {
  return rules.map(({ profile, rule }) => `${profile}/${rule}`);
}
