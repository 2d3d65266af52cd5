import { version } from '../../azure/user-agent.ts';
import { Problem } from '../../core/problem.ts';
import type { ScanIdentity } from '../../core/scan.ts';
import { openHistory } from '../history.ts';
import { readTenant } from '../knowledge.ts';
import { plan, scopeKindOf } from '../plan.ts';
import { endingAt } from './ending.ts';
import type { PlanOutcome, ScanInput } from './messages.ts';
import { scopeOf } from './request.ts';
import { scanFiles } from './scan-files.ts';
import type { Worker } from './worker.ts';

/**
 * Makes the plan of a scan and reads what all its processes need to know, once for all of them; sends what earlier scans
 * kept. Where the plan is there already, from a time before, it holds.
 * @throws Problem where the plan cannot be made, or not be kept
 */
export async function planScan(worker: Worker, { scanId, startedAt: at, request, warnings }: ScanInput): Promise<PlanOutcome> {
  const { settings, store, clock } = worker;
  const files = scanFiles(store, scanId);
  const before = await files.plan();
  if (before) return { ok: true, targets: before.plan.targets.length };
  const startedAt = new Date(at);
  const deadline = new Date(startedAt.getTime() + settings.deadlineMinutes * 60_000);
  const signal = endingAt(deadline, clock());
  const scope = scopeOf(request, settings.scope);
  const read = async () => {
    const loaded = await worker.baseline(signal);
    const { history, warnings: ofHistory } = await openHistory(store, loaded.baseline, version, settings.fullEmissionHours);
    const arm = worker.connect(signal, deadline);
    const planned = await plan(arm, scope);
    const shared = await readTenant(arm, planned);
    return {
      plan: planned,
      shared,
      baseline: loaded.baseline,
      baselineText: loaded.text,
      firstScan: history?.firstScan ?? null,
      warnings: [...warnings, ...loaded.warnings, ...ofHistory],
      arm: { ...arm.counters },
    };
  };
  const [sink, { baseline, ...made }] = await Promise.all([worker.sink('sendsKept'), read()]).catch((error: unknown) => {
    throw signal.aborted ? new Problem('The scan was ended before it knew what to read.', 'Raise SCAN_DEADLINE_MINUTES.', error) : error;
  });
  const identity: ScanIdentity = { id: scanId, startedAt, cloud: settings.cloud.name, version, baseline: baseline.label, scope: scopeKindOf(scope) };
  const kept = await files.keepPlan({ ...made, identity, scope, isWhole: request.kind === 'tenant', deadline, sent: sink.sent() });
  return { ok: true, targets: kept.plan.targets.length };
}
