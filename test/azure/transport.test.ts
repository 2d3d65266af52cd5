import { gzipSync } from 'node:zlib';
import { list as listAccounts } from '@azure/arm-cosmosdb/api/databaseAccounts';
import { describe, expect, test } from 'vitest';
import type { Arm } from '../../src/azure/arm.ts';
import { ArmError, MalformedAnswerError, RefusedRequestError, ThrottledError } from '../../src/azure/errors.ts';
import type { Known } from '../../src/core/fact.ts';
import { armFor, azureServer, credential, failure, otherSubscription, page, subscription, type Answer, type Received } from '../support/azure-server.ts';

const server = azureServer();
const path = `/subscriptions/${subscription}/providers/Microsoft.DocumentDB/databaseAccounts`;
const route = `GET ${path}`;
const version = '2026-03-15';

interface Way {
  readonly way: string;
  readonly list: (arm: Arm, subscriptionId?: string) => Promise<Known<unknown[]>>;
}

/** Every list is read in one of two ways, and both keep the same promises. */
const ways: readonly Way[] = [
  { way: 'an SDK client', list: (arm, id = subscription) => arm.all(() => listAccounts(arm.cosmos(id))) },
  { way: 'a path', list: (arm, id = subscription) => arm.list(path.replace(subscription, id), version) },
];

const item = (name: string | number): { id: string; name: string } => ({ id: `${path}/${name}`, name: String(name) });
const next = (token: string | number): string => `${server.origin}${path}?api-version=${version}&$skipToken=${token}`;
const thrownBy = (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    value => ({ value }),
    (error: unknown) => error,
  );

describe.each(ways)('a list by $way', ({ list }) => {
  test('is read with a token, an api-version and a name', async () => {
    server.answers({ [`${route}?api-version=${version}`]: [page([item('a')])] });
    const asked = credential();
    const arm = armFor(server, { credential: asked });
    expect(await list(arm)).toEqual({ known: true, value: [item('a')], sources: [`GET ${path}?api-version=${version}`] });
    expect(server.requests.map(({ headers }) => headers)).toMatchObject([{ authorization: 'Bearer token-1', 'user-agent': expect.stringContaining('cosmos-compliance/') }]);
    expect(asked.asked.map(({ scopes }) => scopes)).toEqual([[`${server.origin}/.default`]]);
    expect(arm.counters).toEqual({ requests: 1, throttled: 0, retries: 0 });
  });

  test('is what was on the wire, fields that no SDK knows included', async () => {
    const account = {
      ...item('a'),
      properties: { ipRules: null, newerThanTheSdk: { deep: [1, null] }, disableLocalAuth: 'true', keysMetadata: { primaryMasterKey: { generationTime: 'no date' } } },
    };
    server.answers({ [route]: [page([account])] });
    expect(await list(armFor(server))).toMatchObject({ value: [account] });
  });

  test('of nothing is empty', async () => {
    server.answers({ [route]: [page([])] });
    expect(await list(armFor(server))).toMatchObject({ known: true, value: [] });
  });

  test('keeps elements that an SDK model cannot hold', async () => {
    const odd = [null, 'text', 7, {}, { id: 9 }, { id: 'x', properties: 'none' }, { id: 'y', properties: { ipRules: 'none', locations: {} } }];
    server.answers({ [route]: [page(odd, next(2)), page([item('b')])] });
    expect(await list(armFor(server))).toMatchObject({ value: [...odd, item('b')] });
  });

  describe('over pages', () => {
    test('is read to the end', async () => {
      server.answers({ [`${route}?$skipToken=2`]: [page([item('b')], next(3))], [`${route}?$skipToken=3`]: [page([item('c')], null)], [route]: [page([item('a')], next(2))] });
      const arm = armFor(server);
      expect(await list(arm)).toEqual({
        known: true,
        value: [item('a'), item('b'), item('c')],
        sources: [`GET ${path}?api-version=${version}`, `GET ${path}?api-version=${version}&$skipToken=2`, `GET ${path}?api-version=${version}&$skipToken=3`],
      });
      expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-1']);
      expect(arm.counters).toEqual({ requests: 3, throttled: 0, retries: 0 });
    });

    test.each([
      ['an empty nextLink ends', ''],
      ['a nextLink that is null ends', null],
    ])('%s it', async (_, nextLink) => {
      server.answers({ [route]: [page([item('a')], nextLink)] });
      expect(await list(armFor(server))).toMatchObject({ value: [item('a')] });
    });

    test('goes on behind an empty page', async () => {
      server.answers({ [route]: [page([], next(2)), page([], next(3)), page([item('a')])] });
      expect(await list(armFor(server))).toMatchObject({ value: [item('a')] });
    });

    test('follows a nextLink without a host', async () => {
      server.answers({ [`${route}?$skipToken=2`]: [page([item('b')])], [route]: [page([item('a')], `${path}?api-version=${version}&$skipToken=2`)] });
      expect(await list(armFor(server))).toMatchObject({ value: [item('a'), item('b')] });
    });

    test('adds the api-version that a nextLink leaves out', async () => {
      server.answers({ [`${route}?api-version=${version}&$skipToken=2`]: [page([item('b')])], [route]: [page([item('a')], `${server.origin}${path}?$skipToken=2`)] });
      expect(await list(armFor(server))).toMatchObject({ value: [item('a'), item('b')] });
    });

    test('keeps the letters of a token', async () => {
      server.answers({ [route]: [page([item('a')], next('a%2Bb%3D%3D%26c')), page([item('b')])] });
      await list(armFor(server));
      expect(server.requests[1]?.url).toBe(`${path}?api-version=${version}&$skipToken=a%2Bb%3D%3D%26c`);
    });

    test('has elements that come twice once', async () => {
      const shouted = { id: item('b').id.toUpperCase(), name: 'b again' };
      server.answers({ [route]: [page([item('a'), item('b'), item('a')], next(2)), page([shouted, item('c')])] });
      expect(await list(armFor(server))).toMatchObject({ value: [item('a'), item('b'), item('c')] });
    });

    test('has elements without an id as often as they come', async () => {
      server.answers({ [route]: [page([{ name: 'a' }], next(2)), page([{ name: 'a' }])] });
      expect(await list(armFor(server))).toMatchObject({ value: [{ name: 'a' }, { name: 'a' }] });
    });

    test('may end with elements that moved there while it was read', async () => {
      server.answers({ [route]: [page([item('a'), item('b')], next(2)), page([item('b')])] });
      expect(await list(armFor(server))).toMatchObject({ value: [item('a'), item('b')] });
    });

    test('is an error where a page fails', async () => {
      server.answers({ [`${route}?$skipToken=2`]: () => failure(403, 'AuthorizationFailed'), [route]: [page([item('a')], next(2))] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({
        name: 'ArmError',
        status: 403,
        code: 'AuthorizationFailed',
        source: `GET ${path}?api-version=${version}&$skipToken=2`,
      });
    });

    test('is an error where a page cannot be reached', async () => {
      server.answers({ [route]: [page([item('a')], next(2)), 'reset', 'reset', 'reset'] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({ name: 'RestError', code: 'ECONNRESET' });
    });

    test('is an error where a page is no list', async () => {
      server.answers({ [route]: [page([item('a')], next(2)), { body: { items: [] } }] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({ name: 'MalformedAnswerError', sources: [`GET ${path}?api-version=${version}&$skipToken=2`] });
    });
  });

  describe('that has no end is an error', () => {
    const malformed = { name: 'MalformedAnswerError', constructor: MalformedAnswerError };

    test('where nextLink is the page itself', async () => {
      server.answers({ [route]: [page([item('a')], `${server.origin}${path}?api-version=${version}`)] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({ ...malformed, message: 'A nextLink leads back to a page that was read already.' });
    });

    test('where nextLink turns in a circle', async () => {
      server.answers({ [route]: [page([item('a')], next(2)), page([item('b')], next(3)), page([item('c')], next(2))] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject(malformed);
    });

    test('where ever new links bring the same elements', async () => {
      let pages = 0;
      server.answers({ [route]: () => page([item('a')], next((pages += 1))) });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({ ...malformed, message: 'A further page repeats earlier ones: the list has no end.' });
      expect(server.requests).toHaveLength(2);
    });

    test('where ever new links bring new elements', async () => {
      let pages = 0;
      server.answers({ [route]: () => page([item((pages += 1))], next(pages)) });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({ ...malformed, message: 'The list has more than 1000 pages.' });
      expect(server.requests).toHaveLength(1000);
    });
  });

  describe('that leads elsewhere is refused', () => {
    const elsewhere = azureServer();
    const refused = { name: 'RefusedRequestError', constructor: RefusedRequestError };

    test.each([
      ['to another host', 'https://evil.example/subscriptions'],
      ['to another host by way of a user', 'https://management.azure.com@evil.example/subscriptions'],
      ['to the real Azure', 'https://management.azure.com/subscriptions'],
      ['to keys', `${path}/orders/readonlykeys?api-version=${version}`],
    ])('%s', async (_, nextLink) => {
      server.answers({ [route]: [page([item('a')], nextLink)] });
      const arm = armFor(server);
      expect(await thrownBy(list(arm))).toMatchObject(refused);
      expect(arm.counters.requests).toBe(1);
    });

    test('to plain http', async () => {
      server.answers({ [route]: [page([item('a')], `${server.origin.replace('https', 'http')}${path}`)] });
      const arm = armFor(server);
      expect(await thrownBy(list(arm))).toMatchObject({ ...refused, message: expect.stringContaining('Refused to speak to http://127.0.0.1') });
      expect(arm.counters.requests).toBe(1);
    });

    test('to another port, where nothing arrives', async () => {
      server.answers({ [route]: [page([item('a')], `${elsewhere.origin}${path}`)] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({ ...refused, message: `Refused to speak to ${elsewhere.origin}: this client speaks to ${server.origin} only.` });
      expect(elsewhere.requests).toEqual([]);
    });

    test('by a redirect to another host, where nothing arrives', async () => {
      server.answers({ [route]: [{ status: 307, headers: { location: `${elsewhere.origin}${path}` } }] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({ name: 'ArmError', status: 307 });
      expect(elsewhere.requests).toEqual([]);
    });

    test('by a redirect to keys', async () => {
      server.answers({ [route]: [{ status: 302, headers: { location: `${path}/orders/readonlykeys` } }] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject(refused);
    });
  });

  describe('that is no list is an error', () => {
    const html = '<!DOCTYPE html>\n<html>\n  <title>Sign in to the guest network</title></html>';

    test.each([
      [
        'a page of HTML',
        { text: html, headers: { 'content-type': 'text/html' } },
        'The answer is not JSON: <!DOCTYPE html> <html> <title>Sign in to the guest network</title></html>',
      ],
      ['a page of HTML that calls itself JSON', { text: html }, 'The answer is not JSON: <!DOCTYPE html> <html>'],
      ['JSON that ends early', { text: '{"value": [{"id": "/a"' }, 'The answer is not JSON: {"value": [{"id": "/a"'],
      ['a long text', { text: 'x'.repeat(5_000) }, `The answer is not JSON: ${'x'.repeat(120)}…`],
      ['nothing', { text: '' }, 'The answer is not JSON: (empty)'],
      ['JSON that is text', { text: '"value"' }, 'The answer is not JSON: "value"'],
      ['JSON that is null', { text: 'null' }, 'The answer is not JSON: null'],
      ['no value', { body: {} }, 'The answer has no list named "value".'],
      ['a value that is null', { body: { value: null } }, 'The answer has no list named "value".'],
      ['a value that is one thing', { body: { value: item('a') } }, 'The answer has no list named "value".'],
      ['a bare list', { body: [item('a')] }, 'The answer has no list named "value".'],
      ['a nextLink that is a number', { body: { value: [], nextLink: 7 } }, 'nextLink is not an address.'],
      ['a nextLink that is an object', { body: { value: [], nextLink: {} } }, 'nextLink is not an address.'],
      ['a nextLink that is no address', { body: { value: [], nextLink: 'https://[' } }, 'nextLink is not an address.'],
    ] satisfies [string, Answer, string][])('%s', async (_, answer, message) => {
      server.answers({ [route]: [answer] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({
        name: 'MalformedAnswerError',
        message: expect.stringContaining(message),
        sources: [`GET ${path}?api-version=${version}`],
      });
    });

    test.each([201, 202, 204, 206])('a list with status %i', async status => {
      server.answers({ [route]: [status === 204 ? { status } : { status, body: { value: [item('a')] } }] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({ name: 'ArmError', status });
    });
  });

  test.each(['text/plain', 'text/html', 'application/octet-stream', ''])('is a list whatever it calls itself: %s', async type => {
    server.answers({ [route]: [{ text: JSON.stringify({ value: [item('a')], nextLink: next(2) }), headers: { 'content-type': type } }, page([item('b')])] });
    expect(await list(armFor(server))).toMatchObject({ value: [item('a'), item('b')] });
  });

  test('is unpacked', async () => {
    server.answers({ [route]: [{ text: gzipSync(JSON.stringify({ value: [item('a')] })), headers: { 'content-encoding': 'gzip' } }] });
    expect(await list(armFor(server))).toMatchObject({ value: [item('a')] });
    expect(server.requests.map(({ headers }) => headers['accept-encoding'])).toEqual(['gzip,deflate']);
  });

  describe('that Azure refuses keeps its words', () => {
    const message = "The client 'monitor' does not have authorization to perform action 'Microsoft.DocumentDB/databaseAccounts/read'.";

    test.each([
      ['an error', failure(403, 'AuthorizationFailed', message), { status: 403, code: 'AuthorizationFailed', message }],
      ['an error that is not wrapped', { status: 400, body: { code: 'BadRequest', message: 'Wrong.' } }, { status: 400, code: 'BadRequest', message: 'Wrong.' }],
      ['an error without a message', { status: 404, body: { error: { code: 'NotFound' } } }, { status: 404, code: 'NotFound', message: '' }],
      ['an error without a code', { status: 400, body: { error: { message: 'Wrong.' } } }, { status: 400, code: '', message: 'Wrong.' }],
      ['an empty error', { status: 409, body: { error: {} } }, { status: 409, code: '', message: '' }],
      ['an error that is text', { status: 400, body: { error: 'Wrong.' } }, { status: 400, code: '', message: '{"error":"Wrong."}' }],
      ['a page of HTML', { status: 403, text: '<html>\n<body>Blocked</body>' }, { status: 403, code: '', message: '<html> <body>Blocked</body>' }],
      ['nothing', { status: 403 }, { status: 403, code: '', message: '' }],
    ] satisfies [string, Answer, object][])('%s', async (_, answer, expected) => {
      server.answers({ [route]: () => answer });
      const thrown = await thrownBy(list(armFor(server)));
      expect(thrown).toBeInstanceOf(ArmError);
      expect(thrown).toMatchObject({ ...expected, source: `GET ${path}?api-version=${version}` });
    });
  });

  describe('that fails for a while', () => {
    test('is read in the end, and counted', async () => {
      server.answers({ [route]: [failure(429, 'TooManyRequests'), failure(503, 'ServiceUnavailable'), page([item('a')])] });
      const arm = armFor(server);
      expect(await list(arm)).toMatchObject({ value: [item('a')], sources: [`GET ${path}?api-version=${version}`] });
      expect(arm.counters).toEqual({ requests: 3, throttled: 1, retries: 2 });
    });

    test.each(['reset', 'cut'] as const)('by a connection that is %s is read in the end', async broken => {
      server.answers({ [route]: [broken, page([item('a')])] });
      const arm = armFor(server);
      expect(await list(arm)).toMatchObject({ value: [item('a')] });
      expect(arm.counters).toEqual({ requests: 2, throttled: 0, retries: 1 });
    });

    test('and keeps failing is the last error', async () => {
      server.answers({ [route]: [failure(503, 'ServiceUnavailable'), failure(503, 'ServiceUnavailable'), failure(500, 'InternalServerError', 'It broke.')] });
      const arm = armFor(server);
      expect(await thrownBy(list(arm))).toMatchObject({ name: 'ArmError', status: 500, code: 'InternalServerError', message: 'It broke.' });
      expect(arm.counters).toEqual({ requests: 3, throttled: 0, retries: 2 });
    });

    test('and then cannot be reached is not reported with an answer from before', async () => {
      server.answers({ [route]: [failure(503, 'ServiceUnavailable'), 'reset', 'reset'] });
      expect(await thrownBy(list(armFor(server)))).toMatchObject({ name: 'RestError', code: 'ECONNRESET' });
    });

    test('because of throttling without a wait that is given is throttled', async () => {
      const throttled = failure(429, 'TooManyRequests');
      server.answers({ [route]: [throttled, throttled, throttled] });
      const arm = armFor(server);
      expect(await thrownBy(list(arm))).toMatchObject({ name: 'ArmError', status: 429 });
      expect(arm.counters).toEqual({ requests: 3, throttled: 3, retries: 2 });
    });

    test('for an hour is throttled at once', async () => {
      server.answers({ [route]: [page([item('a')], next(2)), failure(429, 'TooManyRequests', 'Later.', { 'retry-after': '3600' })] });
      expect(await thrownBy(list(armFor(server)))).toBeInstanceOf(ThrottledError);
    });
  });

  test.each(['hang', 'stall'] as const)('whose answer comes to a %s is given up', async silence => {
    server.answers({ [route]: () => silence });
    const arm = armFor(server, { attemptMs: 40 });
    expect(await thrownBy(list(arm))).toMatchObject({ name: 'RestError', code: 'ETIMEDOUT', message: expect.stringContaining('No answer within 0.04 s.') });
    expect(arm.counters).toEqual({ requests: 3, throttled: 0, retries: 2 });
  });

  test('that hangs once is asked for again', async () => {
    server.answers({ [route]: ['hang', page([item('a')])] });
    expect(await list(armFor(server, { attemptMs: 300 }))).toMatchObject({ value: [item('a')] });
  });

  describe('ends with the scan', () => {
    const reason = new Error('The scan was interrupted.');
    const endOn = (controller: AbortController, answer: Answer) => (): Answer => {
      setTimeout(() => controller.abort(reason), 10);
      return answer;
    };

    test.each([
      ['the first page', []],
      ['a further page', [page([item('a')], 'next')]],
    ])('at %s', async (_, before) => {
      const controller = new AbortController();
      server.answers({ [`${route}?$skipToken=2`]: endOn(controller, 'hang') });
      if (before.length > 0) server.answers({ [route]: [page([item('a')], next(2))] });
      const arm = armFor(server, { signal: controller.signal });
      const reading = before.length > 0 ? list(arm) : arm.list(`${path}?$skipToken=2`, version);
      expect(await thrownBy(reading)).toBe(reason);
      expect(arm.counters.retries).toBe(0);
      await expect.poll(() => server.abandoned).toBe(1);
    });

    test('at a wait', async () => {
      const controller = new AbortController();
      server.answers({ [route]: endOn(controller, failure(429, 'TooManyRequests', 'Later.', { 'retry-after': '50' })) });
      const arm = armFor(server, { signal: controller.signal, retry: { attempts: 2, baseMs: 1, longestWaitMs: 60_000 } });
      expect(await thrownBy(list(arm))).toBe(reason);
      expect(server.requests).toHaveLength(1);
    });

    test('before it begins', async () => {
      expect(await thrownBy(list(armFor(server, { signal: AbortSignal.abort(reason) })))).toBe(reason);
      expect(server.requests).toEqual([]);
    });

    test('while it waits for its turn', async () => {
      const controller = new AbortController();
      server.answers({ [route]: endOn(controller, 'hang') });
      const arm = armFor(server, { signal: controller.signal, concurrency: 1 });
      expect(await Promise.all([list(arm), list(arm), list(arm)].map(thrownBy))).toEqual([reason, reason, reason]);
      expect(arm.counters.requests).toBe(1);
    });
  });
});

describe('one resource', () => {
  const one = `${path}/orders/providers/Microsoft.Security/advancedThreatProtectionSettings/current`;
  const settings = { id: one, name: 'current', properties: { isEnabled: true } };

  test('is what was on the wire', async () => {
    server.answers({ [`GET ${one}?api-version=2019-01-01`]: [{ body: settings }] });
    expect(await armFor(server).get(one, '2019-01-01')).toEqual({ known: true, value: settings, sources: [`GET ${one}?api-version=2019-01-01`] });
  });

  test('is whatever was on the wire: what it must be its reader knows', async () => {
    server.answers({ [`GET ${one}`]: [{ body: { value: [item('a')], nextLink: 'https://evil.example' } }] });
    expect(await armFor(server).get(one, '2019-01-01')).toMatchObject({ value: { value: [item('a')] } });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['that is refused', [failure(403, 'AuthorizationFailed', 'You may not.'), failure(403, 'AuthorizationFailed', 'You may not.')], { name: 'ArmError', status: 403, code: 'AuthorizationFailed', message: 'You may not.' }],
    ['that is not there', [failure(404, 'ResourceNotFound')], { name: 'ArmError', status: 404 }],
    ['that is HTML', [{ text: '<html>' }], { name: 'MalformedAnswerError' }],
    ['that has no content', [{ status: 204 }], { name: 'ArmError', status: 204 }],
    ['that cannot be reached', ['reset', 'reset', 'reset'], { name: 'RestError', code: 'ECONNRESET' }],
  ] satisfies [string, Answer[], object][])('%s is an error', async (_, answers, expected) => {
    server.answers({ [`GET ${one}`]: answers });
    expect(await thrownBy(armFor(server).get(one, '2019-01-01'))).toMatchObject(expected);
  });

  test('that is a key is refused', async () => {
    expect(await thrownBy(armFor(server).get(`${path}/orders/readonlykeys`, version))).toBeInstanceOf(RefusedRequestError);
  });
});

describe('the token', () => {
  test('is asked for once for all clients of all subscriptions', async () => {
    const asked = credential();
    const arm = armFor(server, { credential: asked });
    const everything = (request: Received): Answer => (request.headers.authorization === 'Bearer token-1' ? page([]) : failure(401, 'InvalidAuthenticationToken'));
    const ids = [subscription, otherSubscription];
    server.answers(
      Object.fromEntries(
        ids.flatMap(id =>
          ['Microsoft.DocumentDB/databaseAccounts', 'Microsoft.Network/virtualNetworks', 'Microsoft.Authorization/locks'].map(type => [
            `GET /subscriptions/${id}/providers/${type}`,
            everything,
          ]),
        ),
      ),
    );
    await Promise.all(
      ids.flatMap(id => [
        arm.all(() => listAccounts(arm.cosmos(id))),
        arm.all(() => arm.network(id).virtualNetworks.listAll()),
        arm.list(`/subscriptions/${id}/providers/Microsoft.Authorization/locks`, '2020-05-01'),
      ]),
    );
    expect(asked.asked).toHaveLength(1);
    expect(server.requests).toHaveLength(6);
  });

  test('that expired during a wait is asked for again', async () => {
    const asked = credential(0, 3_600_000);
    server.answers({ [route]: [failure(429, 'TooManyRequests'), page([])] });
    await armFor(server, { credential: asked }).list(path, version);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('that expired before a page is asked for again', async () => {
    const asked = credential(0, 3_600_000);
    server.answers({ [route]: [page([item('a')], next(2)), page([])] });
    await armFor(server, { credential: asked }).list(path, version);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('can be asked for again after a request that was given up', async () => {
    const asked = credential(0, 3_600_000);
    const { signal } = new AbortController();
    server.answers({ [route]: ['hang', page([])] });
    await armFor(server, { credential: asked, signal, attemptMs: 300 }).list(path, version);
    expect(asked.asked.map(({ options }) => options?.abortSignal)).toEqual([signal, signal]);
    expect(asked.asked.map(({ options }) => options?.abortSignal?.aborted)).toEqual([false, false]);
  });

  test('that Azure wants renewed with claims is renewed', async () => {
    const challenge = `Bearer error="insufficient_claims", claims="${Buffer.from('{"access_token":{}}').toString('base64')}"`;
    const asked = credential();
    server.answers({ [route]: [failure(401, 'InvalidAuthenticationToken', 'Revoked.', { 'www-authenticate': challenge }), page([item('a')])] });
    expect(await armFor(server, { credential: asked }).list(path, version)).toMatchObject({ value: [item('a')] });
    expect(asked.asked.map(({ options }) => options?.claims)).toEqual([undefined, '{"access_token":{}}']);
  });

  test('that is not to be had is an error before anything is sent', async () => {
    const noToken = Object.assign(new Error('Please run az login.'), { name: 'CredentialUnavailableError' });
    expect(await thrownBy(armFor(server, { credential: credential(noToken) }).list(path, version))).toBe(noToken);
    expect(server.requests).toEqual([]);
  });

  test('is not sent to Azure in a message', async () => {
    server.answers({ [route]: () => failure(401, 'InvalidAuthenticationToken', 'The access token is invalid.') });
    expect(JSON.stringify(await thrownBy(armFor(server).list(path, version)))).not.toContain('token-1');
  });
});
