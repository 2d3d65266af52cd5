import type { ArmCounters, ScanIdentity, ScanSummary } from '../core/scan.ts';
import type { Sink } from '../sinks/sink.ts';
import { close } from './close.ts';
import { nothing } from './scan-part.ts';

export interface Unplanned {
  readonly sinks: readonly Sink[];
  readonly identity: ScanIdentity;
  readonly arm: ArmCounters;
  readonly problem: unknown;
  readonly warnings: readonly string[];
  readonly finishedAt: Date;
}

/** A scan that could not even be planned says so: silence would look like a schedule that did not fire. */
export async function closeWithoutPlan({ sinks, identity, arm, problem, warnings, finishedAt }: Unplanned): Promise<ScanSummary> {
  const detail = problem instanceof Error ? problem.message : String(problem);
  const closed = close({ identity, targets: [], results: [], scores: [], perimeters: 0, findings: 0, findingRows: 0, arm, gaps: [{ reason: 'failed', detail }], finishedAt });
  const summary = { ...closed, warnings };
  await Promise.allSettled(sinks.map(async sink => sink.close(summary, nothing, new Map())));
  return summary;
}
