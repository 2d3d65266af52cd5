import type { IncomingHttpHeaders } from 'node:http';
import { createSecureContext } from 'node:tls';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { createDefaultHttpClient, RestError, type HttpHeaders, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { Pool, type Dispatcher } from 'undici';
import { addressOf } from './address.ts';
import { userAgent } from './user-agent.ts';

/**
 * Sends one request, and reads the answer to its end.
 * @throws RestError `ETIMEDOUT` where that takes longer than it may, with other codes where the connection fails
 */
export type Wire = (request: PipelineRequest) => Promise<PipelineResponse>;

/** Ends a request with a reason. */
type End = (reason: unknown) => void;

/** Ends of the requests that are under way. */
interface Ends {
  readonly attemptMs: number;
  /** What to call when the scan ends. */
  readonly open: Set<End>;
}

/**
 * A client for many small requests to one host. It does what the SDKs' client does for a request with a text or no
 * body whose answer is text, with the same errors, at a third of the cost: that one makes four streams and three signals
 * for each request. Everything else goes through the SDKs' client: proxies, TLS settings of a request's own, streams.
 * @param signal ends what is under way, with its reason
 * @param attemptMs longest time one request may take, milliseconds
 * @param connections open at once to one host, at most
 */
export function wire(signal: AbortSignal, attemptMs: number, connections: number): Wire {
  const poolOf = pools(connections);
  const sdk = createDefaultHttpClient();
  const ends: Ends = { attemptMs, open: new Set() };
  signal.addEventListener('abort', () => ends.open.forEach(end => end(signal.reason)), { once: true });
  return request => {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    return isPlain(request) ? send(request, poolOf(request), ends) : throughSdk(request, sdk.sendRequest.bind(sdk), ends);
  };
}

function isPlain({ url, agent, tlsSettings, proxySettings, body, streamResponseStatusCodes, onUploadProgress, onDownloadProgress }: PipelineRequest): boolean {
  const own = agent ?? tlsSettings ?? proxySettings ?? streamResponseStatusCodes ?? onUploadProgress ?? onDownloadProgress;
  return own === undefined && url.startsWith('https:') && (body === undefined || body === null || typeof body === 'string');
}

/** Unused connections are closed before Azure's load balancers close them, after four minutes. They hold up no process. */
const idleMs = 60_000;

/** Connections by origin, with one set of trusted authorities for all. The time a request may take is counted for the whole of it, and not step by step. */
function pools(connections: number): (request: PipelineRequest) => Pool {
  const byOrigin = new Map<string, Pool>();
  return ({ url }) => {
    const { origin } = addressOf(url);
    const pool = byOrigin.get(origin) ?? new Pool(origin, { connections, keepAliveTimeout: idleMs, headersTimeout: 0, bodyTimeout: 0, connect: { secureContext: createSecureContext() } });
    byOrigin.set(origin, pool);
    return pool;
  };
}

/** What every request says of itself. */
function ownFields({ requestId }: PipelineRequest): readonly (readonly [string, string])[] {
  return [['user-agent', userAgent], ['accept-encoding', 'gzip,deflate'], ['x-ms-client-request-id', requestId]];
}

async function throughSdk(request: PipelineRequest, sendRequest: Wire, { attemptMs, open }: Ends): Promise<PipelineResponse> {
  const controller = new AbortController();
  let why: unknown;
  const end = (reason: unknown): void => {
    why = reason;
    controller.abort();
  };
  const timer = setTimeout(() => end(tooLong(request, attemptMs)), attemptMs);
  open.add(end);
  for (const [name, value] of ownFields(request)) request.headers.set(name, value);
  try {
    return await sendRequest({ ...request, abortSignal: controller.signal });
  } catch (error) {
    throw why ?? error;
  } finally {
    clearTimeout(timer);
    open.delete(end);
  }
}

function send(request: PipelineRequest, pool: Pool, ends: Ends): Promise<PipelineResponse> {
  const headers: string[] = [];
  for (const [name, value] of request.headers) headers.push(name, value);
  for (const [name, value] of ownFields(request)) headers.push(name, value);
  const body = typeof request.body === 'string' ? request.body : null;
  return new Promise((resolve, reject) => {
    pool.dispatch({ path: addressOf(request.url).target, method: request.method, headers, body }, new Exchange(request, ends, resolve, reject));
  });
}

type Resolve = (response: PipelineResponse | Promise<PipelineResponse>) => void;

/** One request and its answer, as undici tells of them. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: PipelineRequest;
  readonly #ends: Ends;
  readonly #resolve: Resolve;
  readonly #reject: End;
  readonly #timer: NodeJS.Timeout;
  readonly #end: End;
  readonly #chunks: Buffer[] = [];
  #sent: Dispatcher.DispatchController | null = null;
  #givenUp: Error | null = null;
  #head: { readonly status: number; readonly fields: IncomingHttpHeaders } | null = null;

  constructor(request: PipelineRequest, ends: Ends, resolve: Resolve, reject: End) {
    this.#request = request;
    this.#ends = ends;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#end = reason => this.#giveUp(reason);
    this.#timer = setTimeout(() => this.#giveUp(tooLong(request, ends.attemptMs)), ends.attemptMs);
    ends.open.add(this.#end);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#sent = controller;
    if (this.#givenUp) controller.abort(this.#givenUp);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, fields: IncomingHttpHeaders): void {
    this.#head = { status, fields };
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#over();
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    if (this.#head) this.#resolve(responseTo(this.#request, this.#head, body));
    else this.#reject(unreadable(new Error('It has no head.'), this.#request));
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#over();
    this.#reject(this.#head === null ? unsent(error, this.#request) : unreadable(error, this.#request));
  }

  #over(): void {
    clearTimeout(this.#timer);
    this.#ends.open.delete(this.#end);
  }

  #giveUp(reason: unknown): void {
    this.#over();
    this.#reject(reason);
    this.#givenUp = new Error('Given up.');
    this.#sent?.abort(this.#givenUp);
  }
}

function responseTo(request: PipelineRequest, { status, fields }: { readonly status: number; readonly fields: IncomingHttpHeaders }, body: Buffer): PipelineResponse | Promise<PipelineResponse> {
  const response = { request, status, headers: new Fields(fields) };
  const encoding = fields['content-encoding'];
  if (encoding === undefined) return { ...response, bodyAsText: body.toString() };
  return unpacked(body, encoding, request).then(bodyAsText => ({ ...response, bodyAsText }));
}

/** What undici calls by names of its own. */
const codes: Readonly<Record<string, string>> = { UND_ERR_SOCKET: 'ECONNRESET', UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT' };

function unsent(error: NodeJS.ErrnoException, request: PipelineRequest): RestError {
  const { code = RestError.REQUEST_SEND_ERROR, message } = error;
  return new RestError(message, { code: codes[code] ?? code, request });
}

function tooLong(request: PipelineRequest, attemptMs: number): RestError {
  return new RestError(`No answer within ${attemptMs / 1000} s.`, { code: 'ETIMEDOUT', request });
}

function unreadable(error: unknown, request: PipelineRequest): RestError {
  return new RestError(`Error reading response as text: ${error instanceof Error ? error.message : String(error)}`, { code: RestError.PARSE_ERROR, request });
}

const unpack: Readonly<Record<string, (body: Buffer) => Promise<Buffer>>> = { gzip: promisify(gunzip), deflate: promisify(inflate) };

async function unpacked(body: Buffer, encoding: string, request: PipelineRequest): Promise<string> {
  try {
    return (await (unpack[encoding]?.(body) ?? body)).toString();
  } catch (error) {
    throw unreadable(error, request);
  }
}

/** The header fields of an answer, as Node read them: names in lower case. */
class Fields implements HttpHeaders {
  readonly #fields: IncomingHttpHeaders;

  constructor(fields: IncomingHttpHeaders) {
    this.#fields = fields;
  }

  get(name: string): string | undefined {
    const value = this.#fields[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  has(name: string): boolean {
    return this.#fields[name.toLowerCase()] !== undefined;
  }

  set(name: string, value: string | number | boolean): void {
    this.#fields[name.toLowerCase()] = String(value);
  }

  delete(name: string): void {
    delete this.#fields[name.toLowerCase()];
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(this);
  }

  *[Symbol.iterator](): Generator<[string, string]> {
    for (const name of Object.keys(this.#fields)) yield [name, this.get(name) ?? ''];
  }
}
