import { isApproved, type Account } from '../core/account.ts';
import type { Exposure, ExposurePerimeter, KnownReach, LatentRisk } from '../core/exposure.ts';
import { known, sourcesOf, type Fact, type Source, type Unknown } from '../core/fact.ts';
import type { Association, Side } from '../core/perimeter.ts';
import { nameOf } from '../core/resource-id.ts';
import { readIpRules } from './firewall.ts';
import { decide, modeInWords, namesNobody, type Decision, type Membership, type World } from './truth-table.ts';

/** What decides the exposure of one account. */
export interface ExposureFacts {
  readonly account: Account;
  readonly associations: Fact<readonly Association[]>;
  /** Associations that perimeters name for the account: all there is where the account's own side is not known. */
  readonly named: readonly Association[];
}

/** Why the reach is not known. */
type Gap = Pick<Unknown, 'reason' | 'detail' | 'permission'>;

/** The account's perimeters as one side tells them, and what that makes of the account. */
interface View {
  readonly memberships: readonly Membership[];
  readonly decision: Decision;
}

/** Computes who can reach the account, as it is shown and as a fact: not known where something that could change it is not. */
export function exposureOf(facts: ExposureFacts): { readonly exposure: Exposure; readonly fact: Fact<Exposure> } {
  const { exposure, gap } = judge(facts);
  const sources = evidenceOf(facts);
  return { exposure, fact: gap ? { known: false, ...gap, sources } : known(exposure, sources) };
}

interface Judged {
  readonly exposure: Exposure;
  /** Null where the reach is known. */
  readonly gap: Gap | null;
}

function judge(facts: ExposureFacts): Judged {
  const { account, associations } = facts;
  if (!associations.known) return withoutOwnSide(facts, associations);
  const world = worldOf(account);
  const own = viewOf(world, memberships(associations.value, 'account'));
  const theirs = viewOf(world, memberships(associations.value, 'perimeter'));
  const views = [own, theirs];
  const base = baseOf(account, associations.value, views);
  const notes = notesOn(account, associations.value, views);
  const hidden = hiddenRules(associations.value, own.decision);
  if (hidden) return unresolved({ ...base, ...withoutRules(account) }, hidden, notes);
  const doubtful = views.find(({ decision }) => !decision.certain);
  if (doubtful) return unresolved(base, { reason: 'malformed', detail: doubtInWords(doubtful.decision) }, notes);
  if (own.decision.reach !== theirs.decision.reach) return unresolved(base, contradiction(own.decision, theirs.decision), notes);
  return resolved(base, own.decision, views, notes);
}

/**
 * The account's own configuration could not be read. A perimeter rule that lets the Internet in does so in every
 * access mode, so that much can be known; anything else may be opened or closed by an association nobody can see.
 */
function withoutOwnSide({ account, named }: ExposureFacts, { reason, detail, permission }: Unknown): Judged {
  const world = worldOf(account);
  const seen = viewOf(world, memberships(named, 'perimeter'));
  const base = { ...baseOf(account, named, [seen]), ...withoutRules(account) };
  const notes = notesOn(account, named, [seen]);
  const byRulesAlone = viewOf({ ...world, publicNetworkAccess: 'Disabled' }, seen.memberships).decision;
  if (byRulesAlone.reach === 'internet') return resolved(base, byRulesAlone, [seen], notes);
  const outside = viewOf(world, []).decision;
  const parts = [detail, reachInWords('Outside any perimeter its reach would be', outside)];
  if (seen.memberships.length > 0 && seen.decision.certain) parts.push(reachInWords('By the perimeters that list it, its reach is', seen.decision));
  return unresolved(base, { reason, detail: parts.join(' '), ...(permission !== undefined && { permission }) }, notes);
}

/** What is not known of an account in a perimeter whose rules are not. */
function withoutRules(account: Account): Pick<Base, 'outbound' | 'trustedServices'> {
  return { outbound: 'unknown', trustedServices: account.trustedServicesBypass ? 'unknown' : 'off' };
}

/** A perimeter lists the account, the account does not know of it, and the rules that may apply could not be read. */
function hiddenRules(associations: readonly Association[], own: Decision): Gap | null {
  for (const { perimeterId, account, perimeter } of associations) {
    if (perimeter.known || !account.known || account.value !== null) continue;
    const { reason, detail, permission } = perimeter;
    const listed = `Perimeter ${nameOf(perimeterId)} lists the account, which has no configuration of it.`;
    return { reason, detail: `${listed} ${detail} ${reachInWords('Without that perimeter its reach would be', own)}`, ...(permission !== undefined && { permission }) };
  }
  return null;
}

function contradiction(own: Decision, theirs: Decision): Gap {
  const views = [reachInWords("By the account's own configuration its reach is", own), reachInWords('By the perimeter it is', theirs)];
  return { reason: 'contradictory', detail: `The account and its perimeter say different things. ${views.join(' ')}` };
}

function reachInWords(lead: string, decision: Decision): string {
  return decision.certain ? `${lead} ${decision.reach}: ${decision.because}.` : doubtInWords(decision);
}

/** The first few doubts, and what is known beside them. */
function doubtInWords({ doubts, because }: Decision): string {
  const more = doubts.length > 3 ? ` And ${doubts.length - 3} more.` : '';
  return `${doubts.slice(0, 3).join(' ')}${more} Leaving that aside, ${because}.`;
}

function worldOf(account: Account): Omit<World, 'memberships'> {
  return {
    publicNetworkAccess: account.publicNetworkAccess,
    firewallOn: hasFirewall(account),
    ipRules: readIpRules(account.ipRules),
    virtualNetworkRules: account.virtualNetworkFilter ? account.virtualNetworkRules.length : 0,
    approvedEndpoints: account.privateEndpointConnections.filter(isApproved).length,
  };
}

function viewOf(world: Omit<World, 'memberships'>, memberships: readonly Membership[]): View {
  return { memberships, decision: decide({ ...world, memberships }) };
}

/** Virtual network rules without the filter restrict nobody. */
function hasFirewall(account: Account): boolean {
  return account.ipRules.length > 0 || account.virtualNetworkFilter;
}

/** The memberships by one side; where that side could not be read, the other speaks for it. */
function memberships(associations: readonly Association[], by: 'account' | 'perimeter'): Membership[] {
  return associations.flatMap(association => {
    const side = by === 'account' ? ownSide(association) : theirSide(association);
    const tagsKnown = association.perimeter.known && association.perimeter.value !== null;
    return side ? [{ perimeter: nameOf(association.perimeterId), side, tagsKnown }] : [];
  });
}

function ownSide({ account, perimeter }: Association): Side | null {
  const theirs = perimeter.known ? perimeter.value : null;
  if (!account.known) return theirs;
  return account.value && theirs ? withServiceTags(account.value, theirs) : account.value;
}

function theirSide({ account, perimeter }: Association): Side | null {
  if (perimeter.known) return perimeter.value;
  return account.known ? account.value : null;
}

/** The account's API leaves out service tags: a rule that names nobody there has those of the perimeter's rule of its name. */
function withServiceTags(own: Side, theirs: Side): Side {
  const tags = new Map(theirs.rules.map(({ name, serviceTags }) => [name.toLowerCase(), serviceTags]));
  return { ...own, rules: own.rules.map(rule => (namesNobody(rule) ? { ...rule, serviceTags: tags.get(rule.name.toLowerCase()) ?? [] } : rule)) };
}

/** Evidence: what was read of the account, and of each perimeter that has a say. */
function evidenceOf({ associations, named }: ExposureFacts): readonly Source[] {
  const all = associations.known ? associations.value : named;
  return sourcesOf([associations, ...all.map(({ perimeter }) => perimeter)]);
}

/** The part of the exposure that is shown whether the reach is known or not. */
type Base = Pick<Exposure, 'outbound' | 'trustedServices' | 'latent' | 'perimeters'>;

function baseOf(account: Account, associations: readonly Association[], views: readonly View[]): Base {
  return {
    outbound: agreed(views.map(({ decision }) => decision.outbound)),
    trustedServices: agreed(views.map(view => trustedServices(account, view.memberships))),
    latent: latentRisks(account, views),
    perimeters: perimetersOf(associations),
  };
}

/** The account's own side says the mode that counts for it; where that is not known, the perimeter's does. */
function perimetersOf(associations: readonly Association[]): readonly ExposurePerimeter[] {
  const modes = new Map(associations.map(association => [association.perimeterId.toLowerCase(), { id: association.perimeterId, accessMode: (ownSide(association) ?? theirSide(association))?.accessMode ?? null }]));
  return [...modes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, perimeter]) => perimeter);
}

/** What all views say, or unknown where they differ. */
function agreed<T extends string>([first, ...rest]: readonly T[]): T | 'unknown' {
  return first !== undefined && rest.every(value => value === first) ? first : 'unknown';
}

function resolved(base: Base, { reach, by, because }: Decision, views: readonly View[], notes: readonly string[]): Judged {
  const inPerimeter = views.some(({ memberships }) => memberships.length > 0);
  const first = `${(inPerimeter ? phrasesInPerimeter : phrases)[reach]}: ${because}.`;
  return { exposure: { ...base, reach, decidedBy: by, explanation: sentences(first, base.latent, notes) }, gap: null };
}

function unresolved(base: Base, gap: Gap, notes: readonly string[]): Judged {
  const explanation = sentences(`Who can reach it is not known. ${gap.detail}`, base.latent, notes);
  return { exposure: { ...base, reach: 'unknown', decidedBy: 'not known', explanation }, gap };
}

const phrases: Readonly<Record<KnownReach, string>> = {
  internet: 'Anyone on the Internet can reach it',
  allAzure: 'Every Azure datacenter, other tenants included, can reach it',
  selectedNetworks: 'Public access is limited to selected networks',
  perimeterRules: 'Public access is limited to what perimeter rules admit',
  privateOnly: 'Only private endpoints can reach it',
  closed: 'Nobody can reach it over the network',
};

/** Members of a perimeter reach each other, in every access mode. */
const phrasesInPerimeter: typeof phrases = {
  ...phrases,
  privateOnly: 'Only private endpoints and members of its perimeter can reach it',
  closed: 'Only members of its perimeter can reach it',
};

function sentences(first: string, latent: readonly LatentRisk[], notes: readonly string[]): string {
  return [first, ...latent.map(risk => latentInWords[risk]), ...notes].join(' ');
}

const latentInWords: Readonly<Record<LatentRisk, string>> = {
  lastPrivateEndpoint: 'It opens to the whole Internet when the last approved private endpoint goes.',
  learningOpensDisabled: 'publicNetworkAccess Disabled does not keep the public out: a perimeter association that is not Enforced lets in whatever inbound rules admit.',
  bypassResources: 'Resources named in networkAclBypassResourceIds get in all the same.',
};

function latentRisks(account: Account, views: readonly View[]): LatentRisk[] {
  const risks: LatentRisk[] = [];
  const onlyEndpoints = account.publicNetworkAccess === 'Enabled' && !hasFirewall(account) && account.privateEndpointConnections.some(isApproved);
  if (onlyEndpoints && views.some(({ memberships }) => !memberships.some(isEnforced))) risks.push('lastPrivateEndpoint');
  if (account.publicNetworkAccess === 'Disabled' && views.some(({ memberships }) => !memberships.every(isEnforced))) risks.push('learningOpensDisabled');
  if (account.bypassResourceIds.length > 0) risks.push('bypassResources');
  return risks;
}

function isEnforced({ side }: Membership): boolean {
  return side.accessMode === 'Enforced';
}

function trustedServices(account: Account, memberships: readonly Membership[]): Exposure['trustedServices'] {
  const { trustedServicesBypass, publicNetworkAccess } = account;
  if (!trustedServicesBypass) return 'off';
  if (typeof publicNetworkAccess === 'object' || isSecured(account, memberships)) return 'unknown';
  return publicNetworkAccess === 'SecuredByPerimeter' ? 'off' : 'on';
}

/**
 * Secured by a perimeter: the page below says that trusted services are allowed there, and that they are disabled.
 * Outside any perimeter SecuredByPerimeter denies them, and a perimeter that blocks nothing leaves them alone.
 * @see https://learn.microsoft.com/azure/private-link/network-security-perimeter-transition
 */
function isSecured({ publicNetworkAccess }: Account, memberships: readonly Membership[]): boolean {
  if (publicNetworkAccess === 'SecuredByPerimeter') return memberships.length > 0;
  return memberships.some(({ side }) => side.accessMode !== 'Learning' && side.accessMode !== 'Audit');
}

/** What else a person must know to trust the answer. */
function notesOn(account: Account, associations: readonly Association[], views: readonly View[]): string[] {
  const notes: string[] = [];
  for (const { perimeterId, account: own, perimeter } of associations) {
    const name = nameOf(perimeterId);
    const sides = [own, perimeter].flatMap(side => (side.known && side.value ? [side.value] : []));
    if (sides.some(side => side.accessMode === 'Audit')) notes.push(`Perimeter ${name} is in Audit mode, which blocks nothing and is judged like Learning.`);
    if (sides.some(hasIssues)) notes.push(`Perimeter ${name} has provisioning issues and may not be in force.`);
    if (!perimeter.known && own.known && own.value) {
      const configuration = `the account's own configuration of it, access mode ${modeInWords(own.value.accessMode)}, which leaves out service tags`;
      notes.push(`Perimeter ${name} itself could not be read (${perimeter.reason}): this rests on ${configuration}.`);
    }
    if (!perimeter.known && !own.known) notes.push(`Perimeter ${name} lists the account, but its rules could not be read (${perimeter.reason}).`);
  }
  if (account.trustedServicesBypass && views.some(({ memberships }) => isSecured(account, memberships))) {
    notes.push('Whether trusted Azure services get in under a perimeter is documented both ways, so it is not known.');
  }
  return notes;
}

function hasIssues({ issues, provisioningState }: Side): boolean {
  return issues.length > 0 || provisioningState !== 'Succeeded';
}
