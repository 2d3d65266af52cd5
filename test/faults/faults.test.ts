import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scenarios } from './scenarios.ts';
import { specifyFaults } from './specify-faults.ts';
import { tableFile, writesTable } from './table.ts';

specifyFaults(scenarios.filter((_, place) => place % 2 === 0));

test.skipIf(writesTable)('the table has every scenario', () => {
  const text = readFileSync(tableFile, 'utf8');
  expect(scenarios.filter(({ name, what }) => !text.includes(`| ${name} | ${what} |`)).map(({ name }) => name), 'run npm run faults').toEqual([]);
});
