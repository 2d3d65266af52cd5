import { describe, expect, test } from 'vitest';
import { armFor, azureServer, failure, type Answer } from '../support/azure-server.ts';

const server = azureServer();
const route = 'POST /providers/Microsoft.ResourceGraph/resources';
const query = 'resources | project id | order by id asc';
const source = 'POST /providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';
const usedUp = { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:05' };
/** A wait that no test outlives. */
const inAnHour = { 'x-ms-user-quota-resets-after': '01:00:00' };
const patient = { retry: { attempts: 0, baseMs: 1, longestWaitMs: 3_600_000 } };

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `subscription-${index}`);
const thrownBy = (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    value => ({ value }),
    (error: unknown) => error,
  );
const sent = (): unknown[] => server.requests.map(({ body }) => JSON.parse(body) as unknown);

function rows(data: readonly unknown[], totalRecords: number, skipToken?: string | null, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    headers,
    body: { totalRecords, count: data.length, resultTruncated: skipToken ? 'true' : 'false', facets: [], data, ...(skipToken !== undefined && { $skipToken: skipToken }) },
  };
}

describe('a query', () => {
  test('is posted for the subscriptions it is about', async () => {
    server.answers({ [`${route}?api-version=2024-04-01`]: [rows([{ id: 'a' }, { id: 'b' }], 2)] });
    const arm = armFor(server);
    expect(await arm.query(query, ids(2))).toEqual({ known: true, value: [{ id: 'a' }, { id: 'b' }], sources: [source] });
    expect(sent()).toEqual([{ query, subscriptions: ids(2), options: { $top: 1000, resultFormat: 'objectArray' } }]);
    expect(server.requests.map(({ headers }) => headers)).toMatchObject([{ authorization: 'Bearer token-1', 'content-type': 'application/json' }]);
    expect(arm.counters).toEqual({ requests: 1, throttled: 0, retries: 0 });
  });

  test('is asked on with the token of the page before', async () => {
    server.answers({ [route]: [rows([1, 2], 5, 'second'), rows([3, 4], 5, 'third'), rows([5], 5, null)] });
    expect(await armFor(server).query(query, ids(1))).toMatchObject({ value: [1, 2, 3, 4, 5] });
    expect(sent()).toMatchObject([{ options: { $top: 1000 } }, { options: { $skipToken: 'second' } }, { options: { $skipToken: 'third' } }]);
  });

  test.each([
    [300, [300]],
    [301, [300, 1]],
    [900, [300, 300, 300]],
  ])('over %i subscriptions is asked for %j', async (count, sizes) => {
    server.answers({ [route]: sizes.map((_, index) => rows([index], 1)) });
    expect(await armFor(server).query(query, ids(count))).toMatchObject({ value: sizes.map((_, index) => index) });
    const asked = sent() as { subscriptions: string[] }[];
    expect(asked.map(({ subscriptions }) => subscriptions.length)).toEqual(sizes);
    expect(asked.flatMap(({ subscriptions }) => subscriptions)).toEqual(ids(count));
  });

  test('that pages, over more subscriptions than one query takes, begins each without a token', async () => {
    server.answers({ [route]: [rows([1], 2, 'more'), rows([2], 2), rows([3], 1)] });
    expect(await armFor(server).query(query, ids(301))).toMatchObject({ value: [1, 2, 3] });
    expect(sent()).toMatchObject([{ options: {} }, { options: { $skipToken: 'more' } }, { options: expect.not.objectContaining({ $skipToken: 'more' }) }]);
  });

  test('over no subscription asks nothing', async () => {
    expect(await armFor(server).query(query, [])).toMatchObject({ known: true, value: [] });
  });

  test('without rows is empty', async () => {
    server.answers({ [route]: [rows([], 0)] });
    expect(await armFor(server).query(query, ids(1))).toMatchObject({ known: true, value: [] });
  });
});

describe('an answer is an error', () => {
  test.each([
    ['that counts more rows than it has', [rows([1], 2)], 'Resource Graph counts 2 rows and sent 1.'],
    ['that counts fewer rows than it has', [rows([1, 2], 1)], 'Resource Graph counts 1 rows and sent 2.'],
    ['that counts more rows than all its pages have', [rows([1], 3, 'more'), rows([2], 3)], 'Resource Graph counts 3 rows and sent 2.'],
    ['that leads on without rows', [rows([1], 3, 'more'), rows([], 3, 'and more')], 'Resource Graph leads on where no row is left.'],
    ['that leads on after all its rows', [rows([1], 2, 'more'), rows([2], 2, 'and more')], 'Resource Graph leads on where no row is left.'],
    ['that leads to itself', [rows([1], 9, 'more'), rows([2], 9, 'more')], 'Resource Graph leads on where no row is left.'],
    ['that turns in a circle', [rows([1], 3, 'a'), rows([2], 3, 'b'), rows([1], 3, 'a')], 'Resource Graph leads on where no row is left.'],
    ['that has no rows', [{ body: { totalRecords: 0, count: 0 } }], 'Resource Graph answered something else than rows: data: '],
    ['whose rows are a table', [{ body: { totalRecords: 0, data: { columns: [], rows: [] } } }], 'Resource Graph answered something else than rows: data: '],
    ['that counts nothing', [{ body: { data: [] } }], 'Resource Graph answered something else than rows: totalRecords: '],
    ['that is a list', [{ body: [] }], 'Resource Graph answered something else than rows: '],
    ['that is HTML', [{ text: '<html>' }], 'The answer is not JSON: <html>'],
    ['that ends early', [{ text: '{"data": [' }], 'The answer is not JSON: {"data": ['],
    ['that is empty', [{ text: '' }], 'The answer is not JSON: (empty)'],
  ] satisfies [string, Answer[], string][])('%s', async (_, answers, message) => {
    server.answers({ [route]: answers });
    const thrown = await thrownBy(armFor(server).query(query, ids(1)));
    expect(thrown).toMatchObject({ name: 'MalformedAnswerError', sources: [source], message: expect.stringContaining(message) });
    expect((thrown as Error).message).not.toContain('\n');
  });

  test('that Resource Graph words, in its own words', async () => {
    server.answers({ [route]: [failure(400, 'BadRequest', 'Please provide below info when asking for support.')] });
    expect(await thrownBy(armFor(server).query(query, ids(1)))).toMatchObject({
      name: 'ArmError',
      status: 400,
      code: 'BadRequest',
      message: 'Please provide below info when asking for support.',
      source,
    });
  });

  test('on a later page loses all', async () => {
    const denied = failure(403, 'AuthorizationFailed');
    server.answers({ [route]: [rows([1], 2, 'more'), denied, denied] });
    expect(await thrownBy(armFor(server).query(query, ids(1)))).toMatchObject({ name: 'ArmError', status: 403 });
  });
});

describe('the quota', () => {
  test('that is used up is waited for before the next page, no longer than allowed', async () => {
    const times: number[] = [];
    server.answers({
      [route]: ({ body }) => {
        times.push(performance.now());
        return body.includes('$skipToken') ? rows([2], 2) : rows([1], 2, 'more', usedUp);
      },
    });
    const arm = armFor(server, { retry: { attempts: 0, baseMs: 1, longestWaitMs: 80 } });
    expect(await arm.query(query, ids(1))).toMatchObject({ value: [1, 2] });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(75);
  });

  test('that is used up is waited for before the next subscriptions', async () => {
    server.answers({ [route]: [rows([1], 1, null, usedUp), rows([2], 1)] });
    const begun = performance.now();
    await armFor(server, { retry: { attempts: 0, baseMs: 1, longestWaitMs: 80 } }).query(query, ids(301));
    expect(performance.now() - begun).toBeGreaterThan(75);
  });

  test('that is used up by the last page is not waited for', async () => {
    server.answers({ [route]: [rows([1], 1, null, { ...usedUp, ...inAnHour })] });
    expect(await armFor(server, patient).query(query, ids(1))).toMatchObject({ known: true });
  });

  test('that is not used up is not waited for', async () => {
    server.answers({ [route]: [rows([1], 2, 'more', { ...usedUp, ...inAnHour, 'x-ms-user-quota-remaining': '1' }), rows([2], 2)] });
    expect(await armFor(server, patient).query(query, ids(1))).toMatchObject({ known: true });
  });

  test('is not waited for beyond the end of the scan', async () => {
    const controller = new AbortController();
    server.answers({ [route]: [rows([1], 2, 'more', usedUp)] });
    setTimeout(() => controller.abort(), 100);
    const arm = armFor(server, { signal: controller.signal, retry: { attempts: 0, baseMs: 1, longestWaitMs: 60_000 } });
    expect(await thrownBy(arm.query(query, ids(1)))).toMatchObject({ name: 'AbortError' });
  });

  test('that was exceeded is waited for, and the query sent again', async () => {
    server.answers({ [route]: [failure(429, 'RateLimiting', 'Please wait.', { 'x-ms-user-quota-resets-after': '00:00:00' }), rows([1], 1)] });
    const arm = armFor(server);
    expect(await arm.query(query, ids(1))).toMatchObject({ value: [1] });
    expect(sent()).toHaveLength(2);
    expect(sent()[0]).toEqual(sent()[1]);
    expect(arm.counters).toEqual({ requests: 2, throttled: 1, retries: 1 });
  });
});
