import type { RetrySettings } from '../../src/azure/retry.ts';
import type { Answer, Faults, Outcome, SandboxOptions } from '../../src/sandbox/index.ts';
import type { Random } from './random.ts';

/** What goes wrong in one run of a scenario, while `isOn()`. */
export interface Trouble {
  readonly transform?: NonNullable<Faults['transform']>;
  readonly ingestionFaults?: SandboxOptions['ingestionFaults'];
  readonly tokenLifetimeMs?: number;
  readonly retry?: Partial<RetrySettings>;
  /** Longest time of one request, milliseconds. */
  readonly attemptMs?: number;
  /** Of one request to the ingestion endpoint. */
  readonly uploadMs?: number;
  /** Milliseconds until the scan is to end itself. */
  readonly deadlineMs?: number;
  /** Added to the clock, at each look at it. */
  readonly clockJumps?: () => number;
  /** The process is killed right before it changes its state once more than so often. */
  readonly changesUntilDeath?: number;
}

export interface Scenario {
  readonly name: string;
  /** For the table: what goes wrong. */
  readonly what: string;
  /** How many scans run at once. */
  readonly scans?: 1 | 2;
  /** @param origin of the sandbox, which is known once it runs */
  trouble(random: Random, subscriptions: readonly string[], origin: () => string): Trouble;
}

type Request = Parameters<NonNullable<Faults['transform']>>[0];

const failing = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify({ error: { code: status === 429 ? 'TooManyRequests' : 'InternalServerError', message: 'The sandbox was told to.' } })),
});
const denied: Answer = { status: 403, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ error: { code: 'AuthorizationFailed', message: 'No.' } })) };
const of = (random: Random, outcomes: readonly [() => Outcome, ...(() => Outcome)[]]): Outcome => random.pick(outcomes)();
/** Whether a path is of one of the subscriptions. */
const below = (path: string, subscriptions: readonly string[]): boolean => subscriptions.some(id => path.toLowerCase().startsWith(`/subscriptions/${id.toLowerCase()}`));
const asJson = (answer: Answer, change: (body: Record<string, unknown>) => unknown): Answer => {
  if (answer.status !== 200 || !answer.body) return answer;
  return { ...answer, body: Buffer.from(JSON.stringify(change(JSON.parse(answer.body.toString()) as Record<string, unknown>))) };
};
const isList = (body: Record<string, unknown>): body is { value: unknown[] } => Array.isArray(body['value']);
const listAccounts = /\/databaseAccounts$/i;

function transient(share: number): (random: Random) => Trouble {
  return random => ({
    transform: (_, answer) => (random.chance(share) ? of(random, [() => failing(500), () => failing(503), () => failing(503, { 'retry-after': '0' }), () => 'reset', () => 'reset']) : answer),
  });
}

function spoiled(share: number, spoil: (answer: Answer, request: Request, random: Random) => Outcome): (random: Random) => Trouble {
  return random => ({ transform: (request, answer) => (answer.status === 200 && random.chance(share) ? spoil(answer, request, random) : answer) });
}

function chosen(random: Random, subscriptions: readonly string[], share: number): readonly string[] {
  return subscriptions.filter(() => random.chance(share));
}

/** Everything that goes wrong on the way, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  { name: 'transient-5', what: '5 % of the answers of Resource Manager are 500, 503 or a broken connection', trouble: transient(0.05) },
  { name: 'transient-20', what: '20 % of them', trouble: transient(0.2) },
  { name: 'transient-60', what: '60 % of them: many facts are lost for good', trouble: transient(0.6) },
  {
    name: 'hanging',
    what: '2 % of the requests are never answered',
    trouble: random => ({ transform: (_, answer) => (random.chance(0.02) ? 'hang' : answer), attemptMs: 250 }),
  },
  {
    name: 'throttled-retry-after',
    what: '30 % of the answers are 429 with a short Retry-After',
    trouble: random => ({ transform: (_, answer) => (random.chance(0.3) ? failing(429, { 'retry-after-ms': '5' }) : answer) }),
  },
  {
    name: 'throttled-silent',
    what: '30 % of the answers are 429 without a Retry-After',
    trouble: random => ({ transform: (_, answer) => (random.chance(0.3) ? failing(429) : answer) }),
  },
  {
    name: 'throttled-too-long',
    what: 'some subscriptions answer 429 with a Retry-After of an hour',
    trouble: (random, subscriptions) => {
      const throttled = chosen(random, subscriptions, 0.4);
      return { transform: ({ path }, answer) => (below(path, throttled) ? failing(429, { 'retry-after': '3600' }) : answer) };
    },
  },
  {
    name: 'denied-30',
    what: '30 % of the subscriptions are denied',
    trouble: (random, subscriptions) => {
      const lost = chosen(random, subscriptions, 0.3);
      return { transform: ({ path }, answer) => (below(path, lost) ? denied : answer) };
    },
  },
  {
    name: 'denied-midway',
    what: 'access to some subscriptions is taken away in the middle of the scan',
    trouble: (random, subscriptions) => {
      const lost = chosen(random, subscriptions, 0.5);
      const from = 10 + random.whole(150);
      return { transform: ({ path, count }, answer) => (count >= from && below(path, lost) ? denied : answer) };
    },
  },
  {
    name: 'denied-at-times',
    what: '5 % of the answers are a 403 that is not meant',
    trouble: random => ({ transform: (_, answer) => (random.chance(0.05) ? denied : answer) }),
  },
  { name: 'short-tokens', what: 'tokens live less than two seconds, and Resource Manager refuses those that are over', trouble: () => ({ tokenLifetimeMs: 1_200 }) },
  {
    name: 'truncated-json',
    what: '5 % of the answers end in the middle of the JSON',
    trouble: spoiled(0.05, (answer, _, random) => ({ ...answer, body: answer.body?.subarray(0, random.whole(answer.body.length)) ?? Buffer.alloc(0) })),
  },
  { name: 'html', what: '5 % of the answers are an HTML page with status 200', trouble: spoiled(0.05, () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('<html><body>Sign in</body></html>') })) },
  { name: 'content-type', what: 'every answer says it is text', trouble: spoiled(1, answer => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' } })) },
  {
    name: 'duplicate-accounts',
    what: 'lists of accounts name some accounts twice, over pages',
    trouble: spoiled(1, (answer, { path }) => (listAccounts.test(path) ? asJson(answer, body => (isList(body) ? { ...body, value: [...body.value, ...body.value] } : body)) : answer)),
  },
  {
    name: 'endless-pages',
    what: '3 % of the lists lead back to themselves',
    trouble: (random, _, origin) => spoiled(0.03, (answer, { path }) => asJson(answer, body => (isList(body) ? { ...body, nextLink: `${origin()}${path}?api-version=2022-12-01` } : body)))(random),
  },
  {
    name: 'foreign-link',
    what: '5 % of the lists lead to another host',
    trouble: spoiled(0.05, answer => asJson(answer, body => (isList(body) ? { ...body, nextLink: 'https://management.attacker.example/subscriptions?api-version=2022-12-01' } : body))),
  },
  ...([403, 413, 429, 500] as const).map((status): Scenario => ({
    name: `ingestion-${status}`,
    what: `the ingestion endpoint answers ${status} at times`,
    trouble: random => ({ ingestionFaults: { before: () => (random.chance(0.5) ? failing(status) : null) } }),
  })),
  {
    name: 'ingestion-dies',
    what: 'the ingestion endpoint takes rows and breaks the connection before it says so, or before it takes them',
    trouble: random => ({ ingestionFaults: { before: () => (random.chance(0.3) ? 'reset' : null), after: answer => (random.chance(0.3) ? 'reset' : answer) } }),
  },
  {
    name: 'ingestion-hangs',
    what: 'the ingestion endpoint does not answer at all',
    trouble: () => ({ ingestionFaults: { before: () => 'hang' }, uploadMs: 60 }),
  },
  {
    name: 'deadline',
    what: 'the scan has to end itself before everything is read',
    trouble: random => ({ deadlineMs: 20 + random.whole(150) }),
  },
  {
    name: 'killed',
    what: 'the process is killed right before one of its changes to the state, with 5 % transient failures',
    trouble: random => ({ ...transient(0.05)(random), changesUntilDeath: random.whole(20) }),
  },
  { name: 'two-scans', what: 'two scans run at once over the same state, with 5 % transient failures', scans: 2, trouble: transient(0.05) },
  {
    name: 'clock-jumps',
    what: 'the clock jumps by up to a day, forwards and backwards',
    trouble: random => ({ clockJumps: () => (random.whole(3) - 1) * random.whole(86_400_000) }),
  },
];
