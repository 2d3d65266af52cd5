import { connect } from '../azure/arm.ts';
import type { Cloud, Environment } from '../azure/clouds.ts';
import { credentialFor } from '../azure/credential.ts';
import { version } from '../azure/user-agent.ts';
import type { Baseline } from '../baseline/effective.ts';
import type { ArmCounters } from '../core/scan.ts';
import { logAnalyticsSink, type Delivery } from '../sinks/log-analytics/sink.ts';
import { uploader } from '../sinks/log-analytics/upload.ts';
import type { Sink } from '../sinks/sink.ts';
import { outboxIn } from '../state/outbox.ts';
import type { Store } from '../state/store.ts';
import { standardBaseline } from './baseline.ts';
import type { ScanReport } from './close-scan.ts';
import { openHistory } from './history.ts';
import type { ScanScope } from './plan.ts';
import { runScan, type Progress } from './run.ts';
import type { Destination } from './settings.ts';

export interface AzureScan {
  readonly cloud: Cloud;
  /** Where credentials are looked for. */
  readonly environment: Environment;
  readonly scope: ScanScope;
  /** The standard profile where none is given. */
  readonly baseline?: Baseline;
  /** What was noticed before the scan, for its closing statement. */
  readonly warnings?: readonly string[];
  /** Null = nothing is sent to Log Analytics. */
  readonly destination: Destination | null;
  /** Keeps rows until they are delivered, and what the next scan must know. */
  readonly store: Store;
  /** Rows are written for every finding when the last time is so long ago; left out = by every scan. */
  readonly fullEmissionHours?: number;
  readonly concurrency: number;
  /** Ends the scan with what it has. */
  readonly signal: AbortSignal;
  readonly sinks?: readonly Sink[];
  readonly onProgress?: (progress: Progress, counters: ArmCounters) => void;
}

/** Scans the Azure that the settings name, in this process. `delivery` is null where nothing was to be sent. */
export async function scanAzure(settings: AzureScan): Promise<{ readonly report: ScanReport; readonly delivery: Delivery | null }> {
  const { cloud, environment, scope, baseline = standardBaseline, warnings = [], destination, store, fullEmissionHours = 0, concurrency, signal, sinks = [], onProgress } = settings;
  const credential = credentialFor(cloud, environment);
  const arm = connect({ cloud, credential, signal, concurrency });
  // Rows are still delivered after the scan was ended.
  const upload = destination && uploader({ ...destination, credential, signal: new AbortController().signal });
  const published = upload && (await logAnalyticsSink(upload, outboxIn(store)));
  // What nobody is told of is not remembered either: the next scan that publishes compares with the last one that did.
  const opened = published ? await openHistory(store, baseline, version, fullEmissionHours) : { history: null, warnings: [] };
  const report = await runScan({
    arm,
    scope,
    baseline,
    warnings: [...warnings, ...opened.warnings],
    history: opened.history,
    concurrency,
    signal,
    sinks: published ? [...sinks, published] : sinks,
    ...(onProgress && { onProgress: progress => onProgress(progress, arm.counters) }),
  });
  return { report, delivery: published ? await published.delivery() : null };
}
