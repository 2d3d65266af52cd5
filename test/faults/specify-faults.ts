import PQueue from 'p-queue';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectLaws } from './laws.ts';
import { reference, runScenario, type Reference } from './run-scenario.ts';
import type { Scenario } from './scenarios.ts';
import { countsOf, note, seeds, writesTable, type Counts } from './table.ts';

/** Trouble is waiting, for the most part. Beside other tests one at a time is enough: some troubles are short times, and a busy machine makes them longer. */
const seedsAtOnce = writesTable ? 4 : 1;

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
      const judged = async (seed: number): Promise<Counts> => {
        try {
          const ran = await runScenario(scenario, seed, before);
          expectLaws(ran, before);
          return countsOf(ran);
        } catch (error) {
          broken ??= new Error(`Scenario ${scenario.name}, seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
          queue.clear();
          throw broken;
        }
      };
      let broken: Error | null = null;
      const queue = new PQueue({ concurrency: seedsAtOnce });
      const counts = await queue.addAll(Array.from({ length: seeds }, (_, index) => () => judged(index + 1))).catch((error: unknown) => {
        // Those that were cleared say so, and not why.
        throw broken ?? error;
      });
      expect(counts).toHaveLength(seeds);
      note(scenario, counts);
    });
  });
}
