import type { AccessToken, TokenCredential } from '@azure/core-auth';
import type { PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { errorIn } from './error-body.ts';

/** Tokens of one audience, one for all who ask. */
export interface TokenSource {
  /** A token that needs no wait and no work; null where `current` has something to do. */
  atHand(): AccessToken | null;
  /**
   * A token that is not about to expire. Where there is one it comes at once, and a new one is fetched behind it in time.
   * @throws what the credential throws
   */
  current(): Promise<AccessToken>;
  /**
   * Gets another one for a token that Azure refused, once for all who were refused with it.
   * @param claims what Azure wants the new token to hold (continuous access evaluation)
   * @returns false where the credential has given this very token again and again: there is no better one
   */
  renew(refused: AccessToken, claims?: string): Promise<boolean>;
}

/** Milliseconds before its end from which a token is replaced behind the requests that still use it; a fifth of its life where that is less. */
const replaceBefore = 5 * 60_000;

/** Milliseconds before its end from which a token is not sent any more: a request is under way for a while. A tenth of its life where that is less. */
const unusedBefore = 30_000;

/** After a failed replacement the next try waits, milliseconds, as long as the token at hand holds. */
const replaceAgain = 3_000;

/** How often one request gets a new token, and one token a new try, before a 401 is believed. */
const mostRenewals = 2;

interface Held {
  readonly token: AccessToken;
  readonly replaceAt: number;
  readonly unusedAt: number;
}

/**
 * The SDK's own cache (bearerTokenAuthenticationPolicy) fetches on without a pause for tokens that live less than two
 * minutes, sends tokens up to one second before their end, and keeps a token that Azure refused.
 * @param signal ends the credential's requests with the scan
 * @param wall milliseconds since 1970
 */
export function tokenSource(credential: TokenCredential, scope: string, signal: AbortSignal, wall: () => number = Date.now): TokenSource {
  let held: Held | null = null;
  let fetching: Promise<AccessToken> | null = null;
  let notBefore = -Infinity;
  let renewals = { token: '', count: 0 };

  const isUsable = (): boolean => held !== null && wall() < held.unusedAt;

  async function fetched(claims?: string): Promise<AccessToken> {
    const token = await credential.getToken(scope, { abortSignal: signal, enableCae: true, ...(claims !== undefined && { claims }) });
    if (token === null) throw Object.assign(new Error('The credential gave no token.'), { name: 'CredentialUnavailableError' });
    const life = token.expiresOnTimestamp - wall();
    const replaceAt = Math.min(token.refreshAfterTimestamp ?? Infinity, token.expiresOnTimestamp - Math.min(replaceBefore, life / 5));
    held = { token, replaceAt, unusedAt: token.expiresOnTimestamp - Math.min(unusedBefore, life / 10) };
    return token;
  }

  function fetch(claims?: string): Promise<AccessToken> {
    fetching ??= fetched(claims).finally(() => {
      fetching = null;
    });
    return fetching;
  }

  return {
    atHand: () => (held !== null && wall() < Math.min(held.replaceAt, held.unusedAt) ? held.token : null),
    async current() {
      // One that somebody else began to fetch may be about to expire when it comes.
      if (fetching !== null && !isUsable()) await ended(fetching, signal);
      if (held === null || !isUsable()) return ended(fetch(), signal);
      if (wall() >= Math.max(held.replaceAt, notBefore) && fetching === null) fetch().catch(() => (notBefore = wall() + replaceAgain));
      return held.token;
    },
    async renew(refused, claims) {
      if (held !== null && held.token.token !== refused.token) return true;
      if (fetching === null) {
        renewals = { token: refused.token, count: renewals.token === refused.token ? renewals.count + 1 : 1 };
        if (renewals.count > mostRenewals) return false;
      }
      await ended(fetch(claims), signal);
      return true;
    },
  };
}

/** Some credentials do not hear a signal. */
async function ended<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let end = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(signal.reason as Error);
    signal.addEventListener('abort', end, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** ARM's codes for a token that a newer one may replace. */
const staleTokenCodes: ReadonlySet<string> = new Set(['ExpiredAuthenticationToken', 'InvalidAuthenticationToken']);

/**
 * Sends a request with a token, and again with a new one where Azure does not take it.
 * @see https://learn.microsoft.com/entra/identity-platform/app-resilience-continuous-access-evaluation
 */
export async function withToken(tokens: TokenSource, request: PipelineRequest, send: (request: PipelineRequest) => Promise<PipelineResponse>): Promise<PipelineResponse> {
  for (let renewals = 0; ; renewals += 1) {
    const token = tokens.atHand() ?? (await tokens.current());
    request.headers.set('authorization', bearer(token));
    const response = await send(request);
    if (response.status !== 401 || renewals >= mostRenewals) return response;
    const claims = claimsIn(response.headers.get('www-authenticate'));
    if (claims === undefined && !staleTokenCodes.has(errorIn(response.bodyAsText).code)) return response;
    if (!(await tokens.renew(token, claims))) return response;
  }
}

/** One text for all requests with a token: a text that is put together anew is copied anew, and a token is long. */
const bearers = new WeakMap<AccessToken, string>();

function bearer(token: AccessToken): string {
  const known = bearers.get(token) ?? `Bearer ${token.token}`;
  bearers.set(token, known);
  return known;
}

/** The claims of a challenge: `Bearer error="insufficient_claims", claims="<base64>"`. */
function claimsIn(challenge: string | undefined): string | undefined {
  const [, encoded] = /\bclaims="([A-Za-z0-9+/=_-]+)"/.exec(challenge ?? '') ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString();
}
