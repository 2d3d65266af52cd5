import { join } from 'node:path';
import type { Environment } from '../azure/clouds.ts';
import { credentialFor } from '../azure/credential.ts';
import { lastGoodIn } from '../state/last-good.ts';
import { loadBaseline, type LoadedBaseline } from './load-baseline.ts';
import { scanAzure } from './scan-azure.ts';
import { appSettings, type AppSettings } from './settings.ts';

/** Ends a scan before the platform does: functionTimeout in host.json is 30 minutes. */
const deadlineMs = 25 * 60_000;

/** What a scheduled scan logs: one flat line. */
export type ScanLine = Readonly<Record<string, string | number | boolean | null>>;

/** @throws Problem naming every application setting that is missing or wrong */
export function requireSettings(environment: Environment): void {
  appSettings(environment);
}

/** Runs one scan with the app's settings, writes to Log Analytics, and sums it up. */
export async function scheduledScan(environment: Environment): Promise<ScanLine> {
  const settings = appSettings(environment);
  const signal = AbortSignal.timeout(deadlineMs);
  const { report, delivery } = await scanAzure({ ...settings, ...(await baselineOf(settings, environment, signal)), environment, signal });
  const { summary } = report;
  return {
    scanId: summary.id,
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
    rowsDelivered: delivery ? [...delivery.delivered.values()].reduce((sum, rows) => sum + rows, 0) : 0,
    rowsKept: delivery?.kept ?? 0,
    rowsSetAside: delivery?.setAside ?? 0,
    deliveryProblem: delivery?.problem ?? null,
    warnings: summary.warnings.join('\n'),
    seconds: (summary.finishedAt.getTime() - summary.startedAt.getTime()) / 1000,
  };
}

/** Empty without BASELINE_URL: the standard profile holds. */
async function baselineOf({ cloud, baselineSource, stateFolder }: AppSettings, environment: Environment, signal: AbortSignal): Promise<Partial<LoadedBaseline>> {
  if (baselineSource === null) return {};
  return loadBaseline({ ...baselineSource, credential: credentialFor(cloud, environment), signal }, lastGoodIn(join(stateFolder, 'baseline.json')));
}
