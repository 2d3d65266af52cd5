import { RefusedRequestError } from './errors.ts';

/** What a client may send. */
export interface Allowance {
  /** The only origin it may speak to. */
  readonly origin: string;
  /** Path patterns that may be POSTed to; everything else is GET. */
  readonly posts: readonly RegExp[];
}

/** Paths that answer with keys or connection strings. Reader roles may well reach them; this program may not. */
const keyPaths = /\/(list\w*keys?|\w*keys|listconnectionstrings|listsecrets|regeneratekey|retrieve\w*secret\w*)(\/|$)/i;

/**
 * Refuses what this program never does: write to Azure, touch a key, speak to another host. Pages are followed with
 * the token attached, so a nextLink to another host must not be followed either.
 * @throws RefusedRequestError
 */
export function refuseUnlessAllowed(method: string, address: string, { origin, posts }: Allowance): void {
  const url = new URL(address);
  const path = decodeURIComponent(url.pathname);
  if (url.origin !== origin) throw new RefusedRequestError(`Refused to speak to ${url.origin}: this client speaks to ${origin} only.`);
  if (keyPaths.test(path)) throw new RefusedRequestError(`Refused ${method} ${path}: keys are never read.`);
  const allowed = method === 'GET' || (method === 'POST' && posts.some(post => post.test(path)));
  if (!allowed) throw new RefusedRequestError(`Refused ${method} ${path}: nothing in Azure is ever changed.`);
}
