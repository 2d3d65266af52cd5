import { createDefaultHttpClient, RestError, type HttpClient, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { currentCapture, keep, refuseEndlessPages, type Capture } from './capture.ts';
import type { Meter } from './counters.ts';
import { MalformedAnswerError } from './errors.ts';
import { refuseUnlessAllowed, type Allowance } from './guard.ts';
import type { Limiter } from './limiter.ts';

export interface HttpClientSettings {
  readonly allowance: Allowance;
  readonly meter: Meter;
  readonly limiter: Limiter;
  /** Ends the whole scan. The SDKs pass a caller's signal with the first page only, so it is applied here. */
  readonly signal: AbortSignal;
  /** Longest time one request may take, milliseconds. */
  readonly attemptMs: number;
}

/**
 * The innermost place every request of every client passes, pages, redirects and retries included: it refuses what
 * is not allowed, keeps the limits, ends requests that hang, counts, and records what was on the wire.
 */
export function guardedHttpClient(settings: HttpClientSettings): HttpClient {
  const inner = createDefaultHttpClient();
  const { allowance, limiter, signal } = settings;
  return {
    async sendRequest(request) {
      refuseUnlessAllowed(request.method, request.url, allowance);
      const capture = currentCapture();
      const source = sourceOf(request);
      if (capture) capture.failure = null;
      if (capture && request.method === 'GET') refuseEndlessPages(capture, source);
      const response = await limiter.run(new URL(request.url).pathname, () => attempt(inner, request, settings), signal);
      return capture ? recorded(capture, response, source) : response;
    },
  };
}

function sourceOf({ method, url }: PipelineRequest): string {
  const { pathname, search } = new URL(url);
  return `${method} ${pathname}${search}`;
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

/**
 * Records an answer, and hands the SDK a page without its elements: they are read from the record, and one element
 * that the SDK's model cannot make sense of would cost all others.
 */
function recorded(capture: Capture, response: PipelineResponse, source: string): PipelineResponse {
  const { status, bodyAsText, headers } = response;
  if (status !== 200) {
    capture.failure = { status, ...errorIn(bodyAsText), source };
    return response;
  }
  const body = parsed(bodyAsText);
  if (typeof body !== 'object' || body === null) throw new MalformedAnswerError(`The answer is not JSON: ${beginning(bodyAsText) || '(empty)'}`, source);
  const nextLink = keep(capture, body, source);
  headers.set('content-type', 'application/json');
  return { ...response, bodyAsText: JSON.stringify({ value: [], nextLink }) };
}

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

const Told = z.object({ code: z.string().default(''), message: z.string().default('') });

/** Some providers do not wrap it in `error`. */
const ErrorInBody = z.union([z.object({ error: Told }).transform(({ error }) => error), Told.refine(({ code, message }) => code !== '' || message !== '')]);

/** The error's code and message; the beginning of the body where it is something else. */
function errorIn(text: string | null | undefined): { code: string; message: string } {
  const { success, data } = ErrorInBody.safeParse(parsed(text));
  return success ? data : { code: '', message: beginning(text) };
}

function beginning(text: string | null | undefined): string {
  const line = (text ?? '').replaceAll(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}
