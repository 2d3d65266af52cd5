import { isApproved, type Account, type Firewall } from '../core/account.ts';
import type { Exposure, LatentRisk, Reach } from '../core/exposure.ts';
import { known, unknown, type Fact, type Reason } from '../core/fact.ts';
import type { Association, Side } from '../core/perimeter.ts';
import { nameOf } from '../core/resource-id.ts';
import { decide, modeInWords, type Decision, type Membership, type World } from './truth-table.ts';

/** What decides the exposure of one account. */
export interface ExposureFacts {
  readonly account: Account;
  readonly firewall: Fact<Firewall>;
  readonly associations: Fact<readonly Association[]>;
  /** Associations that perimeters name for the account: all there is where the account's own side is not known. */
  readonly named: readonly Association[];
}

interface Judged {
  readonly exposure: Exposure;
  /** Why the reach is not known; null where it is. */
  readonly reason: Reason | null;
}

/** Computes who can reach the account, as it is shown and as a fact: not known where something that could change it is not. */
export function exposureOf(facts: ExposureFacts): { readonly exposure: Exposure; readonly fact: Fact<Exposure> } {
  const { exposure, reason } = judge(facts);
  const { associations } = facts;
  if (reason === null) return { exposure, fact: known(exposure, associations.sources) };
  const permission = associations.known ? undefined : associations.permission;
  return { exposure, fact: unknown(reason, exposure.explanation, associations.sources, permission) };
}

function judge(facts: ExposureFacts): Judged {
  const { account, associations } = facts;
  const world = (memberships: readonly Membership[]): World => worldOf(facts, memberships);
  if (!associations.known) return withoutOwnSide(facts, associations, world);
  const own = memberships(associations.value, 'account');
  const byOwn = decide(world(own));
  const theirs = memberships(associations.value, 'perimeter');
  const byTheirs = decide(world(theirs));
  const notes = notesOn(account, associations.value);
  const all = [...own, ...theirs];
  if (doubtful(byOwn) || doubtful(byTheirs)) {
    const decision = doubtful(byOwn) ? byOwn : byTheirs;
    return unresolved(account, all, 'malformed', `${decision.doubts.join(' ')} Without that: ${decision.because}.`, notes);
  }
  if (byOwn.reach !== byTheirs.reach) {
    const detail = `the account and its perimeter say different things. By the account's own configuration: ${byOwn.because} (${byOwn.reach}). By the perimeter: ${byTheirs.because} (${byTheirs.reach}).`;
    return unresolved(account, all, 'contradictory', detail, notes);
  }
  return resolved(account, all, byOwn, notes);
}

/** A doubt that could open the account further than it is known to be. */
function doubtful({ doubts, reach }: Decision): boolean {
  return doubts.length > 0 && reach !== 'internet';
}

/**
 * The account's own configuration could not be read. A perimeter rule that lets the Internet in does so in every
 * access mode, so that much can be known; anything else may be opened or closed by an association nobody can see.
 */
function withoutOwnSide(facts: ExposureFacts, gap: Extract<ExposureFacts['associations'], { known: false }>, world: (memberships: readonly Membership[]) => World): Judged {
  const { account, named } = facts;
  const seen = memberships(named, 'perimeter');
  const notes = notesOn(account, named);
  const byPerimeters = decide({ ...world(seen), publicNetworkAccess: 'Disabled' });
  if (seen.length > 0 && byPerimeters.reach === 'internet') return resolved(account, seen, byPerimeters, notes);
  const alone = decide(world([]));
  return unresolved(account, seen, gap.reason, `${gap.detail} Outside any perimeter it would be ${alone.reach}: ${alone.because}.`, notes);
}

function worldOf({ account, firewall }: ExposureFacts, all: readonly Membership[]): World {
  return {
    publicNetworkAccess: account.publicNetworkAccess,
    firewallOn: hasFirewall(account),
    firewall,
    virtualNetworkRules: account.virtualNetworkFilter ? account.virtualNetworkRules.length : 0,
    approvedEndpoints: account.privateEndpointConnections.filter(isApproved).length,
    memberships: all,
  };
}

/** Virtual network rules without the filter restrict nobody. */
function hasFirewall(account: Account): boolean {
  return account.ipRules.length > 0 || account.virtualNetworkFilter;
}

/** The memberships by one side; where that side could not be read, the other speaks for it. */
function memberships(associations: readonly Association[], by: 'account' | 'perimeter'): Membership[] {
  return associations.flatMap(association => {
    const side = sideBy(association, by);
    return side === null ? [] : [{ perimeter: nameOf(association.perimeterId), side }];
  });
}

function sideBy(association: Association, by: 'account' | 'perimeter'): Side | null {
  const [asked, other] = by === 'account' ? [association.account, association.perimeter] : [association.perimeter, association.account];
  if (asked.known) return asked.value;
  return other.known ? other.value : null;
}

const phrases: Readonly<Record<Reach, string>> = {
  internet: 'Anyone on the Internet can reach it',
  allAzure: 'Every Azure datacenter, other tenants included, can reach it',
  selectedNetworks: 'Only the listed networks can reach it',
  perimeterRules: 'Only what perimeter rules admit can reach it',
  privateOnly: 'Only private endpoints reach it',
  closed: 'Nobody can reach it over the network',
  unknown: 'Who can reach it is not known',
};

function resolved(account: Account, all: readonly Membership[], decision: Decision, notes: readonly string[]): Judged {
  const { reach, by, because, outbound } = decision;
  const latent = latentRisks(account, all);
  const explanation = sentences(`${phrases[reach]}: ${because}.`, latent, notes);
  return { exposure: { reach, outbound, trustedServices: trustedServices(account, all), decidedBy: by, latent, explanation }, reason: null };
}

function unresolved(account: Account, all: readonly Membership[], reason: Reason, detail: string, notes: readonly string[]): Judged {
  const latent = latentRisks(account, all);
  const explanation = sentences(`${phrases.unknown}: ${detail}`, latent, notes);
  return { exposure: { reach: 'unknown', outbound: 'unknown', trustedServices: account.trustedServicesBypass ? 'unknown' : 'off', decidedBy: 'not known', latent, explanation }, reason };
}

function sentences(first: string, latent: readonly LatentRisk[], notes: readonly string[]): string {
  return [first, ...latent.map(risk => latentInWords[risk]), ...notes].join(' ');
}

const latentInWords: Readonly<Record<LatentRisk, string>> = {
  lastPrivateEndpoint: 'It opens to the whole Internet when the last approved private endpoint goes.',
  learningOpensDisabled: 'Disabled does not close it: the association is not Enforced, so inbound perimeter rules let traffic in.',
  bypassResources: 'Resources named in networkAclBypassResourceIds pass every rule.',
};

function latentRisks(account: Account, all: readonly Membership[]): LatentRisk[] {
  const enforced = all.some(({ side }) => side.accessMode === 'Enforced');
  const risks: LatentRisk[] = [];
  if (account.publicNetworkAccess === 'Enabled' && !hasFirewall(account) && account.privateEndpointConnections.some(isApproved) && !enforced) risks.push('lastPrivateEndpoint');
  if (account.publicNetworkAccess === 'Disabled' && all.some(({ side }) => side.accessMode !== 'Enforced')) risks.push('learningOpensDisabled');
  if (account.bypassResourceIds.length > 0) risks.push('bypassResources');
  return risks;
}

function trustedServices(account: Account, all: readonly Membership[]): Exposure['trustedServices'] {
  if (!account.trustedServicesBypass) return 'off';
  return all.length > 0 ? 'unknown' : 'on';
}

/** What else a person must know to trust the answer. */
function notesOn(account: Account, associations: readonly Association[]): string[] {
  const notes: string[] = [];
  for (const { perimeterId, account: own, perimeter } of associations) {
    const name = nameOf(perimeterId);
    const sides = [own, perimeter].flatMap(side => (side.known && side.value ? [side.value] : []));
    if (sides.some(side => side.accessMode === 'Audit')) notes.push(`Perimeter ${name} is in Audit mode, which blocks nothing and is judged like Learning.`);
    if (sides.some(side => side.issues.length > 0 || side.provisioningState !== 'Succeeded')) notes.push(`Perimeter ${name} has provisioning issues and may not be in force.`);
    if (!perimeter.known) notes.push(`Perimeter ${name} itself could not be read (${perimeter.reason}); the account's own configuration (${modes(sides)}) was used.`);
  }
  if (account.trustedServicesBypass && associations.length > 0) notes.push('Whether trusted Azure services get in under a perimeter is documented both ways, so it is not known.');
  return notes;
}

function modes(sides: readonly Side[]): string {
  return sides.map(side => modeInWords(side.accessMode)).join(', ');
}
