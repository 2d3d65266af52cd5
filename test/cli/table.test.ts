import * as fc from 'fast-check';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { overview } from '../../src/cli/overview.ts';
import { renderOverview } from '../../src/cli/table.ts';
import { hostileInput, reportInput, unsafeIn } from '../support/report-inputs.ts';
import { comparison, result, scan } from '../support/results.ts';
import type { ReportInput } from '../../src/sinks/report.ts';

async function rendered({ summary, subscriptions, assessments }: ReportInput, width: number, color = false): Promise<string> {
  const collected = overview();
  await collected.subscription(scan(), subscriptions[0] ?? result(), comparison(assessments));
  return renderOverview({ summary, subscriptions }, collected, { width, color, sandbox: false });
}

const widths = Array.from({ length: 33 }, (_, index) => 40 + 5 * index);

describe('the table', () => {
  test.each(widths.map(width => [width]))('fits into %i columns, and says the same', async width => {
    const text = await rendered(reportInput(), width);
    expect(text.split('\n').filter(line => line.length > width)).toEqual([]);
    expect(text.replaceAll(/\s/g, '')).toBe((await rendered(reportInput(), 200)).replaceAll(/\s/g, ''));
  });

  test('has the same lines with colours', async () => {
    for (const width of [40, 100]) expect(stripVTControlCharacters(await rendered(reportInput(), width, true))).toBe(await rendered(reportInput(), width));
    expect(await rendered(reportInput(), 100, true)).toContain('\u001B[');
  });

  test('puts what has no room in columns below each other', async () => {
    expect(await rendered(reportInput(), 40)).toContain('\n  denied  treasury\n    Cannot read accounts.\n');
    expect(await rendered(reportInput(), 120)).toContain('\n  denied  treasury  Cannot read accounts.\n');
  });

  test('shows hostile names as text, at any width', async () => {
    await fc.assert(
      fc.asyncProperty(hostileInput, fc.integer({ min: 40, max: 200 }), async (input, width) => {
        const text = await rendered(input, width);
        expect(unsafeIn(text)).toEqual([]);
        expect(text.split('\n').filter(line => line.length > width)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
