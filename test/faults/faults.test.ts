import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectLaws } from './laws.ts';
import { reference, runScenario, type Ran, type Reference } from './run-scenario.ts';
import { scenarios } from './scenarios.ts';
import { rowOf, tableFile, tableOf } from './table.ts';

const file = join(import.meta.dirname, '../bench', tableFile);
const seeds = Number(process.env['FAULT_SEEDS'] ?? 20);
/** A scan that takes minutes hangs; a machine that is slow does not. */
const perSeedMs = 20_000;
const rows: string[] = [];

let before: Reference;
beforeAll(async () => {
  before = await reference();
});

/** `npm run faults` writes the table of its many seeds. */
afterAll(() => {
  if (process.env['FAULT_TABLE'] !== undefined && rows.length === scenarios.length) writeFileSync(file, tableOf(rows, seeds));
});

describe('whatever goes wrong, nothing is invented, nothing is lost, and nothing is left out in silence', () => {
  test.each(scenarios)('$name: $what', { timeout: seeds * perSeedMs }, async scenario => {
    const runs: Ran[] = [];
    for (let seed = 1; seed <= seeds; seed += 1) {
      try {
        const ran = await runScenario(scenario, seed, before);
        expectLaws(ran, before);
        runs.push(ran);
      } catch (error) {
        throw new Error(`Scenario ${scenario.name}, seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    rows.push(rowOf(scenario, runs));
  });
});

test('the table has every scenario', () => {
  const text = readFileSync(file, 'utf8');
  expect(scenarios.filter(({ name, what }) => !text.includes(`| ${name} | ${what} |`)).map(({ name }) => name), 'run npm run faults').toEqual([]);
});
