import type { Arm } from '../azure/arm.ts';
import { attestationWarnings } from '../baseline/attestations.ts';
import type { Baseline } from '../baseline/effective.ts';
import { exemptionUse } from '../baseline/exemptions.ts';
import { accountType, type Assessment } from '../core/assessment.ts';
import type { ScanIdentity, ScanSummary, SubscriptionResult } from '../core/scan.ts';
import { close } from './close.ts';
import { sawAllOf } from './exemption-scope.ts';
import type { Knowledge } from './knowledge.ts';
import type { Plan, ScanScope } from './plan.ts';

/** What a scan has come to so far. It keeps no assessment: those have gone to the sinks. */
export interface Tally {
  /** One subscription is done. */
  add(result: SubscriptionResult, assessments: readonly Assessment[]): void;
  /** The perimeters are judged. */
  addPerimeters(perimeters: readonly Assessment[]): void;
  readonly done: number;
  readonly accounts: number;
  /** In order of id. */
  results(): readonly SubscriptionResult[];
  summary(finishedAt: Date): ScanSummary;
}

export interface TallySettings {
  readonly identity: ScanIdentity;
  readonly scope: ScanScope;
  readonly planned: Plan;
  readonly knowledge: Knowledge;
  readonly arm: Arm;
  readonly baseline: Baseline;
  /** Noticed before or beside the scan. */
  readonly warnings: readonly string[];
}

export function tally({ identity, scope, planned, knowledge, arm, baseline, warnings }: TallySettings): Tally {
  const exempted = exemptionUse(baseline.exemptions);
  const results: SubscriptionResult[] = [];
  const scores: Assessment['score'][] = [];
  let perimeterCount = 0;
  const note = (assessments: readonly Assessment[]): void => {
    for (const assessment of assessments) exempted.note(assessment);
  };
  return {
    add(result, assessments) {
      results.push(result);
      scores.push(...assessments.filter(({ resourceType }) => resourceType === accountType).map(({ score }) => score));
      note(assessments);
    },
    addPerimeters(perimeters) {
      perimeterCount += perimeters.length;
      note(perimeters);
    },
    get done() {
      return results.length;
    },
    get accounts() {
      return scores.length;
    },
    results: () => results.toSorted((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1)),
    summary(finishedAt) {
      const closed = close({ identity, targets: planned.targets, results, scores, perimeters: perimeterCount, arm: arm.counters, gaps: knowledge.gaps, finishedAt });
      const ofExemptions = exempted.warnings(identity.startedAt, closed.complete ? sawAllOf(scope, planned) : () => false);
      return { ...closed, warnings: [...warnings, ...ofExemptions, ...attestationWarnings(baseline.attestations, identity.startedAt)] };
    },
  };
}
