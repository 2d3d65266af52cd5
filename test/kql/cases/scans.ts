import { ago, assessmentRow, scanRow, subscriptionRow, tablesOf } from '../../support/kql/rows.ts';
import { cases } from './case.ts';

const nothing = {
  Accounts: 0,
  OpenCritical: 0,
  OpenHigh: 0,
  Open: 0,
  Unknown: 0,
  Internet: 0,
  AllAzure: 0,
  SelectedNetworks: 0,
  PerimeterRules: 0,
  PrivateOnly: 0,
  Closed: 0,
  UnknownReach: 0,
};
const parts = (hours: number, ...outcomes: readonly string[]) =>
  outcomes.map((Outcome, index) =>
    subscriptionRow({ hours, SubscriptionId: `s${index}`, Outcome, Accounts: Outcome === 'scanned' ? 2 : 0, FindingRows: 10, Findings: 100 }),
  );

export const scans = [
  ...cases('CosmosComplianceScans', [
    {
      when: 'scans were complete, partial, cut short and are running',
      tables: tablesOf({
        scans: [
          ...parts(30, 'scanned'),
          scanRow({ hours: 30 }),
          scanRow({ hours: 30 }),
          ...parts(20, 'scanned', 'denied', 'throttled', 'failed', 'skipped'),
          scanRow({ hours: 20, Complete: false, Expected: 5, Scanned: 1, Denied: 1, Throttled: 1, Failed: 1, Skipped: 1 }),
          ...parts(10, 'scanned', 'denied', 'throttled', 'failed', 'skipped', 'scanned'),
          ...parts(10, 'scanned'),
          ...parts(2, 'scanned'),
        ],
      }),
      expected: [
        {
          ScanId: 'scan-30',
          State: 'complete',
          Scope: 'tenant',
          Expected: 1,
          NotRead: 0,
          SubscriptionRows: 1,
          IsArrived: true,
          ScoreFloor: 60,
          KeptRows: 0,
          ArmRequests: 100,
        },
        { ScanId: 'scan-20', State: 'partial', Expected: 5, Scanned: 1, NotRead: 3, Skipped: 1, SubscriptionRows: 5, IsArrived: true },
        {
          ScanId: 'scan-10',
          ScanTime: ago(10),
          State: 'unclosed',
          Scope: '',
          Expected: null,
          Scanned: 2,
          Denied: 1,
          Throttled: 1,
          Failed: 1,
          Skipped: 1,
          NotRead: 3,
          SubscriptionRows: 6,
          IsArrived: false,
          Accounts: 4,
          FindingRows: 60,
          Findings: 600,
          FinishedAt: null,
          Version: '0.1.0',
          Baseline: 'standard 1',
          Cloud: 'public',
        },
        { ScanId: 'scan-2', State: 'running', Scanned: 1, SubscriptionRows: 1, IsArrived: false },
      ],
    },
    {
      when: 'rows of subscriptions are on their way, and a scan found no subscription',
      tables: tablesOf({ scans: [...parts(5, 'scanned'), scanRow({ hours: 5, Expected: 2 }), scanRow({ hours: 3, Expected: 0, Scanned: 0, Complete: false })] }),
      expected: [
        { SubscriptionRows: 1, IsArrived: false },
        { State: 'partial', SubscriptionRows: 0, IsArrived: true },
      ],
    },
    {
      when: 'only some accounts were asked for',
      tables: tablesOf({ scans: [subscriptionRow({ hours: 3, Kind: 'account', Scope: 'accounts' }), scanRow({ hours: 3, Scope: 'accounts' })] }),
      expected: [{ Scope: 'accounts', SubscriptionRows: 1, IsArrived: true }],
    },
    {
      when: 'a subscription was tried again in the same scan',
      tables: tablesOf({
        scans: [
          subscriptionRow({ hours: 10, TimeGenerated: ago(9), Accounts: 2 }),
          subscriptionRow({ hours: 10, TimeGenerated: ago(9.5), Outcome: 'failed', Accounts: 0 }),
        ],
      }),
      expected: [{ Scanned: 1, Failed: 0, Accounts: 2, SubscriptionRows: 1 }],
    },
    {
      when: 'a closing row was sent again with what was delivered meanwhile',
      tables: tablesOf({ scans: [scanRow({ hours: 10, TimeGenerated: ago(8), KeptRows: 0 }), scanRow({ hours: 10, TimeGenerated: ago(9), KeptRows: 7 })] }),
      expected: [{ KeptRows: 0 }],
    },
    {
      when: 'one asks for two days, and scans may take three hours',
      text: 'CosmosComplianceScans(2d, 3h)',
      tables: tablesOf({ scans: [scanRow({ hours: 50 }), ...parts(4, 'scanned')] }),
      expected: [{ ScanId: 'scan-4', State: 'unclosed' }],
    },
  ]),
  ...cases('CosmosComplianceSubscriptions', [
    {
      when: 'subscriptions were read, denied, throttled, and are not seen any more',
      tables: tablesOf({
        scans: [
          ...['read', 'denied', 'unseen'].map(SubscriptionId => subscriptionRow({ hours: 60, SubscriptionId, SubscriptionName: SubscriptionId, Emission: 'full' })),
          scanRow({ hours: 60, Expected: 3 }),
          subscriptionRow({ hours: 2, SubscriptionId: 'read', SubscriptionName: 'renamed' }),
          subscriptionRow({
            hours: 2,
            SubscriptionId: 'denied',
            SubscriptionName: 'denied',
            Outcome: 'denied',
            Reason: 'The identity may not read it.',
            Accounts: 0,
            Emission: '',
          }),
          subscriptionRow({
            hours: 2,
            SubscriptionId: 'never',
            SubscriptionName: 'never',
            Outcome: 'throttled',
            Reason: 'Azure throttled it.',
            Accounts: 0,
            Emission: '',
          }),
          scanRow({ hours: 2, Expected: 3, Complete: false }),
        ],
        assessments: [
          assessmentRow({ hours: 60, SubscriptionId: 'denied', Reach: 'internet', ScoreFloor: 20, ScoreCeiling: 30, Coverage: 0.5, Failed: 4, Unknown: 1 }),
          assessmentRow({ hours: 60, SubscriptionId: 'read', ResourceId: '/a', Reach: 'closed', ScoreFloor: 50, ScoreCeiling: 60, Coverage: 1 }),
          assessmentRow({
            hours: 60,
            SubscriptionId: 'read',
            ResourceId: '/b',
            Reach: 'privateOnly',
            ScoreFloor: 75,
            ScoreCeiling: 80,
            Coverage: 0.5,
            FailedBySeverity: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
          }),
          assessmentRow({ hours: 60, SubscriptionId: 'read', ResourceId: '/c', Reach: 'unknown', ScoreFloor: null, ScoreCeiling: null, Coverage: 0 }),
          assessmentRow({
            hours: 60,
            SubscriptionId: 'read',
            ResourceId: '/perimeter',
            ResourceType: 'microsoft.network/networksecurityperimeters',
            Reach: '',
            ScoreFloor: 1,
            ScoreCeiling: 1,
            Coverage: 0,
            Failed: 2,
            Unknown: 5,
          }),
        ],
      }),
      expected: [
        {
          SubscriptionId: 'denied',
          Outcome: 'denied',
          Reason: 'The identity may not read it.',
          LastTried: ago(2),
          LastRead: ago(60),
          IsStale: true,
          Accounts: 1,
          ScoreFloor: 20,
          ScoreCeiling: 30,
          Coverage: 0.5,
          OpenCritical: 1,
          OpenHigh: 2,
          Open: 4,
          Unknown: 1,
          Internet: 1,
          Closed: 0,
        },
        {
          SubscriptionId: 'read',
          SubscriptionName: 'renamed',
          Outcome: 'scanned',
          Reason: '',
          LastRead: ago(2),
          IsStale: false,
          Accounts: 3,
          ScoreFloor: 62,
          ScoreCeiling: 70,
          Coverage: 0.5,
          OpenCritical: 3,
          OpenHigh: 7,
          Open: 11,
          Unknown: 11,
          Internet: 0,
          AllAzure: 0,
          SelectedNetworks: 0,
          PerimeterRules: 0,
          PrivateOnly: 1,
          Closed: 1,
          UnknownReach: 1,
        },
        { SubscriptionId: 'never', Outcome: 'throttled', LastRead: null, IsStale: true, ScoreFloor: null, Coverage: null, ...nothing },
        { SubscriptionId: 'unseen', Outcome: 'absent', Reason: expectReason(), LastTried: ago(60), LastRead: ago(60), IsStale: true, Accounts: 0 },
      ],
    },
    {
      when: 'a later scan was asked for one subscription only, or its rows are on their way, or it found nothing',
      tables: tablesOf({
        scans: [
          ...['a', 'b'].map(SubscriptionId => subscriptionRow({ hours: 20, SubscriptionId })),
          scanRow({ hours: 20, Expected: 2 }),
          subscriptionRow({ hours: 4, SubscriptionId: 'a', Scope: 'subscriptions' }),
          scanRow({ hours: 4, Scope: 'subscriptions' }),
          subscriptionRow({ hours: 3, SubscriptionId: 'a' }),
          scanRow({ hours: 3, Expected: 2 }),
          scanRow({ hours: 2, Expected: 0, Complete: false }),
          subscriptionRow({ hours: 1, Kind: 'account', Scope: 'accounts', SubscriptionId: 'a', Outcome: 'denied' }),
        ],
      }),
      expected: [
        { SubscriptionId: 'a', Outcome: 'scanned', LastTried: ago(3) },
        { SubscriptionId: 'b', Outcome: 'scanned', LastTried: ago(20), IsStale: false },
      ],
    },
    {
      when: 'a management group is the whole estate, and a subscription left it',
      tables: tablesOf({
        scans: [
          subscriptionRow({ hours: 20, SubscriptionId: 'left', Reason: 'before' }),
          scanRow({ hours: 20, Scope: 'managementGroup' }),
          subscriptionRow({ hours: 2, SubscriptionId: 'stays' }),
          scanRow({ hours: 2, Scope: 'managementGroup' }),
        ],
      }),
      expected: [
        { SubscriptionId: 'left', Outcome: 'absent' },
        { SubscriptionId: 'stays', Outcome: 'scanned' },
      ],
    },
    {
      when: 'a subscription was tried again in the same scan',
      tables: tablesOf({
        scans: [
          subscriptionRow({ hours: 5, TimeGenerated: ago(4) }),
          subscriptionRow({ hours: 5, TimeGenerated: ago(4.5), Outcome: 'failed', Reason: 'The process ended.' }),
        ],
      }),
      expected: [{ Outcome: 'scanned', Reason: '' }],
    },
    {
      when: 'the worst come first',
      tables: tablesOf({
        scans: ['f', 'e', 'd', 'c', 'b', 'a'].map(SubscriptionId => subscriptionRow({ SubscriptionId })),
        assessments: [
          assessmentRow({ SubscriptionId: 'a', ResourceId: '/a', Reach: 'internet' }),
          assessmentRow({ SubscriptionId: 'b', ResourceId: '/b', Reach: 'allAzure', FailedBySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0 } }),
          assessmentRow({ SubscriptionId: 'c', ResourceId: '/c', Reach: 'selectedNetworks', FailedBySeverity: { critical: 2, high: 0, medium: 0, low: 0, info: 0 } }),
          assessmentRow({ SubscriptionId: 'd', ResourceId: '/d', FailedBySeverity: { critical: 1, high: 9, medium: 0, low: 0, info: 0 } }),
          assessmentRow({ SubscriptionId: 'e', ResourceId: '/e', ScoreFloor: 10 }),
          assessmentRow({ SubscriptionId: 'f', ResourceId: '/f', ScoreFloor: 11 }),
        ],
      }),
      expected: ['a', 'b', 'c', 'd', 'e', 'f'].map(SubscriptionId => ({
        SubscriptionId,
        Accounts: 1,
        AllAzure: SubscriptionId === 'b' ? 1 : 0,
        SelectedNetworks: SubscriptionId === 'c' ? 1 : 0,
        PerimeterRules: SubscriptionId > 'c' ? 1 : 0,
      })),
    },
    {
      when: 'one looks back less, and is stricter',
      text: 'CosmosComplianceSubscriptions(1d, 10h)',
      tables: tablesOf({
        scans: [subscriptionRow({ hours: 30, SubscriptionId: 'old' }), subscriptionRow({ hours: 12, SubscriptionId: 'a' })],
        assessments: [assessmentRow({ hours: 30, SubscriptionId: 'a' })],
      }),
      expected: [{ SubscriptionId: 'a', IsStale: true, Accounts: 0 }],
    },
  ]),
];

function expectReason(): string {
  return 'The last scan of the whole estate did not see the subscription. It was deleted or left the scope, or the identity lost its role there.';
}
