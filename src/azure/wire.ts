import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { createDefaultHttpClient, RestError, type HttpHeaders, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { addressOf } from './address.ts';
import { userAgent } from './user-agent.ts';

/**
 * Sends one request, and reads the answer to its end.
 * @throws RestError `ETIMEDOUT` where that takes longer than it may, with other codes where the connection fails
 */
export type Wire = (request: PipelineRequest) => Promise<PipelineResponse>;

/** Ends requests that are under way. */
interface Ends {
  readonly attemptMs: number;
  /** Ends of requests, called with the reason when the scan ends. */
  readonly open: Set<(reason: unknown) => void>;
}

/**
 * A client for many small requests to one host. It does what the SDKs' client does for a request with a text or no
 * body whose answer is text, with the same errors, at half the cost: that one makes two streams and three signals for
 * each request. Everything else goes through the SDKs' client: proxies, TLS settings of a request's own, streams.
 * @param signal ends what is under way, with its reason
 * @param attemptMs longest time one request may take, milliseconds
 */
export function wire(signal: AbortSignal, attemptMs: number): Wire {
  const agent = new OneHostAgent({ keepAlive: true });
  const sdk = createDefaultHttpClient();
  const ends: Ends = { attemptMs, open: new Set() };
  signal.addEventListener('abort', () => ends.open.forEach(end => end(signal.reason)), { once: true });
  return async request => {
    signal.throwIfAborted();
    return isPlain(request) ? send(request, agent, ends) : throughSdk(request, sdk.sendRequest.bind(sdk), ends);
  };
}

function isPlain({ url, agent, tlsSettings, proxySettings, body, streamResponseStatusCodes, onUploadProgress, onDownloadProgress }: PipelineRequest): boolean {
  const own = agent ?? tlsSettings ?? proxySettings ?? streamResponseStatusCodes ?? onUploadProgress ?? onDownloadProgress;
  return own === undefined && url.startsWith('https:') && (body === undefined || body === null || typeof body === 'string');
}

/** All its connections lead to one host, so that they need no names made of everything TLS can be told. */
class OneHostAgent extends Agent {
  override getName(): string {
    return 'host';
  }
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

async function send(request: PipelineRequest, agent: Agent, ends: Ends): Promise<PipelineResponse> {
  const { message, body } = await exchange(request, agent, ends);
  const encoding = message.headers['content-encoding'];
  return { request, status: message.statusCode ?? 0, headers: new Fields(message.headers), bodyAsText: encoding === undefined ? body.toString() : await unpacked(body, encoding, request) };
}

interface Exchange {
  readonly message: IncomingMessage;
  readonly body: Buffer;
}

function exchange(request: PipelineRequest, agent: Agent, { attemptMs, open }: Ends): Promise<Exchange> {
  const { hostname, port, host, target: path } = addressOf(request.url);
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : undefined;
  // A flat list is sent as it is.
  const headers = ['host', host, ...[...request.headers, ...ownFields(request)].flat(), ...(body ? ['content-length', String(body.length)] : [])];
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest({ agent, hostname, port, path, method: request.method, headers }, message => {
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.on('end', () => {
        over();
        resolve({ message, body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) });
      });
      message.on('error', error => fail(unreadable(error, request)));
    });
    const end = (reason: unknown): void => {
      fail(reason);
      outgoing.destroy();
    };
    const timer = setTimeout(() => end(tooLong(request, attemptMs)), attemptMs);
    const over = (): void => {
      clearTimeout(timer);
      open.delete(end);
    };
    const fail = (reason: unknown): void => {
      over();
      reject(reason);
    };
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail(new RestError(error.message, { code: error.code ?? RestError.REQUEST_SEND_ERROR, request })));
    open.add(end);
    outgoing.end(body);
  });
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
