import { attestationWarnings } from '../../../src/baseline/attestations.ts';
import { exemptionUse } from '../../../src/baseline/exemptions.ts';
import { ago, assessmentRow, findingRow, now, scanRow, subscriptionRow, tablesOf, type AssessmentRow, type FindingRow } from '../../support/kql/rows.ts';
import { cases, type Case } from './case.ts';

const minute = 1 / 60;

/** An account that the Internet can reach since the scan, whose row has just arrived. */
function opened(differences: Partial<AssessmentRow> & { readonly hours?: number } = {}): AssessmentRow {
  return assessmentRow({ Change: 'changed', Reach: 'internet', PreviousReach: 'privateOnly', DecidedBy: 'no firewall', $arrivedAt: ago(5 * minute), ...differences });
}

/** A critical control that fails since the scan, whose row has just arrived. */
function regressed(differences: Partial<FindingRow> & { readonly hours?: number } = {}): FindingRow {
  return findingRow({ Change: 'regressed', PreviousStatus: 'pass', $arrivedAt: ago(5 * minute), ...differences });
}

/** Nothing is said of these rows. */
function quiet(when: string, rows: Parameters<typeof tablesOf>[0]): Omit<Case, 'of'> {
  return { when: `quiet: ${when}`, tables: tablesOf(rows), expected: [] };
}

const notEnforced = (days: number, differences: Partial<FindingRow> & { readonly hours?: number } = {}): FindingRow =>
  findingRow({ ControlId: 'perimeter-enforced', Severity: 'high', Change: 'unchanged', FailingSince: ago(days * 24), ...differences });

const exemption = {
  id: 'legacy',
  controls: ['exposure-not-public'],
  scope: { resourceId: '/subscriptions/1', tag: null },
  category: 'accepted-risk',
  reason: 'It moves in spring.',
  owner: 'data@contoso.com',
} as const;
const exemptionWarnings = (expiresOn: string, wasRead: boolean): readonly string[] => exemptionUse([{ ...exemption, expiresOn }]).warnings(now, () => wasRead);
const [exemptionEnds = '', exemptionEnded = ''] = [...exemptionWarnings('2026-11-25', false), ...exemptionWarnings('2026-11-19', false)];
const [unneeded = ''] = exemptionWarnings('2026-11-25', true);
const attestation = { control: 'mfa-required', by: 'security@contoso.com', on: '2026-01-01', evidence: 'https://contoso.com/ticket/1' };
const [attestationEnds = '', attestationEnded = ''] = ['2026-11-25', '2026-11-19'].flatMap(until => attestationWarnings([{ ...attestation, until }], now));

export const alerts = [
  ...cases('account-opened', [
    {
      when: 'fires: an account was opened to the Internet, another to Azure',
      tables: tablesOf({ assessments: [opened(), opened({ ResourceId: '/b', ResourceName: 'shop', Reach: 'allAzure', PreviousReach: 'closed' })] }),
      expected: [
        {
          ResourceId: opened().ResourceId,
          ResourceName: 'orders',
          SubscriptionName: 'production',
          Reach: 'internet',
          PreviousReach: 'privateOnly',
          DecidedBy: 'no firewall',
          ScanId: 'scan-1',
        },
        { ResourceId: '/b', ResourceName: 'shop', Reach: 'allAzure' },
      ],
    },
    {
      when: 'fires: an account is new and public',
      tables: tablesOf({ assessments: [opened({ Change: 'new', PreviousReach: '' })] }),
      expected: [{ PreviousReach: 'none' }],
    },
    {
      when: 'fires: it was unknown before, and closed before that',
      tables: tablesOf({
        assessments: [assessmentRow({ hours: 20, Change: 'changed', Reach: 'unknown', PreviousReach: 'closed' }), opened({ PreviousReach: 'closed' })],
      }),
      expected: [{ PreviousReach: 'closed' }],
    },
    { when: 'fires: it was never known before', tables: tablesOf({ assessments: [opened({ PreviousReach: '' })] }), expected: [{ PreviousReach: 'none' }] },
    { when: 'fires once: the row comes twice', tables: tablesOf({ assessments: [opened(), opened({ $arrivedAt: ago(2 * minute) })] }), expected: [{ ScanId: 'scan-1' }] },
    { when: 'fires: the row is a day late', tables: tablesOf({ assessments: [opened({ hours: 30 })] }), expected: [{ ScanId: 'scan-30' }] },
    {
      when: 'fires: the row is so late that it has the time of its arrival',
      tables: tablesOf({ assessments: [opened({ hours: 100, TimeGenerated: ago(5 * minute) })] }),
      expected: [{ ScanId: 'scan-100' }],
    },
    {
      when: 'fires for each scan: it was opened, closed and opened again',
      tables: tablesOf({
        assessments: [opened({ hours: 3 }), assessmentRow({ hours: 2, Change: 'changed', Reach: 'closed', PreviousReach: 'internet' }), opened({ hours: 1 })],
      }),
      expected: [{ ScanId: 'scan-3' }, { ScanId: 'scan-1' }],
    },
    quiet('the first row of it was told of by the evaluation before', { assessments: [opened({ $arrivedAt: ago(15.5 * minute) }), opened()] }),
    quiet('it has been public', { assessments: [opened({ PreviousReach: 'allAzure' }), opened({ Change: 'unchanged', PreviousReach: 'internet', ResourceId: '/b' })] }),
    quiet('it was unknown in between, and public before', { assessments: [opened({ PreviousReach: 'internet' })] }),
    quiet('it was there at the first scan', { assessments: [opened({ Change: 'new', PreviousReach: '', Cause: 'firstScan' })] }),
    quiet('a row says in full what has not changed', { assessments: [opened({ Change: 'unchanged', PreviousReach: '' })] }),
    quiet('it became unknown, or narrower', { assessments: [opened({ Reach: 'unknown' }), opened({ ResourceId: '/b', Reach: 'selectedNetworks' })] }),
    quiet('it is gone', { assessments: [opened({ Change: 'gone' })] }),
    quiet('the row is of the day before yesterday', { assessments: [opened({ hours: 49 })] }),
  ]),
  ...cases('newly-failing', [
    {
      when: 'fires: findings of two subscriptions and severities began to fail',
      tables: tablesOf({
        findings: [
          regressed(),
          regressed({ ControlId: 'a', ResourceName: 'shop' }),
          regressed({ ControlId: 'a', ResourceId: '/b' }),
          regressed({ ControlId: 'b', Severity: 'high', Change: 'new', PreviousStatus: '' }),
          regressed({ ControlId: 'c', SubscriptionId: '', SubscriptionName: '' }),
        ],
      }),
      expected: [
        {
          SubscriptionId: regressed().SubscriptionId,
          SubscriptionName: 'production',
          Severity: 'critical',
          Findings: 3,
          Resources: 'orders, shop',
          Controls: 'a, exposure-not-public',
          ScanId: 'scan-1',
        },
        { Severity: 'high', Findings: 1 },
        { SubscriptionId: 'tenant', Findings: 1 },
      ],
    },
    { when: 'fires once: rows come twice', tables: tablesOf({ findings: [regressed(), regressed({ $arrivedAt: ago(minute) })] }), expected: [{ Findings: 1 }] },
    {
      when: 'fires: the rest of the rows arrive later',
      tables: tablesOf({ findings: [regressed({ $arrivedAt: ago(20 * minute) }), regressed({ ControlId: 'late', hours: 1 })] }),
      expected: [{ Findings: 1, Controls: 'late' }],
    },
    { when: 'fires: the row is a day late', tables: tablesOf({ findings: [regressed({ hours: 30 })] }), expected: [{ ScanId: 'scan-30' }] },
    {
      when: 'fires: the exemption has ended',
      tables: tablesOf({ findings: [regressed({ Exemption: { ...exemption, state: 'expired' } })] }),
      expected: [{ Findings: 1 }],
    },
    quiet('the first row of it was told of by the evaluation before', { findings: [regressed({ $arrivedAt: ago(15.5 * minute) }), regressed()] }),
    quiet('it is of medium severity or less', { findings: ['medium', 'low', 'info'].map(Severity => regressed({ Severity, ControlId: Severity })) }),
    quiet('the baseline asks for more', { findings: [regressed({ Cause: 'baseline' }), regressed({ ControlId: 'b', Cause: 'baseline', Change: 'new' })] }),
    quiet('it was there at the first scan', { findings: [regressed({ Change: 'new', Cause: 'firstScan' })] }),
    quiet('an exemption covers it', { findings: [regressed({ Exemption: { ...exemption, state: 'active' } })] }),
    quiet('it fails as before, or differently', { findings: [regressed({ Change: 'unchanged' }), regressed({ ControlId: 'b', Change: 'changed' })] }),
    quiet('it is new and passes, or is not known', {
      findings: [regressed({ Change: 'new', Status: 'pass' }), regressed({ ControlId: 'b', Change: 'new', Status: 'unknown' })],
    }),
    quiet('the row is of the day before yesterday', { findings: [regressed({ hours: 49 })] }),
  ]),
  ...cases('perimeter-not-enforced', [
    {
      when: 'fires: accounts have been in Learning for two weeks, three and four',
      tables: tablesOf({
        findings: [
          notEnforced(14),
          notEnforced(21, { ResourceId: '/b', ResourceName: 'billing' }),
          notEnforced(14, { ResourceId: '/b2', ResourceName: 'billing' }),
          notEnforced(28, { ResourceId: '/c', SubscriptionId: 's2', SubscriptionName: 'other' }),
        ],
      }),
      expected: [
        { SubscriptionId: notEnforced(1).SubscriptionId, SubscriptionName: 'production', Accounts: 3, Names: 'billing, orders', Days: 21 },
        { SubscriptionId: 's2', Accounts: 1, Days: 28 },
      ],
    },
    {
      when: 'fires: it was unknown in between',
      tables: tablesOf({ findings: [notEnforced(14, { hours: 30, Status: 'unknown', Change: 'changed' }), notEnforced(14)] }),
      expected: [{ Days: 14 }],
    },
    quiet('it is not the day', {
      findings: [
        notEnforced(13),
        notEnforced(15, { ResourceId: '/b' }),
        notEnforced(20, { ResourceId: '/c' }),
        notEnforced(7, { ResourceId: '/d' }),
        notEnforced(0, { ResourceId: '/e' }),
      ],
    }),
    quiet('it was enforced since', { findings: [notEnforced(14, { hours: 20 }), notEnforced(14, { Status: 'pass', Change: 'fixed', FailingSince: ago(14 * 24) })] }),
    quiet('the account is gone', { findings: [notEnforced(14, { hours: 20 }), notEnforced(14, { Change: 'gone' })] }),
    quiet('an exemption covers the rollout', { findings: [notEnforced(14, { Exemption: { ...exemption, state: 'active' } })] }),
    quiet('another control fails', { findings: [notEnforced(14, { ControlId: 'perimeter-healthy' })] }),
    quiet('the row is of the day before yesterday', { findings: [notEnforced(14, { hours: 49 })] }),
  ]),
  ...cases('scan-partial', [
    {
      when: 'fires: the last scan could not read everything',
      tables: tablesOf({
        scans: [scanRow({ hours: 5 }), scanRow({ Complete: false, Expected: 9, Denied: 1, Throttled: 2, Failed: 3, Skipped: 1, Reason: 'Cannot read it.' })],
      }),
      expected: [{ Scope: 'tenant', NotRead: 6, Expected: 9, Reason: 'Cannot read it.' }],
    },
    {
      when: 'fires: a scan that was asked for less is complete',
      tables: tablesOf({ scans: [scanRow({ hours: 5, Complete: false }), scanRow({ Scope: 'subscriptions' })] }),
      expected: [{ Scope: 'tenant' }],
    },
    {
      when: 'fires: rows of a complete scan come late',
      tables: tablesOf({ scans: [scanRow({ hours: 2, Complete: false }), scanRow({ hours: 5, TimeGenerated: ago(1) })] }),
      expected: [{ NotRead: 0 }],
    },
    quiet('it was put right', { scans: [scanRow({ hours: 5, Complete: false }), scanRow()] }),
    quiet('single accounts were asked for', { scans: [scanRow({ Scope: 'accounts', Complete: false })] }),
    quiet('a subscription was not read, and the scan is not closed', { scans: [subscriptionRow({ Complete: false, Outcome: 'denied' })] }),
    quiet('it was the day before yesterday', { scans: [scanRow({ hours: 49, Complete: false })] }),
  ]),
  ...cases('scan-missing', [
    { when: 'there is a row where nothing arrived', tables: {}, expected: [{ Hours: 48 }] },
    {
      when: 'the last scan was finished six hours ago',
      tables: tablesOf({ scans: [scanRow({ hours: 30 }), scanRow({ hours: 7, FinishedAt: ago(6) })] }),
      expected: [{ Hours: 6 }],
    },
    {
      when: 'a scan cannot close, or is of single accounts',
      tables: tablesOf({ scans: [scanRow({ hours: 31, FinishedAt: ago(30) }), subscriptionRow({ hours: 1 }), scanRow({ hours: 1, Scope: 'accounts' })] }),
      expected: [{ Hours: 30 }],
    },
    {
      when: 'the row of an old scan comes late',
      tables: tablesOf({ scans: [scanRow({ hours: 90, TimeGenerated: ago(1), FinishedAt: ago(89) })] }),
      expected: [{ Hours: 48 }],
    },
    { when: 'the last scan is longer ago than a rule can see', tables: tablesOf({ scans: [scanRow({ hours: 49, FinishedAt: ago(10) })] }), expected: [{ Hours: 48 }] },
  ]),
  ...cases('rows-refused', [
    {
      when: 'fires: a stream is refused',
      tables: {
        DCRLogErrors: [
          { TimeGenerated: ago(0.5), InputStreamId: 'Custom-CosmosComplianceFindings_CL', OperationName: 'Ingestion', Message: 'Bad column.' },
          { TimeGenerated: ago(0.2), InputStreamId: 'Custom-CosmosComplianceFindings_CL', OperationName: 'Ingestion', Message: 'Bad column.' },
          { TimeGenerated: ago(0.2), InputStreamId: 'Custom-Other_CL', OperationName: 'Ingestion', Message: 'Bad column.' },
          { TimeGenerated: ago(1.5), InputStreamId: 'Custom-CosmosComplianceScans_CL', OperationName: 'Ingestion', Message: 'Old.' },
        ],
      },
      expected: [{ InputStreamId: 'Custom-CosmosComplianceFindings_CL', OperationName: 'Ingestion', Message: 'Bad column.', Errors: 2 }],
    },
    quiet('there never was an error', {}),
  ]),
  ...cases('rows-undelivered', [
    {
      when: 'fires: two scans running kept rows',
      tables: tablesOf({ scans: [scanRow({ hours: 9 }), scanRow({ hours: 5, KeptRows: 1 }), scanRow({ hours: 1, KeptRows: 7 }), scanRow({ hours: 1, KeptRows: 7 })] }),
      expected: [{ KeptRows: 7 }],
    },
    {
      when: 'fires: it was sent again, with what was kept then',
      tables: tablesOf({ scans: [scanRow({ hours: 5, KeptRows: 3 }), scanRow({ hours: 1, TimeGenerated: ago(0.5), KeptRows: 2 }), scanRow({ hours: 1, KeptRows: 0 })] }),
      expected: [{ KeptRows: 2 }],
    },
    quiet('one scan kept rows', { scans: [scanRow({ hours: 5 }), scanRow({ hours: 1, KeptRows: 7 }), scanRow({ hours: 1, KeptRows: 7, $arrivedAt: ago(0.5) })] }),
    quiet('it was put right', { scans: [scanRow({ hours: 9, KeptRows: 3 }), scanRow({ hours: 5, KeptRows: 3 }), scanRow({ hours: 1 })] }),
    quiet('nobody knows', { scans: [scanRow({ hours: 5, KeptRows: null }), scanRow({ hours: 1, KeptRows: null })] }),
    quiet('one of the two was the day before yesterday', { scans: [scanRow({ hours: 49, KeptRows: 3 }), scanRow({ hours: 1, KeptRows: 3 })] }),
    quiet('a subscription is no scan', { scans: [scanRow({ hours: 5 }), scanRow({ hours: 1, KeptRows: 3 }), subscriptionRow({ hours: 0.5, KeptRows: 3 })] }),
  ]),
  ...cases('rows-given-up', [
    {
      when: 'fires once: the closing row comes twice',
      tables: tablesOf({
        scans: [
          scanRow({ DroppedRows: 40, $arrivedAt: ago(5 * minute) }),
          scanRow({ DroppedRows: 40, $arrivedAt: ago(minute) }),
          scanRow({ hours: 3, $arrivedAt: ago(minute) }),
        ],
      }),
      expected: [{ ScanId: 'scan-1', DroppedRows: 40 }],
    },
    {
      when: 'fires: the closing row is a day late',
      tables: tablesOf({ scans: [scanRow({ hours: 30, DroppedRows: 1, $arrivedAt: ago(5 * minute) })] }),
      expected: [{ ScanId: 'scan-30' }],
    },
    quiet('it was told of by the evaluation before', {
      scans: [scanRow({ DroppedRows: 40, $arrivedAt: ago(15.5 * minute) }), scanRow({ DroppedRows: 40, $arrivedAt: ago(minute) })],
    }),
    quiet('the row is of the day before yesterday', { scans: [scanRow({ hours: 49, DroppedRows: 40, $arrivedAt: ago(minute) })] }),
    quiet('a subscription is no scan', { scans: [subscriptionRow({ DroppedRows: 40, $arrivedAt: ago(minute) })] }),
  ]),
  ...cases('exemption-ending', [
    {
      when: 'fires: an exemption ends, another has ended, and so it is with attestations',
      tables: tablesOf({
        scans: [
          scanRow({ hours: 9, Warnings: [exemptionEnds, exemptionEnded] }),
          scanRow({ hours: 1, Warnings: [exemptionEnds, attestationEnds, attestationEnded] }),
          scanRow({ hours: 0.5, Warnings: null }),
        ],
      }),
      expected: [{ Warning: exemptionEnds }, { Warning: exemptionEnded }, { Warning: attestationEnds }, { Warning: attestationEnded }],
    },
    {
      when: 'fires: what was said yesterday, it has ended today',
      tables: tablesOf({ scans: [scanRow({ hours: 30, Warnings: [exemptionEnds] }), scanRow({ hours: 1, Warnings: [exemptionEnded] })] }),
      expected: [{ Warning: exemptionEnded }],
    },
    quiet('it was said yesterday', { scans: [scanRow({ hours: 30, Warnings: [exemptionEnds] }), scanRow({ hours: 1, Warnings: [exemptionEnds] })] }),
    quiet('an exemption is needless, and something else is worth a look', { scans: [scanRow({ Warnings: [unneeded, 'The baseline cannot be read.'] })] }),
    quiet('it was said the day before yesterday', { scans: [scanRow({ hours: 49, Warnings: [exemptionEnds], $arrivedAt: ago(1) })] }),
    quiet('a subscription is no scan', { scans: [subscriptionRow({ Warnings: [exemptionEnds] })] }),
  ]),
];
