import { createDefaultHttpClient, RestError, type HttpClient, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import type { Meter } from './counters.ts';
import { refuseUnlessAllowed, type Allowance } from './guard.ts';
import type { Limiter } from './limiter.ts';

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
  /** Called when it is a request's turn, before it is sent; what it throws becomes of the request. */
  readonly check?: (request: PipelineRequest) => void;
  /** Gives a request its token when it is its turn: one that it was given before it had to wait might have expired. */
  readonly authorize?: (request: PipelineRequest, send: Send) => Promise<PipelineResponse>;
}

/**
 * The innermost place every request of every client passes, pages, redirects and retries included: it refuses what
 * is not allowed, keeps the limits, ends requests that hang, and counts.
 */
export function guardedHttpClient(settings: HttpClientSettings): HttpClient {
  const { allowance, limiter, meter, signal, inner = createDefaultHttpClient(), check, authorize = (request, send) => send(request) } = settings;
  return {
    async sendRequest(request) {
      refuseUnlessAllowed(request.method, request.url, allowance);
      return limiter.run(
        new URL(request.url).pathname,
        tell => {
          check?.(request);
          let sent = 0;
          return authorize(request, async authorized => {
            if ((sent += 1) > 1) meter.count('retries');
            const answer = await attempt(inner, authorized, settings);
            tell(answer);
            return answer;
          });
        },
        signal,
      );
    },
  };
}

async function attempt(inner: HttpClient, request: PipelineRequest, { meter, signal, attemptMs }: HttpClientSettings): Promise<PipelineResponse> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const end = (): void => controller.abort();
  signal.addEventListener('abort', end, { once: true });
  const timer = setTimeout(end, attemptMs);
  meter.count('requests');
  try {
    const response = await inner.sendRequest({ ...request, abortSignal: controller.signal });
    if (response.status === 429) meter.count('throttled');
    return response;
  } catch (error) {
    signal.throwIfAborted();
    if (controller.signal.aborted) throw new RestError(`No answer within ${attemptMs / 1000} s.`, { code: 'ETIMEDOUT', request });
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
