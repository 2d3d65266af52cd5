import { control, fail, pass } from '../core/control.ts';
import type { AccessRule, Profile } from '../core/perimeter.ts';
import { sameId } from '../core/resource-id.ts';
import { contains, parseRange, union } from '../exposure/address-set.ts';
import { normalised } from './domains.ts';
import { cut, listed } from './support.ts';

export const perimeterInUse = control({
  id: 'perimeter-in-use',
  scope: 'perimeter',
  title: 'The perimeter protects something, and none of its rules repeats another.',
  severity: 'info',
  rationale:
    'A perimeter without resources is a rollout that stopped or a leftover that somebody will trust. A rule that another one covers has no effect: removing it changes nothing, and neither does tightening it.',
  remediation: {
    text: 'Associate resources with the perimeter, or delete it. Delete the rule that another one covers, after making sure that the wider one is meant.',
    cli: 'az network perimeter profile access-rule delete --perimeter-name <perimeter> --profile-name <profile> --name <rule> --resource-group <group>',
    bicep: "resource association 'Microsoft.Network/networkSecurityPerimeters/resourceAssociations@2025-05-01' = {\n  parent: perimeter\n  name: '<association>'\n  properties: {\n    accessMode: 'Enforced'\n    privateLinkResource: {\n      id: account.id\n    }\n    profile: {\n      id: profile.id\n    }\n  }\n}",
  },
  references: ['https://learn.microsoft.com/azure/private-link/network-security-perimeter-concepts'],
  requirements: ['NSP 5'],
  needs: ['associations', 'profiles'],
  evaluate({ associations, profiles }) {
    const redundant = profiles.flatMap(redundantRules);
    const observed = { associations: associations.length, rules: profiles.reduce((sum, { rules }) => sum + rules.length, 0), redundant: cut(redundant) };
    if (associations.length === 0) return fail('No resource is associated with the perimeter.', observed);
    if (redundant.length > 0) return fail(`Rules have no effect of their own: ${listed(redundant)}.`, observed);
    return pass(observed);
  },
});

/** In words, the rules of a profile that another rule covers. Of equal rules, the first is the one that counts. */
function redundantRules({ name: profile, rules }: Profile): string[] {
  return rules.flatMap((rule, index) => {
    const outer = rules.find((other, position) => position !== index && covers(other, rule) && (position < index || !covers(rule, other)));
    if (!outer) return [];
    return [`${profile}/${rule.name} ${covers(rule, outer) ? 'duplicates' : 'is contained in'} ${profile}/${outer.name}`];
  });
}

/** Whether everything that `inner` admits, `outer` admits too. A rule that admits nothing is covered by none. */
function covers(outer: AccessRule, inner: AccessRule): boolean {
  const { addressPrefixes, subscriptions, perimeters, fullyQualifiedDomainNames, serviceTags } = inner;
  const admits = [addressPrefixes, subscriptions, perimeters, fullyQualifiedDomainNames, serviceTags].some(kind => kind.length > 0);
  return (
    admits &&
    inner.direction === outer.direction &&
    coversAddresses(outer.addressPrefixes, addressPrefixes) &&
    includesAll(outer.subscriptions, subscriptions) &&
    includesAll(outer.perimeters, perimeters) &&
    includesAll(outer.serviceTags, serviceTags) &&
    fullyQualifiedDomainNames.every(name => outer.fullyQualifiedDomainNames.some(pattern => coversName(pattern, name)))
  );
}

function coversAddresses(outer: readonly string[], inner: readonly string[]): boolean {
  const set = union(outer.flatMap(text => parseRange(text) ?? []));
  return inner.every(text => {
    const range = parseRange(text);
    return range ? contains(set, range) : outer.includes(text);
  });
}

function includesAll(outer: readonly string[], inner: readonly string[]): boolean {
  return inner.every(value => outer.some(other => sameId(other, value)));
}

/** `*.contoso.com` surely covers one level below; whether it covers more is not documented for perimeters. */
function coversName(pattern: string, name: string): boolean {
  const wide = normalised(pattern);
  const narrow = normalised(name);
  return wide === narrow || wide === '*' || (wide.startsWith('*.') && narrow.slice(narrow.indexOf('.')) === wide.slice(1));
}
