import { systemClock, type Clock } from './clock.ts';
import { ProviderUnreachableError } from './errors.ts';

/**
 * When a resource provider is left alone.
 *
 * What an outage of one provider costs a scan at most: `failures` requests that go through all their retries, and
 * after that one attempt every `openMs`, which only the subscription that makes it waits for. With the default retries
 * (six attempts of at most 30 s, waits of at most 31 s in all) a request takes 211 s where the provider is silent and
 * 31 s where it answers 503 at once. Requests of several accounts and subscriptions fail side by side, so an outage
 * costs about 4 minutes; where they come one after another, `failures` times 211 s, 18 minutes. Then every request to
 * that provider fails at once, and those to other providers never wait for it.
 */
export interface BreakerSettings {
  /** Requests in a row without an answer, retries included, after which a provider is not asked any more. */
  readonly failures: number;
  /** How long it is left alone before one request asks again, milliseconds. */
  readonly openMs: number;
}

/** @see https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker */
export const defaultBreaker: BreakerSettings = { failures: 5, openMs: 30_000 };

/** What came of a request after its retries. `neither` says nothing about the provider: refused or throttled by Resource Manager, given up by us. */
export type Ending = 'answered' | 'unanswered' | 'neither';

/** Circuit breakers of the resource providers of a cloud. */
export interface Breaker {
  /**
   * Lets a request begin, which must then `end`.
   * @returns `probe` for the one request that finds out whether a provider answers again
   * @throws ProviderUnreachableError where the provider is left alone
   */
  begin(provider: string): 'request' | 'probe';
  end(provider: string, as: 'request' | 'probe', ending: Ending): void;
  /** @throws ProviderUnreachableError where the provider is left alone, for a request that began before */
  check(provider: string): void;
}

interface State {
  unanswered: number;
  /** Null = it is asked. */
  openUntil: number | null;
  probing: boolean;
}

export function breaker({ failures, openMs }: BreakerSettings = defaultBreaker, clock: Clock = systemClock): Breaker {
  const states = new Map<string, State>();
  // Of providers that answer nothing is kept: most of the time of all of them.
  const stateOf = (provider: string): State | undefined => (states.size === 0 ? undefined : states.get(provider.toLowerCase()));
  const refusal = (provider: string, { unanswered, openUntil }: State): Error => new ProviderUnreachableError(provider, unanswered, Math.max(0, (openUntil ?? 0) - clock.now()));
  return {
    begin(provider) {
      const state = stateOf(provider);
      if (state === undefined || state.openUntil === null) return 'request';
      if (state.probing || clock.now() < state.openUntil) throw refusal(provider, state);
      state.probing = true;
      return 'probe';
    },
    end(provider, as, ending) {
      const state = stateOf(provider) ?? { unanswered: 0, openUntil: null, probing: false };
      if (as === 'probe') state.probing = false;
      if (ending === 'answered' && states.size > 0) states.delete(provider.toLowerCase());
      if (ending !== 'unanswered') return;
      states.set(provider.toLowerCase(), state);
      state.unanswered += 1;
      const opens = as === 'probe' || (state.openUntil === null && state.unanswered >= failures);
      if (opens) state.openUntil = clock.now() + openMs;
    },
    check(provider) {
      const state = stateOf(provider);
      if (state !== undefined && state.openUntil !== null) throw refusal(provider, state);
    },
  };
}
