import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonOutput } from '../../src/cli/json.ts';
import { readSavedScan } from '../../src/cli/saved-scan.ts';
import { standardBaseline } from '../../src/scan/baseline.ts';
import * as fc from 'fast-check';
import type { ReportInput } from '../../src/sinks/report.ts';
import { captured } from '../support/captured.ts';
import { temporaryFolder } from '../support/folder.ts';
import { hostileInput, reportInput, unsafeInJson } from '../support/report-inputs.ts';
import { comparison, result, scan, summary } from '../support/results.ts';

async function written({ summary, subscriptions, assessments }: ReportInput, format: 'json' | 'ndjson' = 'json'): Promise<string> {
  const { output, text } = captured();
  const sink = jsonOutput(format, output, standardBaseline);
  await sink.subscription(scan(), subscriptions[0] ?? result(), comparison(assessments));
  await sink.close(summary, comparison(), new Map());
  await sink.end({ summary, subscriptions });
  return text();
}

function fileOf(content: string): string {
  const file = join(temporaryFolder(), 'scan.json');
  writeFileSync(file, content);
  return file;
}

describe('a saved scan', () => {
  test('says what the scan said', async () => {
    const input = reportInput();
    const saved = await readSavedScan(fileOf(await written(input)));
    expect(saved.assessments).toEqual(input.assessments.toSorted((a, b) => (a.resourceId.toLowerCase() < b.resourceId.toLowerCase() ? -1 : 1)));
    expect(saved.subscriptions.map(({ outcome, reason }) => [outcome, reason])).toEqual([['scanned', undefined], ['denied', 'Cannot read accounts.']]);
    expect(saved.scan).toMatchObject({ startedAt: input.summary.startedAt, scope: 'tenant', complete: false, baseline: 'standard 1' });
  });

  test('says of each control that is on what was asked of it', async () => {
    const { scan: { judgedBy } } = await readSavedScan(fileOf(await written(reportInput())));
    const on = [...standardBaseline.controls].filter(([, { enabled }]) => enabled).map(([id]) => id);
    expect(Object.keys(judgedBy).toSorted()).toEqual(on.toSorted());
    expect(Object.values(judgedBy).every(digest => /^[0-9a-f]{16}$/.test(digest))).toBe(true);
  });

  test('is read whatever the texts in it are, and nothing in the file is unsafe', async () => {
    await fc.assert(
      fc.asyncProperty(hostileInput, async input => {
        const json = await written(input);
        expect(unsafeInJson(json)).toEqual([]);
        expect(unsafeInJson(await written(input, 'ndjson'))).toEqual([]);
        expect((await readSavedScan(fileOf(json))).assessments).toHaveLength(input.assessments.length);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ['is not there', () => join(temporaryFolder(), 'missing.json'), /^Cannot read .*missing\.json: ENOENT.* Name the result of a scan\. Make one with: cosmos-compliance scan --format json --output scan\.json$/],
    ['is a folder', () => temporaryFolder(), /^Cannot read .*: EISDIR/],
    ['is not JSON', () => fileOf('hello'), /scan\.json is not JSON, or was cut off\. Make one with/],
    ['is empty', () => fileOf(''), /is not JSON, or was cut off/],
    ['holds a JSON object per line', () => fileOf('{"type":"subscription"}\n{"type":"scan"}\n'), /holds a JSON object per line \(--format ndjson\), and one document is needed\. Make one with/],
    ['is another document', () => fileOf('{"name":"x"}'), /is not the result of a scan: scan: Invalid input.*\. Make one with/],
    ['is a list', () => fileOf('[]'), /is not the result of a scan: the document: /],
  ])('that %s is an error in three parts', async (_, file, says) => {
    await expect(readSavedScan(file())).rejects.toThrow(says);
  });

  test.each([
    ['a status that does not exist', (json: string) => json.replace('"status":"unknown"', '"status":"fine"'), /assessments\.\d+\.findings\.\d+\.status/],
    ['no reach', (json: string) => json.replace('"reach":"closed"', '"reach":"ajar"'), /assessments\.\d+\.exposure\.reach/],
    ['no time', (json: string) => json.replace('"startedAt":"2026', '"startedAt":"x2026'), /scan\.startedAt/],
  ])('with %s is refused, and the place is named', async (_, change, says) => {
    const json = await written(reportInput({ summary: summary({ gaps: [] }) }));
    expect(change(json)).not.toBe(json);
    await expect(readSavedScan(fileOf(change(json)))).rejects.toThrow(says);
  });
});
