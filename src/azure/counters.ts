import type { ArmCounters } from '../core/scan.ts';

export interface Meter {
  /** `requests` counts what was sent, retries included; `throttled` answers 429; `retries` what was sent again. */
  readonly counters: ArmCounters;
  count(this: void, what: keyof ArmCounters): void;
  /** What was counted since it was taken last. All that was taken adds up to `counters`. */
  take(this: void): ArmCounters;
}

export function meter(): Meter {
  const counters = { requests: 0, throttled: 0, retries: 0 };
  let taken: ArmCounters = { ...counters };
  return {
    counters,
    count(what) {
      counters[what] += 1;
    },
    take() {
      const { requests, throttled, retries } = taken;
      taken = { ...counters };
      return { requests: taken.requests - requests, throttled: taken.throttled - throttled, retries: taken.retries - retries };
    },
  };
}
