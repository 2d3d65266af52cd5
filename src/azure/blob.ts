import type { TokenCredential } from '@azure/core-auth';
import { bearerTokenAuthenticationPolicy, createEmptyPipeline, createHttpHeaders, createPipelineRequest, isRestError, type PipelineResponse } from '@azure/core-rest-pipeline';
import { Problem } from '../core/problem.ts';
import { meter } from './counters.ts';
import { guardedHttpClient } from './http-client.ts';
import { limiter } from './limiter.ts';
import { defaultRetry, retryPolicy, type RetrySettings } from './retry.ts';
import { userAgent } from './user-agent.ts';

export interface BlobSettings {
  /** https address of the blob, without a query: the identity reads it, not a signature. */
  readonly url: string;
  /** Token scope of the storage service. */
  readonly scope: string;
  readonly credential: TokenCredential;
  readonly signal: AbortSignal;
  /** Most bytes the blob may have. */
  readonly mostBytes: number;
  readonly retry?: RetrySettings;
  readonly attemptMs?: number;
}

/** A blob's content, and the tag by which storage knows this version of it. */
export interface Blob {
  readonly text: string;
  /** Null where storage gives none. */
  readonly etag: string | null;
}

/** First version that takes tokens everywhere, and ranges with them. */
const apiVersion = '2021-12-02';

/**
 * Reads a small blob with the identity. Only the first bytes are asked for, one more than it may have, so that a blob
 * that is too large is not read.
 * @param known the tag of the version that is there already
 * @returns `unchanged` where that version is still the current one
 * @throws Problem where it cannot be read, or is too large
 * @see https://learn.microsoft.com/rest/api/storageservices/get-blob
 */
export async function readBlob(settings: BlobSettings, known: string | null): Promise<Blob | 'unchanged'> {
  const response = await ask(settings, known);
  const { status, bodyAsText: text, headers } = response;
  if (status === 304) return 'unchanged';
  // An empty blob has no first byte.
  if (status === 416) return { text: '', etag: headers.get('etag') ?? null };
  if (status !== 200 && status !== 206) throw refused(response, settings.url);
  if (Buffer.byteLength(text ?? '') > settings.mostBytes) throw new Problem(`${settings.url} has more than ${settings.mostBytes} bytes.`, 'Upload a smaller file.');
  return { text: text ?? '', etag: headers.get('etag') ?? null };
}

async function ask({ url, scope, credential, signal, mostBytes, retry = defaultRetry, attemptMs = 30_000 }: BlobSettings, known: string | null): Promise<PipelineResponse> {
  const measured = meter();
  const httpClient = guardedHttpClient({ allowance: { origin: new URL(url).origin, posts: [] }, meter: measured, limiter: limiter(1, 1), signal, attemptMs });
  const pipeline = createEmptyPipeline();
  const bearer = bearerTokenAuthenticationPolicy({ credential, scopes: scope });
  pipeline.addPolicy(bearer);
  pipeline.addPolicy(retryPolicy(retry, measured, signal), { beforePolicies: [bearer.name] });
  const headers = createHttpHeaders({ 'x-ms-version': apiVersion, 'user-agent': userAgent, range: `bytes=0-${mostBytes}`, ...(known !== null && { 'if-none-match': known }) });
  try {
    return await pipeline.sendRequest(httpClient, createPipelineRequest({ url, headers, abortSignal: signal }));
  } catch (error) {
    throw inWords(error, url);
  }
}

function refused({ status, headers }: PipelineResponse, url: string): Problem {
  const what = `Cannot read ${url}: storage answered ${[status, headers.get('x-ms-error-code')].filter(Boolean).join(' ')}.`;
  if (status === 401 || status === 403) {
    return new Problem(what, 'Grant Storage Blob Data Reader on the container to the identity, and let its network through the firewall of the storage account.');
  }
  if (status === 404) return new Problem(what, 'Check the address: container and name are case-sensitive.');
  return new Problem(what, 'Check the address and the storage account.');
}

function inWords(error: unknown, url: string): unknown {
  if (!(error instanceof Error)) return error;
  const reason = error.message.split('\n', 1)[0] ?? '';
  const fix = isRestError(error) ? 'Check the address, its DNS name and the network of the storage account.' : 'Check the identity and the address.';
  return new Problem(`Cannot read ${url}: ${reason}`, fix, error);
}
