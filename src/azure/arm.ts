import { setTimeout as delay } from 'node:timers/promises';
import { createCosmosDBManagement, type CosmosDBManagementContext } from '@azure/arm-cosmosdb/api';
import { NetworkManagementClient } from '@azure/arm-network';
import type { TokenCredential } from '@azure/core-auth';
import { bearerTokenAuthenticationPolicyName, type Pipeline } from '@azure/core-rest-pipeline';
import { getClient, type Client } from '@azure-rest/core-client';
import { z } from 'zod';
import { known, type Known } from '../core/fact.ts';
import type { ArmCounters } from '../core/scan.ts';
import { capturing, itemsOf, type Capture } from './capture.ts';
import type { Cloud } from './clouds.ts';
import { meter } from './counters.ts';
import { ArmError, MalformedAnswerError } from './errors.ts';
import { guardedHttpClient } from './http-client.ts';
import { limiter } from './limiter.ts';
import { defaultRetry, quotaResetsAfter, retryPolicy, type RetrySettings } from './retry.ts';
import { userAgent } from './user-agent.ts';

export interface ArmSettings {
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  /** Ends the whole scan. */
  readonly signal: AbortSignal;
  /** Requests in flight, over all subscriptions. */
  readonly concurrency: number;
  readonly retry?: RetrySettings;
  /** Longest time one request may take, milliseconds. */
  readonly attemptMs?: number;
}

/** A call of an SDK client that lists something, page by page. */
export type PagedCall = { byPage(): AsyncIterable<unknown> };

/** Azure Resource Manager, read only. Every answer is what was on the wire, with the requests it came from. */
export interface Arm {
  readonly cloud: Cloud;
  readonly counters: ArmCounters;
  cosmos(subscriptionId: string): CosmosDBManagementContext;
  network(subscriptionId: string): NetworkManagementClient;
  /** All pages of an SDK list call. */
  all(call: () => PagedCall): Promise<Known<unknown[]>>;
  /** All pages of a list the SDKs do not model. */
  list(path: string, apiVersion: string): Promise<Known<unknown[]>>;
  /** All rows of a Resource Graph query. It silently omits what the identity may not read. */
  query(kql: string, subscriptions: readonly string[]): Promise<Known<unknown[]>>;
}

const resourceGraphPath = '/providers/Microsoft.ResourceGraph/resources';

/** In flight at once per subscription: ARM's bucket for one refills with 25 a second. */
const perSubscription = 12;

/** Resource Graph refuses more than 1,000 subscriptions in a query. */
const subscriptionsPerQuery = 300;

/**
 * Connects to Azure Resource Manager.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export function connect({ cloud, credential, signal, concurrency, retry = defaultRetry, attemptMs = 30_000 }: ArmSettings): Arm {
  const measured = meter();
  const httpClient = guardedHttpClient({
    allowance: { origin: cloud.armEndpoint, posts: [/^\/providers\/microsoft\.resourcegraph\/resources$/i] },
    meter: measured,
    limiter: limiter(concurrency, perSubscription),
    signal,
    attemptMs,
  });
  const options = { endpoint: cloud.armEndpoint, credentials: { scopes: [cloud.armScope] }, httpClient, retryOptions: { maxRetries: 0 }, userAgentOptions: { userAgentPrefix: userAgent } };
  const policy = retryPolicy(retry, measured, signal);
  const prepared = <C extends { readonly pipeline: Pipeline }>(client: C): C => {
    client.pipeline.addPolicy(policy, { beforePolicies: [bearerTokenAuthenticationPolicyName] });
    return client;
  };
  const raw: Client = prepared(getClient(cloud.armEndpoint, credential, options));
  const bySubscription = <C>(make: (subscriptionId: string) => C): ((subscriptionId: string) => C) => {
    const made = new Map<string, C>();
    return id => {
      const client = made.get(id) ?? make(id);
      made.set(id, client);
      return client;
    };
  };
  return {
    cloud,
    counters: measured.counters,
    cosmos: bySubscription(id => prepared(createCosmosDBManagement(credential, id, options))),
    network: bySubscription(id => prepared(new NetworkManagementClient(credential, id, options))),
    all: async call => listed(await captured(() => drain(call()))),
    list: async (path, apiVersion) => listed(await captured(() => follow(raw, path, apiVersion))),
    query: (kql, subscriptions) => graph(raw, kql, subscriptions, { signal, longestWaitMs: retry.longestWaitMs }),
  };
}

async function drain(call: PagedCall): Promise<void> {
  const pages = call.byPage()[Symbol.asyncIterator]();
  while (!(await pages.next()).done);
}

async function follow(raw: Client, path: string, apiVersion: string): Promise<void> {
  const queryParameters = { 'api-version': apiVersion };
  let answer = await raw.pathUnchecked(path).get({ queryParameters });
  while (answer.status === '200') {
    const { nextLink } = answer.body as { nextLink: string | null };
    if (nextLink === null) return;
    answer = await raw.pathUnchecked(nextLink).get(/[?&]api-version=/i.test(nextLink) ? {} : { queryParameters });
  }
}

/** Runs a call and gives what was on the wire, or throws the error that Resource Manager answered with. */
async function captured(call: () => Promise<unknown>): Promise<Capture> {
  const { capture, thrown } = await capturing(call);
  if (capture.failure) {
    const { status, code, message, source } = capture.failure;
    if (thrown === null || isAnswer(thrown)) throw new ArmError(status, code, message, source);
  }
  if (thrown !== null) throw thrown;
  return capture;
}

/** Errors the SDKs raise because of the status, rather than of something else such as a wait that is too long. */
function isAnswer(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'RestError';
}

function listed(capture: Capture): Known<unknown[]> {
  return known(itemsOf(capture), capture.sources);
}

const Answer = z.object({
  data: z.array(z.unknown()),
  totalRecords: z.int(),
  $skipToken: z.string().nullish(),
});

async function graph(raw: Client, kql: string, subscriptions: readonly string[], waits: { signal: AbortSignal; longestWaitMs: number }): Promise<Known<unknown[]>> {
  const rows: unknown[] = [];
  const source = `POST ${resourceGraphPath}?api-version=2024-04-01`;
  for (let start = 0; start < subscriptions.length; start += subscriptionsPerQuery) {
    const scope = subscriptions.slice(start, start + subscriptionsPerQuery);
    let read = 0;
    let skipToken: string | null | undefined;
    do {
      const body = { query: kql, subscriptions: scope, options: { $top: 1000, resultFormat: 'objectArray', ...(skipToken && { $skipToken: skipToken }) } };
      const { headers, answer } = await page(raw, body, source);
      read += answer.data.length;
      rows.push(...answer.data);
      if (answer.$skipToken === skipToken && skipToken) throw new MalformedAnswerError('Resource Graph repeats a page.', source);
      skipToken = answer.$skipToken;
      if (!skipToken && read !== answer.totalRecords) throw new MalformedAnswerError(`Resource Graph counts ${answer.totalRecords} rows and sent ${read}.`, source);
      const wait = headers['x-ms-user-quota-remaining'] === '0' ? quotaResetsAfter(headers['x-ms-user-quota-resets-after']) : undefined;
      if (wait !== undefined) await delay(Math.min(wait, waits.longestWaitMs), undefined, { signal: waits.signal });
    } while (skipToken);
  }
  return known(rows, [source]);
}

async function page(raw: Client, body: unknown, source: string): Promise<{ headers: Record<string, string | undefined>; answer: z.output<typeof Answer> }> {
  let headers: Record<string, string | undefined> = {};
  const { bodies } = await captured(async () => {
    ({ headers } = await raw.pathUnchecked(resourceGraphPath).post({ queryParameters: { 'api-version': '2024-04-01' }, body }));
  });
  const answer = Answer.safeParse(bodies[0]);
  if (!answer.success) throw new MalformedAnswerError(`Resource Graph answered something else than rows: ${z.prettifyError(answer.error)}`, source);
  return { headers, answer: answer.data };
}
