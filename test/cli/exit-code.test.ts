import { expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import type { FailingControl } from '../../src/cli/overview.ts';
import type { Severity } from '../../src/core/finding.ts';
import type { Delivery } from '../../src/sinks/log-analytics/sink.ts';

const failing = (...severities: Severity[]): { readonly failing: ReadonlyMap<string, FailingControl> } => ({
  failing: new Map(severities.map((severity, number) => [String(number), { controlId: String(number), severity, count: 1, examples: ['orders'] }])),
});
const delivery = (differences: Partial<Delivery> = {}): Delivery => ({ delivered: new Map(), kept: 0, setAside: 0, dropped: new Map(), problem: null, ...differences });
const complete = { complete: true };

test.each([
  ['nothing fails', 0, exitCodeOf(complete, failing(), 'info', null)],
  ['something fails and nobody asked', 0, exitCodeOf(complete, failing('critical'), undefined, null)],
  ['something fails that is worse than asked', 1, exitCodeOf(complete, failing('critical'), 'medium', null)],
  ['something fails as bad as asked', 1, exitCodeOf(complete, failing('low', 'medium'), 'medium', null)],
  ['nothing fails as bad as asked', 0, exitCodeOf(complete, failing('low', 'info'), 'medium', null)],
  ['the scan is incomplete', 2, exitCodeOf({ complete: false }, failing('critical'), 'info', null)],
  ['everything was delivered', 0, exitCodeOf(complete, failing(), undefined, delivery({ problem: 'Once.' }))],
  ['rows are kept', 2, exitCodeOf(complete, failing(), undefined, delivery({ kept: 1 }))],
  ['rows of an earlier scan cannot be read any more', 2, exitCodeOf(complete, failing(), undefined, delivery({ setAside: 1 }))],
  ['rows were given up', 2, exitCodeOf(complete, failing(), undefined, delivery({ dropped: new Map([['A_CL', 1]]) }))],
  ['nobody knows what is kept', 2, exitCodeOf(complete, failing(), undefined, delivery({ kept: null }))],
])('when %s: %i', (_, expected, code) => {
  expect(code).toBe(expected);
});
