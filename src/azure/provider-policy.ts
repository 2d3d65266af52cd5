import type { PipelinePolicy, PipelineRequest } from '@azure/core-rest-pipeline';
import { addressOf } from './address.ts';
import type { Breaker, Ending } from './breaker.ts';
import { isTransientFailure, isTransientStatus } from './retry.ts';

/** Requests on their way to providers that may be out of order. */
export interface ProviderGate {
  /** Goes outside the retries: what counts is what came of a request in the end. */
  readonly policy: PipelinePolicy;
  /** Whether a request is the one that finds out if a provider answers again. */
  isProbe(this: void, request: PipelineRequest): boolean;
  /**
   * For a request whose turn it is: much may have happened while it waited.
   * @throws ProviderUnreachableError
   */
  check(this: void, request: PipelineRequest): void;
}

/** Puts a breaker between requests and resource providers. What Resource Manager itself answers passes freely. */
export function providerGate(breaker: Breaker): ProviderGate {
  const probes = new WeakSet<PipelineRequest>();
  return {
    policy: {
      name: 'providerBreakerPolicy',
      async sendRequest(request, next) {
        const provider = providerOf(request);
        if (provider === null) return await next(request);
        const as = breaker.begin(provider);
        if (as === 'probe') probes.add(request);
        let ending: Ending = 'neither';
        try {
          const response = await next(request);
          ending = endingOf(response.status);
          return response;
        } catch (error) {
          if (isTransientFailure(error)) ending = 'unanswered';
          throw error;
        } finally {
          breaker.end(provider, as, ending);
        }
      },
    },
    isProbe: request => probes.has(request),
    check(request) {
      const provider = providerOf(request);
      if (provider !== null && !probes.has(request)) breaker.check(provider);
    },
  };
}

function providerOf({ url }: PipelineRequest): string | null {
  return addressOf(url).provider;
}

/** 401, 403 and 429 come from Resource Manager, in front of the provider. */
function endingOf(status: number): Ending {
  if (status === 401 || status === 403 || status === 429) return 'neither';
  return isTransientStatus(status) ? 'unanswered' : 'answered';
}
