import { standardBaseline } from '../../src/scan/baseline.ts';
import type { Assessment } from '../../src/core/assessment.ts';
import type { ScanSummary } from '../../src/core/scan.ts';
import { runScan } from '../../src/scan/run.ts';
import { connected } from './connection.ts';

/** One scan of the demo estate, in this process. Its times are told from today, so what is said of ages does not change. */
export async function scanSandbox(): Promise<{ readonly summary: ScanSummary; readonly assessments: readonly Assessment[] }> {
  const connection = await connected({});
  const assessments: Assessment[] = [];
  const add = async (more: readonly Assessment[]): Promise<void> => {
    assessments.push(...more);
  };
  try {
    const { summary } = await runScan({
      arm: connection.arm(),
      scope: { include: [], exclude: [], managementGroup: null },
      baseline: standardBaseline,
      concurrency: 8,
      signal: new AbortController().signal,
      sinks: [{ subscription: (_scan, _result, more) => add(more), close: (_summary, others) => add(others) }],
    });
    return { summary, assessments: assessments.toSorted((a, b) => (a.resourceId.toLowerCase() < b.resourceId.toLowerCase() ? -1 : 1)) };
  } finally {
    await connection.stop();
  }
}
