import type { Assessment } from '../../core/assessment.ts';
import type { ControlInfo } from '../../core/control.ts';
import type { Finding, Severity } from '../../core/finding.ts';
import { findingId } from '../../core/finding.ts';
import type { ScanGap, ScanSummary, SubscriptionOutcome, SubscriptionResult } from '../../core/scan.ts';
import type { ReportInput } from '../report.ts';

/** An assessment with what formats show beside it. */
export interface Entry {
  readonly assessment: Assessment;
  /** Display name of its subscription; empty where it is not visible. */
  readonly subscription: string;
  /** In order of control id. */
  readonly findings: readonly Finding[];
}

/** Something a scan should have read and could not. */
export interface NotRead {
  /** The same for the same thing in every scan. */
  readonly id: string;
  /** Null where it is no subscription. */
  readonly subscription: Pick<SubscriptionResult, 'subscriptionId' | 'name'> | null;
  readonly why: Exclude<SubscriptionOutcome, 'scanned'> | ScanGap['reason'];
  readonly detail: string;
  readonly permission: string | null;
}

/** Every assessment in order of resource id. */
export function entriesOf({ assessments, subscriptions }: Pick<ReportInput, 'assessments' | 'subscriptions'>): Entry[] {
  const names = new Map(subscriptions.map(({ subscriptionId, name }) => [subscriptionId.toLowerCase(), name]));
  return assessments
    .map(assessment => ({ key: assessment.resourceId.toLowerCase(), assessment }))
    .toSorted((a, b) => order(a.key, b.key))
    .map(({ assessment }) => ({
      assessment,
      subscription: names.get(assessment.subscriptionId.toLowerCase()) ?? '',
      findings: assessment.findings.toSorted((a, b) => order(a.controlId, b.controlId)),
    }));
}

/** Every subscription that was not read, in order of id, then every gap of the scan. */
export function notReadIn({ subscriptions, summary }: { readonly subscriptions: readonly SubscriptionResult[]; readonly summary: Pick<ScanSummary, 'gaps'> }): NotRead[] {
  const unread = subscriptions.toSorted((a, b) => order(a.subscriptionId, b.subscriptionId)).flatMap(({ subscriptionId, name, outcome, reason }): NotRead[] => {
    if (outcome === 'scanned') return [];
    return [{ id: findingId(`/subscriptions/${subscriptionId}`, 'subscription-read'), subscription: { subscriptionId, name }, why: outcome, detail: reason ?? '', permission: null }];
  });
  const gaps = summary.gaps
    .map(({ reason, detail, permission }): NotRead => ({ id: findingId(detail, 'nothing-missing'), subscription: null, why: reason, detail, permission: permission ?? null }))
    .toSorted((a, b) => order(a.detail, b.detail));
  return [...unread, ...gaps];
}

/** The controls by id. */
export function catalogueOf({ controls }: Pick<ReportInput, 'controls'>): ReadonlyMap<string, ControlInfo> {
  return new Map(controls.map(control => [control.id, control]));
}

/** Severities as a scan judged by them: the baseline may set others than the catalogue. */
export function severitiesIn(entries: readonly Entry[]): ReadonlyMap<string, Severity> {
  return new Map(entries.flatMap(({ findings }) => findings.map(({ controlId, severity }) => [controlId, severity] as const)));
}

/** Order of UTF-16 code units: the same in every locale. */
export function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
