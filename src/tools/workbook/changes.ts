import { amount, causeIcons, dateTime, eventIcons, icons, resourceLink, severityIcons } from './columns.ts';
import type { Item } from './items.ts';
import { grid, text } from './parts.ts';
import { kql } from './queries.ts';

/** What changed, and what brought it about. */
export function changes(): readonly Item[] {
  return [
    text('changes-about', 'What people and deployments did is told apart from what a new baseline asks for and from what was there when it was first looked at. What could not be read is neither fixed nor gone.'),
    grid({
      name: 'change-counts',
      title: 'Changes of the period, by cause',
      query: kql('change-counts'),
      empty: 'Nothing changed in the period.',
      size: 4,
      formatters: [icons('Event', eventIcons), amount('Resource'), amount('Baseline'), amount('FirstScan')],
      labels: { Event: 'Change', Resource: 'Somebody changed it', Baseline: 'The baseline asks for more', FirstScan: 'Seen for the first time' },
    }),
    grid({
      name: 'changes-grid',
      title: 'Every change, newest first',
      query: kql('changes'),
      empty: 'Nothing changed in the period.',
      size: 2,
      formatters: [dateTime('ScanTime'), icons('Event', eventIcons), icons('Cause', causeIcons), resourceLink('ResourceId'), icons('Severity', severityIcons)],
      labels: { ScanTime: 'Seen by the scan of', Event: 'Change', ResourceId: 'Resource', SubscriptionName: 'Subscription', ControlId: 'Control' },
    }),
  ];
}
