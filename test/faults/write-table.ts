// The end of npm run faults: puts together what its test files have noted.
import { writeFileSync } from 'node:fs';
import { scenarios } from './scenarios.ts';
import { noted, seeds, tableFile, tableOf } from './table.ts';

writeFileSync(tableFile, tableOf(scenarios.map(noted), seeds));
