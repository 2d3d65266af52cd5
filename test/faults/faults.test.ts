import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scenarios } from './scenarios.ts';
import { seeds, specifyFaults } from './specify-faults.ts';
import { rowOf, tableFile, tableOf } from './table.ts';

const file = join(import.meta.dirname, '../bench', tableFile);
/** `npm run faults` runs all of them here, with many seeds, and writes the table; otherwise two files share them. */
const writesTable = process.env['FAULT_TABLE'] !== undefined;
const rows: string[] = [];

specifyFaults(scenarios.filter((_, place) => writesTable || place % 2 === 0), (scenario, runs) => void rows.push(rowOf(scenario, runs)));

afterAll(() => {
  if (writesTable && rows.length === scenarios.length) writeFileSync(file, tableOf(rows, seeds));
});

test.skipIf(writesTable)('the table has every scenario', () => {
  const text = readFileSync(file, 'utf8');
  expect(scenarios.filter(({ name, what }) => !text.includes(`| ${name} | ${what} |`)).map(({ name }) => name), 'run npm run faults').toEqual([]);
});
