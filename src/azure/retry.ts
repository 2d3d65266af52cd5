import { setTimeout as delay } from 'node:timers/promises';
import { isRestError, type PipelinePolicy, type PipelineResponse } from '@azure/core-rest-pipeline';
import { ThrottledError } from './errors.ts';
import type { Meter } from './counters.ts';

export interface RetrySettings {
  /** How often a request is sent again. */
  readonly attempts: number;
  /** First wait where Azure names none, or a shorter one; doubles each time. */
  readonly baseMs: number;
  /** Longest wait Azure may ask for; beyond, the datum is reported as throttled at once. */
  readonly longestWaitMs: number;
}

export const defaultRetry: RetrySettings = { attempts: 5, baseMs: 800, longestWaitMs: 60_000 };

export const retryPolicyName = 'scanRetryPolicy';

/**
 * Replaces the SDK's retry: it ignores a 429 without Retry-After, sleeps as long as Retry-After says (an hour, if it
 * says so), never reads Resource Graph's quota headers, and its wait outlives the scan on every page but the first.
 */
export function retryPolicy({ attempts, baseMs, longestWaitMs }: RetrySettings, meter: Meter, signal: AbortSignal): PipelinePolicy {
  return {
    name: retryPolicyName,
    async sendRequest(request, next) {
      // For the credential, which is asked on every attempt.
      request.abortSignal ??= signal;
      for (let attempt = 0; ; attempt += 1) {
        let response: PipelineResponse | undefined;
        let failure: unknown;
        try {
          response = await next(request);
        } catch (error) {
          failure = error;
        }
        const again = attempt < attempts && (response ? isTransient(response.status) : isTransientFailure(failure));
        if (response && !again) return response;
        if (!again) throw failure;
        const asked = response && askedWait(response);
        if (asked !== undefined && asked > longestWaitMs) throw new ThrottledError(asked);
        const backoff = Math.min(baseMs * 2 ** attempt * (0.75 + Math.random() / 2), longestWaitMs);
        meter.count('retries');
        await delay(Math.max(asked ?? 0, backoff), undefined, { signal });
      }
    },
  };
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** `PARSE_ERROR`: the connection broke in the middle of a body. */
const transientCodes = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'REQUEST_SEND_ERROR', 'PARSE_ERROR']);

function isTransientFailure(failure: unknown): boolean {
  return isRestError(failure) && failure.code !== undefined && transientCodes.has(failure.code);
}

/**
 * The wait Azure asks for, in milliseconds. Resource Graph says it as a time span in its own header.
 * @see https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export function askedWait({ headers }: Pick<PipelineResponse, 'headers'>, now: number = Date.now()): number | undefined {
  const milliseconds = headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms');
  if (milliseconds !== undefined && /^\d+$/.test(milliseconds)) return Number(milliseconds);
  const after = headers.get('retry-after');
  if (after !== undefined && /^\d+$/.test(after)) return Number(after) * 1000;
  if (after !== undefined && !Number.isNaN(Date.parse(after))) return Math.max(0, Date.parse(after) - now);
  return quotaResetsAfter(headers.get('x-ms-user-quota-resets-after'));
}

/** `hh:mm:ss` in milliseconds. */
export function quotaResetsAfter(span: string | undefined): number | undefined {
  const match = /^(\d+):(\d\d):(\d\d)/.exec(span ?? '');
  return match ? (Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1000 : undefined;
}
