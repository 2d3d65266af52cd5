import { amount, dateTime, heat, icons, scanIcons } from './columns.ts';
import type { Item } from './items.ts';
import { chart, grid, text, wide } from './parts.ts';
import { kql, ready } from './queries.ts';

/** How the monitor itself does. Only the period narrows it. */
export function scanner(): readonly Item[] {
  return [
    text('scanner-about', 'How the monitor itself does, over the period and the whole estate. A scan that was incomplete says what it could not read; rows that were kept come with a later scan, and rows that were given up come again with the next full emission.'),
    grid({
      name: 'scan-health',
      title: 'Scans, newest first',
      query: ready('scan-health', { 'CosmosComplianceScans(7d)': 'CosmosComplianceScans({Period})' }),
      empty: 'No scan ran in the period.',
      formatters: [dateTime('ScanTime'), icons('State', scanIcons), amount('DurationMinutes'), heat('NotRead'), amount('ArmRequests'), heat('ThrottledShare'), heat('KeptRows'), heat('DroppedRows')],
      labels: { ScanTime: 'Started', DurationMinutes: 'Minutes', NotRead: 'Not read', ArmRequests: 'Requests', ThrottledShare: 'Throttled, percent', KeptRows: 'Rows kept', DroppedRows: 'Rows given up', ScanId: 'Id of the scan' },
    }),
    wide(50, chart({ name: 'scan-durations', title: 'Minutes of each scan, and answers 429', query: kql('scan-durations'), empty: 'No scan ended in the period.', kind: 'linechart', x: 'ScanTime', y: ['DurationMinutes', 'Throttled'] })),
    wide(
      50,
      grid({
        name: 'scan-cost',
        title: 'What Log Analytics bills, by day and table',
        query: ready('scan-cost-gb', { 'ago(30d)': 'ago({Period})' }),
        empty: 'No rows arrived in the period.',
        formatters: [dateTime('Day'), amount('BilledGB')],
        labels: { BilledGB: 'Gigabytes', BytesPerRow: 'Bytes a row' },
      }),
    ),
    grid({
      name: 'undelivered-rows',
      title: 'Scans with rows that were kept, given up, missing or late',
      query: ready('undelivered-rows', { 'where TimeGenerated > ago(7d)': 'where TimeGenerated > ago({Period})', 'CosmosComplianceScans(7d)': 'CosmosComplianceScans({Period})' }),
      empty: 'Every row arrived in time.',
      emptyIsGood: true,
      formatters: [dateTime('ScanTime'), icons('State', scanIcons), heat('KeptRows'), heat('DroppedRows'), heat('Missing')],
      labels: { ScanTime: 'Started', KeptRows: 'Rows kept', DroppedRows: 'Rows given up', SlowestHours: 'Slowest, hours', ScanId: 'Id of the scan' },
    }),
    grid({ name: 'warnings', title: 'Warnings of the newest scan', query: kql('warnings'), empty: 'The newest scan warns of nothing.', emptyIsGood: true, size: 1, formatters: [dateTime('ScanTime')], labels: { ScanTime: 'Scan' } }),
  ];
}
