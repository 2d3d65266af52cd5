import { accountType, type Resource } from '../core/assessment.ts';
import { compare } from '../core/compare.ts';
import { isExempted } from '../core/exemption.ts';
import { isPublic, reaches, type KnownReach, type Reach } from '../core/exposure.ts';
import type { Severity, Status } from '../core/finding.ts';
import { Problem } from '../core/problem.ts';
import { subscriptionOf } from '../core/resource-id.ts';
import type { Cause, ComparedAssessment, GoneResource, Transition } from '../core/transition.ts';
import type { SavedScan } from './saved-scan.ts';

/** A resource, and its subscription by name. */
export interface ChangedResource extends Pick<Resource, 'resourceId' | 'resourceType' | 'name'> {
  readonly subscription: string;
}

/** A finding that is different. */
export interface FindingChange {
  readonly resource: ChangedResource;
  readonly id: string;
  readonly controlId: string;
  readonly severity: Severity;
  /** Null where it is gone. */
  readonly status: Status | null;
  /** Null where there was none. */
  readonly previousStatus: Status | null;
  readonly message: string;
  readonly cause: Cause;
  /** An active exemption accepts it. */
  readonly exempted: boolean;
}

/** An account whose reach is another. */
export interface ReachChange {
  readonly resource: ChangedResource;
  readonly from: KnownReach;
  readonly to: KnownReach;
  readonly decidedBy: string;
}

export interface NewResource {
  readonly resource: ChangedResource;
  readonly reach: Reach | null;
  readonly failing: number;
  readonly unknown: number;
  /** The older scan had not read its subscription: it may have been there. */
  readonly mayBeOlder: boolean;
}

/** Something of the older scan of which the newer one says nothing. */
export interface UnreadResource {
  readonly resource: ChangedResource;
  readonly why: string;
  /** False where its subscription is deleted. */
  readonly hides: boolean;
}

type Different = Exclude<Transition, 'unchanged'>;

/** What is different between two scans. */
export interface ScanDiff {
  readonly older: SavedScan['scan'];
  readonly newer: SavedScan['scan'];
  /** Controls of which the two baselines, or versions of the monitor, do not ask the same. */
  readonly askedDifferently: readonly string[];
  /** More open than before, the public first. */
  readonly opened: readonly ReachChange[];
  /** Less open than before, those that were public first. */
  readonly closed: readonly ReachChange[];
  readonly findings: Readonly<Record<Different, readonly FindingChange[]>>;
  readonly unchanged: number;
  readonly newResources: readonly NewResource[];
  readonly goneResources: readonly ChangedResource[];
  readonly unread: readonly UnreadResource[];
  /** Known before and unknown now; among `findings.changed` too. */
  readonly lost: readonly FindingChange[];
}

/**
 * Compares two scans by the definitions of `core/transition.ts`. What the newer one did not read is unread, never gone or
 * fixed; what differs because the baselines do is changed, never regressed or fixed.
 * @throws Problem where the two cannot be compared
 */
export function compareScans(older: SavedScan, newer: SavedScan): ScanDiff {
  if (older.scan.cloud !== newer.scan.cloud) {
    throw new Problem(`The older result is of the ${older.scan.cloud} cloud, the newer one of ${newer.scan.cloud}.`, 'Name two results of the same cloud.');
  }
  if (older.scan.startedAt > newer.scan.startedAt) throw new Problem('The result that is named first is the newer one.', 'Name the older result first: cosmos-compliance diff OLD.json NEW.json');
  const asked = ({ scan: { judgedBy, baseline } }: SavedScan) => (controlId: string): string => judgedBy[controlId] ?? baseline;
  const covers = coverageOf(newer);
  const { next } = compare(null, older.assessments, { scanTime: older.scan.startedAt, judgedBy: asked(older), firstScan: false, covers: () => false });
  const { comparison } = compare(next, newer.assessments, { scanTime: newer.scan.startedAt, judgedBy: asked(newer), firstScan: false, covers });
  const nameOf = subscriptionNames(older, newer);
  const findings = findingsIn(comparison.assessments, comparison.gone, nameOf);
  const reachChanges = comparison.assessments.flatMap(compared => reachChangeOf(compared, nameOf));
  const seen = new Set(newer.assessments.map(({ resourceId }) => resourceId.toLowerCase()));
  return {
    older: older.scan,
    newer: newer.scan,
    askedDifferently: differing(older.scan.judgedBy, newer.scan.judgedBy),
    opened: reachChanges.filter(change => isWider(change.to, change.from)).toSorted((a, b) => openness(a.to) - openness(b.to) || byName(a, b)),
    closed: reachChanges.filter(change => isWider(change.from, change.to)).toSorted((a, b) => openness(a.from) - openness(b.from) || byName(a, b)),
    findings,
    unchanged: comparison.assessments.flatMap(compared => compared.findings).filter(({ transition }) => transition === 'unchanged').length,
    newResources: comparison.assessments.filter(({ transition }) => transition === 'new').map(compared => newResourceOf(compared, older, nameOf)),
    goneResources: comparison.gone.filter(({ isGone }) => isGone).map(({ resource }) => named(resource, nameOf)),
    unread: older.assessments
      .filter(resource => !seen.has(resource.resourceId.toLowerCase()) && !covers(resource))
      .map(resource => ({ resource: named(resource, nameOf), ...whyUnread(resource, newer) })),
    lost: findings.changed.filter(({ status, previousStatus }) => status === 'unknown' && previousStatus !== 'unknown'),
  };
}

/** Whether the newer scan is worse: something fails again that nobody accepts, or an account came to be public, or more so. */
export function isWorse({ findings, opened }: Pick<ScanDiff, 'findings' | 'opened'>): boolean {
  const accepted = new Set(Object.values(findings).flat().filter(({ exempted, controlId }) => exempted && controlId === 'exposure-not-public').map(({ resource }) => resource.resourceId));
  return findings.regressed.some(({ exempted }) => !exempted) || opened.some(({ to, resource }) => isPublic(to) && !accepted.has(resource.resourceId));
}

/** Whether the newer scan says nothing of something that the older one knew. */
export function hidesSomething({ unread, lost }: Pick<ScanDiff, 'unread' | 'lost'>): boolean {
  return lost.length > 0 || unread.some(({ hides }) => hides);
}

/**
 * Whether a scan would have seen a resource: its subscription was read as a whole. Accounts are always listed where a
 * subscription was read; other lists may have failed, which is a gap of the scan. A perimeter is listed where there are
 * accounts; elsewhere Resource Graph finds it, and proves no absence.
 */
function coverageOf({ scan, subscriptions }: SavedScan): (resource: Pick<Resource, 'resourceId' | 'resourceType'>) => boolean {
  const read = new Map(subscriptions.filter(({ outcome }) => outcome === 'scanned').map(({ subscriptionId, accounts }) => [subscriptionId.toLowerCase(), accounts]));
  return ({ resourceId, resourceType }) => {
    if (scan.scope === 'accounts') return false;
    const subscription = subscriptionOf(resourceId);
    if (subscription === null) return scan.scope === 'tenant' && scan.complete;
    const accounts = read.get(subscription);
    if (accounts === undefined) return false;
    if (resourceType.toLowerCase() === accountType.toLowerCase()) return true;
    return scan.gaps.length === 0 && (accounts > 0 || resourceType.toLowerCase() !== 'microsoft.network/networksecurityperimeters');
  };
}

function whyUnread({ resourceId }: Resource, { scan, subscriptions }: SavedScan): Pick<UnreadResource, 'why' | 'hides'> {
  const id = subscriptionOf(resourceId);
  const subscription = subscriptions.find(({ subscriptionId }) => subscriptionId.toLowerCase() === id);
  if (id !== null && !subscription) return { why: 'its subscription was not in the scope of the newer scan, or is not visible any more', hides: true };
  if (subscription && subscription.outcome !== 'scanned') return { why: `${subscription.outcome}: ${subscription.reason ?? ''}`, hides: !(subscription.outcome === 'skipped' && scan.complete) };
  if (scan.scope === 'accounts') return { why: 'the newer scan was asked for single accounts', hides: true };
  if (id === null) return { why: 'the newer scan did not look at the whole tenant', hides: true };
  return { why: scan.gaps.length > 0 ? 'a list that it would be in could not be read' : 'no list that was read proves that it is gone', hides: true };
}

type NameOf = (resourceId: string) => string;

/** Display names of subscriptions, of the newer scan where both know one. */
function subscriptionNames(older: SavedScan, newer: SavedScan): NameOf {
  const names = new Map([...older.subscriptions, ...newer.subscriptions].flatMap(({ subscriptionId, name }) => (name === '' ? [] : [[subscriptionId.toLowerCase(), name] as const])));
  return resourceId => {
    const id = subscriptionOf(resourceId) ?? '';
    return names.get(id) ?? id;
  };
}

function named({ resourceId, resourceType, name }: Resource, nameOf: NameOf): ChangedResource {
  return { resourceId, resourceType, name, subscription: nameOf(resourceId) };
}

function findingsIn(assessments: readonly ComparedAssessment[], gone: readonly GoneResource[], nameOf: NameOf): ScanDiff['findings'] {
  const found: Record<Different, FindingChange[]> = { new: [], regressed: [], fixed: [], changed: [], gone: [] };
  for (const { assessment, findings } of assessments) {
    const resource = named(assessment, nameOf);
    for (const { finding, transition, cause, previousStatus } of findings) {
      const { id, controlId, severity, status, message } = finding;
      if (transition !== 'unchanged') found[transition].push({ resource, id, controlId, severity, status, previousStatus, message, cause, exempted: isExempted(finding) });
    }
  }
  for (const { resource, findings } of gone) {
    for (const { id, controlId, severity, previousStatus, cause } of findings) {
      found.gone.push({ resource: named(resource, nameOf), id, controlId, severity, status: null, previousStatus, message: '', cause, exempted: false });
    }
  }
  return found;
}

function reachChangeOf({ assessment, previousReach }: ComparedAssessment, nameOf: NameOf): ReachChange[] {
  const { exposure } = assessment;
  if (!exposure || exposure.reach === 'unknown' || previousReach === null || previousReach === 'unknown' || exposure.reach === previousReach) return [];
  return [{ resource: named(assessment, nameOf), from: previousReach, to: exposure.reach, decidedBy: exposure.decidedBy }];
}

function newResourceOf({ assessment }: ComparedAssessment, older: SavedScan, nameOf: NameOf): NewResource {
  const id = subscriptionOf(assessment.resourceId);
  const wasRead = older.subscriptions.some(({ subscriptionId, outcome }) => outcome === 'scanned' && subscriptionId.toLowerCase() === id) && older.scan.scope !== 'accounts';
  const count = (status: Status): number => assessment.findings.filter(finding => finding.status === status && !isExempted(finding)).length;
  return { resource: named(assessment, nameOf), reach: assessment.exposure?.reach ?? null, failing: count('fail'), unknown: count('unknown'), mayBeOlder: id !== null && !wasRead };
}

/** Controls that are asked for in one way and then in another, or in one of the two only. */
function differing(older: Readonly<Record<string, string>>, newer: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(older), ...Object.keys(newer)])].filter(id => older[id] !== newer[id]).toSorted();
}

function openness(reach: KnownReach): number {
  return reaches.indexOf(reach);
}

function isWider(a: KnownReach, b: KnownReach): boolean {
  return openness(a) < openness(b);
}

function byName(a: ReachChange, b: ReachChange): number {
  return a.resource.resourceId.toLowerCase() < b.resource.resourceId.toLowerCase() ? -1 : 1;
}
