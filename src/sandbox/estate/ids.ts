import { createHash } from 'node:crypto';

/** The same GUID for the same name, in every run. */
export function guid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** A resource group, with the region that what is in it defaults to. */
export interface Group {
  readonly subscription: string;
  readonly name: string;
  /** Display name, as Cosmos DB writes it: `West Europe`. */
  readonly location: string;
}

export function group(subscription: string, name: string, location = 'West Europe'): Group {
  return { subscription, name, location };
}

/** `segments`: types and names in turn, after the namespace. */
export function resourceId({ subscription, name }: Group, namespace: string, ...segments: readonly string[]): string {
  return `/subscriptions/${subscription}/resourceGroups/${name}/providers/${namespace}/${segments.join('/')}`;
}

/** `West Europe` as Resource Manager's own types write it. */
export function regionName(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}

/** What older providers do to ids, which compare without case. */
export function recased(id: string): string {
  return id.replace('/resourceGroups/', '/resourcegroups/').replace('/Microsoft.DocumentDB/', '/Microsoft.DocumentDb/');
}

const day = 86_400_000;
const today = Math.floor(Date.now() / day) * day;

/** Midnight, so many days before the day on which the process began: what has to stay young cannot have a fixed time. */
export function daysAgo(days: number): string {
  return new Date(today - days * day).toISOString();
}

/** A fixed moment, so that an estate is the same in every run. */
export const systemData = {
  createdBy: 'platform@contoso.com',
  createdByType: 'User',
  createdAt: '2026-02-03T09:12:41.5012345Z',
  lastModifiedBy: '6f1d9a2e-1b0c-4a53-9d51-1e2f3a4b5c6d',
  lastModifiedByType: 'Application',
  lastModifiedAt: '2026-09-17T16:40:02.1234567Z',
} as const;
