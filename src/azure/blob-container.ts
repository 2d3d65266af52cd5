import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { TokenCredential } from '@azure/core-auth';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  RestError,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import type { ContainerClient, HttpHeaders, IHttpClient, WebResource } from '@azure/storage-blob';
import { meter, type Meter } from './counters.ts';
import { guardedHttpClient } from './http-client.ts';
import { limiter } from './limiter.ts';
import { retryPolicy, type RetrySettings } from './retry.ts';
import { userAgent } from './user-agent.ts';

export interface ContainerSettings {
  /** https address of the container, without a query: the identity writes to it, not a signature. */
  readonly url: string;
  /** Token scope of the storage service. */
  readonly scope: string;
  readonly credential: TokenCredential;
  readonly retry?: RetrySettings;
  /** Longest time one request may take, its body included, milliseconds. */
  readonly attemptMs?: number;
  /** Longest time an operation may take with all its retries, milliseconds. No other signal ends it: what a scan has to remember is written after its end, too. */
  readonly operationMs?: number;
}

/** A container of blobs, and what was counted on the way to it. */
export interface Container {
  readonly client: ContainerClient;
  readonly meter: Meter;
}

const defaultRetry: RetrySettings = { attempts: 4, baseMs: 400, longestWaitMs: 20_000 };

/** Requests in flight to one container at once. */
const concurrency = 16;

/**
 * Connects to a container with the identity. The SDK words requests and reads answers; tokens, retries, limits and
 * guards are this program's own, in the place of the SDK's innermost client, which is the only one it lets go of.
 *
 * The SDK is loaded on first use: it is a third of the bundle, and an app starts without it.
 * @see https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api
 */
export async function connectContainer(settings: ContainerSettings): Promise<Container> {
  const { ContainerClient, AnonymousCredential } = await import('@azure/storage-blob');
  const measured = meter();
  const client = new ContainerClient(settings.url, new AnonymousCredential(), {
    httpClient: transport(settings, measured),
    retryOptions: { maxTries: 1 },
    userAgentOptions: { userAgentPrefix: userAgent },
  });
  return { client, meter: measured };
}

function transport({ url, scope, credential, retry = defaultRetry, attemptMs = 20_000, operationMs = 60_000 }: ContainerSettings, measured: Meter): IHttpClient {
  const { origin, pathname } = new URL(url);
  const allowance = { origin, posts: [], ownContainer: pathname };
  const bearer = bearerTokenAuthenticationPolicy({ credential, scopes: scope });
  const limits = limiter(concurrency, concurrency);
  const inner = wholeBodies(createDefaultHttpClient());
  return {
    async sendRequest(resource) {
      const { signal, dispose } = timeLimit(operationMs);
      const pipeline = createEmptyPipeline();
      pipeline.addPolicy(bearer);
      pipeline.addPolicy(retryPolicy(retry, measured, signal), { beforePolicies: [bearer.name] });
      try {
        const httpClient = guardedHttpClient({ allowance, meter: measured, limiter: limits, signal, attemptMs, inner });
        const { headers, ...response } = await pipeline.sendRequest(httpClient, requestOf(resource));
        return { ...response, request: resource, headers: headersLike(resource.headers, headers) };
      } finally {
        dispose();
      }
    },
  };
}

/** Unlike `AbortSignal.timeout` it leaves no timer behind. */
function timeLimit(operationMs: number): { readonly signal: AbortSignal; readonly dispose: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new RestError(`No answer within ${operationMs / 1000} s.`, { code: 'ETIMEDOUT' })), operationMs);
  return { signal: controller.signal, dispose: () => clearTimeout(timer) };
}

/**
 * Reads the bodies of streamed answers before the attempt is over, so that one which breaks off or hangs is a failed
 * attempt like any other. Blobs of the state are small.
 */
function wholeBodies(inner: HttpClient): HttpClient {
  return {
    async sendRequest(request) {
      const { readableStreamBody, ...response } = await inner.sendRequest(request);
      if (!readableStreamBody) return response;
      const body = await buffer(readableStreamBody).catch((error: unknown) => {
        throw new RestError(`The answer broke off: ${error instanceof Error ? error.message : String(error)}`, { code: 'PARSE_ERROR', request });
      });
      return { ...response, readableStreamBody: Readable.from(body.length > 0 ? [body] : []) };
    },
  };
}

/** The SDK's own client interface is of an older make: requests and headers have other types there. */
function requestOf({ url, method, headers, body, agent, streamResponseStatusCodes, requestId }: WebResource): PipelineRequest {
  return createPipelineRequest({
    url,
    method,
    headers: createHttpHeaders(headers.rawHeaders()),
    requestId,
    ...(body !== undefined && { body }),
    ...(agent !== undefined && { agent }),
    ...(streamResponseStatusCodes !== undefined && { streamResponseStatusCodes }),
  });
}

function headersLike(pattern: HttpHeaders, headers: PipelineResponse['headers']): HttpHeaders {
  const like = pattern.clone();
  for (const name of like.headerNames()) like.remove(name);
  for (const [name, value] of headers) like.set(name, value);
  return like;
}
