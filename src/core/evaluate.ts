import type { Assessment, Resource } from './assessment.ts';
import type { Attestation } from './attestation.ts';
import type { Control, ControlInfo, EvaluationContext, Organisation } from './control.ts';
import { decisive, exemptionsFor, type ExemptionIndex } from './exemption.ts';
import type { Exposure } from './exposure.ts';
import { findingIds, type Finding, type Gap, type Outcome, type Severity } from './finding.ts';
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
  readonly exemptions?: ExemptionIndex;
  /** By control id. */
  readonly attestations?: ReadonlyMap<string, readonly Attestation[]>;
}

const nobody: readonly Attestation[] = [];

/** What a judge says of a control, the same for all resources. */
interface Asked extends ControlSettings {
  readonly context: EvaluationContext<unknown>;
}

const asked = new WeakMap<Judge, Map<ControlInfo, Asked>>();

function askedBy(judge: Judge, control: ControlInfo): Asked {
  const controls = asked.get(judge) ?? new Map<ControlInfo, Asked>();
  asked.set(judge, controls);
  const known = controls.get(control);
  if (known) return known;
  const { now, organisation } = judge;
  const settings = judge.settings(control);
  const made = { ...settings, context: { now, organisation, parameters: settings.parameters, attestations: judge.attestations?.get(control.id) ?? nobody } };
  controls.set(control, made);
  return made;
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
  const idOf = findingIds(resource.resourceId);
  for (const control of controls) {
    const { enabled, severity, context } = askedBy(judge, control);
    if (!enabled) continue;
    const outcome = outcomeOf(control, snapshot, context);
    findings.push(exempted(findingOf(idOf(control.id), control, severity, outcome), resource, judge));
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

/** Attaches the exemption that covers a finding, if it needs one. */
function exempted(finding: Finding, resource: Resource, { exemptions, now }: Judge): Finding {
  if (!exemptions || (finding.status !== 'fail' && finding.status !== 'unknown')) return finding;
  const exemption = decisive(exemptionsFor(exemptions, resource, finding.controlId), now);
  return exemption ? { ...finding, exemption } : finding;
}

function findingOf(id: string, { id: controlId, title, requirements }: ControlInfo, severity: Severity, outcome: Outcome): Finding {
  const { status } = outcome;
  switch (outcome.status) {
    case 'pass':
      return { id, controlId, severity, status, requirements, message: title, observed: outcome.observed, sources: outcome.sources };
    case 'fail':
      return { id, controlId, severity, status, requirements, message: outcome.message, observed: outcome.observed, sources: outcome.sources };
    case 'notApplicable':
      return { id, controlId, severity, status, requirements, message: outcome.because, observed: outcome.observed, sources: outcome.sources };
    case 'manual':
      return { id, controlId, severity, status, requirements, message: outcome.message, observed: outcome.observed, sources: [] };
    case 'unknown':
      return { id, controlId, severity, status, requirements, message: `Not known: ${[...new Set(outcome.gaps.map(inWords))].join(' ')}`, observed: {}, gaps: outcome.gaps, sources: [] };
  }
}

function inWords({ detail, permission }: Gap): string {
  return permission === undefined ? detail : `${detail} Needs ${permission}.`;
}
