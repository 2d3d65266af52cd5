import type { ArmCounters } from '../core/scan.ts';

export interface Meter {
  /** `requests` counts what was sent, retries included; `throttled` answers 429; `retries` what was sent again. */
  readonly counters: ArmCounters;
  count(what: keyof ArmCounters): void;
}

export function meter(): Meter {
  const counters = { requests: 0, throttled: 0, retries: 0 };
  return {
    counters,
    count(what) {
      counters[what] += 1;
    },
  };
}
