import { failure, json, type Answer } from './answer.ts';
import type { Estate, Resource } from './estate/estate.ts';
import { subscriptionIn, type FaultPlan } from './faults.ts';
import { parseQuery, projected, type GraphQuery } from './graph-query.ts';
import { graphQuota } from './limits.ts';
import { operations, visible } from './operations.ts';
import { offsetIn, skipToken } from './pages.ts';
import type { Request } from './request.ts';
import { subscriptionsBelow } from './tenant.ts';

export const graphPath = '/providers/microsoft.resourcegraph/resources';
const version = '2024-04-01';
const mostRows = 1000;

/** The body of a query, as it goes over the wire: options carry a dollar sign. */
interface GraphRequest {
  readonly query?: unknown;
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
  readonly options?: { readonly $top?: number; readonly $skip?: number; readonly $skipToken?: string; readonly resultFormat?: string };
}

type Row = Readonly<Record<string, unknown>> & { readonly type: string; readonly subscriptionId: string };

/**
 * Azure Resource Graph over an estate. As in Azure: rows of subscriptions the identity may not read are left out
 * without a word, resources may be missing because the index lags, ids keep their case while types lose it.
 */
export function resourceGraph(estate: Estate, faults: FaultPlan): (request: Request) => Answer {
  const rows = rowsOf(estate, faults);
  const quota = graphQuota();
  const cache = new Map<string, Answer>();
  const pageSize = Math.min(mostRows, estate.pageSizes['Microsoft.ResourceGraph/resources'] ?? mostRows);

  function found({ table, types }: GraphQuery, { subscriptions, managementGroups }: GraphRequest): readonly Row[] {
    const scope = managementGroups ? subscriptionsBelow(estate, managementGroups) : subscriptions;
    const within = scope && new Set(scope.map(id => id.toLowerCase()));
    return (rows.get(table) ?? []).filter(row => (!types || types.has(row.type)) && (!within || within.has(row.subscriptionId)));
  }

  function answer(request: Request): Answer {
    if (request.query.get('api-version') !== version) return failure(400, 'InvalidApiVersionParameter', `The supported api-versions are '${version}'.`);
    const asked = parsed(request.body);
    if (!asked || typeof asked.query !== 'string') return failure(400, 'BadRequest', 'The body is not a query.');
    const { $top = mostRows, $skip = 0, $skipToken, resultFormat = 'objectArray' } = asked.options ?? {};
    const offset = offsetIn($skipToken ?? null);
    const isTopValid = Number.isInteger($top) && $top >= 1 && $top <= mostRows;
    if (offset === null || !isTopValid || resultFormat !== 'objectArray') return failure(400, 'BadRequest', 'An option of the query is invalid.');
    const query = understood(asked.query);
    if (query instanceof SyntaxError) return failure(400, 'InvalidQuery', query.message);
    if (!rows.has(query.table)) return failure(400, 'InvalidQuery', `The sandbox has no table ${query.table}.`);
    const all = found(query, asked);
    const begin = offset + ($skipToken === undefined ? $skip : 0);
    const end = begin + Math.min($top, pageSize);
    const data = all.slice(begin, end).map(row => projected(row, query.columns));
    // A query that does not project id cannot be continued: its answer is cut off.
    const canContinue = !query.columns || query.columns.some(({ name }) => name === 'id');
    const more = end < all.length;
    const next = more && canContinue ? { $skipToken: skipToken(end) } : {};
    return json(200, { totalRecords: all.length, count: data.length, data, facets: [], resultTruncated: String(more && !canContinue), ...next });
  }

  return request => {
    const { remaining, resetsAfter } = quota.take(Date.now());
    const headers = { 'x-ms-user-quota-remaining': String(Math.max(0, remaining)), 'x-ms-user-quota-resets-after': resetsAfter };
    const retryAfter = { 'retry-after': String(Number(resetsAfter.slice(-2))) };
    if (faults.limits && remaining < 0) return failure(429, 'RateLimiting', 'There were more queries than the quota allows.', { ...headers, ...retryAfter });
    const key = `${request.query.toString()} ${request.body.toString()}`;
    const result = cache.get(key) ?? answer(request);
    if (result.status === 200) cache.set(key, result);
    return { ...result, headers: { ...result.headers, ...headers } };
  };
}

function parsed(body: Buffer): GraphRequest | null {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function understood(query: string): GraphQuery | SyntaxError {
  try {
    return parseQuery(query);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/** By table, in the order of ids. Resource Graph reads providers through their newest stable api-version. */
function rowsOf(estate: Estate, faults: FaultPlan): ReadonlyMap<string, readonly Row[]> {
  const tables = new Map<string, Row[]>();
  const types = new Map<string, { rows: Row[]; leftOut: readonly string[] }>();
  for (const { type, table, versions } of operations) {
    if (!table) continue;
    const rows = tables.get(table) ?? [];
    tables.set(table, rows);
    types.set(type.toLowerCase(), { rows, leftOut: Object.entries(versions).find(([name]) => !name.endsWith('preview'))?.[1] ?? [] });
  }
  const unindexed = new Set(estate.unindexed.map(id => id.toLowerCase()));
  for (const resource of estate.resources) {
    const id = resource.id.toLowerCase();
    const target = types.get(resource.type.toLowerCase());
    if (target && !unindexed.has(id) && !faults.isDenied(id)) target.rows.push(rowOf(visible(resource, target.leftOut), id, estate.tenantId));
  }
  for (const rows of tables.values()) rows.sort((a, b) => (String(a['id']).toLowerCase() < String(b['id']).toLowerCase() ? -1 : 1));
  return tables;
}

function rowOf(resource: Resource, id: string, tenantId: string): Row {
  const { name, type, location = '', kind = '', tags = null, identity = null, properties } = resource;
  const resourceGroup = id.split('/')[4] ?? '';
  const lowered = { type: type.toLowerCase(), location: location.replaceAll(' ', '').toLowerCase() };
  return { id: resource.id, name, ...lowered, tenantId, kind, resourceGroup, subscriptionId: subscriptionIn(id), tags, identity, properties };
}
