import type { ResultRow, Tables, Workspace } from '../support/kql/evaluate.ts';
import { arrivedAt } from '../support/kql/evaluate.ts';
import { chances, tablesAt, tell, travel, type Sent, type Story, type Told } from './simulation.ts';
import { survivors } from './survivors.ts';
import { events, history, latestFindings, presentResources, subscriptionStates, trend, type Facts } from './truth.ts';

/** What a law says of a story: what the queries give, and what is true. */
export interface Verdict {
  readonly given: unknown;
  readonly true: unknown;
}

export interface Law {
  readonly name: string;
  /** The query that is run; a rule's text, or a call of a function. */
  readonly query: string;
  /** Runs in the workspace that it is given, so that it can be run over queries with a fault. */
  readonly hold: (workspace: Workspace, story: Story) => Verdict;
}

/** Rows by a key, with the columns that the other side has. */
function facts(rows: readonly ResultRow[], key: (row: ResultRow) => string, expected: Facts): Facts {
  const names = Object.keys(Object.values(expected).find(row => typeof row === 'object') ?? {});
  return Object.fromEntries(rows.map(row => [key(row), Object.fromEntries(names.map(name => [name, row[name] ?? null]))]));
}

const text = (row: ResultRow, name: string): string => {
  const value = row[name] ?? '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Compares where there are as many rows as keys: nothing twice. */
function compared(rows: readonly ResultRow[], key: (row: ResultRow) => string, expected: Facts): Verdict {
  return { given: { rows: rows.length, facts: facts(rows, key, expected) }, true: { rows: Object.keys(expected).length, facts: expected } };
}

function arrived(story: Story): { readonly told: Told; readonly tables: Tables } {
  const told = tell(story);
  return { told, tables: tablesAt(travel(told.sent, told.now, story.seed), told.now) };
}

/** A law about what one function gives once every row has arrived, in whatever order, late or twice. */
function whole(name: string, query: string, key: (row: ResultRow) => string, truth: (told: Told) => Facts, reshaped: (row: ResultRow) => ResultRow = row => row): Law {
  return {
    name,
    query,
    hold: (workspace, story) => {
      const { told, tables } = arrived(story);
      return compared(workspace.run(query, tables, told.now).map(reshaped), key, truth(told));
    },
  };
}

/** Some rows never arrive. */
function lossy(sent: readonly Sent[], seed: number): readonly Sent[] {
  const chance = chances(seed + 1);
  return sent.filter(() => chance() < 0.8);
}

/** A last scan that reads everything and is due for a full emission. */
function healed(story: Story): Story {
  return { ...story, looksAfter: 1, steps: [...story.steps, { hours: 25, happenings: [], outcomes: { a: 'scanned', b: 'scanned' }, unlisted: null, closes: true, asks: 1 }] };
}

/** After losses, a full emission that arrives whole puts everything right. */
function healing(name: string, query: string, key: (row: ResultRow) => string, truth: (told: Told) => Facts): Law {
  return {
    name,
    query,
    hold: (workspace, story) => {
      const told = tell(healed(story));
      const last = `scan-${story.steps.length}`;
      const sent = [
        ...lossy(
          told.sent.filter(({ row }) => row['ScanId'] !== last),
          story.seed,
        ),
        ...told.sent.filter(({ row }) => row['ScanId'] === last),
      ];
      const tables = tablesAt(travel(sent, told.now, story.seed), told.now);
      return compared(workspace.run(query, tables, told.now), key, truth(told));
    },
  };
}

/** Whatever has arrived so far, and whatever never will: what is shown follows from the rows as the specification says. */
function partial(name: string, query: string, kind: 'findings' | 'resources'): Law {
  return {
    name,
    query,
    hold: (workspace, story) => {
      const told = tell(story);
      const tables = tablesAt(travel(lossy(told.sent, story.seed), new Date(told.now.getTime() + 86_400_000), story.seed), told.now);
      const idName = kind === 'findings' ? 'FindingId' : 'ResourceId';
      const given = workspace.run(query, tables, told.now).map(row => `${text(row, idName)} ${text(row, 'ScanId')}`);
      return { given: given.toSorted(), true: survivors(tables, kind).toSorted() };
    },
  };
}

/** The minutes at which a rule is evaluated that sees something new. */
function evaluations(sent: readonly Sent[]): readonly Date[] {
  const quarter = 15 * 60_000;
  const slots = new Set(sent.map(({ row }) => Math.ceil(Date.parse(String(row[arrivedAt])) / quarter)));
  return [...new Set([...slots].flatMap(slot => [slot, slot + 1]))].toSorted((a, b) => a - b).map(slot => new Date(slot * quarter));
}

/**
 * A rule that tells of events, evaluated every 15 minutes, tells of each once. A rule sees two days, so a second copy
 * that comes later than that is told of again.
 */
function once(name: string, query: string, keys: (row: ResultRow, told: Told) => readonly string[], truth: (told: Told) => readonly string[]): Law {
  return {
    name,
    query,
    hold: (workspace, story) => {
      const told = tell(story);
      const sent = travel(told.sent, new Date(told.now.getTime() + 5 * 86_400_000), story.seed, 1.9);
      const fired = evaluations(sent).flatMap(time => workspace.run(query, tablesAt(sent, time), time).flatMap(row => keys(row, told)));
      return { given: fired.toSorted(), true: truth(told).toSorted() };
    },
  };
}

function openings(told: Told): readonly string[] {
  return told.readings.flatMap(({ at, comparison }) =>
    comparison.assessments.flatMap(({ assessment, previousReach, cause }) => {
      const isPublic = (reach: string | null | undefined): boolean => reach === 'internet' || reach === 'allAzure';
      return cause === 'resource' && isPublic(assessment.exposure?.reach) && !isPublic(previousReach)
        ? [`${at.toISOString()} ${assessment.resourceId.toLowerCase()}`]
        : [];
    }),
  );
}

const scanTimeOf = (told: Told, row: ResultRow): string => told.scans[Number(text(row, 'ScanId').replace('scan-', ''))]?.at.toISOString() ?? '';

/** The laws; `alerts` are the texts of the rules by id. */
export function laws(alerts: ReadonlyMap<string, string>): readonly Law[] {
  const perResource = (row: ResultRow): string => text(row, 'ResourceId');
  return [
    whole('the latest findings are those of the last reading of each part', 'CosmosComplianceLatest()', row => text(row, 'FindingId'), latestFindings),
    whole('the present resources are those of the last reading of each part', 'CosmosComplianceResources()', perResource, presentResources),
    whole('history is what was last read by the end of each day', 'CosmosComplianceHistory(60d)', row => `${text(row, 'Day')} ${text(row, 'ResourceId')}`, history),
    whole(
      'the trend adds up what was last read by the end of each day',
      'CosmosComplianceTrend(60d)',
      row => text(row, 'Day'),
      trend,
      row => ({
        ...row,
        Public: Number(row['Internet']) + Number(row['AllAzure']),
        Open: ['OpenCritical', 'OpenHigh', 'OpenMedium', 'OpenLow', 'OpenInfo'].reduce((sum, name) => sum + Number(row[name]), 0),
      }),
    ),
    whole('subscriptions stand as they were last tried and read', 'CosmosComplianceSubscriptions()', row => text(row, 'SubscriptionId'), subscriptionStates),
    {
      name: 'every event is told once, with its cause',
      query: 'CosmosComplianceChanges(60d)',
      hold: (workspace, story) => {
        const { told, tables } = arrived(story);
        const rows = workspace.run('CosmosComplianceChanges(60d)', tables, told.now).filter(row => row['Event'] !== 'gone');
        const given = Object.fromEntries(
          rows.map(row => [`${text(row, 'ScanTime')} ${text(row, 'Event')} ${text(row, 'FindingId') || text(row, 'ResourceId')}`, row['Cause']]),
        );
        const expected = events(told);
        return { given: { rows: rows.length, given }, true: { rows: Object.keys(expected).length, given: expected } };
      },
    },
    healing('a full emission puts findings right', 'CosmosComplianceLatest()', row => text(row, 'FindingId'), latestFindings),
    healing('a full emission puts resources right', 'CosmosComplianceResources()', perResource, presentResources),
    partial('findings survive until a later full emission has arrived whole', 'CosmosComplianceLatest()', 'findings'),
    partial('resources survive until a later full emission has arrived whole', 'CosmosComplianceResources()', 'resources'),
    once('every opened account is told of once', alerts.get('account-opened') ?? '', (row, told) => [`${scanTimeOf(told, row)} ${text(row, 'ResourceId')}`], openings),
    once(
      'every finding that began to fail is counted once',
      alerts.get('newly-failing') ?? '',
      (row, told) => Array.from({ length: Number(row['Findings']) }, () => scanTimeOf(told, row)),
      newlyFailing,
    ),
  ];
}

function newlyFailing(told: Told): readonly string[] {
  return told.readings.flatMap(({ at, comparison }) =>
    comparison.assessments.flatMap(({ findings }) =>
      findings
        .filter(
          ({ finding, transition, cause }) =>
            finding.status === 'fail' &&
            (finding.severity === 'critical' || finding.severity === 'high') &&
            (transition === 'new' || transition === 'regressed') &&
            cause === 'resource' &&
            finding.exemption?.state !== 'active',
        )
        .map(() => at.toISOString()),
    ),
  );
}
