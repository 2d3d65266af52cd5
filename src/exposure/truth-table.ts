import type { Firewall, PublicNetworkAccess } from '../core/account.ts';
import type { AddressRange } from '../core/address.ts';
import { reaches, type KnownReach, type Outbound } from '../core/exposure.ts';
import type { Fact } from '../core/fact.ts';
import type { AccessMode, AccessRule, Side } from '../core/perimeter.ts';
import { coversInternet, parseRange, union } from './address-set.ts';
import { shortened } from './firewall.ts';

/** An account in a perimeter, as one side of the association tells it. */
export interface Membership {
  /** The perimeter's name, for people. */
  readonly perimeter: string;
  readonly side: Pick<Side, 'accessMode' | 'profile' | 'rules'>;
}

/** Everything that decides who can reach an account. */
export interface World {
  readonly publicNetworkAccess: PublicNetworkAccess;
  /** Off means that the account's firewall restricts nobody. */
  readonly firewallOn: boolean;
  readonly firewall: Fact<Firewall>;
  /** Virtual network rules in force. */
  readonly virtualNetworkRules: number;
  readonly approvedEndpoints: number;
  readonly memberships: readonly Membership[];
}

/** A way in: how far it reaches, the rule that opens it, and a clause for people. */
export interface Path {
  readonly reach: KnownReach;
  readonly by: string;
  readonly because: string;
}

export interface Decision extends Path {
  /** What may open the account further and could not be judged, in words. */
  readonly doubts: readonly string[];
  readonly outbound: Outbound;
}

/**
 * Who can reach the account, by the table of DESIGN.md, "Effective exposure".
 * @see https://learn.microsoft.com/azure/private-link/network-security-perimeter-transition
 */
export function decide(world: World): Decision {
  const { paths, doubts } = waysIn(world);
  const [first, ...rest] = paths;
  const widest = rest.reduce((a, b) => (reaches.indexOf(b.reach) < reaches.indexOf(a.reach) ? b : a), first);
  return { ...widest, doubts, outbound: outboundOf(world) };
}

interface WaysIn {
  readonly paths: readonly [Path, ...Path[]];
  readonly doubts: readonly string[];
}

function waysIn(world: World): WaysIn {
  const enforced = world.memberships.some(({ side }) => side.accessMode === 'Enforced');
  const byPerimeter = perimeterPaths(world.memberships);
  const byAccount = enforced ? { paths: [], doubts: [] } : accountPaths(world);
  const modes = world.memberships.flatMap(({ perimeter, side: { accessMode } }) =>
    typeof accessMode === 'object' ? [`Perimeter ${perimeter} has the access mode "${shortened(accessMode.unrecognised)}", which this version does not know.`] : [],
  );
  return { paths: [privatePath(world), ...byPerimeter.paths, ...byAccount.paths], doubts: [...modes, ...byPerimeter.doubts, ...byAccount.doubts] };
}

function privatePath(world: World): Path {
  const closing = closedBy(world);
  if (world.approvedEndpoints === 0) return { reach: 'closed', ...closing };
  const endpoints = `${world.approvedEndpoints} approved private endpoint${world.approvedEndpoints === 1 ? '' : 's'}`;
  return { reach: 'privateOnly', by: endpoints, because: `${closing.because}; ${endpoints}` };
}

/** What keeps the public out where no path lets it in. */
function closedBy({ publicNetworkAccess, firewallOn, memberships }: World): Pick<Path, 'by' | 'because'> {
  const [first] = memberships;
  const enforced = memberships.find(({ side }) => side.accessMode === 'Enforced');
  if (enforced) return { by: `perimeter ${enforced.perimeter} (Enforced)`, because: `perimeter ${enforced.perimeter} is Enforced and its inbound rules admit nobody` };
  const perimeter = first ? `, and the inbound rules of perimeter ${first.perimeter} admit nobody` : '';
  if (publicNetworkAccess === 'Enabled' && firewallOn) return { by: 'firewall without rules', because: `the firewall is on and has no rules${perimeter}` };
  if (publicNetworkAccess === 'Enabled') return { by: 'approved private endpoint', because: `public network access is Enabled without a firewall, which an approved private endpoint turns off${perimeter}` };
  if (publicNetworkAccess === 'SecuredByPerimeter' && !first) return { by: 'publicNetworkAccess SecuredByPerimeter', because: 'public network access is SecuredByPerimeter and there is no perimeter' };
  const setting = typeof publicNetworkAccess === 'object' ? publicNetworkAccess.unrecognised : publicNetworkAccess;
  return { by: `publicNetworkAccess ${shortened(setting)}`, because: `public network access is ${shortened(setting)}${perimeter}` };
}

/** The account's own switch and firewall. Not asked where a perimeter is Enforced. */
function accountPaths({ publicNetworkAccess, firewallOn, firewall, virtualNetworkRules, approvedEndpoints }: World): { paths: Path[]; doubts: string[] } {
  if (typeof publicNetworkAccess === 'object') {
    return { paths: [], doubts: [`publicNetworkAccess is "${shortened(publicNetworkAccess.unrecognised)}", which this version does not know.`] };
  }
  if (publicNetworkAccess !== 'Enabled') return { paths: [], doubts: [] };
  if (!firewallOn) {
    const open: Path = { reach: 'internet', by: 'publicNetworkAccess Enabled, no firewall', because: 'public network access is Enabled and there is no firewall rule' };
    return { paths: approvedEndpoints === 0 ? [open] : [], doubts: [] };
  }
  if (!firewall.known) return { paths: [], doubts: [firewall.detail] };
  const { ranges, azureDatacenters } = firewall.value;
  const paths: Path[] = [];
  if (coversInternet(union(ranges))) {
    const by = `ipRules ${culprit(ranges.map(range => ({ name: range.text, ranges: [range] })))}`;
    paths.push({ reach: 'internet', by, because: `${by} covers the Internet` });
  } else if (ranges.length + virtualNetworkRules > 0) {
    const by = [counted(ranges.length, 'IP rule'), counted(virtualNetworkRules, 'virtual network rule')].filter(Boolean).join(' and ');
    paths.push({ reach: 'selectedNetworks', by, because: `the firewall has ${by}` });
  }
  if (azureDatacenters) paths.push({ reach: 'allAzure', by: 'ipRules 0.0.0.0', because: 'ipRules has 0.0.0.0, which stands for all Azure datacenters' });
  return { paths, doubts: [] };
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

interface NamedRanges {
  readonly name: string;
  readonly ranges: readonly AddressRange[];
}

/** The rule that alone covers the Internet, or the words for all of them together. */
function culprit(rules: readonly NamedRanges[]): string {
  return rules.find(({ ranges }) => coversInternet(union(ranges)))?.name ?? `(${rules.length} rules together)`;
}

/** Inbound rules of every perimeter the account is in; they apply in every access mode. */
function perimeterPaths(memberships: readonly Membership[]): { paths: Path[]; doubts: string[] } {
  const paths: Path[] = [];
  const doubts: string[] = [];
  const addresses: NamedRanges[] = [];
  for (const { perimeter, side } of memberships) {
    for (const rule of side.rules) {
      if (rule.direction !== 'Inbound') continue;
      const name = `${perimeter}/${side.profile}/${rule.name}`;
      const ranges: AddressRange[] = [];
      for (const prefix of rule.addressPrefixes) {
        const range = parseRange(prefix);
        if (range) ranges.push(range);
        else doubts.push(`Inbound rule ${name} has "${shortened(prefix)}", which is not an address or CIDR range.`);
      }
      addresses.push({ name, ranges });
      paths.push(...rulePaths(name, rule, ranges, modeInWords(side.accessMode)));
    }
  }
  if (coversInternet(union(addresses.flatMap(({ ranges }) => ranges)))) {
    const by = `perimeter rule ${culprit(addresses)}`;
    paths.unshift({ reach: 'internet', by, because: `${by} covers the Internet` });
  }
  return { paths, doubts };
}

function rulePaths(name: string, rule: AccessRule, ranges: readonly AddressRange[], mode: string): Path[] {
  const by = `perimeter rule ${name}`;
  const paths: Path[] = [];
  for (const tag of rule.serviceTags) {
    if (/^internet$/i.test(tag)) paths.push({ reach: 'internet', by, because: `${by} admits the service tag ${tag}` });
    else if (/^azurecloud(\.|$)/i.test(tag)) paths.push({ reach: 'allAzure', by, because: `${by} admits the service tag ${tag}` });
    else paths.push({ reach: 'perimeterRules', by, because: `${by} admits the service tag ${tag}` });
  }
  if (ranges.length + rule.subscriptions.length + rule.perimeters.length > 0) {
    const admits = [counted(ranges.length, 'address range'), counted(rule.subscriptions.length, 'subscription'), counted(rule.perimeters.length, 'perimeter')];
    paths.push({ reach: 'perimeterRules', by, because: `${by} admits ${admits.filter(Boolean).join(', ')} (${mode})` });
  }
  return paths;
}

/** Learning is what the portal calls Transition. */
export function modeInWords(mode: AccessMode): string {
  return typeof mode === 'object' ? shortened(mode.unrecognised) : mode === 'Learning' ? 'Learning, in the portal: Transition' : mode;
}

function outboundOf({ publicNetworkAccess, memberships }: World): Outbound {
  if (memberships.some(({ side }) => side.accessMode === 'Enforced')) return 'perimeterRules';
  if (typeof publicNetworkAccess === 'object') return 'unknown';
  if (publicNetworkAccess !== 'SecuredByPerimeter') return 'open';
  return memberships.length > 0 ? 'perimeterRules' : 'denied';
}
