import type { Account, Firewall } from '../core/account.ts';
import type { AddressRange } from '../core/address.ts';
import { known, unknown, type Fact } from '../core/fact.ts';
import type { InboundRules, Profile } from '../core/perimeter.ts';
import { parseRange } from './address-set.ts';

/**
 * `0.0.0.0` in ipRules is not an address: it admits every Azure datacenter, other tenants included.
 * @see https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall#allow-requests-from-global-azure-datacenters-or-other-sources-within-azure
 */
export function isAzureDatacenters(rule: string): boolean {
  return /^0\.0\.0\.0(\/32)?$/.test(rule.trim());
}

/** IP rules as far as they can be read. */
export interface IpRules extends Firewall {
  /** Rules that are neither an address nor a CIDR range. */
  readonly unreadable: readonly string[];
}

export function readIpRules(rules: readonly string[]): IpRules {
  const ranges: AddressRange[] = [];
  const unreadable: string[] = [];
  let azureDatacenters = false;
  for (const rule of rules) {
    const range = parseRange(rule);
    if (isAzureDatacenters(rule)) azureDatacenters = true;
    else if (range) ranges.push(range);
    else unreadable.push(rule);
  }
  return { ranges, azureDatacenters, unreadable };
}

/** Parses the account's IP rules; not known where one of them is no address. */
export function firewallOf(account: Fact<Account>): Fact<Firewall> {
  if (!account.known) return account;
  const { ranges, azureDatacenters, unreadable } = readIpRules(account.value.ipRules);
  const [first] = unreadable;
  if (first !== undefined) return unknown('malformed', `IP rule "${shortened(first)}" of account ${account.value.name} is not an address or CIDR range.`, account.sources);
  return known({ ranges, azureDatacenters }, account.sources);
}

/** Parses the addresses of a perimeter's inbound rules; not known where one of them is no address. */
export function inboundRulesOf(profiles: Fact<readonly Profile[]>): Fact<InboundRules> {
  if (!profiles.known) return profiles;
  const rules: InboundRules['rules'][number][] = [];
  for (const { name: profile, rules: all } of profiles.value) {
    for (const { name: rule, direction, addressPrefixes, serviceTags } of all) {
      if (direction !== 'Inbound') continue;
      const ranges: AddressRange[] = [];
      for (const prefix of addressPrefixes) {
        const range = parseRange(prefix);
        if (!range) return unknown('malformed', `Inbound rule ${rule} of profile ${profile} has "${shortened(prefix)}", which is not an address or CIDR range.`, profiles.sources);
        ranges.push(range);
      }
      rules.push({ profile, rule, ranges, serviceTags });
    }
  }
  return known({ rules }, profiles.sources);
}

/** A value from outside, cut so that a message stays a sentence. */
export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
