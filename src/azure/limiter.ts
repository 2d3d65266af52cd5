import PQueue from 'p-queue';
import { subscriptionOf } from '../core/resource-id.ts';

/** Runs tasks under a limit for each subscription and one for all. A task that waits for its subscription holds no place of the limit for all. */
export interface Limiter {
  run<T>(path: string, task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** @param perSubscription fairness: ARM gives every subscription its own bucket, so one large one must not take all places */
export function limiter(overall: number, perSubscription: number): Limiter {
  const all = new PQueue({ concurrency: overall });
  const bySubscription = new Map<string, PQueue>();
  const queueFor = (path: string): PQueue => {
    const subscription = subscriptionOf(path) ?? 'tenant';
    const existing = bySubscription.get(subscription);
    if (existing) return existing;
    const queue = new PQueue({ concurrency: perSubscription });
    bySubscription.set(subscription, queue);
    return queue;
  };
  return {
    run: (path, task, signal) => queueFor(path).add(() => all.add(task, { signal }), { signal }),
  };
}
