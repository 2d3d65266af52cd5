import { ago, assessmentRow, now, scanRow, subscriptionRow, tablesOf } from '../../support/kql/rows.ts';
import { cases } from './case.ts';

function dayBack(days: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - days)).toISOString();
}

const perDay = (days: readonly number[], rest: Readonly<Record<string, unknown>> = {}) => days.map(days => ({ Day: dayBack(days), ...rest }));

/** What was the state at the end of each day. */
export const history = [
  ...cases('CosmosComplianceHistory', [
    {
      when: 'an account changes, is not read for days, and is gone',
      tables: tablesOf({
        assessments: [
          assessmentRow({ hours: 24 * 6, Reach: 'closed', ScoreFloor: 70 }),
          // Three rows in one day: the last one is the state at its end.
          assessmentRow({ hours: 24 * 5, Change: 'changed', Reach: 'privateOnly' }),
          assessmentRow({ hours: 24 * 5 - 1, Change: 'changed', Reach: 'internet', PreviousReach: 'privateOnly' }),
          assessmentRow({ hours: 24 * 5 - 1, Change: 'changed', Reach: 'internet', PreviousReach: 'privateOnly' }),
          assessmentRow({ hours: 24 * 2, Change: 'gone', Reach: '' }),
          assessmentRow({ hours: 24 * 2, ResourceId: '/other', Reach: 'allAzure' }),
        ],
        scans: [subscriptionRow({ hours: 24 * 6, Emission: 'full' }), subscriptionRow({ hours: 24 * 2 })],
      }),
      expected: [
        ...perDay([2, 1, 0], { ResourceId: '/other', Reach: 'allAzure' }),
        {
          Day: dayBack(6),
          Reach: 'closed',
          ScoreFloor: 70,
          FailedCritical: 1,
          FailedHigh: 2,
          FailedMedium: 0,
          FailedLow: 0,
          FailedInfo: 0,
          Failed: 3,
          Unknown: 2,
          Exempted: 1,
          ScanTime: ago(24 * 6),
        },
        ...perDay([5, 4, 3], { Reach: 'internet', ResourceName: 'orders' }),
      ],
    },
    {
      when: 'the last row of an account was lost, and everything was written in full since',
      tables: tablesOf({
        assessments: [
          assessmentRow({ hours: 24 * 4 }),
          assessmentRow({ hours: 24 * 4, ResourceId: '/kept' }),
          assessmentRow({ hours: 24 * 2, ResourceId: '/kept', Change: 'unchanged' }),
        ],
        scans: [
          subscriptionRow({ hours: 24 * 4, Emission: 'full', Accounts: 2 }),
          subscriptionRow({ hours: 24 * 2, Emission: 'full', Accounts: 1 }),
          subscriptionRow({ hours: 20 }),
        ],
      }),
      expected: [...perDay([4, 3, 2, 1, 0], { ResourceId: '/kept' }), ...perDay([4, 3], { ResourceId: assessmentRow().ResourceId })],
    },
    {
      when: 'rows of a full emission are on their way, and an account that is gone does not stand for one of them',
      tables: tablesOf({
        assessments: [assessmentRow({ hours: 48 }), assessmentRow({ hours: 48, ResourceId: '/other' }), assessmentRow({ hours: 24, Change: 'gone' })],
        scans: [subscriptionRow({ hours: 48, Emission: 'full', Accounts: 2 }), subscriptionRow({ hours: 24, Emission: 'full', Accounts: 1 })],
      }),
      expected: [...perDay([2, 1, 0], { ResourceId: '/other' }), { Day: dayBack(2), ResourceId: assessmentRow().ResourceId }],
    },
    {
      when: 'everything was written in full twice in a day, and the last row of an account was lost in between',
      tables: tablesOf({
        assessments: [assessmentRow({ hours: 9 }), assessmentRow({ hours: 9, ResourceId: '/other' }), assessmentRow({ hours: 2, ResourceId: '/other' })],
        scans: [subscriptionRow({ hours: 9, Emission: 'full', Accounts: 2 }), subscriptionRow({ hours: 2, Emission: 'full', Accounts: 1 })],
      }),
      expected: [{ ResourceId: '/other' }],
    },
    {
      when: 'perimeters are written apart',
      tables: tablesOf({
        assessments: [
          ...['/kept', '/lost'].map(ResourceId => assessmentRow({ hours: 48, ResourceType: 'microsoft.network/networksecurityperimeters', ResourceId, Reach: '' })),
          assessmentRow({ hours: 48, ResourceType: 'microsoft.resources/tenants', SubscriptionId: '', ResourceId: '/lost-tenant', Reach: '' }),
          assessmentRow({ hours: 24, ResourceType: 'microsoft.network/networksecurityperimeters', ResourceId: '/kept', Reach: '' }),
          assessmentRow({ hours: 48 }),
        ],
        scans: [
          subscriptionRow({ hours: 48, Emission: 'full' }),
          scanRow({ hours: 48, Emission: 'full', Perimeters: 2 }),
          scanRow({ hours: 24, Emission: 'full', Perimeters: 1 }),
          subscriptionRow({ hours: 24 }),
        ],
      }),
      expected: [
        { Day: dayBack(2), ResourceId: '/kept' },
        ...perDay([1, 0], { ResourceId: '/kept' }),
        { Day: dayBack(2), ResourceId: '/lost' },
        { Day: dayBack(2), ResourceId: '/lost-tenant' },
        ...perDay([2, 1, 0], { ResourceName: 'orders', Reach: 'perimeterRules' }),
      ],
    },
    {
      when: 'the state before the first day that one asks for goes on, as far as one looks back',
      text: 'CosmosComplianceHistory(2d, 4d)',
      tables: tablesOf({
        assessments: [
          assessmentRow({ hours: 24 * 5, ResourceId: '/a' }),
          assessmentRow({ hours: 24 * 3, ResourceId: '/b' }),
          assessmentRow({ hours: 24 * 8, ResourceId: '/c' }),
        ],
        scans: [7, 6, 5].map(days => subscriptionRow({ hours: 24 * days, Emission: 'full', Accounts: days === 5 ? 1 : 0 })),
      }),
      expected: [...perDay([2], { ResourceId: '/a' }), ...perDay([2, 1, 0], { ResourceId: '/b' })],
    },
    {
      when: 'a scan wrote a resource twice, and saw something else the second time',
      tables: tablesOf({ assessments: [assessmentRow({ hours: 2, TimeGenerated: ago(1), Reach: 'closed' }), assessmentRow({ hours: 2, TimeGenerated: ago(1.5) })] }),
      expected: [{ Reach: 'closed', Day: dayBack(0) }],
    },
  ]),
  ...cases('CosmosComplianceTrend', [
    {
      when: 'scans of several kinds ran, and one day there was none',
      tables: tablesOf({
        assessments: [
          assessmentRow({ hours: 72, Reach: 'internet', FailedBySeverity: { critical: 1, high: 2, medium: 3, low: 4, info: 5 }, Unknown: 6, Exempted: 7 }),
          assessmentRow({
            hours: 72,
            ResourceId: '/p',
            ResourceType: 'microsoft.network/networksecurityperimeters',
            Reach: '',
            FailedBySeverity: { critical: 1, high: 1, medium: 1, low: 1, info: 1 },
            Unknown: 1,
            Exempted: 1,
          }),
          assessmentRow({
            hours: 1,
            Change: 'changed',
            Reach: 'closed',
            PreviousReach: 'internet',
            FailedBySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
            Unknown: 0,
            Exempted: 0,
          }),
          ...['allAzure', 'selectedNetworks', 'perimeterRules', 'privateOnly', 'unknown'].map(Reach =>
            assessmentRow({ ResourceId: `/${Reach}`, Reach, FailedBySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0 }, Unknown: 0, Exempted: 0 }),
          ),
        ],
        scans: [
          scanRow({ hours: 73, Expected: 9, ScoreFloor: 10 }),
          scanRow({ hours: 72, Expected: 9, ScoreFloor: 20, ScoreCeiling: 30, Coverage: 0.5, Complete: false }),
          // Narrower, and later: counts, but says nothing of the estate.
          scanRow({ hours: 71, Expected: 2, ScoreFloor: 99, Scope: 'subscriptions' }),
          scanRow({ hours: 71.5, Expected: 50, ScoreFloor: 98, Scope: 'accounts' }),
          subscriptionRow({ hours: 48.5, SubscriptionId: 'x' }),
          scanRow({ hours: 1, Expected: 9, ScoreFloor: 40 }),
        ],
      }),
      expected: [
        {
          Day: dayBack(3),
          Scans: 3,
          CompleteScans: 2,
          ScoreFloor: 20,
          ScoreCeiling: 30,
          Coverage: 0.5,
          Accounts: 1,
          Internet: 1,
          OpenCritical: 2,
          OpenHigh: 3,
          OpenMedium: 4,
          OpenLow: 5,
          OpenInfo: 6,
          Unknown: 7,
          Exempted: 8,
          Closed: 0,
        },
        { Day: dayBack(2), Scans: 0, CompleteScans: 0, ScoreFloor: null, Coverage: null, Accounts: 1, Internet: 1, OpenHigh: 3 },
        { Day: dayBack(1), Scans: 0, Accounts: 1 },
        {
          Day: dayBack(0),
          Scans: 1,
          ScoreFloor: 40,
          Accounts: 6,
          Internet: 0,
          AllAzure: 1,
          SelectedNetworks: 1,
          PerimeterRules: 1,
          PrivateOnly: 1,
          Closed: 1,
          UnknownReach: 1,
          OpenCritical: 1,
          OpenHigh: 1,
          Unknown: 1,
          Exempted: 1,
        },
      ],
    },
    {
      when: 'scans found nothing at all',
      text: 'CosmosComplianceTrend(2d, 2d)',
      tables: tablesOf({ scans: [scanRow({ hours: 80, Accounts: 0 }), scanRow({ hours: 24, Accounts: 0, ScoreFloor: null }), scanRow({ hours: 1, Accounts: 0 })] }),
      expected: [
        {
          Day: dayBack(1),
          Scans: 1,
          ScoreFloor: null,
          Accounts: 0,
          Internet: 0,
          AllAzure: 0,
          SelectedNetworks: 0,
          PerimeterRules: 0,
          PrivateOnly: 0,
          Closed: 0,
          UnknownReach: 0,
          OpenCritical: 0,
          OpenHigh: 0,
          OpenMedium: 0,
          OpenLow: 0,
          OpenInfo: 0,
          Unknown: 0,
          Exempted: 0,
        },
        { Day: dayBack(0), ScoreFloor: 60 },
      ],
    },
  ]),
];
