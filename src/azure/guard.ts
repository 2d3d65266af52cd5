import { addressOf } from './address.ts';
import { RefusedRequestError } from './errors.ts';

/** What a client may send. */
export interface Allowance {
  /** The only origin it may speak to. */
  readonly origin: string;
  /** Path patterns that may be POSTed to; everything else is GET. */
  readonly posts: readonly RegExp[];
  /**
   * Path of the container of blobs that is this program's own. It is then all that may be asked for: it may be listed
   * and made, and what is in it may be read, PUT and DELETEd. Left out = nothing is ever changed.
   */
  readonly ownContainer?: string;
}

/** Types and actions that answer with keys. Reader roles may well reach them (`readonlykeys` is a GET); this program may not. */
const keyWord = /(keys?|secrets?|passwords?|credentials?|tokens?|sas|connectionstrings?|connectioninfo)(\W|$)|^(regenerate|retrieve)/i;

/** What every key word holds: most paths hold none, and need no closer look. */
const anyKeyWord = /key|secret|password|credential|token|sas|connection(string|info)|regenerate|retrieve/i;

/** Names and what they name take turns: `/subscriptions/<id>/providers/<namespace>/<type>/<name>/<action>`. */
const inPairs = /^\/(subscriptions|providers)(\/[^/]+)*\/?$/i;

/**
 * Refuses what this program never does: write to Azure, touch a key, speak to another host. Pages are followed with
 * the token attached, so a nextLink to another host must not be followed either.
 * @throws RefusedRequestError
 */
export function refuseUnlessAllowed(method: string, address: string, { origin, posts, ownContainer }: Allowance): void {
  const asked = addressOf(address);
  if (asked.origin !== origin) throw new RefusedRequestError(`Refused to speak to ${asked.origin}: this client speaks to ${origin} only.`);
  const path = decoded(asked.path);
  if (ownContainer !== undefined) {
    if (isOwn(method, path, new URL(address).searchParams, ownContainer)) return;
    throw new RefusedRequestError(`Refused ${method} ${path}: of this host only the blobs of ${ownContainer} are this program's own.`);
  }
  if (readsKeys(path)) throw new RefusedRequestError(`Refused ${method} ${path}: keys are never read.`);
  const allowed = method === 'GET' || (method === 'POST' && posts.some(post => post.test(path)));
  if (!allowed) throw new RefusedRequestError(`Refused ${method} ${path}: nothing in Azure is ever changed.`);
}

/**
 * Whether a request stays within the container: reads and lists, whole blobs written and removed, and the container
 * itself made. Whatever has a `comp`, such as who may read the container, is no blob.
 */
function isOwn(method: string, path: string, query: URLSearchParams, container: string): boolean {
  if (path.split('/').includes('..') || path.includes('\\')) return false;
  const [type, component] = ['restype', 'comp'].map(name => [...query].find(([key]) => key.toLowerCase() === name)?.[1]);
  if (path === container) return type === 'container' && (method === 'GET' ? component === 'list' : method === 'PUT' && component === undefined);
  return path.startsWith(`${container}/`) && ['GET', 'PUT', 'DELETE'].includes(method) && type === undefined && component === undefined;
}

/** What the other end may make of a path that is encoded twice is anybody's guess. */
function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    const once = decodeURIComponent(path);
    if (!once.includes('%')) return once;
  } catch {
    // not an encoding at all
  }
  throw new RefusedRequestError(`Refused ${path}: it is not plainly encoded.`);
}

/** A resource may be named `keys`; only types and actions count. In a path that is not in pairs everything does. */
function readsKeys(path: string): boolean {
  if (!anyKeyWord.test(path)) return false;
  const segments = path.split('/').slice(1);
  return segments.some((segment, place) => (place % 2 === 0 || !inPairs.test(path)) && keyWord.test(segment));
}
