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
  /** The audience of the bearer token a request carries; null where there is none or it was not issued here. */
  audienceOf(request: Request): string | null;
  issued(): number;
}

const lifetimeSeconds = 24 * 60 * 60;

/**
 * The identity endpoint of App Service: plain http on loopback, guarded by a header.
 * Audiences are new in every sandbox, because the identity library keeps tokens by audience for the whole process and
 * would offer those of an earlier one. `.invalid` never resolves (RFC 2606).
 * @see https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export function issuer(): Tokens {
  const instance = randomUUID().slice(0, 8);
  const armAudience = `https://management.${instance}.sandbox.invalid`;
  const logsAudience = `https://monitor.${instance}.sandbox.invalid`;
  const identityHeader = randomUUID();
  const tokens = new Map<string, string>();
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
      tokens.set(token, resource);
      const expires = Math.floor(Date.now() / 1000) + lifetimeSeconds;
      return json(200, { access_token: token, expires_on: String(expires), resource, token_type: 'Bearer' });
    },
    audienceOf(request) {
      const [scheme = '', token = ''] = header(request, 'authorization').split(' ');
      return scheme.toLowerCase() === 'bearer' ? (tokens.get(token) ?? null) : null;
    },
    issued: () => tokens.size,
  };
}
