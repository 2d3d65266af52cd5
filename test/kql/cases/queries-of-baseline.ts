import { ago, findingRow, tablesOf } from '../../support/kql/rows.ts';
import { cases } from './case.ts';

const exemption = { id: 'legacy', category: 'accepted-risk', reason: 'It moves in spring.', owner: 'data@contoso.com', expiresOn: '2026-12-04', state: 'active' };

/** Queries about what the baseline asks, accepts and wants attested. */
export const queriesOfBaseline = [
  ...cases('requirements', [
    {
      when: 'findings answer one requirement or several',
      tables: tablesOf({
        findings: [
          findingRow({ ControlId: 'a', Requirements: ['ASB NS-2', 'NSP 1'] }),
          findingRow({ ControlId: 'b', ResourceId: '/b', Status: 'pass', Requirements: ['ASB NS-2'] }),
          findingRow({ ControlId: 'b', ResourceId: '/c', Status: 'notApplicable', Requirements: ['ASB NS-2'] }),
          findingRow({ ControlId: 'c', Status: 'unknown', Requirements: ['ASB NS-2'] }),
          findingRow({ ControlId: 'd', Status: 'manual', Requirements: ['ASB IM-1'] }),
          findingRow({ ControlId: 'e', Exemption: exemption, Requirements: ['ASB IM-1'] }),
          findingRow({ ControlId: 'f', Status: 'unknown', Exemption: exemption, Requirements: ['ASB IM-1'] }),
          findingRow({ ControlId: 'none', Requirements: [] }),
        ],
      }),
      expected: [
        { Requirement: 'ASB IM-1', Failing: 0, Unknown: 0, Manual: 1, Exempted: 2, Passing: 0 },
        { Requirement: 'ASB NS-2', Failing: 1, Unknown: 1, Manual: 0, Exempted: 0, Passing: 1, Resources: 2, Controls: ['a', 'b', 'c'] },
        { Requirement: 'NSP 1', Failing: 1, Resources: 1 },
      ],
    },
  ]),
  ...cases('manual-not-attested', [
    {
      when: 'somebody attests one of them',
      tables: tablesOf({
        findings: [
          findingRow({ ControlId: 'b', Status: 'manual', Severity: 'medium' }),
          findingRow({ ControlId: 'c', Status: 'manual', Severity: 'high', ResourceId: '/tenants/2', ResourceType: 'microsoft.resources/tenants' }),
          findingRow({ ControlId: 'c', Status: 'manual', Severity: 'high', ResourceId: '/tenants/1' }),
          findingRow({ ControlId: 'a', Status: 'manual', Severity: 'medium', Requirements: ['ASB IM-1'] }),
          findingRow({ ControlId: 'd', Status: 'pass' }),
        ],
      }),
      expected: [
        { ControlId: 'c', ResourceId: '/tenants/1' },
        { ControlId: 'c', ResourceId: '/tenants/2' },
        { ControlId: 'a', Requirements: ['ASB IM-1'], Since: ago(1) },
        { ControlId: 'b', Severity: 'medium' },
      ],
    },
  ]),
  ...cases('exemptions-ending', [
    {
      when: 'some end soon, one has ended, one holds for long',
      tables: tablesOf({
        findings: [
          findingRow({ ControlId: 'a', Exemption: exemption }),
          findingRow({ ControlId: 'a', ResourceId: '/b', Exemption: exemption }),
          findingRow({ ControlId: 'b', Severity: 'high', Exemption: exemption }),
          findingRow({ ControlId: 'c', Exemption: { ...exemption, id: 'ended', state: 'expired', expiresOn: '2026-11-18' } }),
          findingRow({ ControlId: 'd', Exemption: { ...exemption, id: 'in-30-days', expiresOn: '2026-12-20' } }),
          findingRow({ ControlId: 'e', Exemption: { ...exemption, id: 'long', expiresOn: '2026-12-21' } }),
          findingRow({ ControlId: 'f' }),
        ],
      }),
      expected: [
        { ExemptionId: 'ended', DaysLeft: -2, Findings: 1 },
        {
          ExemptionId: 'legacy',
          Owner: 'data@contoso.com',
          ExpiresOn: '2026-12-04T00:00:00.000Z',
          DaysLeft: 14,
          Category: 'accepted-risk',
          Why: 'It moves in spring.',
          Findings: 3,
          Critical: 2,
          Controls: ['a', 'b'],
          Resources: [findingRow().ResourceId, '/b'],
        },
        { ExemptionId: 'in-30-days', DaysLeft: 30 },
      ],
    },
  ]),
];
