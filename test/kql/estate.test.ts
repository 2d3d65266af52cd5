import { beforeAll, describe, expect, test } from 'vitest';
import { accountType, type Assessment } from '../../src/core/assessment.ts';
import { isExempted } from '../../src/core/exemption.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import { openHistory } from '../../src/scan/history.ts';
import { runScan } from '../../src/scan/run.ts';
import type { Sink } from '../../src/sinks/sink.ts';
import { logAnalyticsSink } from '../../src/sinks/log-analytics/sink.ts';
import type { Upload } from '../../src/sinks/log-analytics/upload.ts';
import { outboxIn } from '../../src/state/outbox.ts';
import { kqlFiles } from '../../src/tools/docs/kql-files.ts';
import { connected } from '../support/connection.ts';
import type { SentRow, Tables } from '../support/kql/evaluate.ts';
import { deployed } from '../support/kql/workspace.ts';
import { memoryStore } from '../support/memory-store.ts';

/** What the last of two scans of the demo estate found, and all the rows that both of them sent. */
interface Published {
  readonly assessments: readonly Assessment[];
  readonly tables: Tables;
  readonly emissions: readonly unknown[];
  readonly now: Date;
}

async function publishTwice(): Promise<Published> {
  const rows = new Map<string, SentRow[]>();
  const upload: Upload = async (stream, sent) => {
    const table = stream.replace('Custom-', '');
    // Through JSON, as rows travel.
    rows.set(table, [...(rows.get(table) ?? []), ...(JSON.parse(JSON.stringify(sent)) as SentRow[])]);
  };
  const store = memoryStore();
  let assessments: Assessment[] = [];
  const keep: Sink = {
    subscription: async (_scan, _result, { assessments: more }) => {
      assessments.push(...more.map(({ assessment }) => assessment));
    },
    close: async (_summary, { assessments: more }) => {
      assessments.push(...more.map(({ assessment }) => assessment));
    },
  };
  const connection = await connected({});
  try {
    for (const _ of ['first', 'second']) {
      assessments = [];
      const { history } = await openHistory(store, standardBaseline, '1.0.0', 24);
      const sinks = [await logAnalyticsSink(upload, outboxIn(store)), keep];
      await runScan({
        arm: connection.arm(),
        scope: { include: [], exclude: [], managementGroup: null },
        baseline: standardBaseline,
        concurrency: 8,
        signal: new AbortController().signal,
        sinks,
        history,
      });
    }
  } finally {
    await connection.stop();
  }
  const tables = Object.fromEntries(rows);
  const emissions = (tables['CosmosComplianceScans_CL'] ?? []).filter(row => row['Kind'] === 'scan').map(row => row['Emission']);
  return { assessments, tables, emissions, now: new Date(Date.now() + 60_000) };
}

describe('rows of two scans of the demo estate', () => {
  let published: Published;
  beforeAll(async () => {
    published = await publishTwice();
  });

  const run = (text: string): ReturnType<ReturnType<typeof deployed>['run']> => deployed().run(text, published.tables, published.now);

  test('were written in full, and then as far as something was different', () => {
    expect(published.emissions).toEqual(['full', 'transitions']);
    expect(published.assessments.length).toBeGreaterThan(10);
  });

  test('show every finding of the last scan, and nothing else', () => {
    const given = run('CosmosComplianceLatest()').map(({ FindingId, Status, IsExempted, ResourceId }) => JSON.stringify([FindingId, Status, IsExempted, ResourceId]));
    const expected = published.assessments.flatMap(({ resourceId, findings }) =>
      findings.map(finding => JSON.stringify([finding.id, finding.status, isExempted(finding), resourceId.toLowerCase()])),
    );
    expect(given.toSorted()).toEqual(expected.toSorted());
  });

  test('show every account with its reach and score', () => {
    const given = run('CosmosComplianceAccounts()').map(({ ResourceId, Reach, ScoreFloor }) => JSON.stringify([ResourceId, Reach, ScoreFloor]));
    const accounts = published.assessments.filter(({ resourceType }) => resourceType === accountType);
    const expected = accounts.map(({ resourceId, exposure, score }) => JSON.stringify([resourceId.toLowerCase(), exposure?.reach, score.floor]));
    expect(given.toSorted()).toEqual(expected.toSorted());
  });

  test('raise no alert about what was there at the first scan', () => {
    for (const rule of ['account-opened', 'newly-failing']) expect(run(kqlFiles('alerts').find(({ name }) => name === rule)?.text ?? '')).toEqual([]);
  });

  test.each([
    'controls-by-failures',
    'open-critical',
    'reachable-from-internet',
    'requirements',
    'manual-not-attested',
    'scan-health',
    'score-trend',
    'reach-trend',
    'unknown-and-why',
    'perimeter-learning',
    'latent-exposure',
  ])('answer %s', name => {
    expect(run(kqlFiles('queries').find(file => file.name === name)?.text ?? '').length).toBeGreaterThan(0);
  });

  test.each([...kqlFiles('queries'), ...kqlFiles('alerts')].map(({ name, text }) => [name, text] as const))('%s can be run on them', (_, text) => {
    expect(() => run(text)).not.toThrow();
  });
});
