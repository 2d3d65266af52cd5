import type { ScanSummary } from '../../core/scan.ts';
import type { Delivery, Sent } from '../../sinks/log-analytics/sink.ts';
import { cut } from './messages.ts';

/** Application Insights cuts longer ones. @see https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete#trace */
const longestText = 8_192;

/** What a scan logs when it is over: one flat line. */
export type ScanLine = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Sums a scan up.
 * @param sent by all its processes
 */
export function lineOf(summary: ScanSummary, delivery: Delivery, sent: Sent): ScanLine {
  return {
    scanId: summary.id,
    scope: summary.scope,
    baseline: summary.baseline,
    complete: summary.complete,
    ...summary.subscriptions,
    accounts: summary.accounts,
    perimeters: summary.perimeters,
    scoreFloor: summary.score.floor,
    scoreCeiling: summary.score.ceiling,
    coverage: summary.score.coverage,
    armRequests: summary.arm.requests,
    armThrottled: summary.arm.throttled,
    armRetries: summary.arm.retries,
    rowsDelivered: sent.rows,
    rowsKept: delivery.kept,
    rowsSetAside: sent.setAside,
    rowsDropped: [...delivery.dropped.values()].reduce((sum, rows) => sum + rows, 0),
    deliveryProblem: sent.problem,
    problem: null,
    warnings: cut(summary.warnings.join('\n'), longestText),
    seconds: (summary.finishedAt.getTime() - summary.startedAt.getTime()) / 1000,
  };
}
