import type { SavedScan } from '../../src/cli/saved-scan.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import { subscriptionId } from './builders.ts';

type Differences = Partial<Omit<SavedScan, 'scan' | 'assessments'>> & { readonly scan?: Partial<SavedScan['scan']>; readonly assessments?: readonly Assessment[] };

/** A complete scan of one subscription, as another command reads it. */
export function savedScan({ scan, assessments = [], ...differences }: Differences = {}): SavedScan {
  return {
    scan: {
      id: 'aaaaaaaa-0000-4000-8000-000000000001',
      startedAt: new Date('2026-11-20T06:00:00Z'),
      cloud: 'public',
      version: '0.1.0',
      baseline: 'standard 1',
      scope: 'tenant',
      complete: true,
      gaps: [],
      judgedBy: {},
      ...scan,
    },
    subscriptions: [{ subscriptionId, name: 'production', outcome: 'scanned', accounts: 1 }],
    assessments: structuredClone(assessments) as SavedScan['assessments'],
    ...differences,
  };
}
