import type { Assessment, Resource } from './assessment.ts';
import { digestOfAssessment } from './compare-digest.ts';
import { compareFinding } from './compare-finding.ts';
import type { KnownReach, Reach } from './exposure.ts';
import { findingIds } from './finding.ts';
import { doubted } from './memory-merge.ts';
import { noMemory, type Memory, type RememberedFinding, type RememberedResource } from './memory.ts';
import type { Cause, ComparedAssessment, ComparedFinding, Comparison, GoneFinding, GoneResource } from './transition.ts';

export interface CompareContext {
  readonly scanTime: Date;
  /** Digest of what the baseline asks of a control. */
  judgedBy(this: void, controlId: string): string;
  /** No scan was there before, or what it left cannot be read: what is new then is no event. */
  readonly firstScan: boolean;
  /** Whether this scan would have seen the resource if it existed. What is covered and was not seen is gone. */
  covers(this: void, resource: Pick<Resource, 'resourceId' | 'resourceType'>): boolean;
}

export interface Compared {
  /** `gone` in the order of resource ids in lower case. */
  readonly comparison: Omit<Comparison, 'emission'>;
  /** What the next scan has to know. `fullAt` is as it was: whoever writes rows for everything sets it. */
  readonly next: Memory;
}

/**
 * Compares what a scan found with what is remembered. What the scan does not cover stays remembered as it is, and
 * nothing is said of it. Where a later scan has seen a resource meanwhile, its word holds: the findings are
 * `unchanged`, and those that differ are written again by the next scan.
 * @param memory null where nothing is remembered
 */
export function compare(memory: Memory | null, assessments: readonly Assessment[], context: CompareContext): Compared {
  const { scanTime } = context;
  const { resources: remembered, fullAt, scanTime: last } = memory ?? noMemory;
  const resources = new Map(remembered);
  const compared: ComparedAssessment[] = [];
  const gone: GoneResource[] = [];
  const seen = new Set<string>();
  for (const assessment of assessments) {
    const key = assessment.resourceId.toLowerCase();
    const before = remembered.get(key);
    const reading = compareResource(assessment, before, context);
    const heard = isAfter(before?.scanTime ?? last, scanTime) ? overtaken(reading, before, last) : reading;
    seen.add(key);
    compared.push(heard.compared);
    resources.set(key, heard.remembered);
    if (heard.gone.length > 0) gone.push({ resource: resourceOf(assessment), isGone: false, cause: 'baseline', previousReach: heard.compared.previousReach, findings: heard.gone });
  }
  for (const [key, before] of remembered) {
    if (seen.has(key) || isAfter(before.scanTime, scanTime) || !context.covers(before)) continue;
    resources.delete(key);
    gone.push({ resource: resourceOf(before), isGone: true, cause: 'resource', previousReach: before.knownReach, findings: goneOf(before, noFindings, 'resource') });
  }
  return { comparison: { assessments: compared, gone: gone.toSorted(byId) }, next: { scanTime: isAfter(last, scanTime) ? last : scanTime, fullAt, resources } };
}

function isAfter(a: Date, b: Date): boolean {
  return a.getTime() > b.getTime();
}

function byId(a: GoneResource, b: GoneResource): number {
  return a.resource.resourceId.toLowerCase() < b.resource.resourceId.toLowerCase() ? -1 : 1;
}

type RememberedFindings = RememberedResource['findings'];

const noFindings: RememberedFindings = new Map();

/** One resource beside what is remembered of it. */
interface Reading {
  readonly compared: ComparedAssessment;
  readonly remembered: RememberedResource;
  readonly gone: readonly GoneFinding[];
}

function compareResource(assessment: Assessment, before: RememberedResource | undefined, { scanTime, judgedBy, firstScan }: CompareContext): Reading {
  const causeOfNew = before ? 'baseline' : firstScan ? 'firstScan' : 'resource';
  const compared: ComparedFinding[] = [];
  const findings = new Map<string, RememberedFinding>();
  for (const finding of assessment.findings) {
    const { controlId } = finding;
    const result = compareFinding(finding, before?.findings.get(controlId), { scanTime, judgedBy: judgedBy(controlId), causeOfNew });
    compared.push(result.compared);
    findings.set(controlId, result.remembered);
  }
  const gone = before ? goneOf(before, findings, 'baseline') : [];
  const remembered = remember(assessment, before, findings, scanTime);
  const said = transitionOf(remembered, before, [...compared, ...gone], causeOfNew);
  return { compared: { assessment, ...said, previousReach: before?.knownReach ?? null, reachSince: remembered.reachSince, findings: compared }, remembered, gone };
}

function remember(assessment: Assessment, before: RememberedResource | undefined, findings: RememberedFindings, scanTime: Date): RememberedResource {
  const reach = assessment.exposure?.reach ?? null;
  return {
    ...resourceOf(assessment),
    scanTime,
    digest: digestOfAssessment(assessment),
    reach,
    knownReach: isKnown(reach) ? reach : (before?.knownReach ?? null),
    reachSince: reach === null ? null : before?.reach === reach ? before.reachSince : scanTime,
    findings,
  };
}

function isKnown(reach: Reach | null): reach is KnownReach {
  return reach !== null && reach !== 'unknown';
}

function resourceOf({ resourceId, resourceType, name, subscriptionId, location }: Resource): Omit<Resource, 'tags'> {
  return { resourceId, resourceType, name, subscriptionId, location };
}

/**
 * The cause is `baseline` where findings are different, all of them by the baseline, and the reach is what it was:
 * no baseline has a say in that.
 */
function transitionOf(
  now: RememberedResource,
  before: RememberedResource | undefined,
  findings: readonly (ComparedFinding | GoneFinding)[],
  causeOfNew: Cause,
): Pick<ComparedAssessment, 'transition' | 'cause'> {
  if (!before) return { transition: 'new', cause: causeOfNew };
  if (now.digest === before.digest && now.reach === before.reach) return { transition: 'unchanged', cause: 'resource' };
  const different = findings.filter(finding => !('transition' in finding) || finding.transition !== 'unchanged');
  const isBaseline = now.reach === before.reach && different.length > 0 && different.every(({ cause }) => cause === 'baseline');
  return { transition: 'changed', cause: isBaseline ? 'baseline' : 'resource' };
}

/** What is remembered of a resource and not there any more. */
function goneOf({ resourceId, findings }: RememberedResource, there: RememberedFindings, cause: Cause): readonly GoneFinding[] {
  const gone = [...findings].filter(([controlId]) => !there.has(controlId));
  if (gone.length === 0) return [];
  const idOf = findingIds(resourceId);
  return gone.map(([controlId, { status, severity, since, failingSince }]) => ({ id: idOf(controlId), controlId, severity, previousStatus: status, since, failingSince, cause }));
}

/**
 * A reading that a later scan has overtaken: where that one has seen the resource, it brings nothing about.
 * @param last time of the later scan
 */
function overtaken({ compared, remembered }: Reading, before: RememberedResource | undefined, last: Date): Reading {
  if (!before) return { compared, remembered: { ...doubted(remembered), scanTime: last }, gone: [] };
  const quiet = { transition: 'unchanged', cause: 'resource' } as const;
  const findings = compared.findings.map(finding => ({ ...finding, ...quiet }));
  return { compared: { ...compared, ...quiet, findings }, remembered: doubted(before, remembered), gone: [] };
}
