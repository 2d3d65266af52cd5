import type { Sent } from '../../sinks/log-analytics/sink.ts';
import { Problem } from '../../core/problem.ts';
import type { ScanPart } from '../part.ts';
import type { Target } from '../plan.ts';
import { isRemembered } from '../history.ts';
import { nothing, scanPart, written } from '../scan-part.ts';
import type { Session } from '../session.ts';
import { failureOf, type PartOutcome } from './messages.ts';
import type { OpenScan } from './open-scan.ts';
import type { KeptPart } from './scan-format.ts';
import { sumOfSent } from './sent.ts';

/**
 * Scans one subscription and keeps what it came to. May be run again, and at the same time in another process: what is
 * done is not done again, and what is not quite done gives the same again.
 * @throws Problem where not even a failure can be kept
 */
export async function scanOne(scan: OpenScan, index: number): Promise<PartOutcome> {
  const target = scan.plan.plan.targets[index];
  if (!target) throw new Problem(`The plan of scan ${scan.plan.identity.id} has no subscription ${index}.`, 'Run the scan again.');
  const before = await finished(scan, target);
  const part = before?.part ?? (await scanned(scan, target));
  return { ok: true, outcome: part.result.outcome };
}

/** What an earlier run kept and, where it read the subscription, remembered. Where nothing was different, that cannot be told, and is done again. */
async function finished({ files, session, plan }: OpenScan, { subscriptionId }: Target): Promise<KeptPart | null> {
  // What cannot be read is scanned and written again.
  const kept = await files.part(subscriptionId).catch(() => null);
  if (kept === null || kept.part.result.outcome !== 'scanned') return kept;
  return (await isRemembered(session.history, subscriptionId, plan.identity.startedAt)) ? kept : null;
}

async function scanned(scan: OpenScan, target: Target): Promise<ScanPart> {
  const { files, session, warnings } = scan;
  const shares: Sent[] = [];
  const keep = async (part: ScanPart): Promise<void> => {
    shares.push(scan.sent());
    await files.keepPart({ part: { ...part, warnings: [...warnings, ...part.warnings] }, sent: sumOfSent(shares) });
  };
  try {
    return await scanPart(session, target, keep);
  } catch (error) {
    const part = await failedPart(session, target, `Stopped with an error: ${failureOf(error).problem}`);
    await keep(part);
    return part;
  }
}

/** A subscription that nothing is known of but why. Its row is written. */
export async function failedPart(session: Session, { subscriptionId, name }: Target, reason: string): Promise<ScanPart> {
  const now = session.services.clock();
  const result = { subscriptionId, name, outcome: 'failed', reason, accounts: 0, startedAt: now, finishedAt: now } as const;
  const gaps = await written(session, sink => sink.subscription(session.identity, result, nothing));
  return { result, scores: [], exemptions: { needed: [], passing: [] }, gaps, warnings: [], perimeters: [], findings: 0, findingRows: 0, arm: session.spent() };
}
