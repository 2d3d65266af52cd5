import { randomUUID } from 'node:crypto';
import PQueue from 'p-queue';
import type { Arm } from '../azure/arm.ts';
import { version } from '../azure/user-agent.ts';
import { attestationWarnings } from '../baseline/attestations.ts';
import type { Baseline } from '../baseline/effective.ts';
import { exemptionUse } from '../baseline/exemptions.ts';
import { accountType, type Assessment } from '../core/assessment.ts';
import { unknown } from '../core/fact.ts';
import { Problem } from '../core/problem.ts';
import type { ScanIdentity, ScanSummary, SubscriptionResult } from '../core/scan.ts';
import type { Sink } from '../sinks/sink.ts';
import { assessPerimeter } from './assess-perimeter.ts';
import { assessTenants } from './assess-tenant.ts';
import { judgeBy } from './baseline.ts';
import { close } from './close.ts';
import { sawAllOf } from './exemption-scope.ts';
import { knowledge } from './knowledge.ts';
import { plan, type ScanScope } from './plan.ts';
import { scanSubscription } from './scan-subscription.ts';

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
  const exempted = exemptionUse(baseline.exemptions);
  const results: SubscriptionResult[] = [];
  const scores: Assessment['score'][] = [];
  const progress = (last: SubscriptionResult | null): void => onProgress?.({ expected: planned.targets.length, done: results.length, accounts: scores.length, last });
  progress(null);
  const write = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      known.note(unknown('failed', `Cannot write results: ${error instanceof Error ? error.message : String(error)}`));
    }
  };
  const queue = new PQueue({ concurrency });
  const deep = new PQueue({ concurrency: Math.ceil(concurrency / subscriptionsShare) });
  const inDepth = <T>(work: () => Promise<T>): Promise<T> => deep.add(work);
  await Promise.all(
    planned.targets.map(target =>
      queue.add(async () => {
        const { result, assessments } = await scanSubscription(target, { arm, knowledge: known, judge, signal, clock, inDepth });
        await Promise.all(sinks.map(sink => write(() => sink.subscription(identity, result, assessments))));
        results.push(result);
        for (const assessment of assessments) exempted.note(assessment);
        scores.push(...assessments.filter(({ resourceType }) => resourceType === accountType).map(({ score }) => score));
        progress(result);
      }),
    ),
  );
  if (signal.aborted) known.note(unknown('failed', 'The scan was ended before the perimeters were judged.'));
  const perimeters = signal.aborted ? [] : (await known.perimeters()).map(record => assessPerimeter(record, judge));
  for (const assessment of perimeters) exempted.note(assessment);
  const tenants = assessTenants(planned, judge);
  const finishedAt = clock();
  const summarise = (): ScanSummary => {
    const closed = close({ identity, targets: planned.targets, results, scores, perimeters: perimeters.length, arm: arm.counters, gaps: [...known.gaps], finishedAt });
    const ofExemptions = exempted.warnings(identity.startedAt, closed.complete ? sawAllOf(scope, planned) : () => false);
    return { ...closed, warnings: [...warnings, ...tenants.warnings, ...ofExemptions, ...attestationWarnings(baseline.attestations, identity.startedAt)] };
  };
  const closing = summarise();
  for (const sink of sinks) await write(() => sink.close(closing, [...perimeters, ...tenants.assessments]));
  // A sink that could not close is a gap too.
  const summary = summarise();
  return { summary, subscriptions: results.toSorted((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1)) };
}

/** A scan that could not even be planned says so: silence would look like a schedule that did not fire. */
async function closeWithoutPlan(sinks: readonly Sink[], identity: ScanIdentity, arm: Arm, problem: unknown, warnings: readonly string[], finishedAt: Date): Promise<void> {
  const detail = problem instanceof Error ? problem.message : String(problem);
  const closed = close({ identity, targets: [], results: [], scores: [], perimeters: 0, arm: arm.counters, gaps: [{ reason: 'failed', detail }], finishedAt });
  await Promise.allSettled(sinks.map(async sink => sink.close({ ...closed, warnings }, [])));
}
