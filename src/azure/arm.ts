import { createCosmosDBManagement, type CosmosDBManagementContext } from '@azure/arm-cosmosdb/api';
import { NetworkManagementClient } from '@azure/arm-network';
import { bearerTokenAuthenticationPolicyName, isRestError, type Pipeline } from '@azure/core-rest-pipeline';
import { getClient, type Client } from '@azure-rest/core-client';
import { known, type Known } from '../core/fact.ts';
import type { ArmCounters } from '../core/scan.ts';
import { capturing, itemsOf, type Capture } from './capture.ts';
import type { Cloud } from './clouds.ts';
import { ArmError, MalformedAnswerError } from './errors.ts';
import { queryResourceGraph, resourceGraphPath, resourceGraphVersion } from './resource-graph.ts';
import { transport, type TransportSettings } from './transport.ts';
import { userAgent } from './user-agent.ts';

export type ArmSettings = TransportSettings;

/** A call of an SDK client that lists something, page by page. */
export type PagedCall = { byPage(): AsyncIterable<unknown> };

/** Azure Resource Manager, read only. Every answer is what was on the wire, with the requests it came from. */
export interface Arm {
  readonly cloud: Cloud;
  /** Everything since the connection was made. */
  readonly counters: ArmCounters;
  /** What was counted since it was asked last: for a process in which several share a connection, and each counts its share. */
  take(this: void): ArmCounters;
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

/** The SDK exports no name for it. */
const defaultRetryPolicyName = 'defaultRetryPolicy';

/**
 * Connects to Azure Resource Manager.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export function connect(settings: ArmSettings): Arm {
  const { cloud, credential } = settings;
  const { meter, httpClient, policies } = transport(settings);
  const options = { endpoint: cloud.armEndpoint, credentials: { scopes: [cloud.armScope] }, httpClient, userAgentOptions: { userAgentPrefix: userAgent } };
  const prepared = <C extends { readonly pipeline: Pipeline }>(client: C): C => {
    client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
    client.pipeline.removePolicy({ name: defaultRetryPolicyName });
    for (const [place, policy] of policies.entries()) client.pipeline.addPolicy(policy, { phase: 'Retry', afterPolicies: policies.slice(0, place).map(({ name }) => name) });
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
    counters: meter.counters,
    take: meter.take,
    cosmos: bySubscription(id => prepared(createCosmosDBManagement(credential, id, options))),
    network: bySubscription(id => prepared(new NetworkManagementClient(credential, id, options))),
    all: async call => listed(await captured(() => drain(call()))),
    get: async (path, apiVersion) => single(await captured(async () => await raw.pathUnchecked(withVersion(path, apiVersion)).get())),
    list: async (path, apiVersion) => listed(await captured(() => follow(raw, path, apiVersion))),
    query: (kql, subscriptions) => queryResourceGraph(kql, subscriptions, query => postQuery(raw, query)),
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

async function postQuery(raw: Client, body: unknown): Promise<unknown> {
  const { bodies } = await captured(async () => await raw.pathUnchecked(resourceGraphPath).post({ queryParameters: { 'api-version': resourceGraphVersion }, body }));
  return bodies[0];
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
  // Nothing asked is nothing known, and no empty list.
  if (capture.bodies.length === 0) throw new MalformedAnswerError('No answer was recorded.');
  return capture;
}

function listed(capture: Capture): Known<unknown[]> {
  return known(itemsOf(capture), capture.sources);
}

function single({ bodies, sources }: Capture): Known<unknown> {
  return known(bodies[0], sources);
}
