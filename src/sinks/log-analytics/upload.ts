import type { TokenCredential } from '@azure/core-auth';
import { bearerTokenAuthenticationPolicyName, isRestError } from '@azure/core-rest-pipeline';
import { isAggregateLogsUploadError, LogsIngestionClient } from '@azure/monitor-ingestion';
import { meter } from '../../azure/counters.ts';
import { guardedHttpClient } from '../../azure/http-client.ts';
import { limiter } from '../../azure/limiter.ts';
import { retryPolicy, type RetrySettings } from '../../azure/retry.ts';
import { userAgent } from '../../azure/user-agent.ts';
import type { AnyRow } from './fit.ts';

/** Sends rows of one stream in one request. Resolves when the service has taken them all, and rejects otherwise. */
export type Upload = (stream: string, rows: readonly AnyRow[]) => Promise<void>;

/** The service works and does not want these rows: others may well get through. */
export class RefusedRowsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedRowsError';
  }
}

export interface UploadSettings {
  /** Origin of the data collection rule's or data collection endpoint's ingestion endpoint. */
  readonly endpoint: string;
  /** Immutable id of the data collection rule. */
  readonly ruleId: string;
  readonly scope: string;
  readonly credential: TokenCredential;
  readonly signal: AbortSignal;
  readonly retry?: RetrySettings;
  readonly attemptMs?: number;
}

const defaultRetry: RetrySettings = { attempts: 3, baseMs: 500, longestWaitMs: 30_000 };

/** @see https://learn.microsoft.com/azure/azure-monitor/logs/logs-ingestion-api-overview */
export function uploader({ endpoint, ruleId, scope, credential, signal, retry = defaultRetry, attemptMs = 30_000 }: UploadSettings): Upload {
  const measured = meter();
  const httpClient = guardedHttpClient({
    allowance: { origin: endpoint, posts: [/^\/datacollectionrules\/[^/]+\/streams\/[^/]+$/i] },
    meter: measured,
    limiter: limiter(5, 5),
    signal,
    attemptMs,
  });
  const client = new LogsIngestionClient(endpoint, credential, {
    audience: scope.replace(/\/\.default$/, ''),
    httpClient,
    retryOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: userAgent },
  });
  client.pipeline.addPolicy(retryPolicy(retry, measured, signal), { beforePolicies: [bearerTokenAuthenticationPolicyName] });
  return async (stream, rows) => {
    try {
      await client.upload(ruleId, stream, rows.map(row => ({ ...row })), { maxConcurrency: 1 });
    } catch (error) {
      // The SDK's own message is "undefined\n}"; what went wrong is in its errors.
      throw inWords(isAggregateLogsUploadError(error) ? error.errors[0]?.cause : error);
    }
  };
}

/** 400 and 413 are about the rows; every other answer is about the way to the service. */
function inWords(error: unknown): unknown {
  if (!isRestError(error)) return error;
  const { statusCode, code, message } = error;
  if (statusCode === undefined) return new Error(`No answer from the ingestion endpoint: ${message}`, { cause: error });
  const detail = `The ingestion endpoint answered ${[statusCode, code].filter(Boolean).join(' ')}: ${message}`;
  return statusCode === 400 || statusCode === 413 ? new RefusedRowsError(detail) : new Error(detail, { cause: error });
}
