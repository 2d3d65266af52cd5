import type { Clock } from '../../src/azure/clock.ts';

/** Time that passes only when a test says so. */
export interface VirtualClock extends Clock {
  /** Lets so many milliseconds pass; what is due in between happens in order, with all that follows from it. */
  advance(this: void, milliseconds: number): Promise<void>;
  /** Lets time pass until nothing waits for it any more. */
  exhaust(this: void): Promise<void>;
  /** A request that takes so long. */
  sleep(this: void, milliseconds: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly call: () => void;
}

export function virtualClock(start = 1_000): VirtualClock {
  let now = start;
  const timers = new Set<Timer>();
  const happen = (): Promise<void> =>
    new Promise(resolve => {
      setImmediate(resolve);
    });
  const after = (milliseconds: number, call: () => void): (() => void) => {
    const timer = { at: now + milliseconds, call };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  const runUntil = async (end: number): Promise<void> => {
    await happen();
    for (;;) {
      const next = [...timers].toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) return;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.call();
      await happen();
    }
  };
  return {
    now: () => now,
    after,
    async advance(milliseconds) {
      const end = now + milliseconds;
      await runUntil(end);
      now = end;
    },
    exhaust: () => runUntil(Infinity),
    sleep: milliseconds =>
      new Promise(resolve => {
        after(milliseconds, resolve);
      }),
  };
}
