/** Time as waits need it: it only goes forward, and tests can let it pass. */
export interface Clock {
  /** Milliseconds since any moment. */
  now(this: void): number;
  /**
   * Calls once, so many milliseconds later. The result cancels it.
   * @param wait `idle`: a process that has nothing else to do does not wait for it
   */
  after(this: void, milliseconds: number, call: () => void, wait?: 'idle'): () => void;
}

/** A longer timer fires at once. @see https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestTimer = 2 ** 31 - 1;

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, call, wait) {
    const timer = setTimeout(call, Math.min(milliseconds, longestTimer));
    if (wait === 'idle') timer.unref();
    return () => clearTimeout(timer);
  },
};
