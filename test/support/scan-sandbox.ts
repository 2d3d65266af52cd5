import { standardBaseline } from '../../src/scan/baseline.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import type { ScanSummary, SubscriptionResult } from '../../src/core/scan.ts';
import type { Comparison } from '../../src/core/transition.ts';
import { runScan } from '../../src/scan/run.ts';
import { connected } from './connection.ts';

/** One scan of the demo estate, in this process. Its times are told from today, so what is said of ages does not change. */
export async function scanSandbox(): Promise<{ readonly summary: ScanSummary; readonly subscriptions: readonly SubscriptionResult[]; readonly assessments: readonly Assessment[] }> {
  const connection = await connected({});
  const assessments: Assessment[] = [];
  const add = async (more: Comparison): Promise<void> => {
    assessments.push(...more.assessments.map(({ assessment }) => assessment));
  };
  try {
    const { summary, subscriptions } = await runScan({
      arm: connection.arm(),
      scope: { include: [], exclude: [], managementGroup: null },
      baseline: standardBaseline,
      concurrency: 8,
      signal: new AbortController().signal,
      sinks: [{ subscription: (_scan, _result, more) => add(more), close: (_summary, others) => add(others) }],
    });
    return { summary, subscriptions, assessments: assessments.toSorted((a, b) => (a.resourceId.toLowerCase() < b.resourceId.toLowerCase() ? -1 : 1)) };
  } finally {
    await connection.stop();
  }
}
