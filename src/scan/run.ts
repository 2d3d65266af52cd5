import { randomUUID } from 'node:crypto';
import PQueue from 'p-queue';
import type { Arm } from '../azure/arm.ts';
import { version } from '../azure/user-agent.ts';
import type { Baseline } from '../baseline/effective.ts';
import { unknown } from '../core/fact.ts';
import { Problem } from '../core/problem.ts';
import type { ScanIdentity, ScanSummary, SubscriptionResult } from '../core/scan.ts';
import type { Sink } from '../sinks/sink.ts';
import { assessPerimeter } from './assess-perimeter.ts';
import { assessTenants } from './assess-tenant.ts';
import { judgeBy } from './baseline.ts';
import { close } from './close.ts';
import { knowledge, type Knowledge } from './knowledge.ts';
import { plan, type ScanScope } from './plan.ts';
import { scanSubscription } from './scan-subscription.ts';
import type { ScanServices } from './services.ts';
import { tally } from './tally.ts';

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

export interface ScanReport {
  readonly summary: ScanSummary;
  readonly subscriptions: readonly SubscriptionResult[];
}

/** One subscription with accounts keeps some four requests in flight. */
const subscriptionsShare = 4;

/**
 * One scan in one process: plan, scan each subscription, close. Results go to the sinks as they come; the closing
 * statement is made whatever happened on the way.
 * @throws Problem where the plan cannot be made
 */
export async function runScan({ arm, scope, baseline, warnings = [], concurrency, signal, sinks, clock = () => new Date(), onProgress }: ScanSettings): Promise<ScanReport> {
  const identity: ScanIdentity = { id: randomUUID(), startedAt: clock(), cloud: arm.cloud.name, version, baseline: baseline.label };
  const planned = await plan(arm, scope).catch(async (error: unknown) => {
    const problem = signal.aborted ? new Problem('The scan was ended before it knew what to read.', 'Run it again.', error) : error;
    await closeWithoutPlan(sinks, identity, arm, problem, warnings, clock());
    throw problem;
  });
  const known = knowledge(arm, planned);
  const judge = judgeBy(baseline, identity.startedAt, arm, planned);
  const tenants = assessTenants(planned, judge);
  const tallied = tally({ identity, scope, planned, knowledge: known, arm, baseline, warnings: [...warnings, ...tenants.warnings] });
  const tell = (last: SubscriptionResult | null): void => onProgress?.({ expected: planned.targets.length, done: tallied.done, accounts: tallied.accounts, last });
  const write = (work: (sink: Sink) => Promise<void>): Promise<unknown> => Promise.all(sinks.map(sink => written(() => work(sink), known)));
  const queue = new PQueue({ concurrency });
  const deep = new PQueue({ concurrency: Math.ceil(concurrency / subscriptionsShare) });
  const services: ScanServices = { arm, knowledge: known, judge, signal, clock, inDepth: work => deep.add(work) };
  tell(null);
  await Promise.all(
    planned.targets.map(target =>
      queue.add(async () => {
        const { result, assessments } = await scanSubscription(target, services);
        await write(sink => sink.subscription(identity, result, assessments));
        tallied.add(result, assessments);
        tell(result);
      }),
    ),
  );
  if (signal.aborted) known.note(unknown('failed', 'The scan was ended before the perimeters were judged.'));
  const perimeters = signal.aborted ? [] : (await known.perimeters()).map(record => assessPerimeter(record, judge));
  tallied.addPerimeters(perimeters);
  const finishedAt = clock();
  const closing = tallied.summary(finishedAt);
  await write(sink => sink.close(closing, [...perimeters, ...tenants.assessments]));
  // A sink that could not close is a gap too.
  return { summary: tallied.summary(finishedAt), subscriptions: tallied.results() };
}

/** A sink that throws does not end a scan: what it could not take is a gap. */
async function written(work: () => Promise<void>, known: Knowledge): Promise<void> {
  try {
    await work();
  } catch (error) {
    known.note(unknown('failed', `Cannot write results: ${error instanceof Error ? error.message : String(error)}`));
  }
}

/** A scan that could not even be planned says so: silence would look like a schedule that did not fire. */
async function closeWithoutPlan(sinks: readonly Sink[], identity: ScanIdentity, arm: Arm, problem: unknown, warnings: readonly string[], finishedAt: Date): Promise<void> {
  const detail = problem instanceof Error ? problem.message : String(problem);
  const closed = close({ identity, targets: [], results: [], scores: [], perimeters: 0, arm: arm.counters, gaps: [{ reason: 'failed', detail }], finishedAt });
  await Promise.allSettled(sinks.map(async sink => sink.close({ ...closed, warnings }, [])));
}
