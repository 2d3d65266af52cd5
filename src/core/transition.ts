import type { Assessment, Resource } from './assessment.ts';
import type { Reach } from './exposure.ts';
import type { Finding, Severity, Status } from './finding.ts';

/**
 * How a finding, or a resource, differs from the one before.
 * - `new`: nothing was known of it before: it was not there, or it was unknown as long as it has been.
 * - `regressed`: it fails, and when it was last known it did not.
 * - `fixed`: it does not fail, and when it was last known it did.
 * - `changed`: something else about it is different: it became unknown or known again, its severity, what was observed.
 * - `unchanged`: a row of it would say the same as before.
 * - `gone`: its resource is not there any more, or its control does not judge any more.
 */
export const transitions = ['new', 'regressed', 'fixed', 'changed', 'unchanged', 'gone'] as const;
export type Transition = (typeof transitions)[number];

/**
 * What brought a transition about. Alerts speak of `resource` only.
 * - `resource`: the resource, or what can be seen of it; also that the last day of an exemption has passed.
 * - `baseline`: what the baseline asks or exempts, or a new version of the monitor; never a `regressed` or `fixed`.
 * - `firstScan`: no scan was there before, or nothing that it left can be read.
 */
export type Cause = 'resource' | 'baseline' | 'firstScan';

/** A finding beside the one before. */
export interface ComparedFinding {
  readonly finding: Finding;
  readonly transition: Transition;
  readonly cause: Cause;
  /** Null where there was none. */
  readonly previousStatus: Status | null;
  /** Scan time since when the status is what it is. */
  readonly since: Date;
  /** Scan time since when it fails without a pass in between, times when it was unknown included; null where it does not. */
  readonly failingSince: Date | null;
}

/** An assessment beside the one before. */
export interface ComparedAssessment {
  readonly assessment: Assessment;
  /** Of the resource and what is said of it as a whole: `new`, `changed`, `unchanged`. */
  readonly transition: Transition;
  readonly cause: Cause;
  /** The last reach that was known before; null where there was none. */
  readonly previousReach: Reach | null;
  /** Scan time since when the reach is what it is; null for resources without one. */
  readonly reachSince: Date | null;
  /** In the order of the assessment's findings. */
  readonly findings: readonly ComparedFinding[];
}

/** A finding that is there no more. */
export interface GoneFinding {
  readonly id: string;
  readonly controlId: string;
  readonly severity: Severity;
  readonly previousStatus: Status;
  /** Scan time since when it had that status. */
  readonly since: Date;
  /** Scan time since when it had failed; null where it had not. */
  readonly failingSince: Date | null;
  readonly cause: Cause;
}

/** Findings that are there no more, by resource; `isGone` where the resource itself is. */
export interface GoneResource {
  readonly resource: Resource;
  readonly isGone: boolean;
  readonly cause: Cause;
  readonly previousReach: Reach | null;
  readonly findings: readonly GoneFinding[];
}

/**
 * For which findings rows are written. `full`: for everything that is there. `partial`: for everything that was seen,
 * while something that is remembered could not be looked at: its older rows still hold. `transitions`: for what is
 * different.
 */
export type Emission = 'full' | 'partial' | 'transitions';

/** Whether rows are written for what is as it was, too. */
export function writesUnchanged(emission: Emission): boolean {
  return emission !== 'transitions';
}

/** What one part of a scan found beside what was there before. */
export interface Comparison {
  readonly assessments: readonly ComparedAssessment[];
  readonly gone: readonly GoneResource[];
  readonly emission: Emission;
}

/** Findings made, and rows to be written for them. */
export function countsOf({ assessments, gone, emission }: Comparison): { readonly findings: number; readonly findingRows: number } {
  const findings = assessments.reduce((sum, assessment) => sum + assessment.findings.length, 0);
  const unchanged = writesUnchanged(emission) ? 0 : assessments.reduce((sum, assessment) => sum + assessment.findings.filter(({ transition }) => transition === 'unchanged').length, 0);
  const gones = gone.reduce((sum, resource) => sum + resource.findings.length, 0);
  return { findings, findingRows: findings - unchanged + gones };
}
