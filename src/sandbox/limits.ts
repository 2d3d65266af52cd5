/** A token bucket: so many at once, so many more a second. */
export interface Bucket {
  /** Takes one and tells how many remain; below zero: there was none. */
  take(now: number): number;
}

export function bucket(size: number, perSecond: number): Bucket {
  let level = size;
  let last = 0;
  return {
    take(now) {
      level = Math.min(size, level + ((now - last) / 1000) * perSecond);
      last = now;
      if (level < 1) return -1;
      level -= 1;
      return Math.floor(level);
    },
  };
}

/**
 * Reads of one subscription by one principal.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export function subscriptionReads(): Bucket {
  return bucket(250, 25);
}

/** A window of five seconds that lets fifteen queries through. */
export interface Quota {
  take(now: number): { readonly remaining: number; readonly resetsAfter: string };
}

/** @see https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests */
export function graphQuota(queries = 15, seconds = 5): Quota {
  let used = 0;
  let opened = Number.NEGATIVE_INFINITY;
  return {
    take(now) {
      if (now - opened >= seconds * 1000) {
        opened = now;
        used = 0;
      }
      used += 1;
      const left = Math.max(1, Math.ceil(seconds - (now - opened) / 1000));
      return { remaining: queries - used, resetsAfter: `00:00:${String(left).padStart(2, '0')}` };
    },
  };
}
