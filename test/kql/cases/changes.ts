import { ago, assessmentRow, findingRow, tablesOf, type AssessmentRow } from '../../support/kql/rows.ts';
import { cases } from './case.ts';

const exemption = { id: 'legacy', category: 'accepted-risk', reason: 'It moves in spring.', owner: 'data@contoso.com', expiresOn: '2026-12-31', state: 'active' };

/** An account whose reach changed. */
function moved(PreviousReach: string, Reach: string, differences: Partial<AssessmentRow> & { readonly hours?: number } = {}): AssessmentRow {
  return assessmentRow({ Change: 'changed', PreviousReach, Reach, ...differences });
}

export const changes = [
  ...cases('CosmosComplianceChanges', [
    {
      when: 'findings changed in every way',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 9, ControlId: 'a', Change: 'regressed', PreviousStatus: 'pass' }),
          findingRow({ hours: 9, ControlId: 'a', Change: 'regressed', PreviousStatus: 'pass', $arrivedAt: ago(5) }),
          findingRow({ hours: 8, ControlId: 'b', Change: 'fixed', Status: 'pass', PreviousStatus: 'fail', Cause: 'baseline' }),
          findingRow({ hours: 7, ControlId: 'c', Change: 'new', Exemption: exemption }),
          findingRow({ hours: 7, ControlId: 'd', Change: 'new', Status: 'pass' }),
          findingRow({ hours: 6, ControlId: 'e', Change: 'gone', Status: 'gone', PreviousStatus: 'fail' }),
          findingRow({ hours: 6, ControlId: 'f', Change: 'gone', Status: 'gone', PreviousStatus: 'unknown' }),
          findingRow({ hours: 6, ControlId: 'g', Change: 'gone', Status: 'gone', PreviousStatus: 'pass' }),
          findingRow({ hours: 6, ControlId: 'h', Change: 'changed' }),
          findingRow({ hours: 6, ControlId: 'i', Change: 'unchanged' }),
          findingRow({ hours: 170, ControlId: 'j', Change: 'regressed' }),
        ],
      }),
      expected: [
        { ControlId: 'e', Event: 'gone', Before: 'fail', After: 'gone' },
        { ControlId: 'f', Event: 'gone', Before: 'unknown' },
        { ControlId: 'c', Event: 'newFailing', Before: '', After: 'fail', IsExempted: true, Severity: 'critical' },
        { ControlId: 'b', Event: 'fixed', Before: 'fail', After: 'pass', Cause: 'baseline', IsExempted: false },
        { ControlId: 'a', Event: 'regressed', ScanTime: ago(9), Cause: 'resource', Before: 'pass', After: 'fail', Message: 'Everybody can reach it.' },
      ],
    },
    {
      when: 'accounts opened, closed, came and went',
      tables: tablesOf({
        assessments: [
          moved('privateOnly', 'internet', { hours: 20 }),
          moved('privateOnly', 'internet', { hours: 20 }),
          moved('internet', 'allAzure', { hours: 18 }),
          moved('allAzure', 'closed', { hours: 16 }),
          moved('closed', 'unknown', { hours: 14 }),
          moved('closed', 'privateOnly', { hours: 12 }),
          moved('', 'allAzure', { hours: 10, ResourceId: '/new', Change: 'new' }),
          moved('', 'closed', { hours: 9, ResourceId: '/closed', Change: 'new', Cause: 'firstScan' }),
          moved('internet', '', { hours: 8, ResourceId: '/went', Change: 'gone', Explanation: 'The resource is there no more.' }),
          moved('internet', 'unknown', { hours: 8, ResourceId: '/unknown' }),
          moved('', 'closed', { hours: 8, ResourceId: '/known-at-last' }),
        ],
        findings: [
          findingRow({ hours: 8, ResourceId: '/went', Change: 'gone', Status: 'gone', PreviousStatus: 'fail' }),
          findingRow({ hours: 8, ResourceId: '/stays', Change: 'gone', Status: 'gone', PreviousStatus: 'fail' }),
        ],
      }),
      expected: [
        { ResourceId: '/stays', Event: 'gone', ControlId: 'exposure-not-public' },
        {
          ResourceId: '/went',
          Event: 'resourceGone',
          Before: 'internet',
          After: 'gone',
          Severity: '',
          ControlId: '',
          FindingId: '',
          Message: 'The resource is there no more.',
        },
        { ResourceId: '/closed', Event: 'resourceNew', Cause: 'firstScan', Before: '', After: 'closed', IsExempted: false },
        { ResourceId: '/new', Event: 'opened', Before: '', After: 'allAzure' },
        { ResourceId: '/new', Event: 'resourceNew', After: 'allAzure' },
        { ScanTime: ago(16), Event: 'closed', Before: 'allAzure', After: 'closed', Severity: '' },
        {
          ScanTime: ago(20),
          Event: 'opened',
          Before: 'privateOnly',
          After: 'internet',
          Severity: 'critical',
          Message: 'Only what perimeter rules admit can reach it.',
          ControlId: '',
          IsExempted: false,
        },
      ],
    },
    {
      when: 'a scan wrote a change, and then again that nothing had changed',
      tables: tablesOf({
        assessments: [moved('closed', 'internet', { TimeGenerated: ago(0.9) }), moved('internet', 'internet', { TimeGenerated: ago(0.8), Change: 'unchanged' })],
        findings: [
          findingRow({ TimeGenerated: ago(0.9), Change: 'regressed', PreviousStatus: 'pass' }),
          findingRow({ TimeGenerated: ago(0.8), Change: 'unchanged', PreviousStatus: 'fail' }),
        ],
      }),
      expected: [{ Event: 'opened' }, { Event: 'regressed' }],
    },
    {
      when: 'the last word of a change that was written twice counts',
      tables: tablesOf({
        assessments: [
          moved('closed', 'allAzure', { TimeGenerated: ago(0.8) }),
          moved('closed', 'internet', { TimeGenerated: ago(0.9) }),
          assessmentRow({ ResourceId: '/new', TimeGenerated: ago(0.8), Explanation: 'last' }),
          assessmentRow({ ResourceId: '/new', TimeGenerated: ago(0.9) }),
        ],
        findings: [
          findingRow({ ResourceId: '/x', TimeGenerated: ago(0.8), Change: 'regressed', Message: 'last' }),
          findingRow({ ResourceId: '/x', TimeGenerated: ago(0.9), Change: 'regressed' }),
        ],
      }),
      expected: [{ ResourceId: '/new', Message: 'last' }, { After: 'allAzure' }, { Message: 'last' }],
    },
    {
      when: 'a row was kept back for longer than one asks for',
      text: 'CosmosComplianceChanges(1d)',
      tables: tablesOf({
        findings: [findingRow({ hours: 30, TimeGenerated: ago(2), Change: 'regressed' }), findingRow({ hours: 20, ControlId: 'b', Change: 'regressed' })],
        assessments: [moved('closed', 'internet', { hours: 30, TimeGenerated: ago(2) })],
      }),
      expected: [{ ControlId: 'b' }],
    },
  ]),
];
