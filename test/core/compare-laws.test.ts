import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/core/assessment.ts';
import { compare, type Compared } from '../../src/core/compare.ts';
import type { Finding, Status } from '../../src/core/finding.ts';
import type { Memory } from '../../src/core/memory.ts';
import { context, scanTime } from '../support/histories.ts';
import { asked, assessmentRow, assessmentsOf, findingRow, resourceId, resourceNames, rowsOf, world, type Asked, type Rows, type World } from '../support/worlds.ts';

/** One scan of a subscription: of all of it, of some resources, or of nothing, because it could not be read. */
interface Visit {
  readonly there: World;
  readonly wanted: Asked;
  readonly names: readonly string[];
  readonly emission: 'full' | 'transitions';
}

const visit = fc.record<Visit>({
  there: world,
  wanted: asked,
  names: fc.oneof({ weight: 4, arbitrary: fc.constant(resourceNames) }, { weight: 1, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(resourceNames) }),
  emission: fc.constantFrom('transitions', 'transitions', 'full'),
});
const history = fc.array(visit, { minLength: 1, maxLength: 12 });

const byBaseline = (wanted: Asked) => (controlId: string): string => `asks for ${wanted[controlId] ?? 'nothing'}`;
const covering = (names: readonly string[]) => {
  const ids = new Set(names.map(resourceId));
  return (resource: { readonly resourceId: string }): boolean => ids.has(resource.resourceId);
};

interface Scanned extends Compared {
  readonly before: Memory | null;
  readonly visit: Visit;
  readonly assessments: readonly Assessment[];
}

/** Scans one after the other; the first writes everything, since nothing is remembered. */
function scan(visits: readonly Visit[]): readonly Scanned[] {
  let memory: Memory | null = null;
  return visits.map((each, number) => {
    const before = memory;
    const { there, wanted, names } = each;
    const assessments = assessmentsOf(there, wanted, names);
    const compared = compare(before, assessments, context(number, { firstScan: number === 0, judgedBy: byBaseline(wanted), covers: covering(names) }));
    memory = compared.next;
    return { ...compared, before, visit: { ...each, emission: before === null ? 'full' : each.emission }, assessments };
  });
}

/** What somebody knows who reads nothing but rows: the last one of each finding and resource. */
function replay(scanned: readonly Scanned[]): Rows {
  const last = new Map<string, unknown>();
  for (const { comparison, visit: { emission } } of scanned) {
    for (const [id, row] of rowsOf({ ...comparison, emission })) last.set(id, row);
  }
  return new Map([...last].filter(([, row]) => row !== null));
}

/** Readings of one thing since it has been there, oldest first. */
interface Readings<T> {
  readonly id: string;
  readonly all: readonly { readonly value: T; readonly time: Date }[];
}

/**
 * Keeps the readings of everything that is there: those of what was looked at and was not there end.
 * @param inside whether the scan looked at it
 */
function read<T>(known: Map<string, Readings<T>>, values: readonly (readonly [string, T])[], time: Date, inside: (id: string) => boolean): void {
  const now = new Map(values);
  for (const id of known.keys()) if (inside(id) && !now.has(id)) known.delete(id);
  for (const [id, value] of now) known.set(id, { id, all: [...(known.get(id)?.all ?? []), { value, time }] });
}

/** When the last run of readings began that all `belong`; the runs of what the scans saw, not of what was true between them. */
function beginning<T>({ all }: Readings<T>, belongs: (value: T) => boolean): Date | null {
  const start = all.findLastIndex(({ value }) => !belongs(value)) + 1;
  return all[start]?.time ?? null;
}

function failingSince(readings: Readings<Finding>): Date | null {
  const since = beginning(readings, ({ status }) => status === 'fail' || status === 'unknown');
  const first = readings.all.find(({ value, time }) => since !== null && time >= since && value.status === 'fail');
  return first?.time ?? null;
}

/** The rows of everything that is there, worked out from all readings. */
function truth(scanned: readonly Scanned[]): Rows {
  const findings = new Map<string, Readings<Finding>>();
  const resources = new Map<string, Readings<Assessment>>();
  const owners = new Map<string, string>();
  for (const [number, { assessments, visit: { names } }] of scanned.entries()) {
    const covered = covering(names);
    for (const { resourceId: owner, findings: its } of assessments) for (const { id } of its) owners.set(id, owner);
    read(resources, assessments.map(assessment => [assessment.resourceId, assessment]), scanTime(number), id => covered({ resourceId: id }));
    read(findings, assessments.flatMap(assessment => assessment.findings.map(finding => [finding.id, finding] as const)), scanTime(number), id => covered({ resourceId: owners.get(id) ?? '' }));
  }
  return new Map([
    ...[...resources.values()].map(readings => {
      const assessment = lastOf(readings);
      return [readings.id, assessmentRow({ assessment, reachSince: beginning(readings, ({ exposure }) => exposure?.reach === assessment.exposure?.reach) })] as const;
    }),
    ...[...findings.values()].map(readings => {
      const finding = lastOf(readings);
      return [readings.id, findingRow({ finding, since: beginning(readings, ({ status }) => status === finding.status) ?? new Date(0), failingSince: failingSince(readings) })] as const;
    }),
  ]);
}

function lastOf<T>({ id, all }: Readings<T>): T {
  const last = all.at(-1);
  if (!last) throw new Error(`Nothing was read of ${id}.`);
  return last.value;
}

/** What was said of one finding, scan by scan, as long as it was there. */
interface Told {
  readonly transition: string;
  readonly cause: string;
  readonly status: Status | 'gone';
}

/** By finding id, oldest first. */
function told(scanned: readonly Scanned[]): ReadonlyMap<string, readonly Told[]> {
  const all = new Map<string, Told[]>();
  const tell = (id: string, event: Told): unknown => all.set(id, [...(all.get(id) ?? []), event]);
  for (const { comparison: { assessments, gone } } of scanned) {
    for (const { finding, transition, cause } of assessments.flatMap(({ findings }) => findings)) tell(finding.id, { transition, cause, status: finding.status });
    for (const { id, cause } of gone.flatMap(({ findings }) => findings)) tell(id, { transition: 'gone', cause, status: 'gone' });
  }
  return all;
}

/** What may be said of a finding that fails, by the last time that it was known. */
function ofFailure(before: Told | undefined): readonly string[] {
  if (before === undefined || before.status === 'gone') return ['new'];
  return before.status === 'fail' ? ['changed', 'unchanged'] : ['regressed resource', 'changed baseline'];
}

/** Rules that the events of one finding break. */
function broken(events: readonly Told[]): readonly string[] {
  return events.flatMap(({ transition, cause, status }, index) => {
    const known = events.slice(0, index).findLast(each => each.status !== 'unknown');
    const wrong: string[] = [];
    if (status === 'fail' && !ofFailure(known).some(allowed => `${transition} ${cause}`.startsWith(allowed))) wrong.push(`fails after ${known?.status ?? 'nothing'}, and is ${transition} by ${cause}`);
    if (transition === 'fixed' && (status === 'fail' || status === 'unknown' || known?.status !== 'fail')) wrong.push(`fixed as ${status} after ${known?.status ?? 'nothing'}`);
    if ((transition === 'regressed' || transition === 'fixed') && cause !== 'resource') wrong.push(`${transition} by ${cause}`);
    const same = events.slice(0, index).findLastIndex(each => each.transition === transition);
    const between = events.slice(same + 1, index).filter(each => each.status !== 'unknown' && (each.status === 'fail') !== (transition === 'regressed'));
    if ((transition === 'regressed' || transition === 'fixed') && same >= 0 && between.length === 0) wrong.push(`${transition} twice`);
    return wrong;
  });
}

const runs = { numRuns: 400 };

/** Holds a law against many histories. */
function inAnyHistory(law: (scanned: readonly Scanned[]) => void): void {
  fc.assert(
    fc.property(history, visits => {
      law(scan(visits));
    }),
    runs,
  );
}

describe('in any history', () => {
  test('who replays the rows knows exactly what is there', () => {
    inAnyHistory(scanned => {
      expect(replay(scanned)).toEqual(truth(scanned));
    });
  });

  test('every finding is compared, once and in order', () => {
    inAnyHistory(scanned => {
      for (const { comparison, assessments } of scanned) {
        expect(comparison.assessments.map(({ assessment }) => assessment)).toEqual(assessments);
        expect(comparison.assessments.map(({ findings }) => findings.map(({ finding }) => finding))).toEqual(assessments.map(({ findings }) => findings));
      }
    });
  });

  test('who looks again at once sees everything unchanged', () => {
    inAnyHistory(scanned => {
      for (const [number, { next, assessments, visit: { wanted, names } }] of scanned.entries()) {
        const again = compare(next, assessments, context(number + 1, { judgedBy: byBaseline(wanted), covers: covering(names) }));
        expect(again.comparison.gone).toEqual([]);
        expect(again.comparison.assessments.flatMap(({ transition, findings }) => [transition, ...findings.map(each => each.transition)]).filter(transition => transition !== 'unchanged')).toEqual([]);
      }
    });
  });

  test('what is not covered stays remembered as it is', () => {
    inAnyHistory(scanned => {
      for (const { before, next, visit: { names } } of scanned) {
        const outside = [...(before?.resources ?? [])].filter(([, resource]) => !covering(names)(resource));
        expect(outside.filter(([key, resource]) => next.resources.get(key) !== resource)).toEqual([]);
      }
    });
  });

  test('what is covered is remembered as it was seen, and nothing else', () => {
    inAnyHistory(scanned => {
      for (const { next, assessments, visit: { names } } of scanned) {
        const seen = [...next.resources.values()].filter(covering(names)).map(({ resourceId: id, findings }) => [id, [...findings].map(([controlId, { status }]) => [controlId, status])]);
        const there = assessments.map(({ resourceId: id, findings }) => [id, findings.map(({ controlId, status }) => [controlId, status])]);
        expect(seen.toSorted()).toEqual(there.toSorted());
      }
    });
  });

  test('failing and being fixed alternate, and no failure goes unheard', () => {
    inAnyHistory(scanned => {
      for (const events of told(scanned).values()) expect(broken(events), JSON.stringify(events)).toEqual([]);
    });
  });
});
