import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Answer } from './answer.ts';
import type { Certificate } from './certificate.ts';
import { target, type Request } from './request.ts';

/** What comes of a request: an answer, none at all, or a broken connection. */
export type Outcome = Answer | 'hang' | 'reset';

export interface Listening {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Waits before each answer, as a network does. */
export interface Latency {
  readonly milliseconds: number;
  /** Share by which it varies, 0 to 1. */
  readonly jitter: number;
}

/** Bodies larger than this are not read to the end: enough to be told that they are too large. */
const mostBodyBytes = 8 * 1024 * 1024;

/** Listens on a free loopback port; https where there is a certificate. */
export async function listen(handle: (request: Request) => Outcome, latency: Latency, certificate?: Certificate): Promise<Listening> {
  const listener: RequestListener = (message, response) => void respond(message, response, handle, latency).catch(() => message.socket.destroy());
  const tls = certificate && { key: certificate.key, cert: certificate.certificate, minVersion: 'TLSv1.2' as const };
  const server: Server = tls ? createHttpsServer(tls, listener) : createHttpServer(listener);
  server.keepAliveTimeout = 60_000;
  // The server itself does not know a connection before its TLS handshake is over.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function respond(message: IncomingMessage, response: ServerResponse, handle: (request: Request) => Outcome, latency: Latency): Promise<void> {
  const body = await bodyOf(message);
  const outcome = handle({ method: message.method ?? 'GET', ...target(message.url ?? '/'), headers: message.headers, body });
  if (latency.milliseconds > 0) await pause(latency.milliseconds * (1 + latency.jitter * (2 * Math.random() - 1)));
  if (outcome === 'hang') return;
  if (outcome === 'reset') {
    message.socket.resetAndDestroy();
    return;
  }
  const length = outcome.body || outcome.status !== 204 ? { 'content-length': outcome.body?.length ?? 0 } : {};
  response.writeHead(outcome.status, { ...outcome.headers, ...length, 'x-ms-request-id': randomUUID(), 'cache-control': 'no-cache' });
  response.end(outcome.body);
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= mostBodyBytes) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}
