import { setTimeout as delay } from 'node:timers/promises';
import { isRestError, type PipelinePolicy, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { addressOf } from './address.ts';
import type { Meter } from './counters.ts';
import type { Denials } from './denials.ts';
import { errorIn } from './error-body.ts';
import { ProviderUnreachableError, ThrottledError } from './errors.ts';
import { askedWait } from './told.ts';

export interface RetrySettings {
  /** How often a request is sent again. */
  readonly attempts: number;
  /** First wait where Azure names none, or a shorter one; doubles each time. Also the wait before a denial is believed. */
  readonly baseMs: number;
  /** Longest wait Azure may ask for; beyond, the datum is reported as throttled at once. */
  readonly longestWaitMs: number;
}

export const defaultRetry: RetrySettings = { attempts: 5, baseMs: 800, longestWaitMs: 60_000 };

export interface RetryOptions {
  /** Milliseconds until everything must be over: no wait is longer. */
  readonly timeLeft?: () => number;
  /** What a scan was denied so far; left out = every denial is believed. */
  readonly denials?: Denials;
  /** Whether a request is sent once and never again. */
  readonly isProbe?: (request: PipelineRequest) => boolean;
}

export const retryPolicyName = 'scanRetryPolicy';

/** What came of one attempt. */
type Outcome = { readonly response: PipelineResponse } | { readonly failure: unknown };

/**
 * Replaces the SDK's retry: it ignores a 429 without Retry-After, sleeps as long as Retry-After says (an hour, if it
 * says so), never reads Resource Graph's quota headers, and its wait outlives the scan on every page but the first.
 */
export function retryPolicy({ attempts, baseMs, longestWaitMs }: RetrySettings, meter: Meter, signal: AbortSignal, options: RetryOptions = {}): PipelinePolicy {
  const { timeLeft = () => Infinity, denials, isProbe = () => false } = options;
  const jittered = (milliseconds: number): number => Math.min(milliseconds * (0.75 + Math.random() / 2), longestWaitMs);
  return {
    name: retryPolicyName,
    async sendRequest(request, next) {
      // For the credential, which may be asked on every attempt.
      request.abortSignal ??= signal;
      const most = isProbe(request) ? 0 : attempts;
      let doubted = false;
      let before: Outcome | undefined;
      for (let attempt = 0; ; attempt += 1) {
        let outcome: Outcome;
        try {
          outcome = { response: await next(request) };
        } catch (failure) {
          outcome = { failure };
        }
        // The provider is left alone by now: what it said itself tells more.
        if (before && 'failure' in outcome && outcome.failure instanceof ProviderUnreachableError) return settled(before);
        const surprises: boolean = isSurprise(request, outcome, denials) && !doubted && !isProbe(request);
        if (!surprises && (attempt >= most || !isTransient(outcome))) return settled(outcome);
        doubted ||= surprises;
        const asked = 'response' in outcome && !surprises ? askedWait(outcome.response) : undefined;
        if (asked !== undefined && asked > Math.min(longestWaitMs, timeLeft())) throw new ThrottledError(asked);
        const wait = Math.max(asked ?? 0, jittered(surprises ? baseMs : baseMs * 2 ** attempt));
        if (wait > timeLeft()) return settled(outcome);
        meter.count('retries');
        await waited(wait, signal);
        before = outcome;
      }
    },
  };
}

function settled(outcome: Outcome): PipelineResponse {
  if ('failure' in outcome) throw outcome.failure;
  return outcome.response;
}

async function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** Each 403 counts, so that soon none is a surprise. */
function isSurprise({ method, url }: PipelineRequest, outcome: Outcome, denials: Denials | undefined): boolean {
  if (denials === undefined || !('response' in outcome) || outcome.response.status !== 403) return false;
  return denials.surprises(method, addressOf(url).path, errorIn(outcome.response.bodyAsText).code);
}

function isTransient(outcome: Outcome): boolean {
  return 'response' in outcome ? isTransientStatus(outcome.response.status) : isTransientFailure(outcome.failure);
}

export function isTransientStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** `PARSE_ERROR`: the connection broke in the middle of a body. */
const transientCodes = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'REQUEST_SEND_ERROR', 'PARSE_ERROR']);

/** Whether no answer came, for a reason that may pass. */
export function isTransientFailure(failure: unknown): boolean {
  return isRestError(failure) && failure.code !== undefined && transientCodes.has(failure.code);
}
