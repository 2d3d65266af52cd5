import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ran } from './run-scenario.ts';
import type { Scenario } from './scenarios.ts';

export const tableFile = join(import.meta.dirname, '../bench/FAULTS.md');
/** Runs of each scenario. */
export const seeds = Number(process.env['FAULT_SEEDS'] ?? 20);

/** Where `npm run faults` wants the lines of the table, which test files side by side bring together. */
const folder = process.env['FAULT_TABLE'];
export const writesTable = folder !== undefined;

/** Notes the line of a scenario, where somebody wants the table. */
export function note(scenario: Scenario, runs: readonly Counts[]): void {
  if (folder !== undefined) writeFileSync(join(folder, scenario.name), rowOf(scenario, runs));
}

/** @throws where the scenario was not run to its end */
export function noted({ name }: Scenario): string {
  return readFileSync(join(folder ?? '', name), 'utf8');
}

/** What is left of a run when it has been judged: hundreds of them fit into memory. */
export type Counts = Readonly<Record<'scans' | 'complete' | 'findings' | 'unknown' | 'requests' | 'retries' | 'made' | 'kept', number>>;

export function countsOf({ troubled: scans, kept }: Ran): Counts {
  const findings = scans.flatMap(scan => [...scan.findings.values()]);
  return {
    scans: scans.length,
    complete: scans.filter(({ died, report }) => !died && report.summary.complete).length,
    findings: findings.length,
    unknown: findings.filter(({ finding }) => finding.status === 'unknown').length,
    requests: scans.reduce((sum, { report }) => sum + report.summary.arm.requests, 0),
    retries: scans.reduce((sum, { report }) => sum + report.summary.arm.retries, 0),
    made: scans.reduce((sum, scan) => sum + scan.made.length, 0),
    kept: kept.length,
  };
}

/** One line of the table: what came of all runs of a scenario. */
function rowOf({ name, what }: Scenario, runs: readonly Counts[]): string {
  const all = (of: keyof Counts): number => runs.reduce((sum, counts) => sum + counts[of], 0);
  const cells = [name, what, runs.length, `${all('complete')} of ${all('scans')}`, percent(all('unknown'), all('findings')), percent(all('retries'), all('requests')), `${all('kept')} of ${all('made')}`];
  return `| ${cells.join(' | ')} |`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** The whole file. */
export function tableOf(rows: readonly string[], seeds: number): string {
  return `# Faults

Written by \`npm run faults\`. Each scenario runs with ${seeds} seeds over a sandbox of three subscriptions. A seed is a scan before the trouble, one or two scans in it, and one after it, over the same state. With every other seed a day has passed since the first, so that all rows are due once more. After each run these laws hold:

- What a scan claims to know is what a scan without trouble says: no false pass, no false failure.
- What a scan leaves out belongs to a subscription that it reports as not read, or a gap says so; the denominator adds up.
- Azure has not changed, so nothing is new, regressed, fixed or gone, in the trouble and after it.
- Every row that was made has arrived or is kept, and after the trouble every row has arrived. Of a process that was killed: the next scan tells what it could not.
- Where all rows are due, one of every finding has arrived after the trouble.
- The scan after the trouble is complete, and finds everything.

Rows may arrive twice; then they are the same. \`Complete\` counts the scans in trouble that could read everything all the same; \`unknown\` is the share of their findings that they report as not known; \`retries\` those of their requests; \`kept\` the rows that were still on their way when they ended.

| Scenario | What goes wrong | Seeds | Complete | Unknown | Retries | Kept |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
