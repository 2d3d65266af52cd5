import { perimeterId } from '../../support/ids.ts';
import { ago, assessmentRow, scanRow, subscriptionRow, tablesOf } from '../../support/kql/rows.ts';
import { cases } from './case.ts';

const other = { ResourceId: '/other', ResourceName: 'other' };
const perimeter = { ResourceId: perimeterId.toLowerCase(), ResourceType: 'microsoft.network/networksecurityperimeters', ResourceName: 'production', Reach: '' };
const subscription = { ResourceId: '/subscriptions/1', ResourceType: 'microsoft.resources/subscriptions', Reach: '' };

export const resources = [
  ...cases('CosmosComplianceResources', [
    {
      when: 'an account changed since it was written in full, and its rows come twice',
      tables: tablesOf({
        assessments: [
          assessmentRow({ hours: 2, Change: 'changed', Reach: 'internet', PreviousReach: 'privateOnly' }),
          assessmentRow({ hours: 20, Reach: 'privateOnly' }),
          assessmentRow({ hours: 2, Change: 'changed', Reach: 'internet', PreviousReach: 'privateOnly' }),
        ],
        scans: [subscriptionRow({ hours: 20, Emission: 'full' }), subscriptionRow({ hours: 2 }), subscriptionRow({ hours: 1 })],
      }),
      expected: [
        {
          Reach: 'internet',
          PreviousReach: 'privateOnly',
          IsPublic: true,
          ReachRank: 1,
          FailedCritical: 1,
          FailedHigh: 2,
          FailedMedium: 0,
          FailedLow: 0,
          FailedInfo: 0,
          ScanTime: ago(2),
          LastRead: ago(1),
          IsStale: false,
        },
      ],
    },
    {
      when: 'who can reach an account is ranked',
      tables: tablesOf({
        assessments: ['internet', 'allAzure', 'selectedNetworks', 'perimeterRules', 'privateOnly', 'closed', 'unknown', ''].map(Reach =>
          assessmentRow({ ResourceId: `/${Reach}`, Reach, FailedBySeverity: { critical: 0, high: 0, medium: 3, low: 4, info: 5 } }),
        ),
      }),
      expected: [1, 2, 3, 4, 5, 6, 7, 8].map(ReachRank => ({ ReachRank, IsPublic: ReachRank < 3, FailedMedium: 3, FailedLow: 4, FailedInfo: 5 })),
    },
    {
      when: 'an account is gone, and so is the last row of another',
      tables: tablesOf({
        assessments: [
          assessmentRow({ hours: 40 }),
          assessmentRow({ hours: 40, ...other }),
          assessmentRow({ hours: 40, ResourceId: '/lost' }),
          assessmentRow({ hours: 16, Change: 'gone' }),
          assessmentRow({ hours: 16, ...other, Change: 'unchanged' }),
        ],
        scans: [subscriptionRow({ hours: 40, Emission: 'full', Accounts: 3 }), subscriptionRow({ hours: 16, Emission: 'full', Accounts: 1 })],
      }),
      expected: [{ ResourceId: '/other' }],
    },
    {
      when: 'rows of a full emission are on their way, and an account that is gone does not stand for one of them',
      tables: tablesOf({
        assessments: [assessmentRow({ hours: 40 }), assessmentRow({ hours: 40, ...other }), assessmentRow({ hours: 16, Change: 'gone' })],
        scans: [subscriptionRow({ hours: 40, Emission: 'full', Accounts: 2 }), subscriptionRow({ hours: 16, Emission: 'full', Accounts: 1 })],
      }),
      expected: [{ ResourceId: '/other', ScanTime: ago(40) }],
    },
    {
      when: 'what is no account counts for none of them, and no row counts twice',
      tables: tablesOf({
        assessments: [
          assessmentRow({ hours: 40 }),
          assessmentRow({ hours: 40, ...other }),
          assessmentRow({ hours: 16, ...other }),
          assessmentRow({ hours: 16, ...other }),
          assessmentRow({ hours: 16, ...subscription }),
        ],
        scans: [subscriptionRow({ hours: 40, Emission: 'full', Accounts: 2 }), subscriptionRow({ hours: 16, Emission: 'full', Accounts: 2 })],
      }),
      expected: [{ ResourceName: 'orders', ScanTime: ago(40) }, { ResourceId: '/other', ScanTime: ago(16) }, { ResourceId: '/subscriptions/1' }],
    },
    {
      when: 'a scan wrote a resource twice, and saw something else the second time',
      tables: tablesOf({
        assessments: [assessmentRow({ hours: 2, TimeGenerated: ago(1), Reach: 'closed' }), assessmentRow({ hours: 2, TimeGenerated: ago(1.5) })],
        scans: [subscriptionRow({ hours: 2, Emission: 'full' })],
      }),
      expected: [{ Reach: 'closed' }],
    },
    {
      when: 'every account changed since the last full emission, and what is no account did not',
      tables: tablesOf({
        assessments: [assessmentRow({ hours: 20, ...subscription }), assessmentRow({ hours: 20 }), assessmentRow({ hours: 2, Change: 'changed' })],
        scans: [subscriptionRow({ hours: 20, Emission: 'full' }), subscriptionRow({ hours: 2 })],
      }),
      expected: [{ ResourceId: '/subscriptions/1', LastRead: ago(2) }, { ResourceName: 'orders' }],
    },
    {
      when: 'a tenant is written apart, as perimeters are',
      tables: tablesOf({
        assessments: [
          assessmentRow({ hours: 40, ResourceId: '/tenants/1', ResourceType: 'microsoft.resources/tenants', SubscriptionId: '', Reach: '' }),
          assessmentRow({ hours: 40, ...perimeter }),
        ],
        scans: [scanRow({ hours: 40, Emission: 'full', Perimeters: 1 }), scanRow({ hours: 3, Emission: 'full', Perimeters: 0 })],
      }),
      expected: [],
    },
    {
      when: 'nothing is left of a subscription',
      tables: tablesOf({
        assessments: [assessmentRow({ hours: 40 })],
        scans: [subscriptionRow({ hours: 40, Emission: 'full' }), subscriptionRow({ hours: 16, Emission: 'full', Accounts: 0 })],
      }),
      expected: [],
    },
    {
      when: 'a subscription has been denied for a week',
      tables: tablesOf({
        assessments: [assessmentRow({ hours: 170 })],
        scans: [subscriptionRow({ hours: 170, Emission: 'full' }), subscriptionRow({ hours: 2, Outcome: 'denied', Emission: '', Accounts: 0 })],
      }),
      expected: [{ ResourceName: 'orders', LastRead: ago(170), IsStale: true }],
    },
    {
      when: 'perimeters are written apart, and a scan that missed something says nothing of them',
      tables: tablesOf({
        assessments: [assessmentRow({ hours: 40, ...perimeter }), assessmentRow({ hours: 16, ...perimeter, ResourceId: '/kept' }), assessmentRow({ hours: 40 })],
        scans: [
          subscriptionRow({ hours: 40, Emission: 'full' }),
          scanRow({ hours: 40, Emission: 'full', Perimeters: 1 }),
          scanRow({ hours: 16, Emission: 'full', Perimeters: 1 }),
          scanRow({ hours: 3, Emission: 'full', Perimeters: 0, Complete: false }),
          // In full for the perimeters only.
          subscriptionRow({ hours: 16 }),
        ],
      }),
      expected: [
        { ResourceId: '/kept', LastRead: ago(16) },
        { ResourceName: 'orders', LastRead: ago(16) },
      ],
    },
    {
      when: 'one account was asked for, later than its subscription',
      tables: tablesOf({
        assessments: [assessmentRow({ hours: 20 }), assessmentRow({ hours: 20, ...other }), assessmentRow({ hours: 2, Change: 'changed' })],
        scans: [subscriptionRow({ hours: 20, Emission: 'full', Accounts: 2 }), subscriptionRow({ hours: 2, Kind: 'account', Emission: 'full' })],
      }),
      expected: [{ LastRead: ago(2) }, { LastRead: ago(20) }],
    },
    {
      when: 'one looks back less, and is stricter',
      text: 'CosmosComplianceResources(1d, 10h)',
      tables: tablesOf({ assessments: [assessmentRow({ hours: 30 }), assessmentRow({ hours: 12, ...other })] }),
      expected: [{ ResourceId: '/other', IsStale: true }],
    },
  ]),
  ...cases('CosmosComplianceAccounts', [
    {
      when: 'there are other resources',
      tables: tablesOf({ assessments: [assessmentRow(perimeter), assessmentRow({ hours: 3 }), assessmentRow(subscription)] }),
      expected: [{ ResourceName: 'orders', Tags: { owner: 'data' }, IsStale: false }],
    },
    {
      when: 'one looks back less, and is stricter',
      text: 'CosmosComplianceAccounts(1d, 10h)',
      tables: tablesOf({ assessments: [assessmentRow({ hours: 30 }), assessmentRow({ hours: 12, ...other })] }),
      expected: [{ ResourceId: '/other', IsStale: true }],
    },
  ]),
];
