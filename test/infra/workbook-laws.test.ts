import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreOfScan } from '../../src/core/score.ts';
import { assessmentRow, now, scanRow, subscriptionRow, tablesOf } from '../support/kql/rows.ts';
import { asked, committed, everything, queriesOf, substituted } from './workbook-values.ts';

const head = queriesOf(committed()).find(({ name }) => name === 'head')?.query ?? '';

const account = fc.record({ floor: fc.option(fc.integer({ min: 0, max: 100 })), above: fc.integer({ min: 0, max: 100 }), coverage: fc.constantFrom(0, 0.25, 0.5, 1) });

test('the head gives the score that the scan itself gives, where nothing is narrowed', () => {
  fc.assert(
    fc.property(fc.array(account, { maxLength: 8 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 5 }), (accounts, notRead, read) => {
      const scores = accounts.map(({ floor, above, coverage }) => ({ floor, ceiling: floor === null ? null : Math.min(100, floor + above), coverage }));
      const tables = tablesOf({
        scans: [scanRow(), ...Array.from({ length: read + notRead }, (_, index) => subscriptionRow({ SubscriptionId: `s${index}`, Outcome: index < read ? 'scanned' : 'denied' }))],
        assessments: scores.map(({ floor, ceiling, coverage }, index) => assessmentRow({ ResourceId: `/${index}`, SubscriptionId: 's0', ScoreFloor: floor, ScoreCeiling: ceiling, Coverage: coverage })),
      });
      const expected = scoreOfScan(scores, read / (read + notRead));
      const [atLeast, atMost, known] = asked(0).run(substituted(head, everything), tables, now).map(({ Value }) => Value);
      expect({ atLeast, atMost, known }).toEqual({ atLeast: expected.floor, atMost: expected.ceiling, known: Math.floor(100 * expected.coverage + 1e-9) });
    }),
    { numRuns: 60 },
  );
});
