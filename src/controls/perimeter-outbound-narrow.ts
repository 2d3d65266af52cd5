import { control, fail, pass } from '../core/control.ts';
import { shortened } from '../exposure/firewall.ts';
import { publicSuffixesAsOf } from './data/public-suffixes.ts';
import { isWideWildcard, isWithinDomain } from './domains.ts';
import { cut, listed } from './support.ts';

export const perimeterOutboundNarrow = control({
  id: 'perimeter-outbound-narrow',
  scope: 'perimeter',
  title: 'Outbound rules lead to named domains, and only to approved ones where the organisation has given them.',
  severity: 'high',
  rationale:
    'Outbound rules are what keeps data from being copied out of the perimeter. A name such as * or *.com matches domains that anybody can register, so whoever can make a resource connect out can send its data to himself.',
  remediation: {
    text: 'Replace the name by the domains that are needed. Where a domain is legitimate and only not approved, add it to the baseline (approvedOutboundDomains).',
    cli: "az network perimeter profile access-rule update --perimeter-name <perimeter> --profile-name <profile> --name <rule> --resource-group <group> --fqdn \"['api.contoso.com']\"",
    bicep: "properties: {\n  direction: 'Outbound'\n  fullyQualifiedDomainNames: [\n    'api.contoso.com'\n  ]\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/network-security-perimeter-concepts'],
  requirements: ['NSP 3', 'NSP 7'],
  needs: ['profiles'],
  evaluate({ profiles }, { organisation: { approvedOutboundDomains: approved } }) {
    const allowed = profiles.flatMap(({ name: profile, rules }) =>
      rules
        .filter(({ direction }) => direction === 'Outbound')
        .flatMap(({ name: rule, fullyQualifiedDomainNames }) => fullyQualifiedDomainNames.map(name => ({ name, text: `${shortened(name)} (rule ${profile}/${rule})` }))),
    );
    const wide = allowed.filter(({ name }) => isWideWildcard(name)).map(({ text }) => text);
    const unapproved = allowed.filter(({ name }) => approved.length > 0 && !approved.some(domain => isWithinDomain(name, domain))).map(({ text }) => text);
    const observed = { domainNames: allowed.length, publicSuffixes: publicSuffixesAsOf, wide: cut(wide), unapproved: cut(unapproved) };
    if (wide.length > 0) return fail(`Outbound rules match domains that anybody can register: ${listed(wide)}.`, observed);
    if (unapproved.length > 0) return fail(`Outbound rules lead outside the approved domains: ${listed(unapproved)}.`, observed);
    return pass(observed);
  },
});
