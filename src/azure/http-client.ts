import { createDefaultHttpClient, RestError, type HttpClient, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { addressOf } from './address.ts';
import type { Meter } from './counters.ts';
import { refuseUnlessAllowed, type Allowance } from './guard.ts';
import type { Limiter } from './limiter.ts';
import type { Wire } from './wire.ts';

/** Sends a request as it is. */
export type Send = (request: PipelineRequest) => Promise<PipelineResponse>;

export interface HttpClientSettings {
  readonly allowance: Allowance;
  readonly meter: Meter;
  readonly limiter: Limiter;
  /** Ends the whole scan. The SDKs pass a caller's signal with the first page only, so it is applied here. */
  readonly signal: AbortSignal;
  /** Longest time one request may take, milliseconds. */
  readonly attemptMs: number;
  /** What sends the requests that are allowed; left out = the SDKs' own client. */
  readonly inner?: HttpClient;
}

/** What comes between a request whose turn it is and the wire. */
export interface Turn {
  /** Sends it, and ends by itself when the scan does. */
  readonly wire: Wire;
  /** What it throws becomes of the request. */
  check(this: void, request: PipelineRequest): void;
  /** Gives it its token: one that it was given before it had to wait might have expired. */
  authorize(this: void, request: PipelineRequest, send: Send): Promise<PipelineResponse>;
}

/**
 * The innermost place every request of every client passes, pages, redirects and retries included: it refuses what
 * is not allowed, keeps the limits, ends requests that hang, and counts.
 */
export function guardedHttpClient(settings: HttpClientSettings): HttpClient {
  const { inner = createDefaultHttpClient() } = settings;
  const send = guarded(settings, { wire: request => attempt(inner, request, settings), check: () => {}, authorize: (request, next) => next(request) });
  return { sendRequest: send };
}

/** The same for clients that share more than limits. */
export function guarded({ allowance, limiter, meter, signal }: Omit<HttpClientSettings, 'attemptMs' | 'inner'>, { wire, check, authorize }: Turn): Send {
  return async request => {
    refuseUnlessAllowed(request.method, request.url, allowance);
    return await limiter.run(
      addressOf(request.url).path,
      tell => {
        check(request);
        let times = 0;
        return authorize(request, async authorized => {
          meter.count('requests');
          if ((times += 1) > 1) meter.count('retries');
          const answer = await wire(authorized);
          if (answer.status === 429) meter.count('throttled');
          tell(answer);
          return answer;
        });
      },
      signal,
    );
  };
}

async function attempt(inner: HttpClient, request: PipelineRequest, { signal, attemptMs }: HttpClientSettings): Promise<PipelineResponse> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const end = (): void => controller.abort();
  signal.addEventListener('abort', end, { once: true });
  const timer = setTimeout(end, attemptMs);
  try {
    return await inner.sendRequest({ ...request, abortSignal: controller.signal });
  } catch (error) {
    signal.throwIfAborted();
    if (controller.signal.aborted) throw new RestError(`No answer within ${attemptMs / 1000} s.`, { code: 'ETIMEDOUT', request });
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
