import type { OrchestrationContext, Task } from 'durable-functions';
import type { ScanLine } from './line.ts';
import { failureOf, type BatchCounts, type BatchInput, type CloseInput, type CloseOutcome, type Failure, type PartInput, type PartOutcome, type PlanOutcome, type ScanInput } from './messages.ts';

/**
 * Subscriptions of one batch. An orchestrator runs again from its beginning whenever something it waits for is done:
 * few to a batch keep that history short, and many keep the batches few.
 */
const batchSize = 75;

const closeAttempts = 3;
const closePauseMs = 60_000;

/**
 * One scan over many instances: plan, one batch after the other at once, close. It is deterministic, as an orchestrator
 * must be: what it knows comes from its input, its context and what it waited for.
 * @see https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-code-constraints
 */
export function* scanOrchestration(context: OrchestrationContext): Generator<Task, ScanLine, unknown> {
  const input = context.df.getInput<ScanInput>();
  const { scanId } = input;
  context.df.setCustomStatus({ scanId, phase: 'planning' });
  const planned = yield* waited<PlanOutcome>(context.df.callActivity('plan-scan', input));
  if (planned.ok) {
    const { targets } = planned;
    if (!context.df.isReplaying) context.log('scan planned', { scanId, subscriptions: targets });
    context.df.setCustomStatus({ scanId, phase: 'scanning', subscriptions: targets });
    const batches = rangesOf(targets).map(([from, to]) => context.df.callSubOrchestrator('scan-batch', { scanId, from, to } satisfies BatchInput));
    const counts = yield* settled<BatchCounts>(context, batches);
    context.df.setCustomStatus({ scanId, phase: 'closing', subscriptions: targets, ...sumOf(counts) });
  }
  const line = yield* closed(context, { ...input, problem: planned.ok ? null : planned.problem });
  context.df.setCustomStatus({ scanId, phase: 'closed' });
  if (!context.df.isReplaying) context.log('scan finished', line);
  return line;
}

/** Scans some subscriptions at once. What they came to is in the state; what is counted here is for people who watch. */
export function* batchOrchestration(context: OrchestrationContext): Generator<Task, BatchCounts, unknown> {
  const { scanId, from, to } = context.df.getInput<BatchInput>();
  const activities = Array.from({ length: to - from }, (_, place) => context.df.callActivity('scan-subscription', { scanId, index: from + place } satisfies PartInput));
  const outcomes = yield* settled<PartOutcome>(context, activities);
  return sumOf(outcomes.map(outcome => ({ [outcome.ok ? outcome.outcome : 'unreported']: 1 })));
}

/**
 * Closes, whatever happened before: a scan without a closing row is a scan that nobody misses.
 * @throws Error where no attempt worked: the orchestration has failed then, which whoever watches the app sees
 */
function* closed(context: OrchestrationContext, input: CloseInput): Generator<Task, ScanLine, unknown> {
  let { problem } = input;
  for (let attempt = 1; attempt <= closeAttempts + 1; attempt += 1) {
    const outcome: CloseOutcome = yield* waited<CloseOutcome>(context.df.callActivity('close-scan', { ...input, problem } satisfies CloseInput));
    if (outcome.ok) return outcome.line;
    if (!context.df.isReplaying) context.warn('scan not closed', { scanId: input.scanId, attempt, problem: outcome.problem });
    // At last without what cannot be read: it then says that it failed.
    if (attempt === closeAttempts) problem ??= outcome.problem;
    if (attempt <= closeAttempts) yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + closePauseMs));
  }
  throw new Error(`Scan ${input.scanId} could not be closed; the log says why, attempt by attempt.`);
}

/** What an activity gave. One whose process was ended by the platform throws after all. */
function* waited<T>(task: Task): Generator<Task, T | Failure, unknown> {
  try {
    return (yield task) as T;
  } catch (error) {
    return failureOf(error);
  }
}

/**
 * What became of each of several tasks, in order. `Task.all` starts them at once and gives up when the first one fails;
 * the others go on, and are waited for one by one then.
 */
function* settled<T>(context: OrchestrationContext, tasks: Task[]): Generator<Task, readonly (T | Failure)[], unknown> {
  if (tasks.length === 0) return [];
  yield* waited(context.df.Task.all(tasks));
  const outcomes: (T | Failure)[] = [];
  for (const task of tasks) outcomes.push(yield* waited<T>(task));
  return outcomes;
}

function rangesOf(targets: number): readonly (readonly [from: number, to: number])[] {
  return Array.from({ length: Math.ceil(targets / batchSize) }, (_, place) => [place * batchSize, Math.min((place + 1) * batchSize, targets)] as const);
}

function sumOf(counts: readonly (BatchCounts | Failure)[]): BatchCounts {
  const sum: Partial<Record<keyof BatchCounts, number>> = {};
  for (const each of counts) {
    if ('ok' in each) continue;
    for (const [name, count] of Object.entries(each) as [keyof BatchCounts, number][]) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}
