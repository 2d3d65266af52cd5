import { Agent } from 'node:https';
import { deflateSync, gzipSync } from 'node:zlib';
import { createHttpHeaders, createPipelineRequest, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { wire } from '../../src/azure/wire.ts';
import { azureServer, type Answer } from '../support/azure-server.ts';

const server = azureServer();
const path = '/subscriptions?api-version=2022-12-01';
const { signal: noEnd } = new AbortController();
const agent = new Agent({ keepAlive: true });

/** A request of its own way: with an agent of its own it is none of the plain ones. */
const ways: readonly { readonly way: string; readonly more: Partial<PipelineRequest> }[] = [
  { way: 'that is plain', more: {} },
  { way: 'that wants something of its own', more: { agent } },
];

describe.each(ways)('a request $way', ({ more }) => {
  const request = (differences: Partial<PipelineRequest> = {}): PipelineRequest =>
    Object.assign(createPipelineRequest({ url: `${server.origin}${path}`, headers: createHttpHeaders({ accept: 'application/json', 'X-Own': 'yes' }), ...differences }), more);
  const send = (attemptMs = 10_000, signal = noEnd, differences: Partial<PipelineRequest> = {}): Promise<PipelineResponse> => wire(signal, attemptMs, 4)(request(differences));
  const answers = (answer: Answer): void => server.answers({ 'GET /subscriptions': [answer] });

  test('is sent with its fields, and says whose it is', async () => {
    answers({ body: {} });
    const sent = request();
    await wire(noEnd, 10_000, 4)(sent);
    const [received] = server.requests;
    expect(received).toMatchObject({ method: 'GET', url: path, body: '' });
    expect(received?.headers).toMatchObject({ host: new URL(server.origin).host, accept: 'application/json', 'x-own': 'yes', 'accept-encoding': 'gzip,deflate', 'x-ms-client-request-id': sent.requestId, 'user-agent': expect.stringContaining('cosmos-compliance/') });
  });

  test('is sent with its body', async () => {
    server.answers({ 'POST /subscriptions': [{ body: {} }] });
    await send(10_000, noEnd, { method: 'POST', body: '{"name": "ä"}' });
    expect(server.requests).toMatchObject([{ method: 'POST', body: '{"name": "ä"}', headers: { 'content-length': '14' } }]);
  });

  test('is answered with a status, fields of any case, and text', async () => {
    answers({ status: 429, headers: { 'Retry-After': '17', 'X-Twice': 'one, two' }, text: 'ä' });
    const { status, headers, bodyAsText } = await send();
    expect({ status, bodyAsText }).toEqual({ status: 429, bodyAsText: 'ä' });
    expect([headers.get('retry-after'), headers.get('RETRY-AFTER'), headers.has('x-twice'), headers.get('X-Three'), headers.has('x-three')]).toEqual(['17', '17', true, undefined, false]);
    expect(headers.toJSON()).toMatchObject({ 'retry-after': '17', 'x-twice': 'one, two' });
    headers.set('Content-Type', 'text/plain');
    headers.delete('Retry-After');
    expect([headers.get('content-type'), headers.has('retry-after'), new Map(headers).get('x-twice')]).toEqual(['text/plain', false, 'one, two']);
  });

  test.each([
    ['gzip', gzipSync('{"value": []}')],
    ['deflate', deflateSync('{"value": []}')],
  ])('is unpacked: %s', async (encoding, text) => {
    answers({ text, headers: { 'content-encoding': encoding } });
    expect(await send()).toMatchObject({ bodyAsText: '{"value": []}' });
  });

  test('of many pieces is one text', async () => {
    const text = 'äö'.repeat(200_000);
    answers({ text });
    expect((await send()).bodyAsText).toBe(text);
  });

  test.each([
    ['broken off before an answer', 'reset', 'ECONNRESET'],
    ['broken off in an answer', 'cut', 'PARSE_ERROR'],
    ['not what it says it is packed in', { text: 'no gzip', headers: { 'content-encoding': 'gzip' } }, 'PARSE_ERROR'],
  ] satisfies [string, Answer, string][])('%s is an error that may pass', async (_, answer, code) => {
    answers(answer);
    await expect(send()).rejects.toMatchObject({ name: 'RestError', code });
  });

  test.each(['hang', 'stall'] as const)('whose answer comes to a %s is given up', async answer => {
    server.answers({ 'GET /subscriptions': () => answer });
    await expect(send(300)).rejects.toMatchObject({ name: 'RestError', code: 'ETIMEDOUT', message: expect.stringContaining('No answer within 0.3 s.') });
  });

  test.each(['hang', 'stall'] as const)('whose answer comes to a %s ends with the scan, for its reason, and lets go of the connection', async answer => {
    const controller = new AbortController();
    const reason = new Error('It is over.');
    server.answers({
      'GET /subscriptions': () => {
        setTimeout(() => controller.abort(reason), 10);
        return answer;
      },
    });
    await expect(send(10_000, controller.signal)).rejects.toBe(reason);
    await expect.poll(() => server.abandoned).toBe(1);
  });

  test('is not sent when the scan has ended', async () => {
    await expect(send(10_000, AbortSignal.abort(new Error('It is over.')))).rejects.toThrow('It is over.');
    expect(server.requests).toEqual([]);
  });

  test('to nobody is an error that may pass', async () => {
    await expect(send(10_000, noEnd, { url: 'https://127.0.0.1:1/' })).rejects.toMatchObject({ name: 'RestError', code: 'ECONNREFUSED' });
  });
});

test.each([
  { connections: 1, atOnce: 1 },
  { connections: 3, atOnce: 12 },
])('$connections connections are used again by $atOnce requests at once', async ({ connections, atOnce }) => {
  const send = wire(noEnd, 10_000, connections);
  server.answers({ 'GET /subscriptions': () => ({ body: {} }) });
  for (let time = 0; time < 5; time += 1) await Promise.all(Array.from({ length: atOnce }, () => send(createPipelineRequest({ url: `${server.origin}${path}` }))));
  expect(server.requests).toHaveLength(5 * atOnce);
  expect(server.connections).toBe(connections);
});

test('what is given up before it was its turn is never sent', async () => {
  const controller = new AbortController();
  const send = wire(controller.signal, 10_000, 1);
  server.answers({ 'GET /subscriptions': () => 'hang' });
  const sent = [1, 2, 3].map(() => send(createPipelineRequest({ url: `${server.origin}${path}` })));
  await expect.poll(() => server.requests.length).toBe(1);
  controller.abort(new Error('It is over.'));
  expect((await Promise.allSettled(sent)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  await new Promise(resolve => {
    setTimeout(resolve, 50);
  });
  expect(server.requests).toHaveLength(1);
});
