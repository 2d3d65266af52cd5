import { ago, findingRow, scanRow, subscriptionRow, tablesOf } from '../../support/kql/rows.ts';
import { cases } from './case.ts';

const exemption = { id: 'legacy', category: 'accepted-risk', reason: 'It moves in spring.', owner: 'data@contoso.com', expiresOn: '2026-12-31', state: 'active' };

/** What the other functions make of readings and of the latest findings. */
export const open = [
  ...cases('CosmosComplianceOpen', [
    {
      when: 'findings fail, are unknown, pass, wait or do not apply',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 50, ControlId: 'fails', FailingSince: ago(121), Since: ago(60) }),
          findingRow({ hours: 50, ControlId: 'unknown', Status: 'unknown', FailingSince: null, Since: ago(60) }),
          findingRow({ hours: 50, ControlId: 'unknown-since-it-failed', Status: 'unknown', FailingSince: ago(100), Since: ago(60) }),
          ...['pass', 'manual', 'notApplicable'].map(Status => findingRow({ hours: 50, ControlId: Status, Status })),
          findingRow({ hours: 50, ControlId: 'exempted', Exemption: exemption }),
          findingRow({ hours: 50, ControlId: 'not-exempted-any-more', Since: ago(30), FailingSince: ago(30), Exemption: { ...exemption, state: 'expired' } }),
        ],
        scans: [subscriptionRow({ hours: 50, Emission: 'full', FindingRows: 8 })],
      }),
      expected: [
        { ControlId: 'fails', Status: 'fail', OpenSince: ago(121), OpenDays: 5, IsStale: true },
        { ControlId: 'unknown', Status: 'unknown', OpenSince: ago(60), OpenDays: 2 },
        { ControlId: 'unknown-since-it-failed', Status: 'unknown', OpenSince: ago(100) },
        { ControlId: 'not-exempted-any-more', OpenDays: 1 },
      ],
    },
    {
      when: 'one asks for less, and is stricter',
      text: 'CosmosComplianceOpen(1d, 10h)',
      tables: tablesOf({ findings: [findingRow({ hours: 30 }), findingRow({ hours: 12, ControlId: 'b' })] }),
      expected: [{ ControlId: 'b', IsStale: true }],
    },
  ]),
  ...cases('CosmosComplianceReadings', [
    {
      when: 'there are all kinds of rows',
      tables: tablesOf({
        scans: [
          subscriptionRow({ hours: 5, SubscriptionId: 'a', Emission: 'full', FindingRows: 7, Accounts: 2 }),
          subscriptionRow({ hours: 5, SubscriptionId: 'a', Emission: 'full', FindingRows: 6, Accounts: 1 }),
          subscriptionRow({ hours: 5, SubscriptionId: 'a', FindingRows: 9, Accounts: 1 }),
          subscriptionRow({ hours: 5, SubscriptionId: 'b', FindingRows: 3 }),
          subscriptionRow({ hours: 5, SubscriptionId: 'c', Outcome: 'denied' }),
          subscriptionRow({ hours: 5, SubscriptionId: 'd', Kind: 'account' }),
          scanRow({ hours: 5, Emission: 'full', FindingRows: 30, Perimeters: 4 }),
          scanRow({ hours: 4, Complete: false }),
          scanRow({ hours: 3, Scope: 'managementGroup' }),
          subscriptionRow({ hours: 24 * 31, SubscriptionId: 'a' }),
        ],
      }),
      expected: [
        { Part: 'a', ScanId: 'scan-5', ScanTime: ago(5), IsFull: true, FindingRows: 7, Resources: 2 },
        { Part: 'b', IsFull: false, FindingRows: null },
        { Part: 'tenant', IsFull: true, FindingRows: 30, Resources: 4 },
      ],
    },
  ]),
];
