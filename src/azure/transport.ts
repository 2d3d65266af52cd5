import type { TokenCredential } from '@azure/core-auth';
import { proxyPolicy, redirectPolicy, type PipelinePolicy, type PipelineResponse } from '@azure/core-rest-pipeline';
import { breaker, defaultBreaker, type BreakerSettings } from './breaker.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Cloud, Environment } from './clouds.ts';
import { meter, type Meter } from './counters.ts';
import { endOf } from './deadline.ts';
import { denials } from './denials.ts';
import type { Allowance } from './guard.ts';
import { guarded, type Send } from './http-client.ts';
import { adaptiveLimiter } from './limiter.ts';
import { defaultPace, type PaceSettings } from './pace.ts';
import { providerGate } from './provider-policy.ts';
import { defaultRetry, retryPolicy, type RetrySettings } from './retry.ts';
import { tokenSource, withToken } from './tokens.ts';
import { wire } from './wire.ts';

export interface TransportSettings {
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  /** Ends the whole scan. */
  readonly signal: AbortSignal;
  /** When every wait and every request must be over; left out = when the signal says so. */
  readonly deadline?: Date;
  /** Requests in flight at once, over all subscriptions. */
  readonly concurrency: number;
  readonly retry?: RetrySettings;
  /** Longest time one request may take, milliseconds. */
  readonly attemptMs?: number;
  readonly pace?: Omit<PaceSettings, 'baseMs' | 'longestWaitMs'>;
  readonly breaker?: BreakerSettings;
  readonly clock?: Clock;
}

/** What all clients of a connection share: one way to Azure, with one token, one set of limits and one memory. */
export interface Transport {
  readonly meter: Meter;
  /** Every request passes it, whichever client makes it. */
  readonly send: Send;
  readonly allowance: Allowance;
}

/**
 * A request passes, from the outside: the breaker of its provider, the retries, redirects, the proxy's settings, the
 * guards, its turn in the limits, the breaker once more, the token, and the wire.
 */
export function transport(settings: TransportSettings): Transport {
  const { cloud, credential, concurrency, retry = defaultRetry, attemptMs = 30_000, clock = systemClock } = settings;
  const { signal, timeLeft } = endOf(settings.signal, settings.deadline, clock);
  const allowance: Allowance = { origin: cloud.armEndpoint, posts: [/^\/providers\/microsoft\.resourcegraph\/resources$/i] };
  const measured = meter();
  const gate = providerGate(breaker(settings.breaker ?? defaultBreaker, clock));
  const tokens = tokenSource(credential, cloud.armScope, signal);
  const limits = adaptiveLimiter({ overall: concurrency, pace: { ...defaultPace, ...settings.pace, baseMs: retry.baseMs, longestWaitMs: retry.longestWaitMs }, clock, timeLeft });
  const innermost = guarded(
    { allowance, meter: measured, limiter: limits, signal },
    { wire: wire(signal, attemptMs, concurrency), check: gate.check, authorize: (request, send) => withToken(tokens, request, send) },
  );
  const retrying = retryPolicy(retry, measured, signal, { timeLeft, denials: denials(), isProbe: gate.isProbe });
  const policies = [gate.policy, retrying, redirects, ...(usesProxy(process.env) ? [proxyPolicy()] : [])];
  // Put together once, and not for each request as the SDKs' pipelines are.
  const send = policies.reduceRight<Send>((next, policy) => request => policy.sendRequest(request, next), innermost);
  return { meter: measured, send, allowance };
}

const followed = redirectPolicy();

/** Redirects are rare: the SDKs' policy is asked where there is one. */
const redirects: PipelinePolicy = {
  name: followed.name,
  async sendRequest(request, next) {
    const response = await next(request);
    if (response.status < 300 || response.status > 399) return response;
    let first: PipelineResponse | null = response;
    return followed.sendRequest(request, async again => {
      const given = first ?? (await next(again));
      first = null;
      return given;
    });
  },
};

/** The variables that the SDKs' policy reads. */
function usesProxy(environment: Environment): boolean {
  return ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].some(name => environment[name] || environment[name.toLowerCase()]);
}
