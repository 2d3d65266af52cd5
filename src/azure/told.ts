import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { providerOf } from './request-path.ts';

type Headers = Pick<PipelineResponse, 'headers'>;

/** What remains of a quota. */
export interface Remainder {
  /** Quotas of one owner that have this in common refill together. */
  readonly quota: string;
  readonly left: number;
}

/**
 * What an answer says of the quotas it took from. A provider with limits of its own says those instead of the
 * subscription's.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling#remaining-requests
 */
export function remaindersIn({ headers }: Headers, path: string): readonly Remainder[] {
  const remainders: Remainder[] = [];
  for (const header of ['x-ms-ratelimit-remaining-subscription-reads', 'x-ms-ratelimit-remaining-tenant-reads']) {
    const left = countIn(headers.get(header));
    if (left !== null) remainders.push({ quota: 'reads', left });
  }
  const left = countIn(headers.get('x-ms-ratelimit-remaining-subscription-resource-requests'));
  if (left !== null) remainders.push({ quota: `requests to ${providerOf(path)?.toLowerCase()}`, left });
  return remainders;
}

function countIn(value: string | undefined): number | null {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null;
}

/**
 * How long Resource Graph wants nobody to ask, although it answered: its quota is used up. Undefined where it is not.
 * @see https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export function usedUpFor({ headers }: Headers): number | undefined {
  return headers.get('x-ms-user-quota-remaining') === '0' ? quotaResetsAfter(headers.get('x-ms-user-quota-resets-after')) : undefined;
}

/** The wait Azure asks for, in milliseconds. Resource Graph says it as a time span in its own header. */
export function askedWait({ headers }: Headers, now: number = Date.now()): number | undefined {
  const milliseconds = headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms');
  if (milliseconds !== undefined && /^\d+$/.test(milliseconds)) return Number(milliseconds);
  const after = headers.get('retry-after');
  if (after !== undefined && /^\d+$/.test(after)) return Number(after) * 1000;
  if (after !== undefined && !Number.isNaN(Date.parse(after))) return Math.max(0, Date.parse(after) - now);
  return quotaResetsAfter(headers.get('x-ms-user-quota-resets-after'));
}

/** `hh:mm:ss` in milliseconds. */
export function quotaResetsAfter(span: string | undefined): number | undefined {
  const match = /^(\d+):(\d\d):(\d\d)/.exec(span ?? '');
  return match ? (Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1000 : undefined;
}
