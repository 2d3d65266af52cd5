import { describe, expect, test } from 'vitest';
import { assessmentRow, findingRows, goneRow, goneRows, scanRow, subscriptionRow } from '../../src/sinks/log-analytics/rows.ts';
import { assessmentsTable, findingsTable, scansTable, type ColumnType, type Table } from '../../src/sinks/log-analytics/tables.ts';
import { assessment, compared, finding, result, scan, summary } from '../support/results.ts';
import { accountId, exposure, perimeterId, subscriptionId } from '../support/builders.ts';

const now = new Date('2026-11-20T06:02:00Z');
const noFindings = { findings: 0, findingRows: 0 };
const nothingKept = { kept: 0, dropped: 0 };

const isOfType: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  string: value => typeof value === 'string',
  datetime: value => value === null || typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  int: value => value === null || Number.isInteger(value),
  long: value => value === null || Number.isInteger(value),
  real: value => value === null || typeof value === 'number',
  boolean: value => value === null || typeof value === 'boolean',
  dynamic: value => value !== undefined,
};

/** Every way in which a row is not one of the table. */
function problemsOf({ columns }: Table, row: object): string[] {
  const values = new Map<string, unknown>(Object.entries(row));
  const missing = columns.filter(({ name }) => !values.has(name)).map(({ name }) => `${name} is missing`);
  const surplus = [...values.keys()].filter(name => columns.every(column => column.name !== name)).map(name => `${name} is no column`);
  const wrong = columns.filter(({ name, type }) => values.has(name) && !isOfType[type](values.get(name))).map(({ name, type }) => `${name} is ${JSON.stringify(values.get(name))}, not ${type}`);
  return [...missing, ...surplus, ...wrong];
}

const unread = assessment({ exposure: null, location: null, score: { floor: null, ceiling: null, coverage: 0 }, findings: [finding({ status: 'unknown', gaps: [{ fact: 'account', reason: 'denied', detail: 'No.', permission: 'x/read' }] })] });

describe('every row has exactly the columns of its table, with their types', () => {
  test.each([
    ['an account', assessment()],
    ['an account that could not be read', unread],
    ['a perimeter', assessment({ resourceId: perimeterId, exposure: null, location: null })],
  ])('%s', (_, each) => {
    expect(problemsOf(assessmentsTable, assessmentRow(scan(), compared(each), 'production', now))).toEqual([]);
    expect(findingRows(scan(), compared(each), 'full', 'production', now).flatMap(row => problemsOf(findingsTable, row))).toEqual([]);
  });

  test.each([
    ['a scanned subscription', result()],
    ['a subscription that was not read', result({ name: '', outcome: 'denied', reason: 'No.', accounts: 0 })],
  ])('%s', (_, each) => {
    expect(problemsOf(scansTable, subscriptionRow(scan(), each, 'full', { findings: 7, findingRows: 7 }, now))).toEqual([]);
  });

  test.each([
    ['a scan', summary()],
    ['a scan of nothing', summary({ score: { floor: null, ceiling: null, coverage: 1 }, gaps: [] })],
  ])('%s', (_, each) => {
    expect(problemsOf(scansTable, scanRow(each, 'full', nothingKept, now))).toEqual([]);
  });
});

test('ids are lower case wherever rows are compared by them', () => {
  const row = assessmentRow(scan(), compared(assessment()), 'production', now);
  expect(row).toMatchObject({ ResourceId: accountId.toLowerCase(), ResourceType: 'microsoft.documentdb/databaseaccounts', SubscriptionId: subscriptionId });
  expect(findingRows(scan(), compared(assessment()), 'full', 'production', now)[0]).toMatchObject({ ResourceId: accountId.toLowerCase(), ResourceType: 'microsoft.documentdb/databaseaccounts' });
});

test('a row says when it was written and when its scan began, and the latter survives late delivery', () => {
  const [row] = findingRows(scan(), compared(assessment()), 'full', 'production', now);
  expect(row).toMatchObject({ TimeGenerated: '2026-11-20T06:02:00.000Z', ScanTime: '2026-11-20T06:00:00.000Z', ScanId: scan().id, Version: '0.1.0', Baseline: 'standard 1' });
});

test('a finding keeps what the engine said', () => {
  const gaps = [{ fact: 'account', reason: 'denied', detail: 'No.', permission: 'x/read' }] as const;
  const [row] = findingRows(scan(), compared(assessment({ findings: [finding({ status: 'unknown', message: 'Not known: No.', gaps })] })), 'full', 'production', now);
  expect(row).toMatchObject({ FindingId: finding().id, ControlId: 'exposure-not-public', Severity: 'critical', Status: 'unknown', Message: 'Not known: No.', Observed: { reach: 'internet' }, Gaps: gaps, Requirements: ['ASB NS-2'], Sources: ['GET /subscriptions'], SubscriptionName: 'production' });
  expect(findingRows(scan(), compared(assessment()), 'full', 'production', now)[0]?.Gaps).toBeNull();
});

test('an assessment counts its findings by status and its failures by severity', () => {
  const findings = [finding(), finding({ severity: 'low' }), finding({ severity: 'low' }), finding({ status: 'pass' }), finding({ status: 'unknown' }), finding({ status: 'notApplicable' }), finding({ status: 'notApplicable' })];
  expect(assessmentRow(scan(), compared(assessment({ findings })), 'production', now)).toMatchObject({
    Passed: 1,
    Failed: 3,
    Unknown: 1,
    NotApplicable: 2,
    FailedBySeverity: { critical: 1, high: 0, medium: 0, low: 2, info: 0 },
    ScoreFloor: 10,
    ScoreCeiling: 90,
    Coverage: 0.75,
    Reach: 'perimeterRules',
    Latent: ['lastPrivateEndpoint'],
  });
});

test('an account that could not be read has no reach and no score, and says so with empty values', () => {
  expect(assessmentRow(scan(), compared(unread), 'production', now)).toMatchObject({ Reach: '', Outbound: '', DecidedBy: '', Explanation: '', Latent: null, ScoreFloor: null, ScoreCeiling: null, Coverage: 0, Location: '' });
});

test('a subscription that was not read says how it ended and why, and is not complete', () => {
  expect(subscriptionRow(scan(), result({ outcome: 'throttled', reason: 'Too many.', accounts: 0 }), 'transitions', noFindings, now)).toMatchObject({
    Kind: 'subscription',
    Outcome: 'throttled',
    Reason: 'Too many.',
    Complete: false,
    Expected: null,
    Emission: '',
    FindingRows: 0,
    DurationSeconds: 90.5,
  });
  expect(subscriptionRow(scan(), result(), 'transitions', { findings: 80, findingRows: 22 }, now)).toMatchObject({ Outcome: 'scanned', Reason: '', Complete: true, Emission: 'transitions', Findings: 80, FindingRows: 22, Accounts: 1 });
});

test('the closing row has the whole denominator, the gaps, and what was asked of Azure', () => {
  expect(scanRow(summary({ findings: 80, findingRows: 44 }), 'transitions', { kept: 5, dropped: 2 }, now)).toMatchObject({
    Kind: 'scan',
    Expected: 3,
    Scanned: 2,
    Denied: 1,
    Throttled: 0,
    Failed: 0,
    Skipped: 0,
    Complete: false,
    Reason: 'Cannot read one thing. Nor another.',
    Accounts: 1,
    Perimeters: 1,
    Scope: 'tenant',
    Emission: 'transitions',
    Findings: 80,
    FindingRows: 44,
    DroppedRows: 2,
    KeptRows: 5,
    ArmRequests: 12,
    ArmThrottled: 2,
    ArmRetries: 1,
    DurationSeconds: 90.5,
    FinishedAt: '2026-11-20T06:01:30.500Z',
  });
});

describe('exemptions and attestations', () => {
  const applied = { id: 'legacy', category: 'accepted-risk', reason: 'It moves.', owner: 'jane', expiresOn: '2026-12-31', state: 'active' } as const;
  const expired = { ...applied, state: 'expired' } as const;

  test('a finding carries its exemption, and keeps its status', () => {
    const rows = findingRows(scan(), compared(assessment({ findings: [finding({ exemption: applied }), finding()] })), 'full', 'production', now);
    expect(rows.map(({ Status, Exemption }) => [Status, Exemption])).toEqual([['fail', applied], ['fail', null]]);
  });

  test('an assessment counts what is exempted and what nobody attested beside the rest, and everything once', () => {
    const findings = [finding({ exemption: applied }), finding({ exemption: expired }), finding({ status: 'unknown', exemption: applied }), finding({ status: 'unknown' }), finding({ status: 'manual' }), finding({ status: 'pass' })];
    const row = assessmentRow(scan(), compared(assessment({ findings })), 'production', now);
    expect(row).toMatchObject({ Passed: 1, Failed: 1, Unknown: 1, NotApplicable: 0, Exempted: 2, Manual: 1, FailedBySeverity: { critical: 1 } });
    expect([row.Passed, row.Failed, row.Unknown, row.NotApplicable, row.Exempted, row.Manual].reduce<number>((sum, count) => sum + Number(count), 0)).toBe(findings.length);
  });

  test('the closing row carries the warnings, and the row of a subscription none', () => {
    expect(scanRow(summary({ warnings: ['Exemption legacy ends.'] }), 'full', nothingKept, now).Warnings).toEqual(['Exemption legacy ends.']);
    expect(scanRow(summary(), 'full', nothingKept, now).Warnings).toEqual([]);
    expect(subscriptionRow(scan(), result(), 'full', noFindings, now).Warnings).toBeNull();
  });
});

describe('what differs from the time before', () => {
  const since = new Date('2026-11-19T06:00:00Z');
  const failingSince = new Date('2026-11-18T06:00:00Z');
  const unchanged = { finding: finding({ controlId: 'perimeter-healthy' }), transition: 'unchanged', cause: 'resource', previousStatus: 'fail', since, failingSince } as const;
  const regressed = { finding: finding(), transition: 'regressed', cause: 'resource', previousStatus: 'unknown', since, failingSince } as const;
  const resource = { resourceId: accountId, resourceType: 'Microsoft.DocumentDB/databaseAccounts', name: 'orders', subscriptionId, location: 'westeurope' };
  const goneFinding = { id: finding().id, controlId: 'exposure-not-public', severity: 'critical', previousStatus: 'fail', since, failingSince, cause: 'resource' } as const;
  const gone = { resource, isGone: true, cause: 'resource', previousReach: 'internet', findings: [goneFinding] } as const;

  test('a finding says how it differs, what brought that about, and since when', () => {
    const [row] = findingRows(scan(), compared(assessment(), { findings: [regressed] }), 'transitions', 'production', now);
    expect(row).toMatchObject({ Change: 'regressed', Cause: 'resource', PreviousStatus: 'unknown', Since: since.toISOString(), FailingSince: failingSince.toISOString() });
  });

  test('what is unchanged has a row in a full emission only', () => {
    const both = compared(assessment(), { findings: [unchanged, regressed] });
    expect(findingRows(scan(), both, 'transitions', 'production', now).map(({ ControlId }) => ControlId)).toEqual(['exposure-not-public']);
    expect(findingRows(scan(), both, 'full', 'production', now).map(({ Change }) => Change)).toEqual(['unchanged', 'regressed']);
  });

  test('what is gone has a last row of its own status, so that nothing counts it as failing', () => {
    const rows = goneRows(scan(), gone, 'production', now);
    expect(rows.flatMap(row => problemsOf(findingsTable, row))).toEqual([]);
    expect(rows).toMatchObject([{ FindingId: finding().id, Change: 'gone', Status: 'gone', PreviousStatus: 'fail', ResourceId: accountId.toLowerCase(), Message: 'The resource is there no more.' }]);
    expect(goneRows(scan(), { ...gone, isGone: false }, 'production', now)).toMatchObject([{ Message: 'The control judges the resource no more.' }]);
    expect(problemsOf(assessmentsTable, goneRow(scan(), gone, 'production', now))).toEqual([]);
    expect(goneRow(scan(), gone, 'production', now)).toMatchObject({ Change: 'gone', Reach: '', PreviousReach: 'internet', ScoreFloor: null, Failed: 0 });
  });

  test('an account says its reach, the one before, and its perimeter', () => {
    const perimeters = [{ id: perimeterId, accessMode: 'Learning' }] as const;
    const row = assessmentRow(scan(), compared(assessment({ exposure: exposure({ reach: 'internet', perimeters }), tags: { env: 'prod' } }), { transition: 'changed', previousReach: 'privateOnly', reachSince: since }), 'production', now);
    expect(row).toMatchObject({ Change: 'changed', Reach: 'internet', PreviousReach: 'privateOnly', ReachSince: since.toISOString(), Perimeter: perimeterId.toLowerCase(), AccessMode: 'Learning', Tags: { env: 'prod' } });
    const newer = assessmentRow(scan(), compared(assessment({ exposure: exposure({ perimeters: [{ id: perimeterId, accessMode: { unrecognised: 'Sealed' } }] }) })), 'production', now);
    expect(newer.AccessMode).toBe('Sealed');
  });

  test('a subscription of which only some accounts were asked for is a row of its own kind', () => {
    expect(subscriptionRow(scan({ scope: 'accounts' }), result(), 'transitions', noFindings, now)).toMatchObject({ Kind: 'account', Scope: 'accounts' });
  });
});
