import { exemptionUse } from '../baseline/exemptions.ts';
import { accountType, type Assessment } from '../core/assessment.ts';
import type { ScanGap } from '../core/scan.ts';
import { countsOf, type Comparison } from '../core/transition.ts';
import { recall, type Remembered } from './history.ts';
import type { ScanPart } from './part.ts';
import type { Target } from './plan.ts';
import { scanSubscription, type ScannedSubscription } from './scan-subscription.ts';
import type { Session } from './session.ts';

/** Of a subscription that was not read. */
export const nothing: Comparison = { assessments: [], gone: [], emission: 'transitions' };

/**
 * Reads and judges one subscription, compares it with the time before, writes its rows, and then remembers it. Never
 * throws by itself: what goes wrong is in the part.
 * @param keep is given the part before anything is remembered, and once more where that adds a warning: until it is both
 *   kept and remembered, to scan again gives the same
 */
export async function scanPart(session: Session, target: Target, keep: (part: ScanPart) => Promise<void> = async () => {}): Promise<ScanPart> {
  const remembered = await recall(session.history, target.subscriptionId, target.accounts === undefined);
  return scanSubscription(target, session.services, remembered.types, scanned => partOf(session, target, remembered, scanned, keep));
}

async function partOf(session: Session, target: Target, remembered: Remembered, scanned: ScannedSubscription, keep: (part: ScanPart) => Promise<void>): Promise<ScanPart> {
  const { identity, services, baseline } = session;
  const { result, assessments, gaps, perimeters } = scanned;
  const isRead = result.outcome === 'scanned';
  const { comparison, remember } = isRead ? remembered.compare(assessments, identity.startedAt, coverage(target, scanned)) : { comparison: nothing, remember: async () => [] };
  const unwritten = await written(session, sink => sink.subscription(identity, result, comparison));
  const used = exemptionUse(baseline.exemptions, services.judge.exemptions);
  for (const assessment of assessments) used.note(assessment);
  const part: ScanPart = {
    result,
    scores: assessments.filter(isAccount).map(({ score }) => score),
    exemptions: used.used(),
    gaps: [...gaps, ...unwritten],
    warnings: remembered.warnings,
    perimeters,
    ...countsOf(comparison),
    arm: session.spent(),
  };
  await keep(part);
  // What could not be written is different once more next time.
  const unremembered = unwritten.length > 0 ? [] : await remember();
  if (unremembered.length === 0) return part;
  const told = { ...part, warnings: [...part.warnings, ...unremembered] };
  await keep(told);
  return told;
}

/** A sink that throws does not end a scan: what it could not take is a gap. */
export async function written({ sinks }: Pick<Session, 'sinks'>, work: (sink: Session['sinks'][number]) => Promise<void>): Promise<readonly ScanGap[]> {
  const outcomes = await Promise.allSettled(sinks.map(async sink => work(sink)));
  return outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [{ reason: 'failed', detail: `Cannot write results: ${inWords(outcome.reason)}` } as const] : []));
}

/** What a subscription that was read would have shown if it were there. */
function coverage({ accounts }: Target, { unlisted }: ScannedSubscription): (resource: Pick<Assessment, 'resourceId' | 'resourceType'>) => boolean {
  const asked = accounts && new Set(accounts);
  return ({ resourceId, resourceType }) => (asked ? asked.has(resourceId.toLowerCase()) : !unlisted.has(resourceType.toLowerCase()));
}

function isAccount({ resourceType }: Assessment): boolean {
  return resourceType === accountType;
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
