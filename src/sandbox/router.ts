import { defaultPageSize, type Estate } from './estate/estate.ts';
import { operationOf, visible } from './operations.ts';
import { cutOf, pageOf, type Page } from './pages.ts';
import { addressOf, storeOf } from './store.ts';
import { tenantOperations } from './tenant.ts';

/** What a path stands for. */
export interface Route {
  /** `list <type>` or `get <type>`. */
  readonly kind: string;
  /** The Azure action it takes. */
  readonly action: string;
  readonly versions: readonly string[];
  read(version: string, query: URLSearchParams): Reading;
}

/** What there is to answer: a body, or why there is none. */
export type Reading = { readonly body: unknown } | 'missing' | 'badPage';

export interface Router {
  /** Null where nothing is served. The path is in lower case. */
  route(path: string): Route | null;
  hasSubscription(id: string): boolean;
}

/** `origin`: where the sandbox is reached, for nextLink; known once it listens. */
export function routerOf(estate: Estate, origin: () => string): Router {
  const store = storeOf(estate);

  function page<T>(type: string, path: string, version: string, query: URLSearchParams, items: readonly T[] | null, show: (item: T) => unknown): Reading {
    if (items === null) return 'missing';
    const cut = cutOf(query, estate.pageSizes[type] ?? defaultPageSize);
    if (!cut) return 'badPage';
    const top = query.get('$top');
    const cutout: Page<T> = pageOf(items, cut, `${origin()}${path}?api-version=${version}${top === null ? '' : `&%24top=${top}`}`);
    return { body: { ...cutout, value: cutout.value.map(show) } };
  }

  function ofTenant(path: string): Route | null {
    for (const { type, pattern, versions, items } of tenantOperations) {
      const match = pattern.exec(path);
      if (!match) continue;
      const read = (version: string, query: URLSearchParams): Reading => page(type, path, version, query, items(estate, match[1] ?? ''), item => item);
      return { kind: `list ${type}`, action: `${type}/read`, versions, read };
    }
    return null;
  }

  function ofResources(path: string): Route | null {
    const address = addressOf(path);
    const operation = address && operationOf.get(address.type);
    if (!operation) return null;
    const { type, versions } = operation;
    const common = { action: `${type}/read`, versions: Object.keys(versions) };
    const leftOut = (version: string): readonly string[] => versions[version] ?? [];
    const one = (version: string): Reading => {
      const found = store.one(path);
      return found ? { body: visible(found, leftOut(version)) } : 'missing';
    };
    const list = (version: string, query: URLSearchParams): Reading => page(type, path, version, query, store.list(path, address), item => visible(item, leftOut(version)));
    return address.kind === 'one' ? { ...common, kind: `get ${type}`, read: one } : { ...common, kind: `list ${type}`, read: list };
  }

  return { route: path => ofTenant(path) ?? ofResources(path), hasSubscription: store.hasSubscription };
}
