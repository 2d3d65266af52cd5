import type { Assessment, Resource } from './assessment.ts';
import type { Control, ControlInfo, EvaluationContext, Organisation } from './control.ts';
import type { Exposure } from './exposure.ts';
import { findingId, type Finding, type Gap, type Outcome, type Severity } from './finding.ts';
import { scoreOf } from './score.ts';
import type { Scope, SnapshotOf } from './snapshot.ts';

/** What the baseline says of one control. */
export interface ControlSettings {
  readonly enabled: boolean;
  readonly severity: Severity;
  readonly parameters: unknown;
}

export interface Judge {
  readonly now: Date;
  readonly organisation: Organisation;
  settings(control: ControlInfo): ControlSettings;
}

/** Judges one resource by every enabled control of its scope: one finding each. */
export function assess<S extends Scope>(
  resource: Resource,
  exposure: Exposure | null,
  snapshot: SnapshotOf<S>,
  controls: readonly Control<S>[],
  judge: Judge,
): Assessment {
  const findings: Finding[] = [];
  for (const control of controls) {
    const settings = judge.settings(control);
    if (!settings.enabled) continue;
    const outcome = outcomeOf(control, snapshot, { now: judge.now, organisation: judge.organisation, parameters: settings.parameters });
    findings.push(findingOf(resource.resourceId, control, settings.severity, outcome));
  }
  return { ...resource, score: scoreOf(findings, exposure?.reach ?? null), exposure, findings };
}

function outcomeOf<S extends Scope>(control: Control<S>, snapshot: SnapshotOf<S>, context: EvaluationContext<unknown>): Outcome {
  try {
    return control.judge(snapshot, context);
  } catch (error) {
    const detail = `The control stopped with an error: ${error instanceof Error ? error.message : String(error)}`;
    return { status: 'unknown', gaps: [{ fact: control.needs.join(', '), reason: 'failed', detail }] };
  }
}

function findingOf(resourceId: string, control: ControlInfo, severity: Severity, outcome: Outcome): Finding {
  const common = { id: findingId(resourceId, control.id), controlId: control.id, severity, status: outcome.status, requirements: control.requirements };
  switch (outcome.status) {
    case 'pass':
      return { ...common, message: control.title, observed: outcome.observed, sources: outcome.sources };
    case 'fail':
      return { ...common, message: outcome.message, observed: outcome.observed, sources: outcome.sources };
    case 'notApplicable':
      return { ...common, message: outcome.because, observed: outcome.observed, sources: outcome.sources };
    case 'unknown':
      return { ...common, message: `Not known: ${outcome.gaps.map(inWords).join(' ')}`, observed: {}, gaps: outcome.gaps, sources: [] };
  }
}

function inWords({ detail, permission }: Gap): string {
  return permission === undefined ? detail : `${detail} Needs ${permission}.`;
}
