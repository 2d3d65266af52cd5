import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvColumns, renderCsv } from '../../../src/sinks/formats/csv.ts';
import { findingsTable } from '../../../src/sinks/log-analytics/tables.ts';
import type { ReportInput } from '../../../src/sinks/report.ts';
import { hostileInput, reportInput, unsafeIn } from '../../support/report-inputs.ts';
import { result, summary } from '../../support/results.ts';

const text = (input: ReportInput): string => [...renderCsv(input)].join('');

/** Cells as a reader of RFC 4180 finds them, by the character it splits at: a quote only counts where a cell begins. */
function parse(file: string, delimiter = ','): string[][] {
  const records: string[][] = [[]];
  let rest = file.replace(/^\uFEFF/, '');
  while (rest !== '') {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const plain = new RegExp(`^[^${delimiter}\\r\\n]*`).exec(quoted ? rest.slice(quoted[0].length) : rest)?.[0] ?? '';
    records.at(-1)?.push((quoted?.[1]?.replaceAll('""', '"') ?? '') + plain);
    rest = rest.slice((quoted?.[0].length ?? 0) + plain.length);
    if (rest.startsWith(delimiter)) rest = rest.slice(1);
    else if (rest !== '') {
      rest = rest.replace(/^\r?\n?/, '');
      if (rest !== '') records.push([]);
    }
  }
  return records;
}

type Row = Readonly<Record<string, string>>;

function rowsOf(input: ReportInput): Row[] {
  const [head = [], ...records] = parse(text(input));
  return records.map(record => Object.fromEntries(head.map((name, index) => [name, record[index] ?? ''])));
}

describe('the file', () => {
  test('begins with a byte order mark and names its columns', () => {
    expect(text(reportInput()).startsWith(`\uFEFF${csvColumns.map(name => `"${name}"`).join(',')}\r\n`)).toBe(true);
  });

  test('has the columns of the Log Analytics table, save for what a single scan cannot say', () => {
    const onlyThere = new Set(['TimeGenerated', 'Change', 'Cause', 'PreviousStatus', 'Since', 'FailingSince']);
    const names = findingsTable.columns.map(({ name }) => name).filter(name => !onlyThere.has(name));
    expect(names.filter(name => !(csvColumns as readonly string[]).includes(name))).toEqual([]);
  });

  test('has a row for each finding and for everything that was not read', () => {
    const input = reportInput();
    const rows = rowsOf(input);
    expect(rows).toHaveLength(2 + input.assessments.flatMap(({ findings }) => findings).length);
    expect(new Set(rows.map(({ FindingId }) => FindingId)).size).toBe(rows.length);
    expect(rows.map(({ Status }) => Status).toSorted()).toEqual(['fail', 'fail', 'fail', 'fail', 'manual', 'notApplicable', 'notRead', 'notRead', 'pass', 'pass', 'unknown']);
  });

  test('says of a finding what the table says, and how to fix it', () => {
    const row = rowsOf(reportInput()).find(({ ControlId, Reach }) => ControlId === 'door-locked' && Reach === 'internet');
    expect(row).toMatchObject({
      ScanId: 'aaaaaaaa-0000-4000-8000-000000000001',
      ScanTime: '2026-11-20T06:00:00.000Z',
      Complete: 'false',
      SubscriptionName: 'production',
      ResourceName: 'orders',
      ResourceType: 'microsoft.documentdb/databaseaccounts',
      Title: 'The door is locked.',
      Severity: 'high',
      Status: 'fail',
      Message: 'The door is open.',
      Remediation: 'Turn the <key>, as in `lock <door_id>`.',
      Observed: '{"open":true}',
      Requirements: '["ASB NS-1"]',
      Permissions: '',
    });
    expect(row?.['ResourceId']).toBe(row?.['ResourceId']?.toLowerCase());
  });

  test('names the permission that would make an unknown finding known, and what was not read', () => {
    const rows = rowsOf(reportInput());
    expect(rows.find(({ Status }) => Status === 'unknown')).toMatchObject({ Permissions: 'Microsoft.DocumentDB/databaseAccounts/read', ControlId: 'keys-rotated' });
    expect(rows.filter(({ Status }) => Status === 'notRead').map(({ SubscriptionName, Message, Permissions }) => [SubscriptionName, Message, Permissions])).toEqual([
      ['treasury', 'denied: Cannot read accounts.', ''],
      ['', 'denied: Cannot list perimeters.', 'Microsoft.Network/networkSecurityPerimeters/read'],
    ]);
  });

  test('says of an exempted finding that it fails, and by what it is exempted', () => {
    const row = rowsOf(reportInput()).find(({ ControlId }) => ControlId === 'exposure-not-public');
    expect([row?.['Status'], JSON.parse(row?.['Exemption'] ?? '')]).toMatchObject(['fail', { category: 'accepted-risk', state: 'active' }]);
  });

  test('is a heading alone where there is nothing', () => {
    const nothing = reportInput({ assessments: [], subscriptions: [result()], summary: summary({ gaps: [] }) });
    expect(rowsOf(nothing)).toEqual([]);
  });
});

describe('laws', () => {
  const formula = /^[\s"']*[=+\-@＝＋－＠]/;

  test('hostile text opens as text, in one line, wherever the spreadsheet splits', () => {
    fc.assert(
      fc.property(hostileInput, input => {
        const file = text(input);
        const records = parse(file);
        expect(records.every(record => record.length === csvColumns.length)).toBe(true);
        expect(records).toHaveLength(1 + 2 + input.assessments.flatMap(({ findings }) => findings).length);
        expect(unsafeIn(file)).toEqual([]);
        for (const delimiter of [',', ';']) {
          const opened = parse(file, delimiter).flat().filter(cell => formula.test(cell) && !cell.startsWith("'"));
          expect(opened, `split at ${delimiter}`).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the order of what comes in does not matter', () => {
    const input = reportInput();
    const turned = { ...input, assessments: input.assessments.toReversed().map(each => ({ ...each, findings: each.findings.toReversed() })), subscriptions: input.subscriptions.toReversed() };
    expect(text(turned)).toBe(text(input));
  });
});
