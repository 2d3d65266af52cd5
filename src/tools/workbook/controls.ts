import { amount, dateTime, heat, icons, resourceLink, severityIcons, statusIcons } from './columns.ts';
import type { Item } from './items.ts';
import { chart, grid, group, shown, text, when, wide } from './parts.ts';
import { kql, ready } from './queries.ts';

/** What is open, by control, severity, requirement and day. */
export function controls(): readonly Item[] {
  return [
    text('controls-about', 'One row for each control that somebody has to look at. Failing and unknown count against the score; exempted ones do not. Click a control to see the resources.'),
    grid({
      name: 'severity-heat',
      title: 'By severity',
      query: kql('severity-heat'),
      empty: 'No finding is left by the parameters above.',
      size: 4,
      formatters: [icons('Severity', severityIcons), heat('Failing'), heat('Unknown'), amount('Exempted'), amount('Passing')],
    }),
    grid({
      name: 'control-heat',
      title: 'By control',
      query: ready('controls-by-failures', { 'CosmosComplianceLatest()': 'ScopedFindings' }),
      empty: 'Nothing fails, nothing is unknown, nothing is exempted.',
      emptyIsGood: true,
      formatters: [icons('Severity', severityIcons), heat('Failing'), heat('Unknown'), amount('Exempted'), amount('Passing')],
      labels: { ControlId: 'Control', FailRate: 'Failing, percent' },
      exports: { column: 'ControlId', parameter: 'PickedControl' },
    }),
    shown(
      when('PickedControl', 'isNotEqualTo', 'none'),
      group('control-picked', [
        grid({
          name: 'control-resources',
          title: 'Resources that fail {PickedControl}, or of which it is not known',
          query: kql('control-resources'),
          empty: 'Click a control above. Where one is chosen, no resource fails it.',
          formatters: [resourceLink('ResourceId'), icons('Status', statusIcons), dateTime('OpenSince')],
          labels: { ResourceId: 'Resource', SubscriptionName: 'Subscription', OpenSince: 'Open since' },
        }),
      ]),
    ),
    wide(50, chart({ name: 'open-trend', title: 'Failing findings at the end of each day', query: kql('open-trend'), empty: 'No day of the period has a known state.', kind: 'linechart', x: 'Day', y: ['Critical', 'High', 'Medium', 'Low'] })),
    wide(50, chart({ name: 'score-by-day', title: 'Mean score of the accounts: what is between the lines is not known', query: kql('score-by-day'), empty: 'No day of the period has a known score.', kind: 'linechart', x: 'Day', y: ['AtLeast', 'AtMost'] })),
    grid({
      name: 'requirements',
      title: 'By requirement of the source documents',
      query: ready('requirements', { 'CosmosComplianceLatest()': 'ScopedFindings' }),
      empty: 'No finding is left by the parameters above.',
      formatters: [heat('Failing'), heat('Unknown'), amount('Exempted'), amount('Passing')],
    }),
  ];
}
