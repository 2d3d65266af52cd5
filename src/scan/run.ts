import { randomUUID } from 'node:crypto';
import PQueue from 'p-queue';
import type { Arm } from '../azure/arm.ts';
import { version } from '../azure/user-agent.ts';
import type { Baseline } from '../baseline/effective.ts';
import { Problem } from '../core/problem.ts';
import type { ScanIdentity, SubscriptionResult } from '../core/scan.ts';
import type { Sink } from '../sinks/sink.ts';
import { closeScan, type ScanReport } from './close-scan.ts';
import { closeWithoutPlan } from './close-without-plan.ts';
import type { History } from './history.ts';
import type { ScanPart } from './part.ts';
import { plan, scopeKindOf, type ScanScope } from './plan.ts';
import { scanPart } from './scan-part.ts';
import { openSession } from './session.ts';

export interface ScanSettings {
  readonly arm: Arm;
  readonly scope: ScanScope;
  readonly baseline: Baseline;
  /** What was noticed before the scan, for its closing statement. */
  readonly warnings?: readonly string[];
  /** Subscriptions in work at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly sinks: readonly Sink[];
  /** What is known of earlier scans; left out = nothing is, and nothing is kept. */
  readonly history?: History | null;
  readonly clock?: () => Date;
  /** Called when the plan is made and after each subscription. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly expected: number;
  readonly done: number;
  readonly accounts: number;
  readonly last: SubscriptionResult | null;
}

/**
 * One scan in one process: plan, scan each subscription, close. Results go to the sinks as they come; the closing
 * statement is made whatever happened on the way.
 * @throws Problem where the plan cannot be made
 */
export async function runScan(settings: ScanSettings): Promise<ScanReport> {
  const { arm, scope, baseline, warnings = [], concurrency, signal, sinks, history = null, clock = () => new Date(), onProgress } = settings;
  const identity: ScanIdentity = { id: randomUUID(), startedAt: clock(), cloud: arm.cloud.name, version, baseline: baseline.label, scope: scopeKindOf(scope) };
  const planned = await plan(arm, scope).catch(async (error: unknown) => {
    const problem = signal.aborted ? new Problem('The scan was ended before it knew what to read.', 'Run it again.', error) : error;
    await closeWithoutPlan({ sinks, identity, arm: arm.counters, problem, warnings, finishedAt: clock() });
    throw problem;
  });
  const session = openSession({ identity, scope, planned, baseline, arm, shared: null, history, sinks, concurrency, signal, clock });
  const queue = new PQueue({ concurrency });
  const parts: ScanPart[] = [];
  let accounts = 0;
  const tell = (last: SubscriptionResult | null): void => onProgress?.({ expected: planned.targets.length, done: parts.length, accounts, last });
  tell(null);
  await Promise.all(
    planned.targets.map(target =>
      queue.add(async () => {
        const part = await scanPart(session, target);
        parts.push(part);
        accounts += part.scores.length;
        tell(part.result);
      }),
    ),
  );
  return closeScan(session, parts, warnings);
}
