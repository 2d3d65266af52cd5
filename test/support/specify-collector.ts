import { describe, expect, test } from 'vitest';
import type { Arm } from '../../src/azure/arm.ts';
import { collect, type Collector } from '../../src/collectors/collector.ts';
import type { Fact, Reason } from '../../src/core/fact.ts';
import { armFor, failure, page, type Answer, type AzureServer, type Received, type Routes } from './azure-server.ts';

/** One list that a collector reads. */
interface ListOnWire {
  /** `GET /subscriptions?api-version=2022-12-01`; it is also the source that the fact must name. */
  readonly route: string;
  /** What Azure sends: at least two elements, so that they fill two pages. */
  readonly recorded: readonly [unknown, unknown, ...unknown[]];
}

interface Malformed {
  /** Completes "is malformed when …". */
  readonly when: string;
  /** Sent as a further element of the list. */
  readonly element: unknown;
  /** Which list; the first where it is left out. */
  readonly list?: number;
  readonly says: string;
}

interface Specification<Subject, T> {
  readonly collector: Collector<Subject, T>;
  readonly subject: Subject;
  readonly lists: readonly [ListOnWire, ...ListOnWire[]];
  /** What comes of what was recorded. */
  readonly gives: T;
  /** What comes of empty lists. */
  readonly empty: T;
  readonly malformed: readonly Malformed[];
}

/** How every request can fail, and what must come of it. */
export const failures: readonly { readonly when: string; readonly answer: Answer; readonly reason: Reason; readonly says: string }[] = [
  {
    when: 'the identity may not',
    answer: failure(403, 'AuthorizationFailed', "The client 'a' with object id 'b-c' does not have authorization."),
    reason: 'denied',
    says: 'Azure answered 403 AuthorizationFailed (object id b-c).',
  },
  { when: 'it is not there', answer: failure(404, 'ResourceNotFound', 'It was not found.'), reason: 'missing', says: 'Azure answered 404 ResourceNotFound: It was not found.' },
  {
    when: 'the cloud does not have it',
    answer: failure(404, 'InvalidResourceType', 'The type could not be found.'),
    reason: 'unsupported',
    says: 'Azure answered 404 InvalidResourceType: The type could not be found.',
  },
  {
    when: 'the version is not known there',
    answer: failure(400, 'NoRegisteredProviderFound', 'No provider.'),
    reason: 'unsupported',
    says: 'Azure answered 400 NoRegisteredProviderFound',
  },
  { when: 'Azure throttles it', answer: failure(429, 'TooManyRequests', 'Slow down.'), reason: 'throttled', says: 'Azure answered 429 TooManyRequests: Slow down.' },
  { when: 'Azure fails', answer: failure(500, 'InternalServerError', 'It broke.'), reason: 'failed', says: 'Azure answered 500 InternalServerError: It broke.' },
  { when: 'the connection breaks', answer: 'reset', reason: 'unreachable', says: 'ECONNRESET' },
  { when: 'something else answers', answer: { text: '<html>Sign in</html>' }, reason: 'malformed', says: 'The answer is not JSON: <html>Sign in</html>' },
];

/** What all collectors promise, as a table. */
export function specifyCollector<Subject, T>(server: AzureServer, specification: Specification<Subject, T>): void {
  const { collector, subject, lists, gives, empty, malformed } = specification;
  const read = (differently: (list: ListOnWire, index: number) => Answer | ((request: Received) => Answer)): Promise<Fact<T>> => {
    const script = (answer: Answer | ((request: Received) => Answer)) => (typeof answer === 'function' ? answer : () => answer);
    server.answers(Object.fromEntries(lists.map((list, index) => [list.route, script(differently(list, index))])) satisfies Routes);
    return collect(collector, armFor(server, { retry: { attempts: 1, baseMs: 1, longestWaitMs: 1_000 } }), subject);
  };
  const cases = lists.flatMap((list, index) => failures.map(each => ({ ...each, list: list.route.replace(/\?.*/, '').split('/').slice(-2).join('/'), index })));

  describe(collector.name, () => {
    test('gives what Azure sends, and where it is from', async () => {
      expect(await read(list => whole(list))).toEqual({ known: true, value: gives, sources: lists.map(({ route }) => route) });
    });

    test('is empty where Azure sends nothing', async () => {
      expect(await read(({ route }) => part(route, [], 0))).toMatchObject({ known: true, value: empty });
    });

    test.each(lists.map(({ route }, index) => ({ route, index })))('reads the second page of $route', async ({ index }) => {
      expect(await read((list, each) => (each === index ? inPages(list) : whole(list)))).toMatchObject({ known: true, value: gives });
    });

    test.each(cases)('is $reason when $when ($list)', async ({ index, answer, reason, says }) => {
      const fact = await read((list, each) => (each === index ? answer : whole(list)));
      expect(fact).toMatchObject({ known: false, reason, detail: expect.stringMatching(/^Cannot read /) });
      expect(fact).toMatchObject({ detail: expect.stringContaining(says) });
      expect('permission' in fact ? fact.permission : null).toBe(reason === 'denied' ? collector.actions.join(', ') : null);
      expect(fact.sources).toEqual(reason === 'unreachable' ? [] : [lists[index]?.route]);
    });

    test.each(malformed)('is malformed when $when', async ({ element, list: broken = 0, says }) => {
      const fact = await read((list, index) => (index === broken ? part(list.route, [...list.recorded, element], list.recorded.length + 1) : whole(list)));
      expect(fact).toMatchObject({ known: false, reason: 'malformed', detail: expect.stringContaining(says), sources: [lists[broken]?.route] });
    });
  });
}

/** Reads elements with a collector, and must succeed. */
export async function readOne<Subject, T>(
  server: AzureServer,
  collector: Collector<Subject, T>,
  subject: Subject,
  routes: Readonly<Record<string, readonly unknown[]>>,
): Promise<T> {
  server.answers(Object.fromEntries(Object.entries(routes).map(([route, elements]) => [route, () => part(route, elements, elements.length)])));
  const arm: Arm = armFor(server);
  return (await collector.read(arm, subject)).value;
}

function whole({ route, recorded }: ListOnWire): Answer {
  return part(route, recorded, recorded.length);
}

function inPages({ route, recorded: [first, ...rest] }: ListOnWire): (request: Received) => Answer {
  const all = 1 + rest.length;
  return ({ url, body }) => (url.includes('skipToken=second') || body.includes('"$skipToken":"second"') ? part(route, rest, all) : part(route, [first], all, 'second'));
}

/** Some elements of a list of so many, as the API of the route pages them. */
function part(route: string, elements: readonly unknown[], total: number, token?: string): Answer {
  if (route.startsWith('POST')) return { body: { totalRecords: total, count: elements.length, data: elements, ...(token !== undefined && { $skipToken: token }) } };
  return page(elements, token === undefined ? undefined : `${route.replace(/^GET /, '')}&$skipToken=${token}`);
}
