import { createCosmosDBManagement, type CosmosDBManagementContext } from '@azure/arm-cosmosdb/api';
import { NetworkManagementClient } from '@azure/arm-network';
import type { TokenCredential } from '@azure/core-auth';
import { bearerTokenAuthenticationPolicy, bearerTokenAuthenticationPolicyName, isRestError, type Pipeline } from '@azure/core-rest-pipeline';
import { getClient, type Client } from '@azure-rest/core-client';
import { known, type Known } from '../core/fact.ts';
import type { ArmCounters } from '../core/scan.ts';
import { capturing, itemsOf, type Capture } from './capture.ts';
import type { Cloud } from './clouds.ts';
import { meter } from './counters.ts';
import { ArmError } from './errors.ts';
import { guardedHttpClient } from './http-client.ts';
import { limiter } from './limiter.ts';
import { queryResourceGraph, resourceGraphPath, resourceGraphVersion } from './resource-graph.ts';
import { defaultRetry, retryPolicy, type RetrySettings } from './retry.ts';
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
  /** One resource. */
  get(path: string, apiVersion: string): Promise<Known<unknown>>;
  /** All rows of a Resource Graph query. It silently omits what the identity may not read. */
  query(kql: string, subscriptions: readonly string[]): Promise<Known<unknown[]>>;
}

/** In flight at once per subscription: ARM's bucket for one refills with 25 a second. */
const perSubscription = 12;

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
  const retrying = retryPolicy(retry, measured, signal);
  // One for all clients: each policy keeps a token of its own, and some credentials start a process for every token.
  const bearer = bearerTokenAuthenticationPolicy({ credential, scopes: cloud.armScope });
  const prepared = <C extends { readonly pipeline: Pipeline }>(client: C): C => {
    client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
    client.pipeline.addPolicy(bearer);
    client.pipeline.addPolicy(retrying, { beforePolicies: [bearerTokenAuthenticationPolicyName] });
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
    get: async (path, apiVersion) => single(await captured(async () => await raw.pathUnchecked(withVersion(path, apiVersion)).get())),
    list: async (path, apiVersion) => listed(await captured(() => follow(raw, path, apiVersion))),
    query: (kql, subscriptions) => queryResourceGraph(kql, subscriptions, { post: query => postQuery(raw, query), signal, longestWaitMs: retry.longestWaitMs }),
  };
}

async function drain(call: PagedCall): Promise<void> {
  const pages = call.byPage()[Symbol.asyncIterator]();
  while (!(await pages.next()).done);
}

async function follow(raw: Client, path: string, apiVersion: string): Promise<void> {
  let link: string | null = path;
  while (link !== null) {
    const answer = await raw.pathUnchecked(withVersion(link, apiVersion)).get();
    if (answer.status !== '200') return;
    ({ nextLink: link } = answer.body as { nextLink: string | null });
  }
}

/** Some nextLinks leave it out. */
function withVersion(link: string, apiVersion: string): string {
  return /[?&]api-version=/i.test(link) ? link : `${link}${link.includes('?') ? '&' : '?'}api-version=${apiVersion}`;
}

async function postQuery(raw: Client, body: unknown): Promise<{ headers: Record<string, string | undefined>; body: unknown }> {
  let headers: Record<string, string | undefined> = {};
  const { bodies } = await captured(async () => {
    ({ headers } = await raw.pathUnchecked(resourceGraphPath).post({ queryParameters: { 'api-version': resourceGraphVersion }, body }));
  });
  return { headers, body: bodies[0] };
}

/**
 * Runs a call and gives what was on the wire, or throws the error that Resource Manager answered with; unless the SDK
 * ended with something else than that answer, such as a wait that is too long.
 */
async function captured(call: () => Promise<unknown>): Promise<Capture> {
  const { capture, thrown } = await capturing(call);
  if (capture.failure) {
    const { status, code, message, source } = capture.failure;
    if (thrown === null || isRestError(thrown)) throw new ArmError(status, code, message, source);
  }
  if (thrown !== null) throw thrown;
  return capture;
}

function listed(capture: Capture): Known<unknown[]> {
  return known(itemsOf(capture), capture.sources);
}

function single({ bodies, sources }: Capture): Known<unknown> {
  return known(bodies[0], sources);
}
