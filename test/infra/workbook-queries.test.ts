import { describe, expect, test } from 'vitest';
import type { Tables } from '../support/kql/evaluate.ts';
import { ago, assessmentRow, findingRow, now, scanRow, subscriptionRow, tablesOf } from '../support/kql/rows.ts';
import { comparable } from '../kql/cases/case.ts';
import { kqlProblems } from './workbook-checker.ts';
import { asked, committed, everything, queriesOf, substituted, type Values } from './workbook-values.ts';

const queries = queriesOf(committed());

describe.each([
  ['nothing is narrowed', {}],
  ['one of each', { Period: '7d', GroupSubscriptions: "'a'", ManagementGroup: 'contoso', SubscriptionText: 'prod', Subscription: "'a'", Severity: "'critical'", Baseline: 'standard 1', Tag: 'owner=data', ResourceText: 'orders', Picked: '/a', Shown: '/a', PickedControl: 'a', Control: 'a' }],
  ['several', { Period: '90d', GroupSubscriptions: "'a','b','c'", Subscription: "'a','b'", Severity: "'critical','high'", Tag: 'owner' }],
  ['nothing at all, as before a parameter is set', { GroupSubscriptions: '', Subscription: '', Severity: '', Baseline: '', ManagementGroup: '', Picked: '', Control: '', PickedControl: '', Shown: '' }],
  ['a group without subscriptions', { ManagementGroup: 'empty', GroupSubscriptions: "''" }],
  ['texts with quotes', { SubscriptionText: `O'Neil "and" \\ sons`, Tag: `it's="q"`, ResourceText: `'; print 1 //`, Baseline: `contoso's "own" 1`, Shown: "/a'b", Control: "a'b" }],
] as const satisfies readonly (readonly [string, Values])[])('with %s', (_, values) => {
  test.each(queries.map(query => [query.name, query] as const))('%s is understood, and runs', (name, query) => {
    const all = { ...everything, ...values };
    expect(kqlProblems(query, all)).toEqual([]);
    expect(asked(query.queryType).run(substituted(query.query, all), {}, now).length, name).toBeLessThan(10);
  });
});

interface Case {
  readonly of: string;
  readonly when: string;
  readonly tables?: Tables;
  readonly values?: Values;
  readonly expected: readonly Readonly<Record<string, unknown>>[];
}

/** Runs a query of the workbook with what somebody has chosen. */
function run({ of, tables = {}, values = {}, expected }: Case): readonly unknown[] {
  const found = queries.find(({ name }) => name === of);
  if (!found) throw new Error(`The workbook has no query ${of}.`);
  return comparable(asked(found.queryType).run(substituted(found.query, { ...everything, ...values }), tables, now), expected);
}

const exemption = { id: 'legacy', category: 'accepted-risk', reason: 'It moves in spring.', owner: 'data@contoso.com', expiresOn: '2026-12-04', state: 'active' };
const gap = { fact: 'diagnosticSettings', reason: 'denied', detail: 'Cannot read it.', permission: 'Microsoft.Insights/diagnosticSettings/read' };

/** Two subscriptions, four accounts, a tenant; one subscription was denied in the newest scan. */
const estate = tablesOf({
  scans: [
    scanRow({ hours: 30, Expected: 2, Scanned: 2, Emission: 'full' }),
    subscriptionRow({ hours: 30, SubscriptionId: 'a', SubscriptionName: 'production', Emission: 'full', Accounts: 3, FindingRows: 5 }),
    subscriptionRow({ hours: 30, SubscriptionId: 'b', SubscriptionName: "O'Neil", Emission: 'full', Accounts: 1, FindingRows: 1 }),
    scanRow({ hours: 2, Expected: 2, Scanned: 1, Denied: 1, Complete: false, Reason: 'Subscription b is denied.', Warnings: ['Exemption legacy ends on 2026-12-04.', 'Another.'] }),
    subscriptionRow({ hours: 2, SubscriptionId: 'a', SubscriptionName: 'production', Accounts: 3 }),
    subscriptionRow({ hours: 2, SubscriptionId: 'b', SubscriptionName: "O'Neil", Outcome: 'denied', Reason: 'No role.', Accounts: 0 }),
  ],
  assessments: [
    assessmentRow({ hours: 30, ResourceId: '/a/open', ResourceName: 'open', SubscriptionId: 'a', Reach: 'internet', ReachSince: ago(100), ScoreFloor: 40, ScoreCeiling: 50, Coverage: 0.9, Tags: { Owner: 'web', env: "it's" }, Latent: [], DecidedBy: 'no firewall', Baseline: 'strict 2' }),
    assessmentRow({ hours: 30, ResourceId: '/a/azure', ResourceName: 'azure', SubscriptionId: 'a', Reach: 'allAzure', ScoreFloor: 45, ScoreCeiling: 60, Coverage: 0.9, Tags: { owner: 'data' } }),
    assessmentRow({ hours: 30, ResourceId: '/a/shut', ResourceName: 'shut', SubscriptionId: 'a', Reach: 'privateOnly', ScoreFloor: 90, ScoreCeiling: 100, Coverage: 0.8, Tags: null, Latent: ['lastPrivateEndpoint', 'bypassResources'] }),
    assessmentRow({ hours: 30, ResourceId: '/b/dark', ResourceName: 'dark', SubscriptionId: 'b', SubscriptionName: "O'Neil", Reach: 'unknown', ScoreFloor: 25, ScoreCeiling: 90, Coverage: 0.4, Tags: { owner: 'database' } }),
    assessmentRow({ hours: 30, ResourceId: '/tenants/t', ResourceName: 't', ResourceType: 'microsoft.resources/tenants', SubscriptionId: '', SubscriptionName: '', Reach: '', Tags: null, ScoreFloor: 10, FailedBySeverity: { critical: 0 } }),
  ],
  findings: [
    findingRow({ hours: 30, ResourceId: '/a/open', ResourceName: 'open', SubscriptionId: 'a', Cause: 'resource', Sources: ['GET /a', 'GET /b'], Exemption: null }),
    findingRow({ hours: 30, ResourceId: '/a/open', ResourceName: 'open', SubscriptionId: 'a', ControlId: 'logs', Severity: 'high', Status: 'unknown', FailingSince: null, Gaps: [gap], Sources: [] }),
    findingRow({ hours: 30, ResourceId: '/a/azure', ResourceName: 'azure', SubscriptionId: 'a', Exemption: exemption }),
    findingRow({ hours: 30, ResourceId: '/a/shut', ResourceName: 'shut', SubscriptionId: 'a', Status: 'pass', FailingSince: null }),
    findingRow({ hours: 30, ResourceId: '/b/dark', ResourceName: 'dark', SubscriptionId: 'b', SubscriptionName: "O'Neil", Status: 'unknown', FailingSince: null, Cause: 'firstScan' }),
    findingRow({ hours: 30, ResourceId: '/tenants/t', ResourceName: 't', ResourceType: 'microsoft.resources/tenants', SubscriptionId: '', SubscriptionName: '', ControlId: 'mfa-required', Severity: 'high', Status: 'pass', FailingSince: null, Observed: { attestation: { by: 'ann@contoso.com', on: '2026-01-01', until: '2026-12-01', evidence: 'Policy 7.' } } }),
    findingRow({ hours: 30, ResourceId: '/tenants/t', ResourceName: 't', ResourceType: 'microsoft.resources/tenants', SubscriptionId: '', SubscriptionName: '', ControlId: 'sso-required', Severity: 'medium', Status: 'manual', FailingSince: null, Observed: { procedure: ['Look.'] }, Message: 'Nobody has attested it.' }),
  ],
});

const tile = (Tile: string, Value: number | null, State: string): Readonly<Record<string, unknown>> => ({ Tile, Value, State });
const complete = (hours: number): Tables => tablesOf({ scans: [scanRow({ hours })] });

const cases: readonly Case[] = [
  { of: 'Setup', when: 'nothing has arrived', expected: [{ Setup: 'noRows' }] },
  { of: 'Setup', when: 'subscriptions have arrived, and no scan has closed', tables: tablesOf({ scans: [subscriptionRow()] }), expected: [{ Setup: 'noScan' }] },
  { of: 'Setup', when: 'a scan has closed, complete or not', tables: tablesOf({ scans: [scanRow({ Complete: false })] }), expected: [{ Setup: 'data' }] },
  { of: 'Setup', when: 'the last row is older than what queries look at', tables: complete(24 * 91), expected: [{ Setup: 'noRows' }] },

  {
    of: 'Partial',
    when: 'the newest scan is incomplete',
    tables: estate,
    expected: [
      {
        Banner:
          '**The newest scan, of 2026-11-20 08:00 UTC, is incomplete: it read 1 of 2 subscriptions (1 denied, 0 throttled, 0 failed). Subscription b is denied.** The last complete scan is of 2026-11-19 04:00 UTC. What was not read keeps its last known state; the tab Subscriptions names it.',
      },
    ],
  },
  { of: 'Partial', when: 'the newest scan is complete', tables: tablesOf({ scans: [scanRow({ hours: 20, Complete: false }), scanRow({ hours: 2 })] }), expected: [{ Banner: '' }] },
  { of: 'Partial', when: 'a complete scan of one subscription, or of accounts, came after', tables: tablesOf({ scans: [scanRow({ hours: 20, Complete: false, Expected: 9 }), scanRow({ hours: 2, Scope: 'subscriptions', Expected: 1 }), scanRow({ hours: 1, Scope: 'accounts' })] }), expected: [{ Banner: expect.stringContaining('of 2026-11-19 14:00 UTC, is incomplete') }] },
  { of: 'Partial', when: 'the newest scan broke off', tables: tablesOf({ scans: [scanRow({ hours: 40 }), subscriptionRow({ hours: 12 })] }), expected: [{ Banner: expect.stringContaining('never finished: 1 subscriptions had been read.** The last complete scan is of 2026-11-18 18:00 UTC.') }] },
  { of: 'Partial', when: 'a scan is running', tables: tablesOf({ scans: [scanRow({ hours: 20 }), subscriptionRow({ hours: 1 })] }), expected: [{ Banner: '' }] },
  { of: 'Partial', when: 'none was ever complete', tables: tablesOf({ scans: [scanRow({ Complete: false })] }), expected: [{ Banner: expect.stringContaining('No scan of the last 30 days was complete.') }] },

  { of: 'Silent', when: 'the newest scan is a day old', tables: complete(47), expected: [{ Banner: '' }] },
  { of: 'Silent', when: 'no scan came for two days', tables: complete(49), expected: [{ Banner: '**No scan has finished for 2 days; the newest is of 2026-11-18 09:00 UTC.** What you see is as old as that. Look at the log of the function app, and at the tab Scanner.' }] },
  { of: 'Silent', when: 'no scan came for two months, but one of an account', tables: tablesOf({ scans: [scanRow({ hours: 1440 }), scanRow({ hours: 1, Scope: 'accounts' })] }), expected: [{ Banner: expect.stringContaining('for 60 days') }] },
  { of: 'Silent', when: 'there never was a scan', expected: [{ Banner: '' }] },

  {
    of: 'head',
    when: 'half of the subscriptions could not be read',
    tables: estate,
    expected: [
      // The mean of 40, 45, 90 and 25 over half of the subscriptions, as the scan itself counts it.
      tile('Score, at least', 25, 'act'),
      tile('Score, at most', 88, 'good'),
      tile('Known, in percent', 37, 'act'),
      { ...tile('Accounts open to anybody', 2, 'act'), Note: 'of 4: 1 from the Internet, 1 from all of Azure, 1 not known' },
      { ...tile('Critical findings open', 1, 'act'), Note: 'not exempted; 1 more are unknown' },
      { ...tile('Hours since a complete scan', 30, 'watch'), Note: 'It started at 2026-11-19 04:00 UTC.' },
    ],
  },
  {
    of: 'head',
    when: 'one subscription is chosen that was read',
    tables: estate,
    values: { Subscription: "'a'" },
    expected: [tile('Score, at least', 58, 'watch'), tile('Score, at most', 70, 'watch'), tile('Known, in percent', 86, 'watch'), tile('Accounts open to anybody', 2, 'act'), tile('Critical findings open', 1, 'act'), tile('Hours since a complete scan', 30, 'watch')],
  },
  {
    of: 'head',
    when: 'all is well',
    tables: tablesOf({ scans: [scanRow(), subscriptionRow()], assessments: [assessmentRow({ ScoreFloor: 100, ScoreCeiling: 100, Coverage: 1, Reach: 'closed' })] }),
    expected: [tile('Score, at least', 100, 'good'), tile('Score, at most', 100, 'good'), tile('Known, in percent', 100, 'good'), tile('Accounts open to anybody', 0, 'good'), tile('Critical findings open', 0, 'good'), tile('Hours since a complete scan', 1, 'good')],
  },
  {
    of: 'head',
    when: 'nothing could be read',
    tables: tablesOf({ scans: [scanRow({ Complete: false }), subscriptionRow({ Outcome: 'denied' })] }),
    expected: [tile('Score, at least', 0, 'act'), tile('Score, at most', 100, 'good'), tile('Known, in percent', 0, 'act'), tile('Accounts open to anybody', 0, 'good'), tile('Critical findings open', 0, 'good'), { ...tile('Hours since a complete scan', null, 'unknown'), Note: 'No scan of the last 30 days read everything.' }],
  },

  {
    of: 'head',
    when: 'a subscription was left out, one is not in scope any more, and the last complete scan is two days old',
    tables: tablesOf({
      scans: [
        scanRow({ hours: 50, Expected: 2 }),
        subscriptionRow({ hours: 50, SubscriptionId: 'a' }),
        subscriptionRow({ hours: 50, SubscriptionId: 'b' }),
        scanRow({ hours: 2, Complete: false, Reason: 'A perimeter.' }),
        subscriptionRow({ hours: 2, SubscriptionId: 'a' }),
        subscriptionRow({ hours: 2, SubscriptionId: 'c', Outcome: 'skipped' }),
      ],
      assessments: [assessmentRow({ hours: 50, SubscriptionId: 'a', ScoreFloor: 52, ScoreCeiling: 52, Coverage: 1, Reach: 'allAzure' })],
      findings: [findingRow({ hours: 50, SubscriptionId: 'a', Severity: 'high' })],
    }),
    expected: [tile('Score, at least', 52, 'watch'), tile('Score, at most', 52, 'watch'), tile('Known, in percent', 100, 'good'), tile('Accounts open to anybody', 1, 'act'), tile('Critical findings open', 0, 'good'), tile('Hours since a complete scan', 50, 'act')],
  },
  {
    of: 'head',
    when: 'nobody knows who can reach an account, nor of a critical control',
    tables: tablesOf({ assessments: [assessmentRow({ Reach: 'unknown' })], findings: [findingRow({ Status: 'unknown', FailingSince: null })] }),
    expected: [tile('Score, at least', 60, 'watch'), tile('Score, at most', 80, 'good'), tile('Known, in percent', 75, 'act'), tile('Accounts open to anybody', 0, 'watch'), tile('Critical findings open', 0, 'watch'), tile('Hours since a complete scan', null, 'unknown')],
  },

  { of: 'Subscription', when: 'nothing is narrowed', tables: estate, expected: [{ value: 'b', label: "O'Neil" }, { value: 'a', label: 'production' }] },
  { of: 'Subscription', when: 'a text with a quote is given', tables: estate, values: { SubscriptionText: "o'n" }, expected: [{ value: 'b', label: "O'Neil" }] },
  { of: 'Subscription', when: 'a management group is chosen', tables: estate, values: { GroupSubscriptions: "'a','z'" }, expected: [{ value: 'a', label: 'production' }] },
  { of: 'Baseline', when: 'there were two', tables: tablesOf({ scans: [scanRow({ hours: 50, Baseline: 'strict 2' }), scanRow()] }), expected: [{ value: '*', label: 'All' }, { value: 'standard 1', label: 'standard 1' }, { value: 'strict 2', label: 'strict 2' }] },

  { of: 'reach-counts', when: 'nothing is narrowed', tables: estate, expected: [{ ReachedBy: 'Internet', Accounts: 1 }, { ReachedBy: 'All of Azure', Accounts: 1 }, { ReachedBy: 'Private endpoints only', Accounts: 1 }, { ReachedBy: 'Not known', Accounts: 1 }] },
  {
    of: 'exposure-grid',
    when: 'nothing is narrowed',
    tables: estate,
    expected: [
      { ResourceId: '/a/open', SubscriptionName: 'production', Reach: 'internet', DecidedBy: 'no firewall', Since: ago(100), LastRead: ago(2), Reading: 'current', LatentRisks: '' },
      { ResourceId: '/a/azure' },
      { ResourceId: '/a/shut', LatentRisks: 'lastPrivateEndpoint, bypassResources' },
      { ResourceId: '/b/dark', LastRead: ago(30) },
    ],
  },
  ...([
    ['a name', { ResourceText: 'SHUT' }, ['/a/shut']],
    ['a resource id', { ResourceText: '/A/Shut' }, ['/a/shut']],
    ['a name with a quote', { ResourceText: "'" }, []],
    ['a tag, whatever the case', { Tag: 'owner=WEB' }, ['/a/open']],
    ['a tag whose value begins like another', { Tag: 'owner=data' }, ['/a/azure']],
    ['the name of a tag', { Tag: 'owner' }, ['/a/open', '/a/azure', '/b/dark']],
    ['a tag with a quote', { Tag: "env=it's" }, ['/a/open']],
    ['what is the value of a tag, and no name', { Tag: 'web' }, []],
    ['a baseline', { Baseline: 'strict 2' }, ['/a/open']],
    ['a subscription by a part of its name', { SubscriptionText: 'neil' }, ['/b/dark']],
    ['several subscriptions', { Subscription: "'a','b'" }, ['/a/open', '/a/azure', '/a/shut', '/b/dark']],
    ['a management group', { GroupSubscriptions: "'b'" }, ['/b/dark']],
    ['a management group without subscriptions', { GroupSubscriptions: "''" }, []],
    ['a subscription outside of the management group', { GroupSubscriptions: "'b'", Subscription: "'a'" }, []],
    ['nothing, where parameters are not set', { GroupSubscriptions: '', Subscription: '', Severity: '', Baseline: '' }, ['/a/open', '/a/azure', '/a/shut', '/b/dark']],
  ] as const).map(([when, values, ids]) => ({ of: 'exposure-grid', when: `it is narrowed by ${when}`, tables: estate, values, expected: ids.map(ResourceId => ({ ResourceId })) })),
  { of: 'exposure-grid', when: 'nothing was read for three days', tables: tablesOf({ assessments: [assessmentRow({ hours: 72 })] }), expected: [{ Reading: 'old' }] },

  {
    of: 'severity-heat',
    when: 'nothing is narrowed',
    tables: estate,
    expected: [{ Severity: 'critical', Failing: 1, Unknown: 1, Exempted: 1, Passing: 1 }, { Severity: 'high', Failing: 0, Unknown: 1, Exempted: 0, Passing: 1 }, { Severity: 'medium', Failing: 0, Unknown: 0, Exempted: 0, Passing: 0 }],
  },
  { of: 'control-heat', when: 'nothing is narrowed', tables: estate, expected: [{ ControlId: 'exposure-not-public', Severity: 'critical', Failing: 1, Unknown: 1, Exempted: 1, Passing: 1, FailRate: 50 }, { ControlId: 'logs', Failing: 0, Unknown: 1 }] },
  { of: 'control-heat', when: 'severities are chosen', tables: estate, values: { Severity: "'high','low'" }, expected: [{ ControlId: 'logs' }] },
  { of: 'control-heat', when: 'a tag is given', tables: estate, values: { Tag: 'owner=database' }, expected: [{ ControlId: 'exposure-not-public', Failing: 0, Unknown: 1, Exempted: 0, Passing: 0 }] },
  { of: 'control-resources', when: 'a control was clicked', tables: estate, values: { PickedControl: 'exposure-not-public' }, expected: [{ ResourceId: '/a/open', Status: 'fail', OpenSince: ago(30) }, { ResourceId: '/b/dark', Status: 'unknown', OpenSince: ago(30) }] },
  { of: 'open-trend', when: 'a day has passed', tables: estate, expected: [{ Day: '2026-11-19T00:00:00.000Z', Critical: 4, High: 8, Medium: 0, Low: 0 }, { Day: '2026-11-20T00:00:00.000Z', Critical: 4, High: 8 }] },
  { of: 'open-trend', when: 'a severity and a subscription are chosen', tables: estate, values: { Severity: "'high'", Subscription: "'a'" }, expected: [{ Critical: 0, High: 6 }, { Critical: 0, High: 6 }] },
  { of: 'score-by-day', when: 'a day has passed', tables: estate, expected: [{ Day: '2026-11-19T00:00:00.000Z', AtLeast: 50, AtMost: 75 }, { Day: '2026-11-20T00:00:00.000Z', AtLeast: 50, AtMost: 75 }] },
  { of: 'requirements', when: 'one subscription is chosen', tables: estate, values: { Subscription: "'b'" }, expected: [{ Requirement: 'ASB NS-2', Failing: 0, Unknown: 1 }] },

  {
    of: 'league',
    when: 'one could not be read',
    tables: estate,
    expected: [
      { SubscriptionName: 'production', SubscriptionId: 'a', Outcome: 'scanned', LastRead: ago(2), ScoreFloor: 58, ScoreCeiling: 70, KnownPercent: 87, OpenCritical: 3, OpenHigh: 6, Accounts: 3, Internet: 1, AllAzure: 1, PrivateOnly: 1, UnknownReach: 0 },
      { SubscriptionName: "O'Neil", Outcome: 'denied', Reason: 'No role.', LastRead: ago(30), Accounts: 1, UnknownReach: 1 },
    ],
  },
  { of: 'unknown-and-why', when: 'facts are missing', tables: estate, values: { Severity: "'high'" }, expected: [{ Reason: 'denied', Fact: 'diagnosticSettings', Permission: 'Microsoft.Insights/diagnosticSettings/read', Findings: 1, Controls: ['logs'] }] },

  { of: 'accounts', when: 'nothing is narrowed', tables: estate, expected: [{ ResourceName: 'open', ResourceId: '/a/open', FailedCritical: 1, ScoreFloor: 40 }, { ResourceId: '/a/azure' }, { ResourceId: '/b/dark' }, { ResourceId: '/a/shut' }] },
  { of: 'Shown', when: 'an account was clicked', tables: estate, values: { Picked: '/a/shut' }, expected: [{ Shown: '/a/shut' }] },
  { of: 'Shown', when: 'the parameters leave one', tables: estate, values: { ResourceText: 'dark' }, expected: [{ Shown: '/b/dark' }] },
  { of: 'Shown', when: 'the parameters leave several', tables: estate, expected: [{ Shown: '' }] },
  { of: 'Shown', when: 'the parameters leave none', tables: estate, values: { ResourceText: 'nowhere' }, expected: [{ Shown: '' }] },
  { of: 'account', when: 'one is shown', tables: estate, values: { Shown: '/a/shut' }, expected: [{ ResourceId: '/a/shut', Reach: 'privateOnly', LatentRisks: 'lastPrivateEndpoint, bypassResources', Score: '90 to 100', LastRead: ago(2) }] },
  { of: 'findings', when: 'one is shown', tables: estate, values: { Shown: '/a/open' }, expected: [{ ControlId: 'exposure-not-public', Status: 'fail', Sources: ['GET /a', 'GET /b'] }, { ControlId: 'logs', Status: 'unknown', Gaps: [gap] }] },
  {
    of: 'evidence',
    when: 'it fails',
    tables: estate,
    values: { Shown: '/a/open', Control: 'exposure-not-public' },
    expected: [
      { What: 'What was found', Detail: 'Everybody can reach it.' },
      { What: 'What the control saw', Detail: '{"reach":"internet"}' },
      { What: 'Where it was read', Detail: 'GET /a' },
      { What: 'Where it was read', Detail: 'GET /b' },
      { What: 'Which requirement it answers', Detail: 'ASB NS-2' },
    ],
  },
  { of: 'evidence', when: 'it is unknown', tables: estate, values: { Shown: '/a/open', Control: 'logs' }, expected: [{}, {}, { What: 'What could not be read', Detail: 'diagnosticSettings, denied: Cannot read it. Permission: Microsoft.Insights/diagnosticSettings/read' }, {}] },
  { of: 'evidence', when: 'it is exempted', tables: estate, values: { Shown: '/a/azure', Control: 'exposure-not-public' }, expected: [{}, {}, {}, { What: 'What exempts it', Detail: 'legacy, until 2026-12-04, by data@contoso.com: It moves in spring.' }, {}] },
  { of: 'what-fixes-it', when: 'a finding was clicked', values: { Control: 'minimum-tls-1-2' }, expected: [{ Cli: 'az cosmosdb update --ids <account-id> --minimal-tls-version Tls12', Documentation: 'https://learn.microsoft.com/azure/cosmos-db/self-serve-minimum-tls-enforcement' }] },
  { of: 'finding-history', when: 'a finding was clicked', tables: estate, values: { Shown: '/a/open', Control: 'logs' }, expected: [{ ScanTime: ago(30), Change: 'new', Status: 'unknown' }] },
  { of: 'finding-history', when: 'the period is shorter', tables: estate, values: { Shown: '/a/open', Control: 'logs', Period: '1d' }, expected: [] },

  {
    of: 'change-counts',
    when: 'somebody and the first look brought changes',
    tables: estate,
    expected: [{ Event: 'opened', Resource: 2, Baseline: 0, FirstScan: 0 }, { Event: 'newFailing', Resource: 2, Baseline: 0, FirstScan: 0 }, { Event: 'resourceNew', Resource: 5 }],
  },
  { of: 'change-counts', when: 'a resource is named', tables: estate, values: { ResourceText: 'open' }, expected: [{ Event: 'opened', Resource: 1 }, { Event: 'newFailing', Resource: 1 }, { Event: 'resourceNew', Resource: 1 }] },
  { of: 'changes-grid', when: 'a resource is named', tables: estate, values: { ResourceText: 'azure' }, expected: [{ Event: 'opened', ResourceId: '/a/azure', After: 'allAzure', Exempted: '' }, { Event: 'resourceNew' }, { Event: 'newFailing', ControlId: 'exposure-not-public', Exempted: 'exempted' }] },
  { of: 'changes-grid', when: 'severities are chosen', tables: estate, values: { ResourceText: 'open', Severity: "'low'" }, expected: [{ Event: 'resourceNew' }] },
  { of: 'changes-grid', when: 'a tag and a management group are chosen', tables: estate, values: { Tag: 'owner=web', GroupSubscriptions: "'b'" }, expected: [] },
  { of: 'changes-grid', when: 'the period is shorter', tables: estate, values: { Period: '1d' }, expected: [] },

  { of: 'exemptions', when: 'one holds', tables: estate, expected: [{ ExemptionId: 'legacy', Owner: 'data@contoso.com', ExpiresOn: '2026-12-04T00:00:00.000Z', DaysLeft: 14, Findings: 1, Critical: 1, Resources: ['/a/azure'] }] },
  { of: 'exemptions', when: 'it ends in years', tables: tablesOf({ findings: [findingRow({ Exemption: { ...exemption, expiresOn: '2029-01-01' } })] }), expected: [{ DaysLeft: 773 }] },
  { of: 'exemptions', when: 'another subscription is chosen', tables: estate, values: { Subscription: "'b'" }, expected: [] },
  {
    of: 'attestations',
    when: 'one ends soon, one is missing',
    tables: estate,
    // Subscriptions do not narrow it: the tenant is in none.
    values: { Subscription: "'b'" },
    expected: [
      { ControlId: 'sso-required', State: 'not attested', AttestedBy: '', Until: null, DaysLeft: null, Message: 'Nobody has attested it.' },
      { ControlId: 'mfa-required', State: 'ends soon', AttestedBy: 'ann@contoso.com', Until: '2026-12-01T00:00:00.000Z', DaysLeft: 11, Evidence: 'Policy 7.' },
    ],
  },
  { of: 'attestations', when: 'severities are chosen', tables: estate, values: { Severity: "'high'" }, expected: [{ ControlId: 'mfa-required' }] },

  { of: 'scan-health', when: 'one was incomplete', tables: estate, expected: [{ State: 'partial', NotRead: 1, Reason: 'Subscription b is denied.', DurationMinutes: 15, ThrottledShare: 2 }, { State: 'complete' }] },
  { of: 'scan-health', when: 'the period is shorter', tables: estate, values: { Period: '1d' }, expected: [{ State: 'partial' }] },
  { of: 'scan-durations', when: 'two ended', tables: estate, expected: [{ ScanTime: ago(30), DurationMinutes: 15, Throttled: 2 }, { ScanTime: ago(2) }] },
  { of: 'scan-cost', when: 'rows arrived', tables: tablesOf({ scans: [scanRow({ _BilledSize: 500_000_000 }), scanRow({ hours: 2, _BilledSize: 500_000_000 })] }), expected: [{ Table: 'CosmosComplianceScans_CL', Rows: 2, BilledGB: 1 }] },
  { of: 'undelivered-rows', when: 'rows were kept', tables: tablesOf({ scans: [scanRow({ KeptRows: 7, FindingRows: 0 }), scanRow({ hours: 2, FindingRows: 0 })] }), expected: [{ KeptRows: 7, ScanTime: ago(1) }] },
  { of: 'warnings', when: 'the newest scan warns', tables: estate, expected: [{ Warning: 'Another.', ScanTime: ago(2) }, { Warning: 'Exemption legacy ends on 2026-12-04.' }] },

  {
    of: 'ManagementGroup',
    when: 'there are three, and a subscription',
    tables: { resourcecontainers: [{ name: 'platform', type: 'microsoft.management/managementGroups', properties: { displayName: 'Platform' } }, { name: 'contoso', type: 'microsoft.management/managementGroups', properties: {} }, { name: 'a', type: 'microsoft.management/managementGroups', properties: { displayName: 'Aachen' } }, { name: 'production', type: 'microsoft.resources/subscriptions', subscriptionId: 'A' }] },
    expected: [{ value: '*', label: 'All' }, { value: 'a', label: 'Aachen' }, { value: 'platform', label: 'Platform' }, { value: 'contoso', label: 'contoso' }],
  },
  ...([
    ['*', "'*'"],
    ['', "'*'"],
    ['contoso', "'a','b'"],
    ['platform', "'b'"],
    ['empty', "''"],
  ] as const).map(([ManagementGroup, Ids]) => ({
    of: 'GroupSubscriptions',
    when: `the management group is "${ManagementGroup}"`,
    tables: {
      resourcecontainers: [
        { type: 'microsoft.resources/subscriptions', subscriptionId: 'A', properties: { managementGroupAncestorsChain: [{ name: 'contoso' }] } },
        { type: 'microsoft.resources/subscriptions', subscriptionId: 'b', properties: { managementGroupAncestorsChain: [{ name: 'platform' }, { name: 'Contoso' }] } },
        { type: 'microsoft.resources/subscriptions', subscriptionId: 'c', properties: {} },
      ],
    },
    values: { ManagementGroup },
    expected: [{ Ids }],
  })),
  ...([
    [999, 'contoso', 'no'],
    [1000, 'contoso', 'yes'],
    [1000, '*', 'no'],
  ] as const).map(([subscriptions, ManagementGroup, IsCut]) => ({
    of: 'GroupIsCut',
    when: `${subscriptions} subscriptions can be seen, and the management group is ${ManagementGroup}`,
    tables: { resourcecontainers: Array.from({ length: subscriptions }, (_, index) => ({ type: 'microsoft.resources/subscriptions', subscriptionId: `s${index}` })) },
    values: { ManagementGroup },
    expected: [{ IsCut }],
  })),
];

describe.each([...new Set(cases.map(({ of }) => of))])('%s', of => {
  test.each(cases.filter(each => each.of === of).map(each => [each.when, each] as const))('where %s', (_, each) => {
    expect(run(each)).toEqual(each.expected);
  });
});

test('every query has a case', () => {
  expect(queries.map(({ name }) => name).filter(name => !cases.some(({ of }) => of === name))).toEqual([]);
});

test('a workspace without tables leaves the first part of the union, which says so', () => {
  const query = queries.find(({ name }) => name === 'Setup')?.query ?? '';
  expect(query).toContain('union isfuzzy=true');
  const withoutTable = substituted(query, everything).replace(/,\n {4}\(CosmosComplianceScans_CL\n[\s\S]*?Rank = 2\)/, '');
  expect(withoutTable).not.toContain('_CL');
  expect(asked(0).run(withoutTable, {}, now)).toEqual([{ Setup: 'noTable' }]);
});

