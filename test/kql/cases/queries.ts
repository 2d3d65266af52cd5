import { ago, assessmentRow, findingRow, subscriptionRow, tablesOf } from '../../support/kql/rows.ts';
import { cases } from './case.ts';

const exemption = { id: 'legacy', category: 'accepted-risk', reason: 'It moves in spring.', owner: 'data@contoso.com', expiresOn: '2026-12-04', state: 'active' };
const gap = { fact: 'diagnosticSettings', reason: 'denied', detail: 'Cannot read it.', permission: 'Microsoft.Insights/diagnosticSettings/read' };

export const queries = [
  ...cases('open-critical', [
    {
      when: 'several are open',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 30, ResourceId: '/a', ControlId: 'old' }),
          findingRow({ hours: 30, ResourceId: '/b', FailingSince: ago(100) }),
          findingRow({ hours: 30, ResourceId: '/c', FailingSince: ago(100) }),
          findingRow({ hours: 2, ResourceId: '/public', ResourceName: 'shop', ControlId: 'b' }),
          findingRow({ hours: 2, ResourceId: '/public', ControlId: 'a' }),
          findingRow({ hours: 2, ResourceId: '/public', ControlId: 'c', Severity: 'high' }),
          findingRow({ hours: 2, ResourceId: '/public', ControlId: 'd', Status: 'unknown' }),
          findingRow({ hours: 2, ResourceId: '/public', ControlId: 'e', Exemption: { ...exemption } }),
        ],
        assessments: [assessmentRow({ ResourceId: '/public', Reach: 'internet' }), assessmentRow({ ResourceId: '/a', Reach: 'closed' })],
      }),
      expected: [
        { ResourceId: '/public', ControlId: 'a', Reach: 'internet', OpenDays: 0 },
        {
          ResourceId: '/public',
          ControlId: 'b',
          ResourceName: 'shop',
          SubscriptionName: 'production',
          Message: 'Everybody can reach it.',
          IsStale: false,
          LastRead: ago(2),
        },
        { ResourceId: '/b', Reach: '', OpenDays: 4 },
        { ResourceId: '/c' },
        { ResourceId: '/a', Reach: 'closed', OpenDays: 1 },
      ],
    },
  ]),
  ...cases('reachable-from-internet', [
    {
      when: 'some accounts are',
      tables: tablesOf({
        assessments: [
          assessmentRow({ ResourceId: '/azure', Reach: 'allAzure', ReachSince: ago(200) }),
          assessmentRow({ ResourceId: '/new', Reach: 'internet', ReachSince: ago(30), DecidedBy: 'no firewall' }),
          assessmentRow({ ResourceId: '/old', Reach: 'internet', ReachSince: ago(121) }),
          assessmentRow({ ResourceId: '/closed', Reach: 'closed' }),
          assessmentRow({ ResourceId: '/unknown', Reach: 'unknown' }),
        ],
      }),
      expected: [
        { ResourceId: '/old', OpenDays: 5 },
        { ResourceId: '/new', OpenDays: 1, Reach: 'internet', DecidedBy: 'no firewall', Tags: { owner: 'data' } },
        { ResourceId: '/azure', OpenDays: 8 },
      ],
    },
  ]),
  ...cases('latent-exposure', [
    {
      when: 'accounts carry risks',
      tables: tablesOf({
        assessments: [
          assessmentRow({ ResourceId: '/a', Latent: ['lastPrivateEndpoint', 'bypassResources'], Reach: 'privateOnly' }),
          assessmentRow({ ResourceId: '/b', Latent: ['learningOpensDisabled'] }),
          assessmentRow({ ResourceId: '/c', Latent: [] }),
          assessmentRow({ ResourceId: '/d', Latent: null }),
        ],
      }),
      expected: [
        { ResourceId: '/b', Risk: 'learningOpensDisabled', Reach: 'perimeterRules' },
        { ResourceId: '/a', Risk: 'bypassResources' },
        { ResourceId: '/a', Risk: 'lastPrivateEndpoint' },
      ],
    },
  ]),
  ...cases('what-changed-this-week', [
    {
      when: 'somebody changed something, the baseline something else',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 9, ControlId: 'a', Change: 'regressed', PreviousStatus: 'pass' }),
          findingRow({ hours: 8, ControlId: 'b', Change: 'regressed', Cause: 'baseline' }),
          findingRow({ hours: 7, ControlId: 'c', Cause: 'firstScan' }),
          findingRow({ hours: 6, ControlId: 'd', Exemption: exemption }),
          findingRow({ hours: 169, ControlId: 'e', Change: 'regressed' }),
        ],
        assessments: [assessmentRow({ hours: 3, Change: 'changed', Reach: 'internet', PreviousReach: 'closed' })],
      }),
      expected: [
        { Event: 'opened', Before: 'closed', After: 'internet', ResourceName: 'orders' },
        { Event: 'regressed', ControlId: 'a', ScanTime: ago(9) },
      ],
    },
  ]),
  ...cases('unknown-and-why', [
    {
      when: 'findings are unknown for several reasons',
      tables: tablesOf({
        findings: [
          ...['/a', '/b'].map(ResourceId => findingRow({ ResourceId, ControlId: 'logs', Status: 'unknown', Gaps: [gap] })),
          findingRow({
            ResourceId: '/a',
            ControlId: 'two',
            SubscriptionId: 's2',
            Status: 'unknown',
            Gaps: [gap, { fact: 'account', reason: 'throttled', detail: 'Too many requests.' }],
          }),
          findingRow({ ResourceId: '/a', ControlId: 'without', Status: 'unknown', Gaps: null }),
          findingRow({ ResourceId: '/a', ControlId: 'fails', Gaps: [gap] }),
        ],
      }),
      expected: [
        {
          Reason: 'denied',
          Fact: 'diagnosticSettings',
          Permission: 'Microsoft.Insights/diagnosticSettings/read',
          Findings: 3,
          Resources: 2,
          Subscriptions: [findingRow().SubscriptionId, 's2'],
          Controls: ['logs', 'two'],
          Example: 'Cannot read it.',
        },
        { Reason: '', Fact: '', Findings: 1, Controls: ['without'] },
        { Reason: 'throttled', Fact: 'account', Permission: '', Findings: 1 },
      ],
    },
  ]),
  ...cases('subscriptions-not-read', [
    {
      when: 'two were not',
      tables: tablesOf({
        scans: [
          subscriptionRow({ hours: 121, SubscriptionId: 'a', Emission: 'full' }),
          subscriptionRow({ hours: 2, SubscriptionId: 'a', Outcome: 'denied', Reason: 'No role.' }),
          subscriptionRow({ hours: 2, SubscriptionId: 'b', Outcome: 'skipped', Reason: 'It is deleted.' }),
          subscriptionRow({ hours: 2, SubscriptionId: 'c' }),
        ],
        assessments: [assessmentRow({ hours: 121, SubscriptionId: 'a' })],
      }),
      expected: [
        { SubscriptionId: 'a', SubscriptionName: 'production', Outcome: 'denied', Reason: 'No role.', LastRead: ago(121), DaysSinceRead: 5, Accounts: 1 },
        { SubscriptionId: 'b', Outcome: 'skipped', LastRead: null, DaysSinceRead: null, Accounts: 0 },
      ],
    },
  ]),
  ...cases('controls-by-failures', [
    {
      when: 'controls fail, are unknown, exempted and pass',
      tables: tablesOf({
        findings: [
          ...['/a', '/b', '/c'].map(ResourceId => findingRow({ ResourceId, ControlId: 'low', Severity: 'low' })),
          findingRow({ ResourceId: '/a', ControlId: 'one' }),
          ...['/b', '/c'].map(ResourceId => findingRow({ ResourceId, ControlId: 'one', Status: 'pass' })),
          findingRow({ ResourceId: '/d', ControlId: 'one', Exemption: exemption }),
          findingRow({ ResourceId: '/e', ControlId: 'one', Status: 'unknown' }),
          findingRow({ ResourceId: '/a', ControlId: 'all-unknown', Status: 'unknown' }),
          findingRow({ ResourceId: '/b', ControlId: 'all-unknown', Status: 'unknown' }),
          findingRow({ ResourceId: '/a', ControlId: 'accepted', Exemption: exemption }),
          findingRow({ ResourceId: '/a', ControlId: 'unknown-accepted', Status: 'unknown', Exemption: exemption }),
          findingRow({ ResourceId: '/a', ControlId: 'passes', Status: 'pass' }),
          findingRow({ ResourceId: '/a', ControlId: 'waits', Status: 'manual' }),
        ],
      }),
      expected: [
        { ControlId: 'one', Severity: 'critical', Failing: 1, Unknown: 1, Exempted: 1, Passing: 2, FailRate: 33.3 },
        { ControlId: 'all-unknown', Failing: 0, Unknown: 2, FailRate: null },
        { ControlId: 'accepted', Failing: 0, Unknown: 0, Exempted: 1 },
        { ControlId: 'unknown-accepted', Failing: 0, Unknown: 0, Exempted: 1 },
        { ControlId: 'low', Severity: 'low', Failing: 3, FailRate: 100 },
      ],
    },
    {
      when: 'the severity of a control was changed, and not every subscription was read since',
      tables: tablesOf({
        findings: [
          findingRow({ ControlId: 'b', Severity: 'medium' }),
          findingRow({ hours: 2, ResourceId: '/a', Severity: 'low' }),
          findingRow({ hours: 30, ResourceId: '/b', SubscriptionId: 's2', Severity: 'high' }),
        ],
      }),
      expected: [
        { Severity: 'low', Failing: 2, FailRate: 100 },
        { ControlId: 'b', Failing: 1, FailRate: 100 },
      ],
    },
  ]),
  ...cases('one-account', [
    {
      when: 'it is named in another case than Azure writes it',
      tables: tablesOf({
        findings: [
          ...['notApplicable', 'pass', 'manual', 'unknown', 'fail'].map(Status => findingRow({ ResourceName: 'Orders', ControlId: Status, Status })),
          findingRow({ ResourceName: 'Orders', ControlId: 'b-high', Severity: 'high' }),
          findingRow({ ResourceName: 'Orders', ControlId: 'exempted', Exemption: exemption }),
          findingRow({ ResourceName: 'Orders', ControlId: 'exempted-unknown', Status: 'unknown', Exemption: exemption }),
          findingRow({ ResourceId: '/another', ResourceName: 'another' }),
          findingRow({ ResourceId: 'orders', ResourceName: 'by id' }),
        ],
      }),
      expected: [
        ...['fail', 'b-high', 'unknown', 'exempted', 'exempted-unknown', 'manual', 'pass', 'notApplicable'].map(ControlId => ({
          ControlId,
          ResourceId: findingRow().ResourceId,
        })),
        { ResourceId: 'orders', Observed: { reach: 'internet' }, Sources: ['GET /subscriptions'] },
      ],
    },
  ]),
  ...cases('history-of-a-finding', [
    {
      when: 'it changed twice in three months',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 24 * 91, Change: 'new' }),
          findingRow({ hours: 24 * 80, Change: 'fixed', Status: 'pass', FailingSince: null }),
          findingRow({ hours: 24 * 40, Change: 'unchanged', Status: 'pass' }),
          findingRow({ hours: 24 * 3, ResourceName: 'ORDERS', Change: 'regressed' }),
          findingRow({ hours: 24 * 3, Change: 'regressed' }),
          findingRow({ hours: 2, ResourceId: 'orders', ResourceName: 'by id', Change: 'gone', Status: 'gone' }),
          findingRow({ hours: 2, ControlId: 'another' }),
          findingRow({ hours: 2, ResourceId: '/another', ResourceName: 'another' }),
        ],
      }),
      expected: [{ Change: 'fixed', ScanTime: ago(24 * 80), Status: 'pass' }, { Change: 'regressed', FailingSince: ago(72) }, { Change: 'gone' }],
    },
    {
      when: 'a scan wrote it twice, and saw something else the second time',
      tables: tablesOf({ findings: [findingRow({ TimeGenerated: ago(0.5), Message: 'last' }), findingRow({ TimeGenerated: ago(0.6) })] }),
      expected: [{ Message: 'last' }],
    },
  ]),
  ...cases('perimeter-learning', [
    {
      when: 'accounts are in Learning and in Audit',
      tables: tablesOf({
        findings: [
          findingRow({ ControlId: 'perimeter-enforced', Severity: 'high', FailingSince: ago(49) }),
          findingRow({ ControlId: 'perimeter-enforced', ResourceId: '/b', FailingSince: ago(505), Exemption: exemption }),
          findingRow({ ControlId: 'perimeter-enforced', ResourceId: '/c', Status: 'pass' }),
          findingRow({ ControlId: 'perimeter-healthy', ResourceId: '/d' }),
        ],
        assessments: [assessmentRow({ Perimeter: '/p', AccessMode: 'Learning' })],
      }),
      expected: [
        { ResourceId: '/b', DaysNotEnforced: 21, Perimeter: '', AccessMode: '' },
        { ResourceName: 'orders', Perimeter: '/p', AccessMode: 'Learning', DaysNotEnforced: 2, Reach: 'perimeterRules' },
      ],
    },
  ]),
];
