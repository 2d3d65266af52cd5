import { version } from '../../azure/user-agent.ts';
import type { ScanIdentity } from '../../core/scan.ts';
import { memoriesIn, tenantKey } from '../../state/memories.ts';
import { closeScan } from '../close-scan.ts';
import { closeWithoutPlan } from '../close-without-plan.ts';
import { isRemembered } from '../history.ts';
import { sumOf } from '../part.ts';
import type { Target } from '../plan.ts';
import { lineOf, type ScanLine } from './line.ts';
import { failureOf, type CloseInput, type CloseOutcome } from './messages.ts';
import type { OpenScan } from './open-scan.ts';
import { failedPart } from './part-step.ts';
import { inTurns, removeForgotten, scanFiles } from './scan-files.ts';
import type { KeptPart } from './scan-format.ts';
import { sumOfSent } from './sent.ts';
import type { Worker } from './worker.ts';

const unreported = 'No process of the app reported what became of it: the platform may have ended one in the middle. The next scan reads it again.';

/**
 * Closes a scan with the parts that are there; what is missing has failed. May be run again: a scan that is closed stays
 * as it is. Afterwards the files of the scan are removed.
 * @param opened gives the scan, as this process takes part in it
 * @throws Problem where the plan or the parts cannot be read
 */
export async function closeOne(worker: Worker, input: CloseInput, opened: () => Promise<OpenScan>): Promise<CloseOutcome> {
  if (input.problem !== null) return { ok: true, line: await closedWithoutPlan(worker, input, input.problem) };
  const line = (await closedBefore(worker, input)) ?? (await closed(worker, await opened()));
  const tidied = await removeFiles(worker, input.scanId);
  return { ok: true, line: tidied === null ? line : { ...line, warnings: [line['warnings'], tidied].filter(Boolean).join('\n') } };
}

/** What an earlier run gave, where it got to its end. */
async function closedBefore({ store }: Worker, { scanId, startedAt }: CloseInput): Promise<ScanLine | null> {
  const files = scanFiles(store, scanId);
  const line = await files.closing();
  if (line === null) return null;
  // Where the plan is removed, there is nothing left to close again with.
  return (await files.plan()) === null || (await isRemembered({ memories: memoriesIn(store) }, tenantKey, new Date(startedAt))) ? line : null;
}

async function closed(worker: Worker, scan: OpenScan): Promise<ScanLine> {
  const { plan, files, session } = scan;
  const { kept, unreadable } = await keptParts(scan);
  const there = new Set(kept.map(({ part }) => part.result.subscriptionId));
  const missing = plan.plan.targets.filter(({ subscriptionId }) => !there.has(subscriptionId));
  const lost = await inTurns(missing, target => failedPart(session, target, unreadable.get(target.subscriptionId) ?? unreported));
  const sink = await worker.sink('sendsKept');
  const share = scan.sent();
  const closing = { ...session, sinks: [sink], spent: () => sumOf([session.spent(), plan.arm]) };
  const summed = async ({ summary }: Awaited<ReturnType<typeof closeScan>>): Promise<ScanLine> =>
    lineOf(summary, await sink.delivery(), sumOfSent([plan.sent, ...kept.map(({ sent }) => sent), share, sink.sent()]));
  const parts = [...kept.map(({ part }) => part), ...lost];
  return summed(await closeScan(closing, parts, [...plan.warnings, ...scan.warnings], async report => files.keepClosing(await summed(report))));
}

interface KeptParts {
  readonly kept: readonly KeptPart[];
  /** Why, by subscription. */
  readonly unreadable: ReadonlyMap<string, string>;
}

async function keptParts({ files, plan }: OpenScan): Promise<KeptParts> {
  const unreadable = new Map<string, string>();
  const reported = new Set(await files.parts());
  const read = async ({ subscriptionId }: Target): Promise<readonly KeptPart[]> => {
    try {
      const kept = await files.part(subscriptionId);
      return kept ? [kept] : [];
    } catch (error) {
      unreadable.set(subscriptionId, failureOf(error).problem);
      return [];
    }
  };
  const kept = await inTurns(plan.plan.targets.filter(({ subscriptionId }) => reported.has(subscriptionId.toLowerCase())), read);
  return { kept: kept.flat(), unreadable };
}

/** Says that the scan failed, with what can be said without its plan. */
async function closedWithoutPlan(worker: Worker, { scanId, startedAt, request, warnings }: CloseInput, problem: string): Promise<ScanLine> {
  const { settings, clock } = worker;
  const sink = await worker.sink('leavesKept');
  const { baseline } = await worker.baseline(AbortSignal.timeout(baselineMs));
  const scope = ({ tenant: 'tenant', subscription: 'subscriptions', account: 'accounts' } as const)[request.kind];
  const identity: ScanIdentity = { id: scanId, startedAt: new Date(startedAt), cloud: settings.cloud.name, version, baseline: baseline.label, scope };
  const arm = { requests: 0, throttled: 0, retries: 0 };
  const summary = await closeWithoutPlan({ sinks: [sink], identity, arm, problem, warnings, finishedAt: clock() });
  return { ...lineOf(summary, await sink.delivery(), sink.sent()), problem };
}

/** Longest time to find out by which baseline nothing was judged, milliseconds. */
const baselineMs = 60_000;

/** In words what went wrong, which is no reason to close again: what is left over is removed later. */
async function removeFiles({ store, clock }: Worker, scanId: string): Promise<string | null> {
  try {
    await scanFiles(store, scanId).removeWork();
    await removeForgotten(store, clock());
    return null;
  } catch (error) {
    return `The files of scan ${scanId} cannot be removed: ${failureOf(error).problem}`;
  }
}
