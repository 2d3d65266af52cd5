import { setTimeout as delay } from 'node:timers/promises';
import { OrchestrationRuntimeStatus as Status, type DurableClient } from 'durable-functions';
import { z } from 'zod';
import { Problem } from '../../core/problem.ts';
import type { ScanInput } from './messages.ts';
import type { ScanRequest } from './request.ts';
import { newScanId } from './scan-id.ts';

/** As much of a durable client as starting takes. */
export type Starter = Pick<DurableClient, 'getStatus' | 'startNew' | 'terminate' | 'purgeInstanceHistoryBy'>;

/**
 * `running`: another scan is, and this one has not been started. `again`: the message that asks for it has started one
 * before.
 */
export type Started = { readonly kind: 'started'; readonly scanId: string; readonly warnings: readonly string[] } | { readonly kind: 'running' | 'again'; readonly since: Date };

export interface WholeScan {
  /** When a scan ends with what it has, minutes after its start. */
  readonly deadlineMinutes: number;
  /** Id of the message that asks for it; null = the schedule does. */
  readonly message: string | null;
  readonly now?: Date;
  /** Between two looks at an orchestration that is being terminated, milliseconds. */
  readonly pauseMs?: number;
}

/** There is one scan of everything at a time: it always has this id. An instance id has no `/`, `\`, `#` or `?`. */
const wholeScan = 'scan';

/** A scan that is still running so long after its deadline does not end by itself any more. */
const graceMinutes = 60;

/** Looks at an orchestration that is being terminated. */
const mostLooks = 30;

const runningStates: ReadonlySet<Status> = new Set([Status.Running, Status.Pending, Status.ContinuedAsNew, Status.Suspended]);

/**
 * Starts a scan of everything the app is set up to scan, unless one is running. One that should have ended long ago is
 * terminated first, which the new one tells.
 * @throws Problem where one that should be terminated goes on
 */
export async function startWhole(client: Starter, { deadlineMinutes, message, now = new Date(), pauseMs = 2_000 }: WholeScan): Promise<Started> {
  const before = await instance(client, wholeScan);
  const begin = (warnings: readonly string[]): Promise<Started> => start(client, wholeScan, { request: { kind: 'tenant' }, message, warnings }, now);
  if (before === null) return begin([]);
  const { createdTime: since, state } = before;
  if (message !== null && before.message === message) return { kind: 'again', since };
  if (!runningStates.has(state)) return begin([]);
  const minutes = Math.floor((now.getTime() - since.getTime()) / 60_000);
  if (minutes <= deadlineMinutes + graceMinutes) return { kind: 'running', since };
  await client.terminate(wholeScan, 'deadline');
  for (let look = 0; look < mostLooks; look += 1) {
    const after = await instance(client, wholeScan);
    if (after === null || !runningStates.has(after.state)) return begin([`The scan of ${since.toISOString()} had not ended after ${minutes} minutes and was terminated: it has no closing row.`]);
    await delay(pauseMs);
  }
  throw new Problem(`The scan of ${since.toISOString()} goes on although it was terminated.`, 'Restart the function app; the next scheduled scan starts anew.');
}

/**
 * Starts a scan that a message asks for, beside whatever else is running. A message that is delivered twice starts one.
 * @param message its id, unique for ever
 */
export async function startOnce(client: Starter, request: ScanRequest, message: string, now: Date = new Date()): Promise<Started> {
  const id = `${wholeScan}-${message.replaceAll(/[^\w-]/g, '-')}`;
  const before = await instance(client, id);
  return before ? { kind: 'again', since: before.createdTime } : start(client, id, { request, message, warnings: [] }, now);
}

/** Histories of scans that are over are kept for so long: longer than a message may wait in the queue. */
const historyDays = 14;

/** Removes what the durable backend keeps of scans that ended long ago, which it does not by itself. Gives how many. */
export async function removeHistories(client: Starter, now: Date = new Date()): Promise<number> {
  const createdTimeTo = new Date(now.getTime() - historyDays * 24 * 60 * 60_000);
  const { instancesDeleted } = await client.purgeInstanceHistoryBy({ createdTimeFrom: new Date(0), createdTimeTo, runtimeStatus: [Status.Completed, Status.Failed, Status.Canceled, Status.Terminated] });
  return instancesDeleted;
}

async function start(client: Starter, instanceId: string, asked: Omit<ScanInput, 'scanId' | 'startedAt'>, now: Date): Promise<Started> {
  const input: ScanInput = { scanId: newScanId(now), startedAt: now.toISOString(), ...asked };
  try {
    await client.startNew('scan', { instanceId, input });
  } catch (error) {
    // Somebody else was faster.
    if (saysTaken(error)) return { kind: 'running', since: now };
    throw error;
  }
  return { kind: 'started', scanId: input.scanId, warnings: input.warnings };
}

interface Instance {
  readonly state: Status;
  readonly createdTime: Date;
  /** Id of the message that started it. */
  readonly message: string | null;
}

const StartedBy = z.object({ message: z.string() });

/** Null where there never was one. */
async function instance(client: Starter, id: string): Promise<Instance | null> {
  try {
    const { runtimeStatus, createdTime, input } = await client.getStatus(id);
    return { state: runtimeStatus, createdTime, message: StartedBy.safeParse(input).data?.message ?? null };
  } catch (error) {
    if (saysUnknown(error)) return null;
    throw error;
  }
}

/** The client tells by its message only. */
function saysUnknown(error: unknown): boolean {
  return error instanceof Error && /\bHTTP 404\b/.test(error.message);
}

/**
 * The extension answers 409, and 500 with these words where an instance is pending.
 * @see https://github.com/Azure/azure-functions-durable-extension/issues/2334
 */
function saysTaken(error: unknown): boolean {
  return error instanceof Error && /status code: 409\b|instance with the status \w+ already exists/i.test(error.message);
}
