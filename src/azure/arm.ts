import { createCosmosDBManagement, type CosmosDBManagementContext } from '@azure/arm-cosmosdb/api';
import { NetworkManagementClient } from '@azure/arm-network';
import { createHttpHeaders, createPipelineRequest, isRestError, type Pipeline, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { known, type Known } from '../core/fact.ts';
import { recent } from '../core/recent.ts';
import type { ArmCounters } from '../core/scan.ts';
import { currentCapture, during, itemsOf, newCapture, type Capture } from './capture.ts';
import type { Cloud } from './clouds.ts';
import { ArmError, MalformedAnswerError } from './errors.ts';
import { recording, withoutElements, type Recorded } from './record.ts';
import { queryResourceGraph, resourceGraphPath, resourceGraphVersion } from './resource-graph.ts';
import { transport, type TransportSettings } from './transport.ts';

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

/** A client for the network of one subscription weighs 100 KB. */
const mostClients = 64;

/**
 * Connects to Azure Resource Manager.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export function connect(settings: ArmSettings): Arm {
  const { cloud, credential } = settings;
  const { meter, send, allowance } = transport(settings);
  const recorded = recording(send, allowance);
  const options = { endpoint: cloud.armEndpoint, pipeline: pipelineOf(recorded) };
  const bySubscription = <C>(make: (subscriptionId: string) => C): ((subscriptionId: string) => C) => {
    const { get } = recent<C>(mostClients);
    return id => get(id, () => make(id));
  };
  const read = (path: string, apiVersion: string, capture: Capture): Promise<PipelineResponse> => recorded(requestFor('GET', withVersion(absolute(path, cloud), apiVersion)), capture);
  return {
    cloud,
    counters: meter.counters,
    take: meter.take,
    cosmos: bySubscription(id => createCosmosDBManagement(credential, id, options)),
    network: bySubscription(id => new NetworkManagementClient(credential, id, options)),
    all: async call => listed(await captured(capture => during(capture, () => drain(call())))),
    get: async (path, apiVersion) => single(await captured(capture => read(path, apiVersion, capture))),
    list: async (path, apiVersion) =>
      listed(
        await captured(async capture => {
          for (let link: string | null = path; link !== null; link = capture.nextLink) await read(link, apiVersion, capture);
        }),
      ),
    query: (kql, subscriptions) =>
      queryResourceGraph(kql, subscriptions, async body => {
        const url = `${cloud.armEndpoint}${resourceGraphPath}?api-version=${resourceGraphVersion}`;
        return single(await captured(capture => recorded(requestFor('POST', url, JSON.stringify(body)), capture))).value;
      }),
  };
}

/** A pipeline for SDK clients that has nothing of its own: everything they would put into it is in the transport. */
function pipelineOf(recorded: Recorded): Pipeline {
  const pipeline: Pipeline = {
    async sendRequest(_, request) {
      const capture = currentCapture();
      return withoutElements(await recorded(request, capture), capture);
    },
    addPolicy: () => {},
    removePolicy: () => [],
    getOrderedPolicies: () => [],
    clone: () => pipeline,
  };
  return pipeline;
}

function requestFor(method: 'GET' | 'POST', url: string, body?: string): PipelineRequest {
  const headers = createHttpHeaders({ accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) });
  return createPipelineRequest({ method, url, headers, ...(body !== undefined && { body }) });
}

async function drain(call: PagedCall): Promise<void> {
  const pages = call.byPage()[Symbol.asyncIterator]();
  while (!(await pages.next()).done);
}

/** A link to a further page is an address, and may be anything. */
function absolute(link: string, { armEndpoint }: Cloud): string {
  return /^\/[^/\\]/.test(link) ? `${armEndpoint}${link}` : new URL(link, armEndpoint).href;
}

/** Some nextLinks leave it out. */
function withVersion(link: string, apiVersion: string): string {
  return /[?&]api-version=/i.test(link) ? link : `${link}${link.includes('?') ? '&' : '?'}api-version=${apiVersion}`;
}

/**
 * Runs a call and gives what was on the wire, or throws the error that Resource Manager answered with; unless the SDK
 * ended with something else than that answer, such as a wait that is too long.
 */
async function captured(call: (capture: Capture) => Promise<unknown>): Promise<Capture> {
  const capture = newCapture();
  try {
    await call(capture);
  } catch (thrown) {
    if (capture.failure === null || !isRestError(thrown)) throw thrown;
  }
  if (capture.failure) {
    const { status, code, message, source } = capture.failure;
    throw new ArmError(status, code, message, source);
  }
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
