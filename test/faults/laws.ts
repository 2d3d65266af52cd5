import { expect } from 'vitest';
import type { Json } from '../../src/core/finding.ts';
import { outcomes } from '../../src/core/scan.ts';
import type { Found, Ran, Reference, Scanned } from './run-scenario.ts';

/** What holds whatever goes wrong. Each says what it means when it is broken. */
export function expectLaws(ran: Ran, { scanned: reference }: Reference): void {
  for (const scan of ran.troubled) {
    nothingIsInvented(scan, reference);
    if (scan.died) continue;
    nothingHasHappened(scan);
    denominatorIsExact(scan, reference);
    nothingIsLeftOutInSilence(scan, reference);
  }
  noRowIsLost(ran);
  expect(ran.events, 'rows that tell of events in an Azure that has not changed').toEqual([]);
  whatIsDueArrives(ran, reference);
  healsCompletely(ran.healed, reference);
}

function denominatorIsExact({ report: { summary, subscriptions } }: Scanned, { report }: Scanned): void {
  const { expected, ...counts } = summary.subscriptions;
  if (summary.subscriptions.expected === 0) expect(summary.complete, 'a scan that could not be planned is not complete').toBe(false);
  else expect(expected, 'subscriptions expected').toBe(report.summary.subscriptions.expected);
  expect(outcomes.reduce((sum, outcome) => sum + counts[outcome], 0), 'outcomes add up').toBe(expected);
  expect(subscriptions.length, 'a result for each').toBe(expected);
  expect(summary.complete, 'complete means that every subscription was read, and nothing else is missing').toBe(counts.scanned === expected && expected > 0 && summary.gaps.length === 0);
}

/** No false pass, no false failure: what a scan claims to know is what is there. */
function nothingIsInvented({ findings }: Scanned, reference: Scanned): void {
  const wrong = [...findings.values()].filter(found => isKnown(found) && !says(found, reference.findings.get(found.finding.id)));
  expect(wrong.map(({ finding: { controlId, status, observed } }) => ({ controlId, status, observed })), 'findings that differ from those of a scan without trouble').toEqual([]);
}

function isKnown({ finding: { status } }: Found): boolean {
  return status !== 'unknown';
}

function says({ finding: { status, severity, observed } }: Found, other: Found | undefined): boolean {
  return other !== undefined && status === other.finding.status && severity === other.finding.severity && agrees(observed, other.finding.observed);
}

/** A verdict may rest on one side of two, and says of the other that it is not known. */
function agrees(observed: Json, there: Json): boolean {
  if (typeof observed === 'string' && observed.startsWith('not known (')) return true;
  if (typeof observed !== 'object' || observed === null || typeof there !== 'object' || there === null) return observed === there;
  const [own, others] = [Object.entries(observed), new Map(Object.entries(there))];
  return own.length === others.size && own.every(([name, value]) => agrees(value, others.get(name) ?? null));
}

/** What is missing belongs to a subscription that was not read, or a gap says so. */
function nothingIsLeftOutInSilence({ findings, report: { summary, subscriptions } }: Scanned, reference: Scanned): void {
  const read = new Set(subscriptions.filter(({ outcome }) => outcome === 'scanned').map(({ subscriptionId }) => subscriptionId));
  const missing = [...reference.findings].filter(([id]) => !findings.has(id)).map(([, found]) => found);
  const silent = missing.filter(({ subscriptionId, resourceType }) => read.has(subscriptionId) && !(/networkSecurityPerimeters$/i.test(resourceType) && summary.gaps.length > 0));
  expect(silent.map(({ finding, resourceType }) => `${resourceType} ${finding.controlId}`), 'left out although the subscription counts as read').toEqual([]);
}

/** Azure has not changed: what could not be read is no event. */
function nothingHasHappened({ findings, gone }: Scanned): void {
  const events = [...findings.values()].filter(({ transition }) => transition === 'regressed' || transition === 'fixed' || transition === 'new');
  expect(events.map(({ finding: { controlId, status }, transition, previousStatus }) => ({ controlId, status, transition, previousStatus })), 'events in an Azure that has not changed').toEqual([]);
  expect(gone.map(({ resource }) => resource.resourceId), 'gone although it is there').toEqual([]);
}

/** Rows delivered and rows kept are the rows made. */
function noRowIsLost({ troubled, healed, arrived, kept, arrivedInTheEnd, keptInTheEnd }: Ran): void {
  const made = new Set(troubled.flatMap(scan => scan.made));
  // What a killed process had in hand is gone, and not remembered as told: the next scan tells it.
  const owed = troubled.filter(({ died }) => !died).flatMap(scan => scan.made);
  const there = new Set([...arrived, ...kept]);
  expect(owed.filter(key => !there.has(key)), 'rows made that neither arrived nor are kept').toEqual([]);
  expect([...there].filter(key => !made.has(key)), 'rows that nobody made').toEqual([]);
  expect(keptInTheEnd, 'kept although the trouble is over').toEqual([]);
  const inTheEnd = new Set(arrivedInTheEnd);
  expect([...there, ...owed, ...healed.made].filter(key => !inTheEnd.has(key)), 'rows that have not arrived in the end').toEqual([]);
  const madeInTheEnd = new Set([...made, ...healed.made]);
  expect(arrivedInTheEnd.filter(key => !madeInTheEnd.has(key)), 'rows that nobody made, in the end').toEqual([]);
}

/** Where all rows are due, the troubled scan and the next one send one of each finding between them. */
function whatIsDueArrives({ due, arrivedInTheEnd }: Ran, { findings }: Scanned): void {
  if (!due) return;
  const arrived = new Set(arrivedInTheEnd.map(key => key.split(' ').at(-1)));
  expect([...findings.keys()].filter(id => !arrived.has(id)), 'findings that were due and never told').toEqual([]);
}

function healsCompletely(healed: Scanned, reference: Scanned): void {
  expect(healed.report.summary.complete, 'the next scan is complete').toBe(true);
  expect([...healed.findings.keys()].toSorted(), 'it finds everything').toEqual([...reference.findings.keys()].toSorted());
  nothingIsInvented(healed, reference);
  nothingHasHappened(healed);
}
