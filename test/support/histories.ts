import type { Assessment } from '../../src/core/assessment.ts';
import { compare, type CompareContext, type Compared } from '../../src/core/compare.ts';
import type { AppliedExemption } from '../../src/core/exemption.ts';
import { findingId, severities, type Finding, type Status } from '../../src/core/finding.ts';
import type { Memory } from '../../src/core/memory.ts';
import { scoreOf } from '../../src/core/score.ts';
import { exposure, accountId } from './builders.ts';
import { assessment, finding } from './results.ts';

export const control = 'local-auth-disabled';

/** The time of the scan of that number, an hour after the one before. */
export function scanTime(scan: number): Date {
  return new Date(Date.UTC(2026, 10, 20, scan));
}

/** A finding of the control as the status has it. `seen` is what differs between findings of one status. */
export function found(status: Status, { seen = 1, controlId = control, resourceId = accountId, ...differences }: Partial<Finding> & { readonly seen?: number; readonly resourceId?: string } = {}): Finding {
  const common = { id: findingId(resourceId, controlId), controlId, severity: severities[0], status };
  if (status === 'unknown') {
    const gap = { fact: 'account', reason: seen % 2 === 1 ? 'denied' : 'throttled', detail: 'Cannot read the account.' } as const;
    return finding({ ...common, message: 'Not known: Cannot read the account.', observed: {}, sources: [], gaps: [gap], ...differences });
  }
  const message = status === 'pass' ? `${controlId} holds.` : `It is ${status} by ${seen}.`;
  return finding({ ...common, message, observed: { seen }, ...differences });
}

export function exemptBy(differences: Partial<AppliedExemption> = {}): AppliedExemption {
  return { id: 'legacy', category: 'accepted-risk', reason: 'It moves in spring.', owner: 'data@contoso.com', expiresOn: '2026-12-31', state: 'active', ...differences };
}

/** An assessment with these findings, and the score and reach that follow. */
export function assessed(findings: readonly Finding[], differences: Partial<Assessment> = {}): Assessment {
  const { exposure: exposed = exposure() } = differences;
  return assessment({ score: scoreOf(findings, exposed?.reach ?? null), exposure: exposed, findings, ...differences });
}

export function context(scan: number, differences: Partial<CompareContext> = {}): CompareContext {
  return { scanTime: scanTime(scan), judgedBy: () => 'as before', firstScan: false, covers: () => true, ...differences };
}

/** One scan: what it found; null where it did not cover anything. `firstScan` is the scan of number 0. */
export interface Step {
  readonly found: readonly Assessment[] | null;
  readonly judgedBy?: string;
}

/** Scans one after the other, each with what the one before left. */
export function scans(steps: readonly Step[]): readonly Compared[] {
  let memory: Memory | null = null;
  return steps.map(({ found: assessments, judgedBy = 'as before' }, scan) => {
    const compared = compare(memory, assessments ?? [], context(scan, { firstScan: scan === 0, judgedBy: () => judgedBy, covers: () => assessments !== null }));
    memory = compared.next;
    return compared;
  });
}
