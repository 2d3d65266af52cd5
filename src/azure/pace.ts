import type { Remainder } from './told.ts';

/**
 * How fast the requests of one quota owner go: a subscription, the tenant, Resource Graph.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling#subscription-and-tenant-limits
 */
export interface PaceSettings {
  /** In flight at once, as long as nothing is known. */
  readonly first: number;
  /** In flight at once, at most. */
  readonly most: number;
  /** Requests a second that Azure gives back: 25 reads for a subscription and for a tenant. */
  readonly refillPerSecond: number;
  /**
   * From this remainder on, requests are sent no faster than Azure gives back. A fifth of Azure's bucket of 250, left to
   * the identity's other programs, and more than `most`: what is in flight when a remainder is told still fits.
   */
  readonly reserve: number;
  /** The wait after a 429 that names none, milliseconds. Doubles with each in a row. */
  readonly baseMs: number;
  /**
   * Longest wait, milliseconds: what Azure asks for, and how long an owner may answer nothing but 429. An owner that
   * wants more is not waited for.
   */
  readonly longestWaitMs: number;
}

export const defaultPace: PaceSettings = { first: 12, most: 32, refillPerSecond: 25, reserve: 50, baseMs: 800, longestWaitMs: 60_000 };

/** When a request was sent, and whether it filled the window: only then does its answer say that more would fit. */
export interface Sent {
  readonly at: number;
  readonly fills: boolean;
}

/** What an answer says about the pace. Times are of one clock, in milliseconds. */
export interface Told {
  readonly at: number;
  /** A 429, with the wait it asks for where it names one. */
  readonly throttled: { readonly askedMs: number | undefined } | null;
  /** The quota is used up, although this request was answered. */
  readonly usedUpForMs: number | undefined;
  readonly remainders: readonly Remainder[];
}

/** An owner that has been told to wait. */
export interface Pause {
  readonly until: number;
  /** What Azure asked for, milliseconds. */
  readonly askedMs: number;
  /** Since when no other answer has come. */
  readonly since: number;
}

export interface Pace {
  /** How many may be in flight now: grows by one with each window of answers, halves with a 429. */
  readonly window: number;
  /** Null where nobody has to wait. It may be over. */
  readonly pause: Pause | null;
  /** Milliseconds until the next request may be sent; 0 = now. */
  waitMs(now: number): number;
  sent(now: number, inFlight: number): Sent;
  answered(sent: Sent, told: Told): void;
  /** Whether nothing is known that a new pace would have to learn again. */
  isAtRest(now: number): boolean;
}

/** Additive increase, multiplicative decrease, and a reserve. It knows no timer and no request. */
export function pace({ first, most, refillPerSecond, reserve, baseMs, longestWaitMs }: PaceSettings): Pace {
  let window = first;
  let earned = 0;
  let pause: Pause | null = null;
  /** Requests that were sent before say nothing about the pace since. */
  let changedAt = -Infinity;
  let throttledInARow = 0;
  let lastSentAt = -Infinity;
  /** Remainders below the reserve, by quota. */
  const low = new Map<string, { readonly left: number; readonly at: number }>();

  function isLow(now: number): boolean {
    for (const [quota, { left, at }] of low) if (left + ((now - at) / 1000) * refillPerSecond > reserve) low.delete(quota);
    return low.size > 0;
  }

  function pauseFor(askedMs: number, at: number, since: number, capMs = askedMs): void {
    const until = at + Math.min(askedMs, capMs);
    if (pause === null || pause.until < until) pause = { until, askedMs, since };
  }

  function throttle(sent: Sent, at: number, asked: number | undefined): void {
    // What was in flight together is throttled together: one reason to slow down.
    const isNew = sent.at >= changedAt;
    if (isNew) {
      throttledInARow += 1;
      window = Math.max(1, Math.floor(window / 2));
      earned = 0;
      changedAt = at;
    }
    const own = Math.min(baseMs * 2 ** Math.max(0, throttledInARow - 1), longestWaitMs);
    pauseFor(asked === undefined ? own : Math.max(asked, Math.min(own, baseMs)), at, pause?.since ?? at);
    low.set('reads', { left: 0, at });
  }

  function earn({ at, fills }: Sent, toldAt: number): void {
    if (pause !== null) pause = at >= pause.until ? null : { ...pause, since: toldAt };
    if (at < changedAt) return;
    throttledInARow = 0;
    if (!fills || window >= most) return;
    earned += 1;
    if (earned < window) return;
    window += 1;
    earned = 0;
  }

  return {
    get window() {
      return window;
    },
    get pause() {
      return pause;
    },
    waitMs(now) {
      const paused = pause === null ? 0 : pause.until - now;
      const paced = isLow(now) ? lastSentAt + 1000 / refillPerSecond - now : 0;
      return Math.max(0, paused, paced);
    },
    sent(now, inFlight) {
      lastSentAt = now;
      return { at: now, fills: inFlight >= window };
    },
    answered(sent, { at, throttled, usedUpForMs, remainders }) {
      for (const { quota, left } of remainders) {
        if (left <= reserve) low.set(quota, { left, at });
        else low.delete(quota);
      }
      if (throttled) throttle(sent, at, throttled.askedMs);
      else earn(sent, at);
      // Nobody was refused yet: the wait is as long as may be, and then somebody tries.
      if (usedUpForMs !== undefined) pauseFor(usedUpForMs, at, at, longestWaitMs);
    },
    isAtRest: now => (pause === null || pause.until <= now) && !isLow(now),
  };
}
