import { randomUUID } from 'node:crypto';
import PQueue from 'p-queue';
import type { Arm } from '../azure/arm.ts';
import { version } from '../azure/user-agent.ts';
import type { Baseline } from '../baseline/standard.ts';
import type { Assessment } from '../core/assessment.ts';
import type { Judge } from '../core/evaluate.ts';
import { unknown } from '../core/fact.ts';
import type { ScanIdentity, ScanSummary, SubscriptionResult } from '../core/scan.ts';
import type { Sink } from '../sinks/sink.ts';
import { assessPerimeter } from './assess-perimeter.ts';
import { close } from './close.ts';
import { knowledge } from './knowledge.ts';
import { plan, type ScanScope } from './plan.ts';
import { scanSubscription } from './scan-subscription.ts';

export interface ScanSettings {
  readonly arm: Arm;
  readonly scope: ScanScope;
  readonly baseline: Baseline;
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

/**
 * One scan in one process: plan, scan each subscription, close. Results go to the sinks as they come; the closing
 * statement is made whatever happened on the way.
 * @throws Problem where the plan cannot be made
 */
export async function runScan({ arm, scope, baseline, concurrency, signal, sinks, clock = () => new Date(), onProgress }: ScanSettings): Promise<ScanReport> {
  const identity: ScanIdentity = { id: randomUUID(), startedAt: clock(), cloud: arm.cloud.name, version, baseline: baseline.label };
  const planned = await plan(arm, scope);
  const known = knowledge(arm, planned);
  const organisation = { ...baseline.organisation, cloud: arm.cloud.name, subscriptions: new Set(planned.visible.map(({ id }) => id)) };
  const judge: Judge = { now: identity.startedAt, organisation, settings: control => baseline.settings(control) };
  const results: SubscriptionResult[] = [];
  const scores: Assessment['score'][] = [];
  const progress = (last: SubscriptionResult | null): void => onProgress?.({ expected: planned.targets.length, done: results.length, accounts: scores.length, last });
  progress(null);
  const cannotWrite = (error: unknown): void =>
    known.note(unknown('failed', `Cannot write results: ${error instanceof Error ? error.message : String(error)}.`));
  const queue = new PQueue({ concurrency });
  await Promise.all(
    planned.targets.map(target =>
      queue.add(async () => {
        const { result, assessments } = await scanSubscription(target, { arm, knowledge: known, judge, signal, clock });
        results.push(result);
        scores.push(...assessments.map(({ score }) => score));
        await Promise.all(sinks.map(sink => sink.subscription(identity, result, assessments).catch(cannotWrite)));
        progress(result);
      }),
    ),
  );
  const perimeters = signal.aborted ? [] : (await known.perimeters()).map(record => assessPerimeter(record, judge));
  const summary = close({ identity, targets: planned.targets, results, scores, perimeters: perimeters.length, arm: arm.counters, gaps: known.gaps, finishedAt: clock() });
  for (const sink of sinks) await sink.close(summary, perimeters);
  return { summary, subscriptions: results.toSorted((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1)) };
}
