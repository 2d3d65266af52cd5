/** One request as the parts of the sandbox see it. */
export interface Request {
  readonly method: string;
  /** Decoded, as written. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * Reads a request target. The query is decoded name by name: the ingestion client sends `api%2Dversion`. A target that
 * begins with two slashes stays a path, it is not a host.
 */
export function target(url: string): Pick<Request, 'path' | 'query'> {
  const mark = url.indexOf('?');
  return { path: decoded(mark < 0 ? url : url.slice(0, mark)), query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)) };
}

function decoded(path: string): string {
  try {
    return path.includes('%') ? decodeURIComponent(path) : path;
  } catch {
    return path;
  }
}

/** A header that carries one value, or the empty string. */
export function header(request: Pick<Request, 'headers'>, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
