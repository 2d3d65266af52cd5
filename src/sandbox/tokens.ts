import { randomUUID } from 'node:crypto';
import { failure, json, type Answer } from './answer.ts';
import { header, type Request } from './request.ts';

/** The identity of a Function App, and who trusts its tokens. */
export interface Tokens {
  readonly armAudience: string;
  readonly logsAudience: string;
  /** The secret that `X-IDENTITY-HEADER` must carry. */
  readonly identityHeader: string;
  /** Answers the identity endpoint. */
  answer(request: Request): Answer;
  /** The audience of the bearer token a request carries; null where there is none, it was not issued here, or it has expired. */
  audienceOf(request: Request): string | null;
  hasExpired(request: Request): boolean;
  counts(): TokenCounts;
}

/** What became of tokens. */
export interface TokenCounts {
  readonly issued: number;
  /** Requests that came with one that had expired. */
  readonly expired: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The identity endpoint of App Service: plain http on loopback, guarded by a header.
 * Audiences are new in every sandbox, because the identity library keeps tokens by audience for the whole process and
 * would offer those of an earlier one. `.invalid` never resolves (RFC 2606).
 * @param lifetimeMs how long a token holds; Azure says its end in whole seconds, so it may hold up to a second less
 * @see https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export function issuer(lifetimeMs: number = dayMs): Tokens {
  const instance = randomUUID().slice(0, 8);
  const armAudience = `https://management.${instance}.sandbox.invalid`;
  const logsAudience = `https://monitor.${instance}.sandbox.invalid`;
  const identityHeader = randomUUID();
  const tokens = new Map<string, { readonly audience: string; readonly expires: number }>();
  let expired = 0;
  const tokenIn = (request: Request) => {
    const [scheme = '', token = ''] = header(request, 'authorization').split(' ');
    return scheme.toLowerCase() === 'bearer' ? tokens.get(token) : undefined;
  };
  return {
    armAudience,
    logsAudience,
    identityHeader,
    answer(request) {
      if (request.method !== 'GET' || request.path !== '/msi/token') return failure(404, 'NotFound', 'The identity endpoint answers GET /msi/token.');
      if (header(request, 'x-identity-header') !== identityHeader) return failure(401, 'Unauthorized', 'X-IDENTITY-HEADER is missing or wrong.');
      if (!request.query.get('api-version')) return failure(400, 'BadRequest', 'The api-version query parameter is missing.');
      const resource = request.query.get('resource') ?? '';
      if (resource !== armAudience && resource !== logsAudience) return failure(400, 'BadRequest', `The resource ${resource} is not known here.`);
      const token = `sandbox.${randomUUID()}`;
      const expires = Math.floor((Date.now() + lifetimeMs) / 1000);
      tokens.set(token, { audience: resource, expires: expires * 1000 });
      return json(200, { access_token: token, expires_on: String(expires), resource, token_type: 'Bearer' });
    },
    audienceOf(request) {
      const token = tokenIn(request);
      if (token === undefined || token.expires > Date.now()) return token?.audience ?? null;
      expired += 1;
      return null;
    },
    hasExpired: request => (tokenIn(request)?.expires ?? Infinity) <= Date.now(),
    counts: () => ({ issued: tokens.size, expired }),
  };
}
