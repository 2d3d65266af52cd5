import { perimeterId } from '../../support/ids.ts';
import { ago, findingRow, now, scanRow, subscriptionRow, tablesOf } from '../../support/kql/rows.ts';
import { cases } from './case.ts';

const perimeter = {
  ResourceId: perimeterId.toLowerCase(),
  ResourceType: 'microsoft.network/networksecurityperimeters',
  ResourceName: 'production',
  ControlId: 'perimeter-healthy',
};
const exemption = { id: 'legacy', category: 'accepted-risk', reason: 'It moves in spring.', owner: 'data@contoso.com', expiresOn: '2026-12-31', state: 'active' };
const today = now.toISOString().slice(0, 10);

export const latest = [
  ...cases('CosmosComplianceLatest', [
    {
      when: 'a finding was written in full and regressed since',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 20, Change: 'unchanged', Status: 'pass', PreviousStatus: 'pass', Since: ago(90), FailingSince: null }),
          findingRow({ hours: 3, Change: 'regressed', PreviousStatus: 'pass' }),
        ],
        scans: [subscriptionRow({ hours: 20, Emission: 'full' }), subscriptionRow({ hours: 3 }), subscriptionRow({ hours: 1 })],
      }),
      expected: [
        {
          Status: 'fail',
          Change: 'regressed',
          Since: ago(3),
          FailingSince: ago(3),
          ScanTime: ago(3),
          LastRead: ago(1),
          IsStale: false,
          SeverityRank: 1,
          IsExempted: false,
          ScanId: 'scan-3',
        },
      ],
    },
    {
      when: 'rows come twice and out of order',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 3, Change: 'fixed', Status: 'pass', FailingSince: null }),
          findingRow({ hours: 20 }),
          findingRow({ hours: 3, Change: 'fixed', Status: 'pass', FailingSince: null, $arrivedAt: ago(0.5) }),
        ],
        scans: [subscriptionRow({ hours: 3 }), subscriptionRow({ hours: 20, Emission: 'full' }), subscriptionRow({ hours: 3 })],
      }),
      expected: [{ Status: 'pass', ScanTime: ago(3) }],
    },
    {
      when: 'a scan wrote a finding twice, and saw something else the second time',
      tables: tablesOf({
        findings: [findingRow({ hours: 2, TimeGenerated: ago(1), Status: 'pass' }), findingRow({ hours: 2, TimeGenerated: ago(1.5) })],
        scans: [subscriptionRow({ hours: 2, Emission: 'full' })],
      }),
      expected: [{ Status: 'pass' }],
    },
    {
      when: 'a finding is gone',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 20, ControlId: 'a' }),
          findingRow({ hours: 20, ControlId: 'b' }),
          findingRow({ hours: 2, ControlId: 'b', Change: 'gone', Status: 'gone' }),
        ],
        scans: [subscriptionRow({ hours: 20, Emission: 'full', FindingRows: 2 }), subscriptionRow({ hours: 2 })],
      }),
      expected: [{ ControlId: 'a' }],
    },
    {
      when: 'the last row of a finding that is gone was lost, and everything was written in full since',
      tables: tablesOf({
        findings: [findingRow({ hours: 40, ControlId: 'a' }), findingRow({ hours: 40, ControlId: 'b' }), findingRow({ hours: 16, ControlId: 'a', Change: 'unchanged' })],
        scans: [subscriptionRow({ hours: 40, Emission: 'full', FindingRows: 2 }), subscriptionRow({ hours: 16, Emission: 'full', FindingRows: 1 })],
      }),
      expected: [{ ControlId: 'a', ScanTime: ago(16) }],
    },
    {
      when: 'a full emission has not arrived whole',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 40, ControlId: 'a' }),
          findingRow({ hours: 40, ControlId: 'b' }),
          findingRow({ hours: 16, ControlId: 'a', Change: 'unchanged' }),
          findingRow({ hours: 16, ControlId: 'a', Change: 'unchanged', $arrivedAt: ago(15) }),
        ],
        scans: [subscriptionRow({ hours: 40, Emission: 'full', FindingRows: 2 }), subscriptionRow({ hours: 16, Emission: 'full', FindingRows: 2 })],
      }),
      expected: [
        { ControlId: 'a', ScanTime: ago(16) },
        { ControlId: 'b', ScanTime: ago(40), LastRead: ago(16) },
      ],
    },
    {
      when: 'nothing is left of a subscription',
      tables: tablesOf({
        findings: [findingRow({ hours: 40 })],
        scans: [subscriptionRow({ hours: 40, Emission: 'full' }), subscriptionRow({ hours: 16, Emission: 'full', FindingRows: 0 })],
      }),
      expected: [],
    },
    {
      when: 'the same scan wrote a subscription in full, and then again what had changed',
      tables: tablesOf({
        findings: [findingRow({ hours: 40, ControlId: 'a' }), findingRow({ hours: 16, ControlId: 'b' })],
        scans: [subscriptionRow({ hours: 40, Emission: 'full' }), subscriptionRow({ hours: 16, Emission: 'full' }), subscriptionRow({ hours: 16, FindingRows: 0 })],
      }),
      expected: [{ ControlId: 'b' }],
    },
    {
      when: 'a subscription has been denied for a week',
      tables: tablesOf({
        findings: [findingRow({ hours: 170 })],
        scans: [
          subscriptionRow({ hours: 170, Emission: 'full' }),
          ...[100, 50, 2].map(hours => subscriptionRow({ hours, Outcome: 'denied', Emission: '', Complete: false, FindingRows: 0, Accounts: 0 })),
        ],
      }),
      expected: [{ Status: 'fail', LastRead: ago(170), IsStale: true }],
    },
    {
      when: 'a subscription was denied by a scan whose row says full all the same',
      tables: tablesOf({
        findings: [findingRow({ hours: 30 })],
        scans: [subscriptionRow({ hours: 30, Emission: 'full' }), subscriptionRow({ hours: 2, Outcome: 'denied', Emission: 'full', FindingRows: 0, Accounts: 0 })],
      }),
      expected: [{ Status: 'fail', LastRead: ago(30), IsStale: false }],
    },
    {
      when: 'a reading is older than what one asks for',
      text: 'CosmosComplianceLatest(30d, 1d)',
      tables: tablesOf({ findings: [findingRow({ hours: 30 })], scans: [subscriptionRow({ hours: 30, Emission: 'full' })] }),
      expected: [{ IsStale: true }],
    },
    {
      when: 'rows are older than one looks back',
      text: 'CosmosComplianceLatest(1d)',
      tables: tablesOf({ findings: [findingRow({ hours: 30 }), findingRow({ hours: 20, ControlId: 'b' })], scans: [subscriptionRow({ hours: 30, Emission: 'full' })] }),
      expected: [{ ControlId: 'b' }],
    },
    {
      when: 'only one account was asked for',
      tables: tablesOf({
        findings: [findingRow({ hours: 20 }), findingRow({ hours: 20, ResourceId: '/other' }), findingRow({ hours: 2, Change: 'fixed', Status: 'pass' })],
        scans: [
          subscriptionRow({ hours: 20, Emission: 'full', FindingRows: 2, Accounts: 2 }),
          subscriptionRow({ hours: 2, Kind: 'account', Scope: 'accounts', Emission: 'full' }),
          scanRow({ hours: 2, Scope: 'accounts', Emission: 'full' }),
        ],
      }),
      expected: [
        { Status: 'pass', LastRead: ago(2) },
        { ResourceId: '/other', Status: 'fail', LastRead: ago(20) },
      ],
    },
    {
      when: 'a perimeter is in no subscription of its own turn',
      tables: tablesOf({
        findings: [findingRow({ hours: 26, ...perimeter }), findingRow({ hours: 26 }), findingRow({ hours: 2, Change: 'unchanged' })],
        scans: [
          subscriptionRow({ hours: 26, Emission: 'full' }),
          scanRow({ hours: 26, Emission: 'full', FindingRows: 2, Perimeters: 1 }),
          // The subscription is due for a full emission, perimeters and tenants are not.
          subscriptionRow({ hours: 2, Emission: 'full' }),
          scanRow({ hours: 2, Emission: 'transitions', FindingRows: 1, Perimeters: 1 }),
        ],
      }),
      expected: [
        { ControlId: 'perimeter-healthy', ScanTime: ago(26), LastRead: ago(2) },
        { ControlId: 'exposure-not-public', ScanTime: ago(2) },
      ],
    },
    {
      when: 'the last row of a perimeter that is gone was lost',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 26, ...perimeter }),
          findingRow({ hours: 2, Change: 'unchanged' }),
          findingRow({ hours: 2, ControlId: 'b', SubscriptionId: 's2' }),
        ],
        scans: [scanRow({ hours: 26, Emission: 'full', Perimeters: 1 }), scanRow({ hours: 2, Emission: 'full', FindingRows: 2 })],
      }),
      expected: [{ ControlId: 'exposure-not-public' }, { ControlId: 'b' }],
    },
    {
      when: 'a scan that missed something, or was asked for less than the tenant, says nothing of perimeters',
      tables: tablesOf({
        findings: [findingRow({ hours: 26, ...perimeter })],
        scans: [
          scanRow({ hours: 26, Emission: 'full', Perimeters: 1 }),
          scanRow({ hours: 5, Emission: 'full', Complete: false, FindingRows: 0 }),
          scanRow({ hours: 2, Emission: 'full', Scope: 'subscriptions', FindingRows: 0 }),
        ],
      }),
      expected: [{ ControlId: 'perimeter-healthy', LastRead: ago(26) }],
    },
    {
      when: 'the rows of another part of a full scan are still on their way',
      tables: tablesOf({
        findings: [findingRow({ hours: 26, ...perimeter }), findingRow({ hours: 26 })],
        scans: [scanRow({ hours: 26, Emission: 'full', FindingRows: 2, Perimeters: 1 }), scanRow({ hours: 2, Emission: 'full', FindingRows: 1 })],
      }),
      expected: [{ ControlId: 'perimeter-healthy' }, { ControlId: 'exposure-not-public' }],
    },
    {
      when: 'severities are ranked',
      tables: tablesOf({ findings: ['critical', 'high', 'medium', 'low', 'info'].map(Severity => findingRow({ Severity, ControlId: Severity })) }),
      expected: [1, 2, 3, 4, 5].map(SeverityRank => ({ SeverityRank })),
    },
    {
      when: 'exemptions hold, have ended, or end unseen',
      tables: tablesOf({
        findings: [
          findingRow({ ControlId: 'holds', Exemption: exemption }),
          findingRow({ ControlId: 'holds-today', Exemption: { ...exemption, expiresOn: today } }),
          findingRow({ ControlId: 'ended', Exemption: { ...exemption, state: 'expired', expiresOn: '2026-12-31' } }),
          findingRow({ ControlId: 'without-end', Exemption: { ...exemption, expiresOn: 'some day' } }),
          findingRow({ ControlId: 'ended-unseen', hours: 100, Exemption: { ...exemption, expiresOn: '2026-11-19' } }),
        ],
      }),
      expected: [{ IsExempted: true }, { IsExempted: true }, { IsExempted: false }, { IsExempted: false }, { IsExempted: false }],
    },
    {
      when: 'a full emission is on its way, and the one before arrived',
      tables: tablesOf({
        findings: [findingRow({ hours: 80, ControlId: 'long-gone' }), findingRow({ hours: 60 }), findingRow({ hours: 36, ControlId: 'b' })],
        scans: [
          subscriptionRow({ hours: 80, Emission: 'full' }),
          subscriptionRow({ hours: 60, Emission: 'full' }),
          subscriptionRow({ hours: 36, Emission: 'full' }),
          subscriptionRow({ hours: 12, Emission: 'full', FindingRows: 2 }),
        ],
      }),
      expected: [{ ControlId: 'b' }],
    },
    {
      when: 'two full emissions running did not arrive whole: what is older is not looked through',
      tables: tablesOf({
        findings: [findingRow({ hours: 90, ControlId: 'a' }), findingRow({ hours: 80, ControlId: 'b' }), findingRow({ hours: 60, ControlId: 'c' })],
        scans: [
          subscriptionRow({ hours: 80, Emission: 'full' }),
          subscriptionRow({ hours: 60, Emission: 'full' }),
          ...[36, 12].map(hours => subscriptionRow({ hours, Emission: 'full', FindingRows: 2 })),
        ],
      }),
      expected: [{ ControlId: 'a' }, { ControlId: 'b' }, { ControlId: 'c' }],
    },
    {
      when: 'many scans wrote what had changed since the last full emission',
      tables: tablesOf({
        findings: [findingRow({ hours: 80, ControlId: 'a' }), findingRow({ hours: 30, ControlId: 'b' })],
        scans: [
          subscriptionRow({ hours: 80, Emission: 'full' }),
          subscriptionRow({ hours: 30, Emission: 'full' }),
          ...[9, 7, 5, 3].map(hours => subscriptionRow({ hours, FindingRows: 0 })),
        ],
      }),
      expected: [{ ControlId: 'b', LastRead: ago(3) }],
    },
    {
      when: 'subscriptions are bounded each by its own full emissions',
      tables: tablesOf({
        findings: ['a', 'b', 'c'].flatMap(SubscriptionId => [
          findingRow({ hours: 80, SubscriptionId, ResourceId: `/${SubscriptionId}`, ControlId: 'old' }),
          findingRow({ hours: 30, SubscriptionId, ResourceId: `/${SubscriptionId}` }),
        ]),
        scans: ['a', 'b', 'c'].flatMap(SubscriptionId =>
          [80, 55, 30].map(hours => subscriptionRow({ hours, SubscriptionId, Emission: 'full', FindingRows: hours === 55 ? 9 : 1 })),
        ),
      }),
      expected: ['/a', '/b', '/c'].map(ResourceId => ({ ResourceId, ScanTime: ago(30) })),
    },
  ]),
];
