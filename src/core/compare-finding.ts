import { digestOfExemption, digestOfFinding } from './compare-digest.ts';
import type { AppliedExemption } from './exemption.ts';
import type { Finding } from './finding.ts';
import type { RememberedExemption, RememberedFinding } from './memory.ts';
import type { Cause, ComparedFinding, Transition } from './transition.ts';

export interface FindingContext {
  readonly scanTime: Date;
  /** Digest of what the baseline asks of the control. */
  readonly judgedBy: string;
  /** Why a finding is new that nothing is remembered of. */
  readonly causeOfNew: Cause;
}

/** Compares a finding with what is remembered of it, and says what to remember now. */
export function compareFinding(finding: Finding, before: RememberedFinding | undefined, context: FindingContext): { readonly compared: ComparedFinding; readonly remembered: RememberedFinding } {
  const remembered = remember(finding, before, context);
  const transition = transitionOf(remembered, before);
  const cause = causeOf(transition, remembered, before, context);
  const { since, failingSince } = remembered;
  return { compared: { finding, transition, cause, previousStatus: before?.status ?? null, since, failingSince }, remembered };
}

function remember(finding: Finding, before: RememberedFinding | undefined, { scanTime, judgedBy }: FindingContext): RememberedFinding {
  const { status, severity, exemption } = finding;
  const fails = status === 'fail' ? (before?.failingSince ?? scanTime) : null;
  const isUnknown = status === 'unknown';
  return {
    status,
    severity,
    verdict: isUnknown ? (before?.verdict ?? null) : status,
    since: before?.status === status ? before.since : scanTime,
    failingSince: isUnknown ? (before?.failingSince ?? null) : fails,
    digest: digestOfFinding(finding),
    exemption: exemption ? rememberExemption(exemption) : null,
    judgedBy: isUnknown && before && before.verdict !== null ? before.judgedBy : judgedBy,
  };
}

function rememberExemption(exemption: AppliedExemption): RememberedExemption {
  return { digest: digestOfExemption(exemption), state: exemption.state };
}

/**
 * Whether it fails is compared with the last verdict, however long it was unknown since. Where the baseline asks for
 * something else than it did for that verdict, the two say nothing about the resource, so the finding is only `changed`.
 */
function transitionOf(now: RememberedFinding, before: RememberedFinding | undefined): Transition {
  if (!before) return 'new';
  if (now.verdict !== before.verdict) {
    if (before.verdict === null) return 'new';
    const isComparable = now.judgedBy === before.judgedBy;
    if (isComparable && now.verdict === 'fail') return 'regressed';
    if (isComparable && before.verdict === 'fail') return 'fixed';
  }
  return saysTheSame(now, before) ? 'unchanged' : 'changed';
}

/** Whether a row of it would say the same as before. What was found has a digest, so it is never equal to null. */
function saysTheSame(now: RememberedFinding, before: RememberedFinding): boolean {
  return saysTheSameOfTheResource(now, before) && now.exemption?.digest === before.exemption?.digest && now.exemption?.state === before.exemption?.state;
}

function saysTheSameOfTheResource(now: RememberedFinding, before: RememberedFinding): boolean {
  return now.status === before.status && now.severity === before.severity && now.digest === before.digest;
}

/** `resource` where nothing is different. */
function causeOf(transition: Transition, now: RememberedFinding, before: RememberedFinding | undefined, { judgedBy, causeOfNew }: FindingContext): Cause {
  if (!before) return causeOfNew;
  if (transition === 'unchanged') return 'resource';
  if (judgedBy !== before.judgedBy) return 'baseline';
  return saysTheSameOfTheResource(now, before) ? causeOfExemption(now.exemption, before.exemption) : 'resource';
}

/** An exemption that comes, goes or is another is the baseline's doing; that its last day has passed is not. */
function causeOfExemption(now: RememberedExemption | null, before: RememberedExemption | null): Cause {
  return now !== null && now.digest === before?.digest ? 'resource' : 'baseline';
}
