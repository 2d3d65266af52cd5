import { systemClock, type Clock } from './clock.ts';
import { DeadlineError } from './errors.ts';

/** How long a connection may go on. */
export interface End {
  /** Aborted by the caller, or at the deadline with a DeadlineError. */
  readonly signal: AbortSignal;
  /** Milliseconds until the deadline; Infinity without one. */
  timeLeft(this: void): number;
}

/**
 * When everything must be over.
 * @param signal the caller's own end
 * @param deadline on the clock on the wall; undefined = none
 */
export function endOf(signal: AbortSignal, deadline: Date | undefined, clock: Clock = systemClock, wall: () => number = Date.now): End {
  if (deadline === undefined) return { signal, timeLeft: () => Infinity };
  const at = clock.now() + deadline.getTime() - wall();
  const timeLeft = (): number => Math.max(0, at - clock.now());
  const controller = new AbortController();
  const end = (): void => {
    // A timer may be early, or too short for a deadline that is weeks away.
    if (timeLeft() > 0) clock.after(timeLeft(), end, 'idle');
    else controller.abort(new DeadlineError());
  };
  end();
  return { signal: AbortSignal.any([signal, controller.signal]), timeLeft };
}
