import * as fc from 'fast-check';
import type { Assessment } from '../../src/core/assessment.ts';
import { isExempted } from '../../src/core/exemption.ts';
import { severities, type Finding, type Status } from '../../src/core/finding.ts';
import type { ComparedAssessment, ComparedFinding, Comparison } from '../../src/core/transition.ts';
import { exposure, subscriptionId } from './builders.ts';
import { assessed, exemptBy, found } from './histories.ts';

/** What a control says of a resource, and how it is exempted. */
export interface Said {
  readonly status: Status;
  readonly seen: number;
  readonly exempted: 'not' | 'active' | 'expired' | 'otherwise';
}

/** A resource by the findings of controls `a`, `b` and `c`, and who reaches it. */
export interface Being {
  readonly said: readonly Said[];
  readonly reach: 'internet' | 'closed' | 'unknown';
}

/** What is there at one time: by name of resource; null where there is none. */
export type World = Readonly<Record<string, Being | null>>;

/** What the baseline asks for, by control: a number; null where the control is off. */
export type Asked = Readonly<Record<string, number | null>>;

const controlIds = ['a', 'b', 'c'];
export const resourceNames = ['r', 's', 't'];

const said = fc.record<Said>({
  status: fc.constantFrom('pass', 'fail', 'unknown', 'fail', 'pass', 'unknown', 'notApplicable', 'manual'),
  seen: fc.constantFrom(1, 1, 1, 2),
  exempted: fc.constantFrom('not', 'not', 'not', 'active', 'expired', 'otherwise'),
});
const being = fc.record<Being>({ said: fc.tuple(said, said, said), reach: fc.constantFrom('internet', 'closed', 'unknown') });
export const world: fc.Arbitrary<World> = fc.record(Object.fromEntries(resourceNames.map(name => [name, fc.option(being, { freq: 4 })])));
export const asked: fc.Arbitrary<Asked> = fc.record(Object.fromEntries(controlIds.map(id => [id, fc.constantFrom(1, 1, 1, 1, 2, null)])));

export function resourceId(name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.DocumentDB/databaseAccounts/${name}`;
}

/** What a scan finds in a world under a baseline, of some resources. */
export function assessmentsOf(there: World, wanted: Asked, names: readonly string[] = resourceNames): Assessment[] {
  return names.flatMap(name => {
    const being = there[name];
    if (!being) return [];
    const findings = being.said.flatMap((each, index) => findingOf(name, controlIds[index] ?? '', each, wanted));
    return [assessed(findings, { resourceId: resourceId(name), name, exposure: exposure({ reach: being.reach, decidedBy: being.reach }) })];
  });
}

function findingOf(name: string, controlId: string, { status, seen, exempted }: Said, wanted: Asked): Finding[] {
  const version = wanted[controlId] ?? null;
  const severity = version === null ? undefined : severities[version];
  if (severity === undefined) return [];
  const exemption = { not: null, active: exemptBy(), expired: exemptBy({ state: 'expired' }), otherwise: exemptBy({ id: 'other' }) }[exempted];
  const isExempted = exemption !== null && (status === 'fail' || status === 'unknown');
  return [found(status, { seen, controlId, resourceId: resourceId(name), severity, ...(isExempted && { exemption }) })];
}

/** Rows of an emission, as far as they say what is there: by finding id and resource id; null for what is gone. */
export type Rows = ReadonlyMap<string, unknown>;

/** What the row of a finding says; of an unknown one without the details of its gaps. */
export function findingRow({ finding, since, failingSince }: Pick<ComparedFinding, 'finding' | 'since' | 'failingSince'>): unknown {
  const { controlId, status, severity, message, observed, gaps = [], exemption = null } = finding;
  const isUnknown = status === 'unknown';
  return { controlId, status, severity, message: isUnknown ? '' : message, observed, gaps: gaps.map(({ fact, reason }) => [fact, reason]), exemption, since, failingSince };
}

export function assessmentRow({ assessment, reachSince }: Pick<ComparedAssessment, 'assessment' | 'reachSince'>): unknown {
  const { name, location, score, exposure: exposed, findings } = assessment;
  return { name, location, score, reach: exposed?.reach, decidedBy: exposed?.decidedBy, reachSince, counts: findings.map(counted).toSorted() };
}

/** As what a finding counts in the row of its resource. */
function counted(finding: Finding): string {
  if (isExempted(finding)) return 'exempted';
  return finding.status === 'fail' ? `fail ${finding.severity}` : finding.status;
}

/** The rows that a sink writes: everything, or what is not unchanged; and what is gone. */
export function rowsOf({ assessments, gone, emission }: Comparison): Rows {
  const isWritten = ({ transition }: Pick<ComparedFinding, 'transition'>): boolean => emission === 'full' || transition !== 'unchanged';
  const rows = new Map<string, unknown>();
  for (const compared of assessments) {
    if (isWritten(compared)) rows.set(compared.assessment.resourceId, assessmentRow(compared));
    for (const finding of compared.findings.filter(isWritten)) rows.set(finding.finding.id, findingRow(finding));
  }
  for (const { resource, isGone, findings } of gone) {
    if (isGone) rows.set(resource.resourceId, null);
    for (const { id } of findings) rows.set(id, null);
  }
  return rows;
}
