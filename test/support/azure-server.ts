import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { connect, type Arm, type ArmSettings } from '../../src/azure/arm.ts';
import type { Cloud } from '../../src/azure/clouds.ts';
import { loopbackCertificate } from '../../src/sandbox/certificate.ts';

/** What comes of a request. `text` is sent as it is, `body` as JSON. */
export type Answer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown; readonly text?: string | Buffer }
  /** Nothing at all. */
  | 'hang'
  /** The connection breaks before an answer. */
  | 'reset'
  /** Half an answer, and then nothing. */
  | 'stall'
  /** Half an answer, and then the connection breaks. */
  | 'cut';

export interface Received {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers in turn, each to be asked for exactly once; a function answers any number of requests. */
export type Script = readonly Answer[] | ((request: Received) => Answer | Promise<Answer>);

/** By method and path, without case: `GET /subscriptions`. Query parameters that are named must be in the request; the first match answers. */
export type Routes = Readonly<Record<string, Script>>;

export interface AzureServer {
  readonly origin: string;
  readonly requests: readonly Received[];
  /** Requests of the test that runs whose connection was closed before they had an answer. */
  readonly abandoned: number;
  /** Connections that were made in the test that runs. */
  readonly connections: number;
  /** Adds to what the test that runs may ask for. */
  answers(routes: Routes): void;
}

export const subscription = '11111111-1111-1111-1111-111111111111';
export const otherSubscription = '22222222-2222-2222-2222-222222222222';

/** A page of a list. */
export function page(value: readonly unknown[], nextLink?: string | null): Answer {
  return { body: { value, ...(nextLink !== undefined && { nextLink }) } };
}

/** An error as Resource Manager words it. */
export function failure(status: number, code: string, message = `${code} happened.`, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: { error: { code, message } } };
}

const certificate = loopbackCertificate();

interface Route {
  readonly name: string;
  readonly script: Script;
  used: number;
}

/**
 * A scripted Azure on the loopback for the tests of a file. A test fails when it sends a request that has no answer,
 * and when an answer was not asked for.
 */
export function azureServer(): AzureServer {
  const trusted = tls.getCACertificates('default');
  if (!trusted.some(each => each.trim() === certificate.authority.trim())) tls.setDefaultCACertificates([...trusted, certificate.authority]);
  // The SDKs would send requests to the loopback there.
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']) for (const each of [name, name.toLowerCase()]) delete process.env[each];
  let origin = '';
  let routes: Route[] = [];
  let requests: Received[] = [];
  let unexpected: string[] = [];
  let abandoned = 0;
  let connections = 0;
  const answerTo = (request: Received): Answer | Promise<Answer> => {
    requests.push(request);
    const route = routes.find(({ name, script, used }) => matches(name, request) && (typeof script === 'function' || used < script.length));
    if (!route) {
      unexpected.push(`${request.method} ${request.url}`);
      return { status: 501, text: 'unexpected' };
    }
    route.used += 1;
    return typeof route.script === 'function' ? route.script(request) : (route.script[route.used - 1] ?? 'reset');
  };
  const server = createServer({ key: certificate.key, cert: certificate.certificate }, (message, response) => {
    response.once('close', () => (abandoned += response.writableFinished ? 0 : 1));
    respond(message, response, answerTo).catch(() => message.socket.destroy());
  });
  server.on('secureConnection', () => (connections += 1));
  beforeAll(async () => {
    origin = await listening(server);
  });
  afterEach(() => {
    const unused = routes.flatMap(({ name, script, used }) =>
      typeof script === 'function' || used === script.length ? [] : `${name}: ${script.length - used} of ${script.length}`,
    );
    const problems = { unexpected, unused };
    [routes, requests, unexpected, abandoned, connections] = [[], [], [], 0, 0];
    expect(problems).toEqual({ unexpected: [], unused: [] });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    get origin() {
      return origin;
    },
    get requests() {
      return requests;
    },
    get abandoned() {
      return abandoned;
    },
    get connections() {
      return connections;
    },
    answers(more) {
      routes.push(...Object.entries(more).map(([name, script]) => ({ name, script, used: 0 })));
    },
  };
}

function listening(server: Server): Promise<string> {
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(`https://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function matches(route: string, { method, url }: Received): boolean {
  const [path = '', query = ''] = route.split('?');
  const [askedPath = '', askedQuery = ''] = url.split('?');
  const asked = new URLSearchParams(askedQuery);
  return `${method} ${askedPath}`.toLowerCase() === path.toLowerCase() && [...new URLSearchParams(query)].every(([name, value]) => asked.get(name) === value);
}

async function respond(message: IncomingMessage, response: ServerResponse, answerTo: (request: Received) => Answer | Promise<Answer>): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  const answer = await answerTo({ method: message.method ?? '', url: message.url ?? '', headers: message.headers, body: Buffer.concat(chunks).toString() });
  if (answer === 'hang') return;
  if (answer === 'reset') {
    message.socket.resetAndDestroy();
    return;
  }
  if (typeof answer === 'string') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
    response.write('{"value": [', () => answer === 'cut' && message.socket.destroy());
    return;
  }
  const { status = 200, headers = {}, body, text = body === undefined ? '' : JSON.stringify(body) } = answer;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(text);
}

export interface FakeCredential extends TokenCredential {
  readonly asked: readonly { readonly scopes: readonly string[]; readonly options: GetTokenOptions | undefined }[];
}

/** Hands out `token-1`, `token-2`, …, each for as long as said, or throws. The last entry is used again and again. */
export function credential(...outcomes: readonly (number | Error)[]): FakeCredential {
  const asked: { scopes: readonly string[]; options: GetTokenOptions | undefined }[] = [];
  return {
    asked,
    getToken(scopes, options): Promise<AccessToken> {
      asked.push({ scopes: [scopes].flat(), options });
      const outcome = outcomes[Math.min(asked.length, outcomes.length) - 1] ?? 3_600_000;
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve({ token: `token-${asked.length}`, expiresOnTimestamp: Date.now() + outcome });
    },
  };
}

export function cloudAt({ origin }: AzureServer): Cloud {
  return { name: 'custom', armEndpoint: origin, armScope: `${origin}/.default`, logsScope: null, authorityHost: null };
}

/** A connection to the server that does not wait long for anything. */
export function armFor(server: AzureServer, overrides: Partial<ArmSettings> = {}): Arm {
  return connect({
    cloud: cloudAt(server),
    credential: credential(),
    signal: new AbortController().signal,
    concurrency: 8,
    retry: { attempts: 2, baseMs: 1, longestWaitMs: 1_000 },
    attemptMs: 5_000,
    ...overrides,
  });
}
