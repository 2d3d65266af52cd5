import type { Estate, Resource } from './estate/estate.ts';
import { operationOf } from './operations.ts';
import { subscriptionsBelow } from './tenant.ts';

/** A Resource Manager path that names resources. All parts in lower case. */
export interface Address {
  readonly kind: 'list' | 'one';
  /** `namespace/type/subtype`. */
  readonly type: string;
  /** What must exist for an empty list to be an answer. */
  readonly parent: string;
}

/** Reads a lower-case path; null where it names no resource. Extension resources have two `/providers/`: the last counts. */
export function addressOf(path: string): Address | null {
  const at = path.lastIndexOf('/providers/');
  if (at < 0) return null;
  const [namespace = '', ...segments] = path.slice(at + '/providers/'.length).split('/');
  if (namespace === '' || segments.length === 0 || segments.includes('')) return null;
  const types = segments.filter((_, position) => position % 2 === 0);
  const parent = types.length === 1 ? path.slice(0, at) : path.slice(0, path.lastIndexOf('/'));
  return { kind: segments.length % 2 === 0 ? 'one' : 'list', type: [namespace, ...types].join('/'), parent };
}

/** The estate, indexed for answers. Paths are in lower case. */
export interface Store {
  one(path: string): Resource | null;
  /** Null where the thing that would hold the list does not exist. */
  list(path: string, address: Address): readonly Resource[] | null;
  hasSubscription(this: void, id: string): boolean;
}

export function storeOf(estate: Estate): Store {
  const resources = new Map<string, Resource>();
  const lists = new Map<string, Resource[]>();
  const scopes = new Set(estate.subscriptions.map(({ id }) => id.toLowerCase()));
  for (const resource of estate.resources) {
    const id = resource.id.toLowerCase();
    if (resources.has(id)) throw new Error(`The estate has ${resource.id} twice.`);
    resources.set(id, resource);
    const own = id.slice(0, id.lastIndexOf('/'));
    push(lists, own, resource);
    const [scope, rest] = splitOnce(id, '/providers/');
    const type = resource.type.toLowerCase();
    const deep = operationOf.get(type)?.deep === true;
    const [, above] = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)\//.exec(id) ?? [];
    if (deep && above !== undefined) for (const below of subscriptionsBelow(estate, [above])) push(lists, `/subscriptions/${below}/providers/${type}`, resource);
    const [, , subscription = '', group] = scope.split('/');
    if (group === undefined) continue;
    scopes.add(scope);
    const wide = `/subscriptions/${subscription}/providers/${rest}`;
    if (rest.split('/').length === 3) push(lists, wide.slice(0, wide.lastIndexOf('/')), resource);
    else if (deep) push(lists, `/subscriptions/${subscription}/providers/${type}`, resource);
  }
  return {
    one: path => resources.get(path) ?? null,
    list: (path, { parent }) => lists.get(path) ?? (scopes.has(parent) || resources.has(parent) ? [] : null),
    hasSubscription: id => scopes.has(`/subscriptions/${id}`),
  };
}

function push(lists: Map<string, Resource[]>, path: string, resource: Resource): void {
  const list = lists.get(path);
  if (list) list.push(resource);
  else lists.set(path, [resource]);
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
