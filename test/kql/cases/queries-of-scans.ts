import { ago, assessmentRow, findingRow, now, scanRow, subscriptionRow, tablesOf } from '../../support/kql/rows.ts';
import { cases } from './case.ts';

const today = `${now.toISOString().slice(0, 10)}T00:00:00.000Z`;
const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString();

/** Queries about the scans themselves, and over time. */
export const queriesOfScans = [
  ...cases('scan-health', [
    {
      when: 'a scan is running, one was throttled, one is long ago',
      tables: tablesOf({
        scans: [
          scanRow({ hours: 170 }),
          scanRow({ hours: 30, ArmRequests: 300, ArmThrottled: 100 }),
          scanRow({ hours: 20, ArmRequests: 0, ArmThrottled: 0, Complete: false }),
          scanRow({ hours: 25, DurationSeconds: 95, ArmRequests: 1, ArmThrottled: 1 }),
          subscriptionRow({ hours: 1 }),
        ],
      }),
      expected: [
        { ScanId: 'scan-1', State: 'running', DurationMinutes: null, ThrottledShare: null },
        { ScanId: 'scan-20', State: 'partial', ThrottledShare: null },
        { ScanId: 'scan-25', DurationMinutes: 1.6, ThrottledShare: 100 },
        { ScanId: 'scan-30', State: 'complete', DurationMinutes: 15, ThrottledShare: 33.3 },
      ],
    },
  ]),
  ...cases('undelivered-rows', [
    {
      when: 'rows were kept, given up, lost, late, and all is well',
      tables: tablesOf({
        findings: [
          findingRow({ hours: 9 }),
          findingRow({ hours: 8 }),
          findingRow({ hours: 7 }),
          findingRow({ hours: 6 }),
          findingRow({ hours: 6 }),
          findingRow({ hours: 5, $arrivedAt: ago(3.25) }),
          findingRow({ hours: 5, ControlId: 'b' }),
          findingRow({ hours: 5, ControlId: 'b', $arrivedAt: ago(4.5) }),
          findingRow({ hours: 4, $arrivedAt: ago(3) }),
          findingRow({ hours: 3 }),
        ],
        scans: [
          scanRow({ hours: 9, KeptRows: 1 }),
          scanRow({ hours: 8, DroppedRows: 1 }),
          scanRow({ hours: 7 }),
          scanRow({ hours: 6, FindingRows: 2 }),
          scanRow({ hours: 5, FindingRows: 2 }),
          scanRow({ hours: 4 }),
          scanRow({ hours: 3, FindingRows: 0 }),
          scanRow({ hours: 2, FindingRows: 4 }),
          scanRow({ hours: 169, KeptRows: 9 }),
        ],
      }),
      expected: [
        { ScanId: 'scan-2', Written: 4, Arrived: 0, Missing: 4, SlowestHours: null },
        { ScanId: 'scan-5', Missing: 0, SlowestHours: 1.8, Arrived: 2 },
        { ScanId: 'scan-6', Written: 2, Arrived: 1, Missing: 1 },
        { ScanId: 'scan-8', DroppedRows: 1 },
        { ScanId: 'scan-9', KeptRows: 1, SlowestHours: 0, State: 'complete' },
      ],
    },
  ]),
  ...cases('scan-cost-gb', [
    {
      when: 'rows arrived on two days',
      tables: tablesOf({
        findings: [
          findingRow({ _BilledSize: 400_000_000 }),
          findingRow({ _BilledSize: 600_000_001 }),
          findingRow({ hours: 24, _BilledSize: 300 }),
          findingRow({ hours: 24 * 31, _BilledSize: 300 }),
        ],
        assessments: [assessmentRow({ _BilledSize: 500 })],
        scans: [scanRow({ _BilledSize: 700 })],
      }),
      expected: [
        { Day: today, Table: 'CosmosComplianceAssessments_CL', Rows: 1, BilledGB: 5e-7, BytesPerRow: 500 },
        { Day: today, Table: 'CosmosComplianceFindings_CL', Rows: 2, BilledGB: 1.000000001, BytesPerRow: 500_000_001 },
        { Day: today, Table: 'CosmosComplianceScans_CL', Rows: 1, BilledGB: 7e-7 },
        { Day: yesterday, Table: 'CosmosComplianceFindings_CL', BytesPerRow: 300 },
      ],
    },
  ]),
  ...cases('score-trend', [
    {
      when: 'there were two scans, and one long ago',
      tables: tablesOf({ scans: [scanRow({ hours: 24 * 31, ScoreFloor: 1 }), scanRow({ hours: 24, ScoreFloor: 50, ScoreCeiling: 70 }), scanRow({ hours: 1 })] }),
      expected: [
        { Day: yesterday, ScoreFloor: 50, ScoreCeiling: 70 },
        { Day: today, ScoreFloor: 60, ScoreCeiling: 80 },
      ],
    },
  ]),
  ...cases('reach-trend', [
    {
      when: 'an account was opened',
      tables: tablesOf({ assessments: [assessmentRow({ hours: 24, Reach: 'closed' }), assessmentRow({ hours: 1, Reach: 'internet', Change: 'changed' })] }),
      expected: [
        { Day: yesterday, Internet: 0, Closed: 1 },
        { Day: today, Internet: 1, AllAzure: 0, SelectedNetworks: 0, PerimeterRules: 0, PrivateOnly: 0, Closed: 0, UnknownReach: 0 },
      ],
    },
  ]),
];
