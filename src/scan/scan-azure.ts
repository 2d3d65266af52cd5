import { join } from 'node:path';
import { connect } from '../azure/arm.ts';
import type { Cloud, Environment } from '../azure/clouds.ts';
import { credentialFor } from '../azure/credential.ts';
import type { Baseline } from '../baseline/effective.ts';
import type { ArmCounters } from '../core/scan.ts';
import { logAnalyticsSink, type Delivery } from '../sinks/log-analytics/sink.ts';
import { uploader } from '../sinks/log-analytics/upload.ts';
import type { Sink } from '../sinks/sink.ts';
import { folderOutbox } from '../state/outbox.ts';
import { standardBaseline } from './baseline.ts';
import type { ScanScope } from './plan.ts';
import { runScan, type Progress, type ScanReport } from './run.ts';
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
  /** Keeps rows that could not be delivered. */
  readonly stateFolder: string;
  readonly concurrency: number;
  /** Ends the scan with what it has. */
  readonly signal: AbortSignal;
  readonly sinks?: readonly Sink[];
  readonly onProgress?: (progress: Progress, counters: ArmCounters) => void;
}

/** Scans the Azure that the settings name, in this process. `delivery` is null where nothing was to be sent. */
export async function scanAzure(settings: AzureScan): Promise<{ readonly report: ScanReport; readonly delivery: Delivery | null }> {
  const { cloud, environment, scope, baseline = standardBaseline, warnings = [], destination, stateFolder, concurrency, signal, sinks = [], onProgress } = settings;
  const credential = credentialFor(cloud, environment);
  const arm = connect({ cloud, credential, signal, concurrency });
  // Rows are still delivered after the scan was ended.
  const upload = destination && uploader({ ...destination, credential, signal: new AbortController().signal });
  const published = upload && (await logAnalyticsSink(upload, folderOutbox(join(stateFolder, 'outbox'))));
  const report = await runScan({
    arm,
    scope,
    baseline,
    warnings,
    concurrency,
    signal,
    sinks: published ? [...sinks, published] : sinks,
    ...(onProgress && { onProgress: progress => onProgress(progress, arm.counters) }),
  });
  return { report, delivery: published ? await published.delivery() : null };
}
