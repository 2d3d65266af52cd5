import { attestationWarnings } from '../baseline/attestations.ts';
import { exemptionUse } from '../baseline/exemptions.ts';
import type { Assessment, Resource } from '../core/assessment.ts';
import { subscriptionOf } from '../core/resource-id.ts';
import type { ScanGap, ScanSummary, SubscriptionResult } from '../core/scan.ts';
import { countsOf } from '../core/transition.ts';
import { tenantKey } from '../state/memories.ts';
import { assessPerimeter } from './assess-perimeter.ts';
import { assessTenants } from './assess-tenant.ts';
import { close } from './close.ts';
import { sawAllOf } from './exemption-scope.ts';
import { distinctGaps } from './gaps.ts';
import { establish, recall, type Remembered } from './history.ts';
import { sumOf, type ScanPart } from './part.ts';
import type { Session } from './session.ts';
import { written } from './scan-part.ts';

export interface ScanReport {
  readonly summary: ScanSummary;
  /** In order of id. */
  readonly subscriptions: readonly SubscriptionResult[];
}

/**
 * Judges perimeters and tenants, and closes a scan with everything its parts came to: whatever happened on the way, it
 * says so. A part that is missing counts as failed.
 * @param warnings noticed before the scan
 * @param keep is given the report before anything is remembered: until it is both kept and remembered, to close again
 *   gives the same
 */
export async function closeScan(session: Session, parts: readonly ScanPart[], warnings: readonly string[], keep: (report: ScanReport) => Promise<void> = async () => {}): Promise<ScanReport> {
  const { identity, scope, planned, baseline, services } = session;
  const ordered = parts.toSorted((a, b) => (a.result.subscriptionId < b.result.subscriptionId ? -1 : 1));
  const results = ordered.map(({ result }) => result);
  const remembered = await recall(session.history, tenantKey, session.history?.isWhole === true && identity.scope !== 'accounts');
  const { assessments: perimeters, absent, gaps: unjudged } = await judgePerimeters(session, ordered, remembered);
  const tenants = assessTenants(planned, services.judge);
  const others = [...perimeters, ...tenants.assessments];
  const { comparison, remember } = remembered.compare(others, identity.startedAt, coverage(session, absent));
  const used = exemptionUse(baseline.exemptions, services.judge.exemptions);
  for (const { exemptions } of ordered) used.add(exemptions);
  for (const perimeter of perimeters) used.note(perimeter);
  const finishedAt = services.clock();
  const counts = [...ordered, countsOf(comparison)];
  const arm = sumOf([...ordered.map(part => part.arm), session.spent()]);
  const summarise = (more: readonly ScanGap[], told: readonly string[]): ScanSummary => {
    const closed = close({
      identity,
      targets: planned.targets,
      results,
      scores: ordered.flatMap(({ scores }) => scores),
      perimeters: perimeters.length,
      findings: counts.reduce((sum, { findings }) => sum + findings, 0),
      findingRows: counts.reduce((sum, { findingRows }) => sum + findingRows, 0),
      arm,
      gaps: distinctGaps([...planned.gaps, ...ordered.flatMap(({ gaps }) => gaps), ...unjudged, ...more]),
      finishedAt,
    });
    const ofExemptions = used.warnings(identity.startedAt, closed.complete ? sawAllOf(scope, planned) : () => false);
    const all = [...warnings, ...tenants.warnings, ...ordered.flatMap(part => part.warnings), ...remembered.warnings, ...told, ...ofExemptions, ...attestationWarnings(baseline.attestations, identity.startedAt)];
    return { ...closed, warnings: [...new Set(all)] };
  };
  const names = new Map(planned.targets.map(({ subscriptionId, name }) => [subscriptionId, name]));
  const unwritten = await written(session, sink => sink.close(summarise([], []), comparison, names));
  await keep({ summary: summarise(unwritten, []), subscriptions: results });
  const unremembered = unwritten.length > 0 ? [] : [...(await remember()), ...(await establish(session.history))];
  // A sink that could not close is a gap too.
  return { summary: summarise(unwritten, unremembered), subscriptions: results };
}

interface JudgedPerimeters {
  readonly assessments: readonly Assessment[];
  /** Ids, lower case, of those that were there and proved not to be any more. */
  readonly absent: ReadonlySet<string>;
  readonly gaps: readonly ScanGap[];
}

/**
 * Judges every perimeter that came up, and those that an earlier scan saw: a perimeter that no list names any more is
 * asked for by its id, since Resource Graph proves no absence.
 */
async function judgePerimeters({ services: { knowledge, judge, signal }, planned }: Session, parts: readonly ScanPart[], { memory }: Remembered): Promise<JudgedPerimeters> {
  if (signal.aborted) return { assessments: [], absent: new Set(), gaps: [{ reason: 'failed', detail: 'The scan was ended before the perimeters were judged.' }] };
  const inventory = await knowledge.inventory;
  const listed = inventory.known && parts.some(({ result }) => result.outcome === 'scanned') ? inventory.value : [];
  const named = new Map([...listed, ...parts.flatMap(({ perimeters }) => perimeters)].map(id => [id.toLowerCase(), id]));
  const inScope = new Set(planned.targets.flatMap(({ subscriptionId, skip, accounts }) => (skip === null && !accounts ? [subscriptionId] : [])));
  const before = [...(memory?.resources.values() ?? [])].filter(isPerimeter).map(({ resourceId }) => resourceId);
  const sought = before.filter(id => !named.has(id.toLowerCase()) && inScope.has(subscriptionOf(id) ?? ''));
  const records = await Promise.all([...named.values(), ...sought].map(id => knowledge.perimeter(id)));
  const missing = records.filter(({ id, snapshot: { profiles } }) => !named.has(id.toLowerCase()) && !profiles.known && profiles.reason === 'missing');
  const absent = new Set(missing.map(({ id }) => id.toLowerCase()));
  const assessments = records.filter(({ id }) => !absent.has(id.toLowerCase())).map(record => assessPerimeter(record, judge));
  return { assessments: assessments.toSorted((a, b) => (a.resourceId.toLowerCase() < b.resourceId.toLowerCase() ? -1 : 1)), absent, gaps: [] };
}

function isPerimeter({ resourceType }: Pick<Resource, 'resourceType'>): boolean {
  return resourceType.toLowerCase() === 'microsoft.network/networksecurityperimeters';
}

/** Perimeters are gone where that was proved; tenants where the whole tenant was looked at. */
function coverage({ identity }: Session, absent: ReadonlySet<string>): (resource: Pick<Resource, 'resourceId' | 'resourceType'>) => boolean {
  return resource => (isPerimeter(resource) ? absent.has(resource.resourceId.toLowerCase()) : identity.scope === 'tenant');
}
