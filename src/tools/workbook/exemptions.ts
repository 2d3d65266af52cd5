import { attestationIcons, dateTime, heat, icons, severityIcons } from './columns.ts';
import type { Item } from './items.ts';
import { grid, text } from './parts.ts';
import { kql, ready } from './queries.ts';

/** What somebody answers for, and until when. */
export function exemptions(): readonly Item[] {
  return [
    text('exemptions-about', 'An exemption takes a finding out of the score until the day it ends; then it counts again. Controls that no machine can judge pass while somebody attests them. Both are in the baseline.'),
    grid({
      name: 'exemptions',
      title: 'Exemptions, the first to end first. Days left below zero: it has ended',
      query: ready('exemptions-ending', { 'CosmosComplianceLatest()': 'ScopedFindings', '| where DaysLeft <= 30\n': '' }),
      empty: 'Nothing is exempted.',
      formatters: [dateTime('ExpiresOn'), heat('Critical')],
      labels: { ExemptionId: 'Exemption', ExpiresOn: 'Holds until', DaysLeft: 'Days left' },
    }),
    grid({
      name: 'attestations',
      title: 'Manual controls, what nobody attests first',
      query: kql('attestations'),
      empty: 'No manual control is switched on.',
      formatters: [icons('Severity', severityIcons), icons('State', attestationIcons), dateTime('Until')],
      labels: { ControlId: 'Control', AttestedBy: 'Attested by', DaysLeft: 'Days left', ResourceId: 'Tenant' },
    }),
  ];
}
