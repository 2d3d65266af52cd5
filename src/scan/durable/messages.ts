import type { SubscriptionOutcome } from '../../core/scan.ts';
import type { ScanLine } from './line.ts';
import type { ScanRequest } from './request.ts';

/** What an orchestration of a scan is started with. Plain JSON, as everything here: it is kept in the orchestration's history. */
export interface ScanInput {
  /** Made by whoever starts the scan: an orchestrator may not make up anything. */
  readonly scanId: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly request: ScanRequest;
  /** Id of the message that asked for it; null = the schedule did. */
  readonly message: string | null;
  /** Noticed when it was started. */
  readonly warnings: readonly string[];
}

/** Subscriptions of a plan, by their places in it; `to` is not among them. */
export interface BatchInput {
  readonly scanId: string;
  readonly from: number;
  readonly to: number;
}

export interface PartInput {
  readonly scanId: string;
  /** Place of the subscription in the plan. */
  readonly index: number;
}

export interface CloseInput extends ScanInput {
  /** Why the scan could not be planned, or not be closed with what it has; null where it can be. */
  readonly problem: string | null;
}

/** An activity never fails: one that did would end its batch, and the batch the scan. */
export interface Failure {
  readonly ok: false;
  readonly problem: string;
}

export type PlanOutcome = { readonly ok: true; readonly targets: number } | Failure;
export type PartOutcome = { readonly ok: true; readonly outcome: SubscriptionOutcome } | Failure;
export type CloseOutcome = { readonly ok: true; readonly line: ScanLine } | Failure;

/** Counts of a batch; `unreported` are those of which its activities say nothing. */
export type BatchCounts = Readonly<Partial<Record<SubscriptionOutcome | 'unreported', number>>>;

/** What went wrong, short enough for a history that is read over and over. */
export function failureOf(error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  return { ok: false, problem: cut(text, 2_000) };
}

/** The beginning of a text, which says that it is one. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
