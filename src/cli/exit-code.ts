import { atLeast, type Severity } from '../core/finding.ts';
import type { ScanSummary } from '../core/scan.ts';
import type { Delivery } from '../sinks/log-analytics/sink.ts';
import type { Overview } from './overview.ts';

/** 0 clean, 1 findings at or above `failOn`, 2 the scan is incomplete, or its rows could not be delivered. */
export function exitCodeOf({ complete }: Pick<ScanSummary, 'complete'>, { failing }: Pick<Overview, 'failing'>, failOn: Severity | undefined, delivery: Delivery | null): 0 | 1 | 2 {
  if (!complete || (delivery !== null && !isDelivered(delivery))) return 2;
  return failOn !== undefined && [...failing.values()].some(({ severity }) => atLeast(severity, failOn)) ? 1 : 0;
}

/** Whether every row has arrived. */
export function isDelivered({ kept, setAside, dropped }: Delivery): boolean {
  return kept === 0 && setAside === 0 && dropped.size === 0;
}
