import type { Assessment } from '../core/assessment.ts';
import { isPublic, type Reach } from '../core/exposure.ts';
import { isExempted, type ExemptionCategory } from '../core/exemption.ts';
import { severities, type Finding, type Severity } from '../core/finding.ts';
import { printable } from '../sinks/formats/text.ts';
import type { Sink } from '../sinks/sink.ts';

/** An account in a list. */
export interface ListedAccount {
  readonly name: string;
  readonly subscription: string;
  readonly reach: Reach;
  readonly decidedBy: string;
  readonly explanation: string;
}

/** A control that fails somewhere and is not exempted there, and where. */
export interface FailingControl {
  readonly controlId: string;
  readonly severity: Severity;
  /** Resources it fails on. */
  readonly count: number;
  /** Names of some, the first in order. */
  readonly examples: readonly string[];
}

const mostExamples = 4;

/** What the table shows of a scan; small however large the estate, save for the accounts that are public or unknown. */
export interface Overview extends Sink {
  readonly reaches: ReadonlyMap<Reach, number>;
  readonly publicAccounts: readonly ListedAccount[];
  readonly unknownAccounts: readonly ListedAccount[];
  readonly failing: ReadonlyMap<string, FailingControl>;
  readonly unknownFindings: ReadonlyMap<string, number>;
  /** Findings outside the score by an active exemption. */
  readonly exempted: ReadonlyMap<ExemptionCategory, number>;
  /** Manual controls that wait for an attestation. */
  readonly unattested: readonly string[];
}

export function overview(): Overview {
  const reaches = new Map<Reach, number>();
  const publicAccounts: ListedAccount[] = [];
  const unknownAccounts: ListedAccount[] = [];
  const failing = new Map<string, FailingControl>();
  const unknownFindings = new Map<string, number>();
  const exempted = new Map<ExemptionCategory, number>();
  const unattested: string[] = [];

  const add = (assessment: Assessment, of: string): void => {
    const { exposure, findings } = assessment;
    const [name, subscription] = [printable(assessment.name), printable(of)];
    if (exposure) {
      const { reach } = exposure;
      const [decidedBy, explanation] = [printable(exposure.decidedBy), printable(exposure.explanation)];
      reaches.set(reach, (reaches.get(reach) ?? 0) + 1);
      if (isPublic(reach)) publicAccounts.push({ name, subscription, reach, decidedBy, explanation });
      if (reach === 'unknown') unknownAccounts.push({ name, subscription, reach, decidedBy, explanation });
    } else if (assessment.resourceType.toLowerCase() === 'microsoft.documentdb/databaseaccounts') {
      reaches.set('unknown', (reaches.get('unknown') ?? 0) + 1);
      unknownAccounts.push({ name, subscription, reach: 'unknown', decidedBy: 'not known', explanation: printable(findings[0]?.message ?? '') });
    }
    for (const finding of findings) addFinding(finding, name);
  };
  const addFinding = (finding: Finding, name: string): void => {
    const { controlId, severity, status, gaps, exemption } = finding;
    if (status === 'manual') unattested.push(controlId);
    const [gap] = gaps ?? [];
    if (gap) unknownFindings.set(gap.reason, (unknownFindings.get(gap.reason) ?? 0) + 1);
    if (exemption && isExempted(finding)) {
      exempted.set(exemption.category, (exempted.get(exemption.category) ?? 0) + 1);
    } else if (status === 'fail') {
      const { count, examples } = failing.get(controlId) ?? { count: 0, examples: [] };
      failing.set(controlId, { controlId, severity, count: count + 1, examples: withExample(examples, name) });
    }
  };
  return {
    reaches,
    publicAccounts,
    unknownAccounts,
    failing,
    unknownFindings,
    exempted,
    unattested,
    subscription: async (_scan, result, { assessments }) => assessments.forEach(({ assessment }) => add(assessment, result.name || result.subscriptionId)),
    close: async (_summary, { assessments }) => assessments.forEach(({ assessment }) => add(assessment, assessment.subscriptionId)),
  };
}

function withExample(examples: readonly string[], name: string): readonly string[] {
  const last = examples[mostExamples - 1];
  return last !== undefined && last <= name ? examples : [...examples, name].toSorted().slice(0, mostExamples);
}

/** Worst first; among equals the one that fails most often. */
export function worstFirst(failing: Iterable<FailingControl>): FailingControl[] {
  return [...failing].toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.count - a.count || (a.controlId < b.controlId ? -1 : 1));
}
