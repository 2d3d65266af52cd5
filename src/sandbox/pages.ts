/** Where a page begins and how long it is. */
export interface Cut {
  readonly offset: number;
  readonly size: number;
}

/** A page as Resource Manager sends it: `value` is there even when empty, `nextLink` only when more follows. */
export interface Page<T> {
  readonly value: readonly T[];
  readonly nextLink?: string;
}

/** Reads `$top` and `$skipToken`; null where the token was not made here. */
export function cutOf(query: URLSearchParams, pageSize: number): Cut | null {
  const top = Number(insensitive(query, '$top') ?? pageSize);
  const offset = offsetIn(insensitive(query, '$skiptoken'));
  if (offset === null || !Number.isInteger(top) || top < 1) return null;
  return { offset, size: Math.min(top, pageSize) };
}

/** `link` is the absolute address of the list itself, with its api-version. */
export function pageOf<T>(items: readonly T[], { offset, size }: Cut, link: string): Page<T> {
  const end = offset + size;
  const value = items.slice(offset, end);
  return end < items.length ? { value, nextLink: `${link}&%24skiptoken=${skipToken(end)}` } : { value };
}

/** Opaque to callers, as in Azure. */
export function skipToken(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url');
}

/** Zero without a token, null where it makes no sense. */
export function offsetIn(token: string | null): number | null {
  if (token === null) return 0;
  const match = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  return match ? Number(match[1]) : null;
}

function insensitive(query: URLSearchParams, name: string): string | null {
  for (const [key, value] of query) {
    if (key.toLowerCase() === name) return value;
  }
  return null;
}
