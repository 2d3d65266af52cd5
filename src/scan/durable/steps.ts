import { closeOne } from './close-step.ts';
import { failureOf, type CloseInput, type CloseOutcome, type Failure, type PartInput, type PartOutcome, type PlanOutcome, type ScanInput } from './messages.ts';
import { openScan, type OpenScan } from './open-scan.ts';
import { scanOne } from './part-step.ts';
import { planScan } from './plan-step.ts';
import type { Worker } from './worker.ts';

/** The activities of a scan, as one process runs them. None ever throws: what goes wrong is in what it gives. */
export interface ScanSteps {
  plan(this: void, input: ScanInput): Promise<PlanOutcome>;
  scanSubscription(this: void, input: PartInput): Promise<PartOutcome>;
  close(this: void, input: CloseInput): Promise<CloseOutcome>;
}

/** Scans that a process keeps open: the one of everything, and one that somebody asked for. */
const mostOpen = 2;

/** @param start makes what the process works with; asked again until it gives something */
export function scanSteps(start: () => Worker): ScanSteps {
  let worker: Worker | null = null;
  const working = (): Worker => (worker ??= start());
  const open = new Map<string, Promise<OpenScan>>();
  const opened = (scanId: string): Promise<OpenScan> => {
    const existing = open.get(scanId);
    if (existing) return existing;
    const [oldest] = open.keys();
    if (oldest !== undefined && open.size >= mostOpen) open.delete(oldest);
    const opening = openScan(working(), scanId);
    open.set(scanId, opening);
    opening.catch(() => open.delete(scanId));
    return opening;
  };
  return {
    plan: input => attempted(() => planScan(working(), input)),
    scanSubscription: ({ scanId, index }) => attempted(async () => scanOne(await opened(scanId), index)),
    close: input =>
      attempted(async () => {
        const closed = await closeOne(working(), input, () => opened(input.scanId));
        open.delete(input.scanId);
        return closed;
      }),
  };
}

async function attempted<T>(work: () => Promise<T>): Promise<T | Failure> {
  try {
    return await work();
  } catch (error) {
    return failureOf(error);
  }
}
