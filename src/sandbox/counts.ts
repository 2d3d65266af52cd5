/** Requests to Resource Manager. Counts are exact; the lists are the latest few. */
export interface RequestCounts {
  readonly total: number;
  readonly throttled: number;
  /** For example `list Microsoft.DocumentDB/databaseAccounts`, `query Microsoft.ResourceGraph/resources`. */
  readonly byKind: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Writes and reads of keys, which a monitor must never try: `PUT /subscriptions/…`. */
  readonly violations: readonly string[];
  readonly latest: readonly RequestRecord[];
}

export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface Counter {
  /** Notes a request; its number, from 1. */
  arrived(): number;
  answered(kind: string, record: RequestRecord): void;
  violated(method: string, path: string): void;
  counts(): RequestCounts;
}

export function counter(keep = 1000): Counter {
  let total = 0;
  let throttled = 0;
  const byKind = new Map<string, number>();
  const byStatus = new Map<number, number>();
  const violations: string[] = [];
  const latest: RequestRecord[] = [];
  return {
    arrived: () => (total += 1),
    answered(kind, record) {
      if (record.status === 429) throttled += 1;
      byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
      byStatus.set(record.status, (byStatus.get(record.status) ?? 0) + 1);
      latest.push(record);
      if (latest.length >= 2 * keep) latest.splice(0, keep);
    },
    violated(method, path) {
      if (violations.length < keep) violations.push(`${method} ${path}`);
    },
    counts: () => ({
      total,
      throttled,
      byKind: Object.fromEntries([...byKind].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      byStatus: Object.fromEntries(byStatus),
      violations: [...violations],
      latest: latest.slice(-keep),
    }),
  };
}
