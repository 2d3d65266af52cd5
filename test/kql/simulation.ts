import * as fc from 'fast-check';
import { accountType, type Assessment } from '../../src/core/assessment.ts';
import { compare } from '../../src/core/compare.ts';
import { emit } from '../../src/core/emission.ts';
import { severities, findingId, type Finding, type Status } from '../../src/core/finding.ts';
import type { Memory } from '../../src/core/memory.ts';
import type { Reach } from '../../src/core/exposure.ts';
import { nameOf } from '../../src/core/resource-id.ts';
import type { ScanIdentity } from '../../src/core/scan.ts';
import { scoreOf } from '../../src/core/score.ts';
import { countsOf, writesUnchanged, type Comparison } from '../../src/core/transition.ts';
import { assessmentRow, findingRows, goneRow, goneRows, scanRow, subscriptionRow } from '../../src/sinks/log-analytics/rows.ts';
import { arrivedAt, type SentRow, type Tables } from '../support/kql/evaluate.ts';
import { exposure } from '../support/builders.ts';
import { exemptBy } from '../support/histories.ts';
import { assessment, finding, result, scan, summary } from '../support/results.ts';

/** A resource: what two controls say of it, and who reaches it. */
interface Being {
  readonly statuses: readonly [Status, Status];
  readonly exempted: boolean;
  readonly reach: Reach;
}

export const subscriptions = ['a', 'b'] as const;
export type Subscription = (typeof subscriptions)[number];
export type Part = Subscription | 'tenant';
const resourceNames = ['r', 's', 't'] as const;
/** The one that is listed by itself, as clusters are. */
const listedApart = 't';

/** Something that happens to a resource between two scans; null where it goes. */
interface Happening {
  readonly part: Part;
  readonly name: (typeof resourceNames)[number];
  readonly being: Being | null;
}

/** A scan, and what happened before it. */
export interface Step {
  /** Since the one before. */
  readonly hours: number;
  readonly happenings: readonly Happening[];
  /** What became of each subscription; twice: its process ended after the rows were written, and another began again. */
  readonly outcomes: Readonly<Record<Subscription, 'scanned' | 'twice' | 'denied' | 'unseen'>>;
  /** Some resources of one part could not be listed, so nothing is known of them. */
  readonly unlisted: Part | null;
  /** Without a closing row nothing is said of perimeters either. */
  readonly closes: boolean;
  /** What the baseline asks for, as a number. */
  readonly asks: number;
}

/** Scans one after the other, how rows travel, and when somebody looks. */
export interface Story {
  readonly steps: readonly Step[];
  readonly seed: number;
  /** Hours since the last scan. */
  readonly looksAfter: number;
}

const being = fc.record<Being>({
  statuses: fc.tuple(fc.constantFrom('pass', 'fail', 'unknown'), fc.constantFrom('pass', 'fail', 'notApplicable', 'manual')),
  exempted: fc.boolean(),
  reach: fc.constantFrom('internet', 'allAzure', 'closed', 'unknown'),
});
const happening = fc.record<Happening>({ part: fc.constantFrom('a', 'b', 'tenant'), name: fc.constantFrom(...resourceNames), being: fc.option(being, { freq: 4 }) });
const outcome = fc.constantFrom('scanned', 'scanned', 'scanned', 'twice', 'denied', 'unseen');
const step = fc.record<Step>({
  hours: fc.integer({ min: 1, max: 40 }),
  happenings: fc.array(happening, { maxLength: 5 }),
  outcomes: fc.record({ a: outcome, b: outcome }),
  unlisted: fc.constantFrom(null, null, null, 'a', 'tenant'),
  closes: fc.constantFrom(true, true, true, false),
  asks: fc.constantFrom(1, 1, 1, 2),
});
export const story = fc.record<Story>({ steps: fc.array(step, { minLength: 1, maxLength: 8 }), seed: fc.nat(), looksAfter: fc.integer({ min: 0, max: 72 }) });

/** A row on its way. */
export interface Sent {
  readonly table: 'CosmosComplianceFindings_CL' | 'CosmosComplianceAssessments_CL' | 'CosmosComplianceScans_CL';
  readonly row: SentRow;
}

/** What a scan found in a part that it read, beside what was there before. */
export interface Reading {
  readonly part: Part;
  readonly at: Date;
  readonly comparison: Comparison;
}

/** What was true, beside the rows that tell of it. */
export interface Told {
  readonly sent: readonly Sent[];
  readonly readings: readonly Reading[];
  readonly scans: readonly { readonly at: Date; readonly step: Step; readonly complete: boolean; readonly expected: number }[];
  readonly now: Date;
}

const beginning = Date.UTC(2026, 9, 20, 5, 30);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function assessmentOf(part: Part, name: string, { statuses, exempted, reach }: Being, asks: number): Assessment {
  const isPerimeter = part === 'tenant';
  const resourceId = isPerimeter
    ? `/subscriptions/a/providers/Microsoft.Network/networkSecurityPerimeters/${name}`
    : `/subscriptions/${part}/providers/Microsoft.DocumentDB/databaseAccounts/${name}`;
  const findings = statuses.map((status, index): Finding => {
    const controlId = `control-${index}`;
    const covered = exempted && (status === 'fail' || status === 'unknown');
    const gaps = status === 'unknown' ? { gaps: [{ fact: 'account', reason: 'denied', detail: 'No.' } as const] } : {};
    return finding({
      id: findingId(resourceId, controlId),
      controlId,
      severity: severities[asks] ?? 'info',
      status,
      message: `It is ${status}.`,
      observed: { status },
      ...gaps,
      ...(covered && { exemption: exemptBy() }),
    });
  });
  const exposed = isPerimeter ? null : exposure({ reach, decidedBy: reach, explanation: reach });
  const resourceType = isPerimeter ? 'Microsoft.Network/networkSecurityPerimeters' : accountType;
  return assessment({
    resourceId,
    resourceType,
    name,
    subscriptionId: isPerimeter ? 'a' : part,
    findings,
    exposure: exposed,
    score: scoreOf(findings, exposed?.reach ?? null),
  });
}

/** Lets a story happen: the product compares and makes the rows. */
export function tell({ steps, looksAfter }: Story): Told {
  const world = new Map<Part, Map<string, Being>>([...subscriptions, 'tenant' as const].map(part => [part, new Map()]));
  const memories = new Map<Part, Memory>();
  const sent: Sent[] = [];
  const readings: Reading[] = [];
  const scans: Told['scans'][number][] = [];
  let time = beginning;
  for (const [index, step] of steps.entries()) {
    time += step.hours * hourMs;
    const at = new Date(time);
    const identity = scan({ id: `scan-${index}`, startedAt: at });
    for (const { part, name, being } of step.happenings) {
      if (being) world.get(part)?.set(name, being);
      else world.get(part)?.delete(name);
    }
    const read = (part: Part, written: Date): Comparison => {
      const isListed = (name: string): boolean => step.unlisted !== part || name !== listedApart;
      const found = [...(world.get(part) ?? [])].filter(([name]) => isListed(name)).map(([name, each]) => assessmentOf(part, name, each, step.asks));
      const memory = memories.get(part) ?? null;
      const comparedWithBefore = compare(memory, found, { scanTime: at, firstScan: index === 0, covers: ({ resourceId }) => isListed(nameOf(resourceId)), judgedBy: () => String(step.asks) });
      const isDue = memory === null || memory.fullAt === null || time - memory.fullAt.getTime() >= dayMs;
      const { comparison: emitted, next } = emit(comparedWithBefore, isDue, at);
      memories.set(part, next);
      sent.push(...rowsOf(identity, emitted, written));
      readings.push({ part, at, comparison: emitted });
      return emitted;
    };
    let findingRowsOfAll = 0;
    let expected = 0;
    for (const subscriptionId of subscriptions) {
      const fate = step.outcomes[subscriptionId];
      if (fate === 'unseen') continue;
      expected += 1;
      const times = fate === 'twice' ? 2 : fate === 'scanned' ? 1 : 0;
      if (times === 0)
        sent.push({
          table: 'CosmosComplianceScans_CL',
          row: subscriptionRow(
            identity,
            result({ subscriptionId, outcome: 'denied', reason: 'No role.', accounts: 0 }),
            'transitions',
            { findings: 0, findingRows: 0 },
            at,
          ),
        });
      for (let turn = 1; turn <= times; turn += 1) {
        const written = new Date(time + turn * minuteMs);
        const comparison = read(subscriptionId, written);
        const counts = countsOf(comparison);
        findingRowsOfAll += counts.findingRows;
        sent.push({
          table: 'CosmosComplianceScans_CL',
          row: subscriptionRow(identity, result({ subscriptionId, accounts: comparison.assessments.length }), comparison.emission, counts, written),
        });
      }
    }
    const complete = step.unlisted === null && subscriptions.every(subscription => step.outcomes[subscription] !== 'denied');
    if (step.closes) {
      const written = new Date(time + 5 * minuteMs);
      const others = read('tenant', written);
      const counts = { expected, scanned: expected, denied: 0, throttled: 0, failed: 0, skipped: 0 };
      const closing = summary({
        ...identity,
        complete,
        subscriptions: counts,
        perimeters: others.assessments.length,
        findingRows: findingRowsOfAll + countsOf(others).findingRows,
        score: { floor: index, ceiling: 90, coverage: 0.5 },
      });
      sent.push({ table: 'CosmosComplianceScans_CL', row: scanRow(closing, others.emission, { kept: 0, dropped: 0 }, written) });
    }
    scans.push({ at, step, complete, expected });
  }
  return { sent, readings, scans, now: new Date(time + looksAfter * hourMs + 10 * minuteMs) };
}

function rowsOf(identity: ScanIdentity, { assessments, gone, emission }: Comparison, written: Date): Sent[] {
  const findings = [
    ...assessments.flatMap(each => findingRows(identity, each, emission, 'name', written)),
    ...gone.flatMap(each => goneRows(identity, each, 'name', written)),
  ];
  const resources = [
    ...assessments.filter(({ transition }) => writesUnchanged(emission) || transition !== 'unchanged').map(each => assessmentRow(identity, each, 'name', written)),
    ...gone.filter(({ isGone }) => isGone).map(each => goneRow(identity, each, 'name', written)),
  ];
  return [
    ...findings.map((row): Sent => ({ table: 'CosmosComplianceFindings_CL', row })),
    ...resources.map((row): Sent => ({ table: 'CosmosComplianceAssessments_CL', row })),
  ];
}

/** Numbers of 0 to 1 that follow from a seed. */
export function chances(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Lets rows travel: some come twice, most within minutes, some after days, and in any order. All arrive before
 * `latest`. Azure replaces a time that is more than two days past on arrival.
 * @param copyDays how many days late a row may be that comes twice
 */
export function travel(sent: readonly Sent[], latest: Date, seed: number, copyDays = 4): readonly Sent[] {
  const chance = chances(seed);
  return sent
    .flatMap(each =>
      chance() < 0.3
        ? [
            { ...each, days: copyDays },
            { ...each, days: copyDays },
          ]
        : [{ ...each, days: 4 }],
    )
    .map(({ table, row, days }) => {
      const written = Date.parse(String(row['TimeGenerated']));
      const delay = chance() < 0.15 ? chance() * days * dayMs : chance() * 5 * minuteMs;
      const arrives = Math.min(written + delay, latest.getTime());
      const kept = arrives - written > 2 * dayMs ? arrives : written;
      return { table, row: { ...row, TimeGenerated: new Date(kept).toISOString(), [arrivedAt]: new Date(arrives).toISOString() }, order: chance() };
    })
    .toSorted((a, b) => a.order - b.order);
}

/** What has arrived by a time, in tables. */
export function tablesAt(sent: readonly Sent[], time: Date): Tables {
  const arrived = sent.filter(({ row }) => Date.parse(String(row[arrivedAt])) <= time.getTime());
  return Object.fromEntries(
    ['CosmosComplianceFindings_CL', 'CosmosComplianceAssessments_CL', 'CosmosComplianceScans_CL'].map(name => [
      name,
      arrived.filter(({ table }) => table === name).map(({ row }) => row),
    ]),
  );
}
