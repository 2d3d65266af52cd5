import { failure, json, type Answer } from './answer.ts';
import type { Counter } from './counts.ts';
import type { Estate } from './estate/estate.ts';
import { authorizationFailed, subscriptionIn, tooManyRequests, type FaultPlan } from './faults.ts';
import { subscriptionReads, type Bucket } from './limits.ts';
import type { Request } from './request.ts';
import { graphPath, resourceGraph } from './resource-graph.ts';
import { routerOf, type Route } from './router.ts';
import type { Outcome } from './server.ts';
import type { Tokens } from './tokens.ts';

export interface ArmSettings {
  readonly estate: Estate;
  readonly faults: FaultPlan;
  readonly tokens: Tokens;
  readonly counter: Counter;
  /** Where it can be reached; known once it listens. */
  readonly origin: () => string;
}

/** Paths that hand out keys. */
const keyPath = /\/(listkeys|readonlykeys|listconnectionstrings|regeneratekey)(\/|$)/;

/** A wait so long that a scan must give the subscription up. */
const throttledSeconds = 3600;

/** Azure Resource Manager over an estate. */
export function resourceManager({ estate, faults, tokens, counter, origin }: ArmSettings): (request: Request) => Outcome {
  const router = routerOf(estate, origin);
  const graph = resourceGraph(estate, faults);
  const readsOf = bucketPer(subscriptionReads);

  function answer(request: Request, path: string, count: number, route: Route | null): Answer {
    const { method } = request;
    if (isViolation(method, path)) {
      counter.violated(method, request.path);
      return failure(500, 'Violation', `A monitor never sends ${method} ${request.path}.`);
    }
    if (tokens.audienceOf(request) !== tokens.armAudience) return unauthorized(tokens.hasExpired(request) ? 'ExpiredAuthenticationToken' : 'InvalidAuthenticationToken');
    const intercepted = faults.intercepted({ method, path: request.path, count });
    if (intercepted) return intercepted;
    if (method !== (path === graphPath ? 'POST' : 'GET')) return failure(405, 'HttpMethodNotAllowed', `The HTTP method '${method}' is not supported at this address.`);
    if (path === graphPath) return graph(request);
    const subscription = subscriptionIn(path);
    if (subscription !== '') return ofSubscription(subscription, request, path, route);
    return withHeader(served(route, request, path), 'x-ms-ratelimit-remaining-tenant-reads', readsOf('').take(Date.now()));
  }

  function ofSubscription(subscription: string, request: Request, path: string, route: Route | null): Answer {
    if (!router.hasSubscription(subscription)) return failure(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
    if (faults.isThrottled(path)) return tooManyRequests(subscription, throttledSeconds);
    const left = readsOf(subscription).take(Date.now());
    if (faults.limits && left < 0) return tooManyRequests(subscription, 1);
    if (faults.isDenied(path)) return authorizationFailed(route?.action ?? '*/read', request.path);
    return withHeader(served(route, request, path), 'x-ms-ratelimit-remaining-subscription-reads', left);
  }

  const cache = new Map<string, Answer>();
  function served(route: Route | null, request: Request, path: string): Answer {
    const key = `${path}?${request.query.toString()}`;
    const result = cache.get(key) ?? read(route, request);
    if (result.status === 200) cache.set(key, result);
    return result;
  }

  return request => {
    const path = request.path.toLowerCase();
    const count = counter.arrived();
    const route = router.route(path);
    const result = faults.transformed({ method: request.method, path: request.path, count }, answer(request, path, count, route));
    const kind = path === graphPath ? 'query Microsoft.ResourceGraph/resources' : (route?.kind ?? 'other');
    counter.answered(kind, { method: request.method, path: request.path, status: typeof result === 'object' ? result.status : 0 });
    return result;
  };
}

function isViolation(method: string, path: string): boolean {
  const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || (method === 'POST' && path === graphPath);
  return !reads || keyPath.test(path);
}

function read(route: Route | null, request: Request): Answer {
  if (!route) return failure(404, 'InvalidResourceType', `Nothing is served at '${request.path}'.`);
  const version = request.query.get('api-version') ?? '';
  if (version === '') return failure(400, 'MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required for all requests.');
  if (!route.versions.includes(version)) {
    const supported = `The supported api-versions are '${route.versions.join(', ')}'.`;
    return failure(400, 'NoRegisteredProviderFound', `No registered resource provider found for API version '${version}' of '${route.kind}'. ${supported}`);
  }
  const reading = route.read(version, request.query);
  if (reading === 'missing') return failure(404, 'ResourceNotFound', `The Resource '${request.path}' was not found.`);
  if (reading === 'badPage') return failure(400, 'InvalidQueryParameter', 'The $top or $skiptoken query parameter is invalid.');
  return json(200, reading.body);
}

function withHeader(answer: Answer, name: string, left: number): Answer {
  return { ...answer, headers: { ...answer.headers, [name]: String(Math.max(0, left)) } };
}

function bucketPer(make: () => Bucket): (subscription: string) => Bucket {
  const buckets = new Map<string, Bucket>();
  return subscription => {
    const found = buckets.get(subscription) ?? make();
    buckets.set(subscription, found);
    return found;
  };
}

function unauthorized(code: string): Answer {
  const challenge = { 'www-authenticate': 'Bearer error="invalid_token", error_description="The access token is invalid."' };
  return failure(401, code, 'The access token is missing, expired or for another audience.', challenge);
}
