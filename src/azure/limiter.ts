import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { systemClock, type Clock } from './clock.ts';
import { ThrottledError } from './errors.ts';
import { defaultPace, pace, type Pace, type PaceSettings, type Sent } from './pace.ts';
import { quotaOwner } from './request-path.ts';
import { askedWait, remaindersIn, usedUpFor } from './told.ts';

/** What an answer tells those who wait. */
export type Answer = Pick<PipelineResponse, 'status' | 'headers'>;

/** Work that takes its turn, and tells each answer it gets to the others of the same owner. */
export type Task<T> = (tell: (answer: Answer) => void) => Promise<T>;

export interface Limiter {
  /**
   * Runs a task when it is its turn. A task that waits holds no place of the limit for all.
   * @param path whose quota it takes from
   * @throws ThrottledError where the owner has to wait longer than may be waited; the task was not run
   */
  run<T>(path: string, task: Task<T>, signal: AbortSignal): Promise<T>;
  /** Owners that something is known of: those with work, and those that Azure has slowed down. */
  readonly owners: number;
}

export interface LimiterSettings {
  /** In flight at once, over all owners. */
  readonly overall: number;
  readonly pace: PaceSettings;
  readonly clock?: Clock;
  /** Milliseconds until everything must be over. */
  readonly timeLeft?: () => number;
}

/** Limits that no answer changes: for a service that is asked for a few things. */
export function limiter(overall: number, perOwner: number): Limiter {
  const fixed: PaceSettings = { ...defaultPace, first: perOwner, most: perOwner };
  const inner = adaptiveLimiter({ overall, pace: fixed });
  return {
    get owners() {
      return inner.owners;
    },
    run: (path, task, signal) => inner.run(path, () => task(() => {}), signal),
  };
}

interface Waiter {
  readonly signal: AbortSignal;
  readonly start: () => void;
  readonly refuse: (reason: unknown) => void;
}

interface Owner {
  readonly name: string;
  readonly pace: Pace;
  waiting: Waiter[];
  inFlight: number;
  /** It waits for a timer, and needs no other. */
  wakes: boolean;
}

/** Above so many, owners that nothing is known of any more are forgotten. */
const rememberedOwners = 256;

/**
 * Limits that follow what Azure tells: each owner has a pace of its own, and owners take turns, so that one with much
 * to ask, or one that throttles, takes nothing from the others.
 */
export function adaptiveLimiter({ overall, pace: paceSettings, clock = systemClock, timeLeft = () => Infinity }: LimiterSettings): Limiter {
  const owners = new Map<string, Owner>();
  /** Owners that may have something to send, in turn. */
  const turns = new Set<Owner>();
  const heard = new WeakSet<AbortSignal>();
  let inFlight = 0;

  function ownerOf(path: string): Owner {
    const name = quotaOwner(path);
    const known = owners.get(name);
    if (known) return known;
    if (owners.size >= rememberedOwners) forgetIdle();
    const owner: Owner = { name, pace: pace(paceSettings), waiting: [], inFlight: 0, wakes: false };
    owners.set(name, owner);
    return owner;
  }

  function forgetIdle(): void {
    for (const owner of owners.values()) {
      if (owner.inFlight === 0 && owner.waiting.length === 0 && owner.pace.isAtRest(clock.now())) owners.delete(owner.name);
    }
  }

  /** Why an owner's requests are not worth waiting for; undefined where they are. */
  function refusal({ pace: { pause } }: Owner): ThrottledError | undefined {
    const now = clock.now();
    if (pause === null || pause.until <= now) return undefined;
    const isTooLong = pause.until - pause.since > paceSettings.longestWaitMs || pause.until - now > timeLeft();
    return isTooLong ? new ThrottledError(pause.askedMs) : undefined;
  }

  /** Starts what may start, one of each owner in turn. */
  function start(): void {
    for (const owner of turns) {
      if (inFlight >= overall) return;
      turns.delete(owner);
      if (owner.waiting.length === 0 || owner.inFlight >= owner.pace.window) continue;
      const wait = owner.pace.waitMs(clock.now());
      if (wait > 0) {
        wake(owner, wait);
        continue;
      }
      const next = owner.waiting.shift();
      // Behind all others: a set gives what was added while it is walked.
      turns.add(owner);
      next?.start();
    }
  }

  function wake(owner: Owner, wait: number): void {
    if (owner.wakes) return;
    owner.wakes = true;
    clock.after(wait, () => {
      owner.wakes = false;
      turns.add(owner);
      start();
    });
  }

  function learn(owner: Owner, path: string, sent: Sent, answer: Answer): void {
    const throttled = answer.status === 429 ? { askedMs: askedWait(answer) } : null;
    owner.pace.answered(sent, { at: clock.now(), throttled, usedUpForMs: usedUpFor(answer), remainders: remaindersIn(answer, path) });
    const refused = refusal(owner);
    if (refused) for (const waiter of owner.waiting.splice(0)) waiter.refuse(refused);
  }

  /** Its turn has come, and its place is taken when this settles. */
  function turn(owner: Owner, signal: AbortSignal): Promise<Sent> {
    return new Promise((resolve, reject) => {
      owner.waiting.push({ signal, start: () => resolve(take(owner)), refuse: reject });
      turns.add(owner);
      start();
    });
  }

  function take(owner: Owner): Sent {
    inFlight += 1;
    owner.inFlight += 1;
    return owner.pace.sent(clock.now(), owner.inFlight);
  }

  function giveBack(owner: Owner): void {
    inFlight -= 1;
    owner.inFlight -= 1;
    turns.add(owner);
    start();
  }

  /** One listener for a signal, not one for each that waits. */
  function hear(signal: AbortSignal): void {
    if (heard.has(signal)) return;
    heard.add(signal);
    const end = (): void => {
      for (const owner of owners.values()) {
        const { ended = [], others = [] } = Object.groupBy(owner.waiting, waiter => (waiter.signal === signal ? 'ended' : 'others'));
        owner.waiting = others;
        for (const waiter of ended) waiter.refuse(signal.reason);
      }
    };
    signal.addEventListener('abort', end, { once: true });
  }

  return {
    get owners() {
      return owners.size;
    },
    async run(path, task, signal) {
      signal.throwIfAborted();
      const owner = ownerOf(path);
      const refused = refusal(owner);
      if (refused) throw refused;
      hear(signal);
      const sent = await turn(owner, signal);
      try {
        return await task(answer => learn(owner, path, sent, answer));
      } finally {
        giveBack(owner);
      }
    },
  };
}
