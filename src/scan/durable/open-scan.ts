import { version } from '../../azure/user-agent.ts';
import { Problem } from '../../core/problem.ts';
import type { Sent } from '../../sinks/log-analytics/sink.ts';
import { standardBaseline } from '../baseline.ts';
import { openHistory, type History } from '../history.ts';
import { baselineOf } from '../load-baseline.ts';
import { openSession, type Session } from '../session.ts';
import { endingAt } from './ending.ts';
import { scanFiles, type ScanFiles } from './scan-files.ts';
import type { ScanPlan } from './scan-format.ts';
import { sharesOf } from './sent.ts';
import type { Worker } from './worker.ts';

/** A scan as one process takes part in it. */
export interface OpenScan {
  readonly plan: ScanPlan;
  readonly files: ScanFiles;
  readonly session: Session;
  /** What this process has sent since it was asked last. */
  sent(this: void): Sent;
  /** What is odd about this process's share. */
  readonly warnings: readonly string[];
}

/** @throws Problem where the plan is not there, or cannot be understood */
export async function openScan(worker: Worker, scanId: string): Promise<OpenScan> {
  const { settings, store, clock } = worker;
  const files = scanFiles(store, scanId);
  const plan = await files.plan();
  if (plan === null) throw new Problem(`The plan of scan ${scanId} is not there.`, 'Let all instances share one state (STATE_URL), and run the scan again.');
  const baseline = plan.baselineText === null ? standardBaseline : baselineOf(plan.baselineText);
  if (baseline === null) throw new Problem(`The baseline of scan ${scanId} is not understood by version ${version}; it was planned by ${plan.identity.version}.`, 'Let all instances run the same version, and run the scan again.');
  const opened = await openHistory(store, baseline, version, settings.fullEmissionHours);
  const sink = await worker.sink('leavesKept');
  const signal = endingAt(plan.deadline, clock());
  // The signal ends the scan; the connection's own deadline, right behind it, keeps waits from being begun in vain.
  const arm = worker.connect(signal, new Date(plan.deadline.getTime() + 1_000));
  const session = openSession({
    identity: plan.identity,
    scope: plan.scope,
    planned: plan.plan,
    baseline,
    arm,
    shared: plan.shared,
    history: historyOf(plan, opened.history),
    sinks: [sink],
    concurrency: settings.concurrency,
    signal,
    clock,
  });
  const mixed = version === plan.identity.version ? [] : [`Parts of the scan were judged by version ${version}: the app was updated meanwhile.`];
  return { plan, files, session, sent: sharesOf(sink), warnings: [...opened.warnings, ...mixed] };
}

/** All processes of a scan must agree on whether there was one before; only a scan of everything makes it so. */
function historyOf({ firstScan, isWhole }: ScanPlan, history: History | null): History | null {
  if (history === null || firstScan === null) return null;
  const { memories } = history;
  return { ...history, firstScan, isWhole, memories: isWhole ? memories : { ...memories, establish: async () => {} } };
}
