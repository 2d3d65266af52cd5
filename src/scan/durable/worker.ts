import { connect, type Arm } from '../../azure/arm.ts';
import type { Environment } from '../../azure/clouds.ts';
import { credentialFor } from '../../azure/credential.ts';
import { logAnalyticsSink, type LogAnalyticsSink } from '../../sinks/log-analytics/sink.ts';
import { uploader } from '../../sinks/log-analytics/upload.ts';
import { lastGoodIn } from '../../state/last-good.ts';
import { openStore } from '../../state/open-store.ts';
import { outboxIn } from '../../state/outbox.ts';
import type { Store } from '../../state/store.ts';
import { standardBaseline } from '../baseline.ts';
import { loadBaseline, type LoadedBaseline } from '../load-baseline.ts';
import { appSettings, type AppSettings } from '../settings.ts';

/** What one process of the app works with, whichever step of a scan it is given. */
export interface Worker {
  readonly settings: Pick<AppSettings, 'cloud' | 'scope' | 'concurrency' | 'deadlineMinutes' | 'fullEmissionHours'>;
  readonly store: Store;
  readonly clock: () => Date;
  connect(signal: AbortSignal, deadline: Date): Arm;
  /** @param kept whether what earlier scans kept is sent, too: that is for one process of a scan to do */
  sink(kept: 'sendsKept' | 'leavesKept'): Promise<LogAnalyticsSink>;
  /** The baseline that holds now. Never throws. */
  baseline(signal: AbortSignal): Promise<LoadedBaseline>;
}

/** Longest time to send what earlier scans kept, milliseconds. */
const resendMs = 5 * 60_000;

/** @throws Problem naming every application setting that is missing or wrong */
export function workerFrom(environment: Environment): Worker {
  const settings = appSettings(environment);
  const { cloud, concurrency, destination, baselineSource } = settings;
  const credential = credentialFor(cloud, environment);
  const store = openStore(settings.state, credential);
  const outbox = outboxIn(store);
  const clock = (): Date => new Date();
  return {
    settings,
    store,
    clock,
    connect: (signal, deadline) => connect({ cloud, credential, signal, deadline, concurrency }),
    sink(kept) {
      // Rows are still delivered after the scan was ended.
      const upload = uploader({ ...destination, credential, signal: new AbortController().signal });
      return logAnalyticsSink(upload, outbox, clock, { resendMs: kept === 'sendsKept' ? resendMs : 0 });
    },
    async baseline(signal) {
      if (baselineSource === null) return { baseline: standardBaseline, text: null, warnings: [] };
      return loadBaseline({ ...baselineSource, credential, signal }, lastGoodIn(store));
    },
  };
}
