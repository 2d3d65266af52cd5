import type { PublicNetworkAccess } from '../core/account.ts';
import type { AddressRange } from '../core/address.ts';
import { reaches, type KnownReach, type Outbound } from '../core/exposure.ts';
import type { AccessMode, AccessRule, Side } from '../core/perimeter.ts';
import { coversInternet, parseRange, shareOfInternet, union } from './address-set.ts';
import { shortened, type IpRules } from './firewall.ts';

/** An account in a perimeter, as one side of the association tells it. */
export interface Membership {
  /** The perimeter's name, for people. */
  readonly perimeter: string;
  readonly side: Pick<Side, 'accessMode' | 'profile' | 'rules'>;
  /** False where only the account's configuration was read: it leaves service tags out. */
  readonly tagsKnown: boolean;
}

/** Everything that decides who can reach an account. */
export interface World {
  readonly publicNetworkAccess: PublicNetworkAccess;
  /** Off means that the account's firewall restricts nobody. */
  readonly firewallOn: boolean;
  readonly ipRules: IpRules;
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
  /** What could not be judged, in words. */
  readonly doubts: readonly string[];
  /** Whether `reach` holds whatever the doubts turn out to be. */
  readonly certain: boolean;
  readonly outbound: Outbound;
}

/**
 * Who can reach the account, by the table of DESIGN.md, "Effective exposure".
 * @see https://learn.microsoft.com/azure/private-link/network-security-perimeter-transition
 */
export function decide(world: World): Decision {
  const { memberships } = world;
  const enforced = memberships.some(({ side }) => side.accessMode === 'Enforced');
  const perimeter = perimeterSources(memberships);
  const account = enforced ? nobody : accountSources(world);
  const together = internetPaths([...perimeter.addresses, ...account.addresses]);
  const paths: readonly [Path, ...Path[]] = [privatePath(world), ...perimeter.paths, ...account.paths, ...together];
  const modes = unrecognisedModes(memberships);
  const doubts = [...modes, ...perimeter.doubts, ...account.doubts];
  // A mode nobody knows may keep out what the account's firewall lets in; perimeter rules let in whatever the mode.
  const sure = modes.length === 0 ? paths : perimeter.paths;
  const certain = doubts.length === 0 || sure.some(({ reach }) => reach === 'internet');
  const { reach, by, because } = widestOf(paths);
  return { reach, by, because: because + otherRules(reach, by, perimeter.paths), doubts, certain, outbound: outboundOf(world) };
}

function widestOf([first, ...rest]: readonly [Path, ...Path[]]): Path {
  return rest.reduce((a, b) => (reaches.indexOf(b.reach) < reaches.indexOf(a.reach) ? b : a), first);
}

/** Perimeter rules beside the one that is named, where the reach is a list of who gets in. */
function otherRules(reach: KnownReach, by: string, paths: readonly Path[]): string {
  const others = new Set(paths.map(path => path.by).filter(other => other !== by)).size;
  if (others === 0 || (reach !== 'selectedNetworks' && reach !== 'perimeterRules')) return '';
  return `; ${counted(others, reach === 'perimeterRules' ? 'other perimeter rule' : 'perimeter rule')} let${others === 1 ? 's' : ''} in more`;
}

function unrecognisedModes(memberships: readonly Membership[]): string[] {
  return memberships.flatMap(({ perimeter, side: { accessMode } }) =>
    typeof accessMode === 'object' ? [`Perimeter ${perimeter} has the access mode "${shortened(accessMode.unrecognised)}", which this version does not know.`] : [],
  );
}

function privatePath(world: World): Path {
  const { by, because } = closedBy(world);
  if (world.approvedEndpoints === 0) return { reach: 'closed', by, because };
  const endpoints = counted(world.approvedEndpoints, 'approved private endpoint');
  return { reach: 'privateOnly', by: endpoints, because: by === endpoints ? because : `${because}; ${endpoints}` };
}

/** What keeps the public out where no path lets it in. */
function closedBy({ publicNetworkAccess, firewallOn, approvedEndpoints, memberships }: World): Pick<Path, 'by' | 'because'> {
  const [first] = memberships;
  const enforced = memberships.find(({ side }) => side.accessMode === 'Enforced');
  if (enforced) return { by: `perimeter ${enforced.perimeter} (Enforced)`, because: `perimeter ${enforced.perimeter} is Enforced and its inbound rules admit nobody` };
  const rules = first && `the inbound rules of perimeter ${first.perimeter} admit nobody`;
  if (typeof publicNetworkAccess === 'object') return { by: 'not known', because: rules ?? 'the account is in no perimeter' };
  const perimeter = rules === undefined ? '' : `, and ${rules}`;
  if (publicNetworkAccess === 'Enabled' && firewallOn) return { by: 'firewall without rules', because: `the firewall is on and has no rules${perimeter}` };
  if (publicNetworkAccess === 'Enabled') {
    const by = counted(approvedEndpoints, 'approved private endpoint');
    return { by, because: `public network access is Enabled without a firewall, and ${by} keep${approvedEndpoints === 1 ? 's' : ''} the public out${perimeter}` };
  }
  const beside = publicNetworkAccess === 'SecuredByPerimeter' && !first ? ' and there is no perimeter' : perimeter;
  return { by: `publicNetworkAccess ${publicNetworkAccess}`, because: `public network access is ${publicNetworkAccess}${beside}` };
}

/** Whom one source of rules lets in. */
interface Sources {
  readonly paths: readonly Path[];
  /** Address rules, because several may cover the Internet together. */
  readonly addresses: readonly AddressRule[];
  readonly doubts: readonly string[];
}

interface AddressRule {
  readonly name: string;
  readonly ranges: readonly AddressRange[];
}

const nobody: Sources = { paths: [], addresses: [], doubts: [] };

/** The account's own switch and firewall. Not asked where a perimeter is Enforced. */
function accountSources({ publicNetworkAccess, firewallOn, ipRules, virtualNetworkRules, approvedEndpoints }: World): Sources {
  if (typeof publicNetworkAccess === 'object') {
    return { ...nobody, doubts: [`publicNetworkAccess is "${shortened(publicNetworkAccess.unrecognised)}", which this version does not know.`] };
  }
  if (publicNetworkAccess !== 'Enabled') return nobody;
  if (!firewallOn) {
    const open: Path = { reach: 'internet', by: 'publicNetworkAccess Enabled, no firewall', because: 'public network access is Enabled and there is no firewall rule' };
    return { ...nobody, paths: approvedEndpoints === 0 ? [open] : [] };
  }
  const { ranges, azureDatacenters, unreadable } = ipRules;
  const paths: Path[] = [];
  if (ranges.length + virtualNetworkRules > 0) {
    const by = inWords([counted(ranges.length, 'IP rule') + breadth(ranges), counted(virtualNetworkRules, 'virtual network rule')]);
    paths.push({ reach: 'selectedNetworks', by, because: `the firewall has ${by}` });
  }
  if (azureDatacenters) paths.push({ reach: 'allAzure', by: 'IP rule 0.0.0.0', because: 'IP rule 0.0.0.0 stands for all Azure datacenters' });
  return {
    paths,
    addresses: ranges.map(range => ({ name: `IP rule ${range.text}`, ranges: [range] })),
    doubts: unreadable.map(rule => `IP rule "${shortened(rule)}" is not an address or CIDR range.`),
  };
}

/** Inbound rules of every perimeter the account is in; they apply in every access mode. */
function perimeterSources(memberships: readonly Membership[]): Sources {
  const paths: Path[] = [];
  const addresses: AddressRule[] = [];
  const doubts: string[] = [];
  for (const { perimeter, side, tagsKnown } of memberships) {
    for (const rule of side.rules) {
      if (rule.direction !== 'Inbound') continue;
      const name = `perimeter rule ${perimeter}/${side.profile}/${rule.name}`;
      const ranges: AddressRange[] = [];
      for (const prefix of rule.addressPrefixes) {
        const range = parseRange(prefix);
        if (range) ranges.push(range);
        else doubts.push(`P${name.slice(1)} has "${shortened(prefix)}", which is not an address or CIDR range.`);
      }
      if (!tagsKnown && namesNobody(rule)) doubts.push(`P${name.slice(1)} names nobody in the account's configuration, which leaves out service tags.`);
      if (ranges.length > 0) addresses.push({ name, ranges });
      paths.push(...rulePaths(name, rule, ranges, modeInWords(side.accessMode)));
    }
  }
  return { paths: [...paths, ...internetPaths(addresses)], addresses, doubts };
}

/** Whether a rule has no source. A rule has sources of one kind only. */
export function namesNobody({ addressPrefixes, subscriptions, perimeters, serviceTags }: AccessRule): boolean {
  return addressPrefixes.length + subscriptions.length + perimeters.length + serviceTags.length === 0;
}

function rulePaths(by: string, rule: AccessRule, ranges: readonly AddressRange[], mode: string): Path[] {
  const paths = rule.serviceTags.map((tag): Path => ({ reach: reachOfTag(tag), by, because: `${by} admits the service tag ${tag}` }));
  if (ranges.length + rule.subscriptions.length + rule.perimeters.length > 0) {
    const addresses = counted(ranges.length, 'address range') + breadth(ranges);
    const admits = [addresses, counted(rule.subscriptions.length, 'subscription'), counted(rule.perimeters.length, 'perimeter')];
    paths.push({ reach: 'perimeterRules', by, because: `${by} admits ${inWords(admits)} in access mode ${mode}` });
  }
  return paths;
}

function reachOfTag(tag: string): KnownReach {
  if (/^internet$/i.test(tag)) return 'internet';
  return /^azurecloud(\.|$)/i.test(tag) ? 'allAzure' : 'perimeterRules';
}

/** The path that address rules open together, if they cover the Internet. */
function internetPaths(rules: readonly AddressRule[]): Path[] {
  const all = union(rules.flatMap(({ ranges }) => ranges));
  if (!coversInternet(all)) return [];
  const culprits = culpritsOf(rules);
  const by = culprits.length > 0 ? inWords(culprits.map(({ name }) => name)) : `${rules.length} address rules`;
  const share = shareOfInternet(all);
  return [{ reach: 'internet', by, because: `${by} ${culprits.length === 1 ? 'covers' : 'together cover'} ${share < 1 ? `${percent(share)} of ` : ''}the Internet` }];
}

/** The fewest rules that cover the Internet by themselves; none where it takes more than three. */
function culpritsOf(rules: readonly AddressRule[]): readonly AddressRule[] {
  const shares = rules.map(rule => ({ rule, share: shareOfInternet(union(rule.ranges)) }));
  const widest = shares.toSorted((a, b) => b.share - a.share).map(({ rule }) => rule);
  const few = [1, 2, 3].map(count => widest.slice(0, count));
  return few.find(some => coversInternet(union(some.flatMap(({ ranges }) => ranges)))) ?? [];
}

/** Says so where ranges that do not cover the Internet are still a good part of it. */
function breadth(ranges: readonly AddressRange[]): string {
  const share = shareOfInternet(union(ranges));
  return share < 0.01 ? '' : ` (${percent(share)} of the Internet)`;
}

function percent(share: number): string {
  return `${Math.floor(100 * share)}%`;
}

/** `a, b and c`, without the empty ones. */
function inWords(parts: readonly string[]): string {
  const all = parts.filter(part => part !== '');
  return [all.slice(0, -1).join(', '), ...all.slice(-1)].filter(part => part !== '').join(' and ');
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Learning is what the portal calls Transition. */
export function modeInWords(mode: AccessMode): string {
  return typeof mode === 'object' ? shortened(mode.unrecognised) : mode === 'Learning' ? 'Learning (portal: Transition)' : mode;
}

function outboundOf({ publicNetworkAccess, memberships }: World): Outbound {
  if (memberships.some(({ side }) => side.accessMode === 'Enforced')) return 'perimeterRules';
  if (typeof publicNetworkAccess === 'object' || unrecognisedModes(memberships).length > 0) return 'unknown';
  if (publicNetworkAccess !== 'SecuredByPerimeter') return 'open';
  return memberships.length > 0 ? 'perimeterRules' : 'denied';
}
