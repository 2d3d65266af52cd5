import { beforeAll, describe, expect, test } from 'vitest';
import { expectLaws } from './laws.ts';
import { reference, runScenario, type Reference } from './run-scenario.ts';
import type { Scenario } from './scenarios.ts';
import { countsOf, note, seeds, type Counts } from './table.ts';

/** A scan that takes minutes hangs; a machine that is slow does not. */
const perSeedMs = 20_000;

/** Runs scenarios with all seeds, each against every law. */
export function specifyFaults(scenarios: readonly Scenario[]): void {
  let before: Reference;
  beforeAll(async () => {
    before = await reference();
  });

  describe('whatever goes wrong, nothing is invented, nothing is lost, and nothing is left out in silence', () => {
    test.each(scenarios)('$name: $what', { timeout: seeds * perSeedMs }, async scenario => {
      const counts: Counts[] = [];
      for (let seed = 1; seed <= seeds; seed += 1) {
        try {
          const ran = await runScenario(scenario, seed, before);
          expectLaws(ran, before);
          counts.push(countsOf(ran));
        } catch (error) {
          throw new Error(`Scenario ${scenario.name}, seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        }
      }
      expect(counts).toHaveLength(seeds);
      note(scenario, counts);
    });
  });
}
