import { failure, type Answer } from './answer.ts';
import type { Outcome } from './server.ts';

/** What goes wrong in a sandbox, on top of what its estate says. */
export interface Faults {
  /** Subscription ids that are visible, and below which everything is answered 403. */
  readonly deniedSubscriptions?: readonly string[];
  /** Subscription ids below which everything is answered 429 with a long Retry-After. */
  readonly throttledSubscriptions?: readonly string[];
  /** Resource Manager paths that are answered 403, with everything below them. */
  readonly deniedPaths?: readonly string[];
  /** Answers 429 where Azure would: 250 reads and 25 more a second for a subscription, 15 Resource Graph queries in 5 seconds. */
  readonly limits?: boolean;
  /** Asked before every other answer of Resource Manager; null lets the request through. */
  readonly intercept?: (request: Intercepted) => Fault | null;
  /** Given every answer of Resource Manager before it is sent: it may be another one, none, or a broken connection. */
  readonly transform?: (request: Intercepted, answer: Answer) => Outcome;
}

export interface Intercepted {
  readonly method: string;
  readonly path: string;
  /** 1 for the first request of this sandbox. */
  readonly count: number;
}

export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Faults ready to be looked up; paths and ids in lower case. */
export interface FaultPlan {
  readonly limits: boolean;
  /** Whether the identity may not read a path, both in lower case. */
  isDenied(path: string): boolean;
  isThrottled(path: string): boolean;
  intercepted(request: Intercepted): Answer | null;
  transformed(request: Intercepted, answer: Answer): Outcome;
}

export function faultPlan(...all: readonly Faults[]): FaultPlan {
  const denied = lowerCase(all.flatMap(faults => faults.deniedSubscriptions ?? []));
  const throttled = lowerCase(all.flatMap(faults => faults.throttledSubscriptions ?? []));
  const paths = all.flatMap(faults => faults.deniedPaths ?? []).map(path => path.toLowerCase());
  const intercepts = all.flatMap(({ intercept }) => intercept ?? []);
  const transforms = all.flatMap(({ transform }) => transform ?? []);
  return {
    limits: all.some(({ limits }) => limits === true),
    isDenied: path => denied.has(subscriptionIn(path)) || paths.some(each => path === each || path.startsWith(`${each}/`)),
    isThrottled: path => throttled.has(subscriptionIn(path)),
    intercepted(request) {
      for (const intercept of intercepts) {
        const fault = intercept(request);
        if (fault) return failure(fault.status, fault.code, fault.message ?? 'The sandbox was told to answer this.', fault.headers);
      }
      return null;
    },
    transformed(request, answer) {
      let outcome: Outcome = answer;
      for (const transform of transforms) if (typeof outcome === 'object') outcome = transform(request, outcome);
      return outcome;
    },
  };
}

function lowerCase(ids: readonly string[]): Set<string> {
  return new Set(ids.map(id => id.toLowerCase()));
}

/** The subscription id in a lower-case path, or the empty string. */
export function subscriptionIn(path: string): string {
  return path.startsWith('/subscriptions/') ? (path.split('/', 3)[2] ?? '') : '';
}

/** The monitor's identity, as error messages name it. */
const clientId = '00000000-5a4d-4b0c-8a0d-0123456789ab';

export function authorizationFailed(action: string, scope: string): Answer {
  const who = `The client '${clientId}' with object id '${clientId}'`;
  const advice = 'If access was recently granted, please refresh your credentials.';
  return failure(403, 'AuthorizationFailed', `${who} does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. ${advice}`);
}

export function tooManyRequests(subscription: string, seconds: number): Answer {
  const message = `Number of 'read' requests for subscription '${subscription}' exceeded the limit. Please try again after '${seconds}' seconds.`;
  return failure(429, 'SubscriptionRequestsThrottled', message, { 'retry-after': String(seconds), 'x-ms-ratelimit-remaining-subscription-reads': '0' });
}
