import { z } from 'zod';
import { Problem } from '../../core/problem.ts';
import { subscriptionOf } from '../../core/resource-id.ts';
import type { ScanScope } from '../plan.ts';

/** What a scan is asked for. Plain JSON. */
export type ScanRequest = { readonly kind: 'tenant' } | { readonly kind: 'subscription'; readonly id: string } | { readonly kind: 'account'; readonly id: string };

const accountId = /^\/subscriptions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/resourceGroups\/[^/]+\/providers\/Microsoft\.DocumentDB\/databaseAccounts\/[^/]+$/i;

const messages = [
  z.strictObject({ scope: z.literal('tenant') }).transform((): ScanRequest => ({ kind: 'tenant' })),
  z.strictObject({ subscription: z.guid() }).transform(({ subscription }): ScanRequest => ({ kind: 'subscription', id: subscription.toLowerCase() })),
  z.strictObject({ account: z.string().regex(accountId) }).transform(({ account }): ScanRequest => ({ kind: 'account', id: account })),
] as const;

const fix = 'Send {"scope":"tenant"}, {"subscription":"<subscription id>"} or {"account":"<resource id of a Cosmos DB account>"}.';

/**
 * What a message of the queue asks for.
 * @param message JSON that was parsed on the way, or text: JSON, plain or as base64 as the portal sends it
 * @throws Problem where it asks for nothing that is known
 */
export function requestIn(message: unknown): ScanRequest {
  const { success, data } = z.union(messages).safeParse(typeof message === 'string' ? parsed(message) : message);
  if (!success) throw new Problem(`A scan request is not understood: ${beginning(textOf(message))}`, fix);
  return data;
}

/**
 * The scope of a request, within what the app is set up to scan. Whether a subscription is below the management group is
 * for the plan to find out.
 * @throws Problem where the request is for something outside
 */
export function scopeOf(request: ScanRequest, configured: ScanScope): ScanScope {
  if (request.kind === 'tenant') return configured;
  const subscription = request.kind === 'subscription' ? request.id : (subscriptionOf(request.id) ?? '');
  const has = (ids: readonly string[]): boolean => ids.some(id => id.toLowerCase() === subscription);
  const outside = (setting: string, what: string): Problem => new Problem(`The scan of ${request.id} is refused: subscription ${subscription} ${what} ${setting}.`, `Change ${setting}, or ask for what it covers.`);
  if (configured.include.length > 0 && !has(configured.include)) throw outside('SCAN_SUBSCRIPTIONS', 'is not in');
  if (has(configured.exclude)) throw outside('SCAN_EXCLUDE_SUBSCRIPTIONS', 'is in');
  const { managementGroup } = configured;
  return request.kind === 'subscription' ? { include: [subscription], exclude: [], managementGroup } : { include: [], exclude: [], managementGroup, accounts: [request.id] };
}

/** A message as text, for people and for the queue of those that could not be used. */
export function textOf(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(/^[\w+/]+=*$/.test(text.trim()) ? Buffer.from(text, 'base64').toString('utf8') : text);
  } catch {
    return undefined;
  }
}

function beginning(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `${line.slice(0, 200)}${line.length > 200 ? '…' : ''}.`;
}
