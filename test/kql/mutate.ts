// npm run mutate:kql: changes one thing at a time in each query, saved function and alert rule, and looks whether the binder,
// a case or a law notices. Prints the mutants that nothing noticed, and fails below the bar. Names of texts narrow it.
import { isDeepStrictEqual, parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { kqlFiles, type KqlFile } from '../../src/tools/docs/kql-files.ts';
import type { Workspace } from '../support/kql/evaluate.ts';
import { declared } from '../support/kql/kusto.ts';
import { now } from '../support/kql/rows.ts';
import { KqlUnsupported } from '../support/kql/values.ts';
import { deployed } from '../support/kql/workspace.ts';
import { comparable, type Case } from './cases/case.ts';
import { allCases, textOf } from './cases/index.ts';
import { laws } from './laws.ts';
import { mutantsOf, type Mutant } from './mutants.ts';
import { story } from './simulation.ts';

/** Share of mutants that something must notice. */
const bar = 0.75;

type Fate = 'binder' | 'case' | 'law' | 'survived' | 'not run';

const { positionals } = parseArgs({ allowPositionals: true });
const functions = kqlFiles('functions');
const texts = [...kqlFiles('queries'), ...kqlFiles('alerts')];
const stories = fc.sample(story, { seed: 1, numRuns: 25 });
const alertTexts = new Map(kqlFiles('alerts').map(({ name, text }) => [name, text]));

/** Whether a text runs a function, itself or by way of others. */
function runs(text: string, name: string): boolean {
  return functions.some(each => text.includes(`${each.name}(`) && (each.name === name || runs(each.text, name)));
}

function holdsCase(workspace: Workspace, each: Case, text: string): boolean {
  return isDeepStrictEqual(comparable(workspace.run(text, each.tables, now), each.expected), each.expected);
}

/** The cases and laws that a text has a part in, run with its mutant. */
function fateOf(file: KqlFile, mutant: Mutant): Fate {
  const isFunction = functions.includes(file);
  const analysis = deployed().analyse(declared({ parameters: file.parameters, body: mutant.text }));
  const original = deployed().analyse(declared({ parameters: file.parameters, body: file.text }));
  if (analysis.diagnostics.length > 0 || !isDeepStrictEqual(analysis.columns, original.columns)) return 'binder';
  const workspace = isFunction ? deployed().replacing(file.name, mutant.text) : deployed();
  const textIn = (text: string): string => (!isFunction && text === file.text ? mutant.text : text);
  const own = allCases.filter(({ of }) => of === file.name);
  const others = isFunction ? allCases.filter(each => each.of !== file.name && runs(textOf(each), file.name)) : [];
  try {
    if (![...own, ...others].every(each => holdsCase(workspace, each, textIn(textOf(each))))) return 'case';
    const alerts = new Map([...alertTexts].map(([name, text]) => [name, textIn(text)]));
    const concerned = laws(alerts).filter(({ query }) => (isFunction ? runs(query, file.name) : query === mutant.text));
    const holds = concerned.every(law =>
      stories.every(each => {
        const { given, true: expected } = law.hold(workspace, each);
        return isDeepStrictEqual(given, expected);
      }),
    );
    return holds ? 'survived' : 'law';
  } catch (error) {
    if (error instanceof KqlUnsupported) return 'not run';
    throw error;
  }
}

const fates = new Map<Fate, number>();
const unnoticed: string[] = [];
for (const file of [...functions, ...texts].filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  for (const mutant of mutantsOf(file.text)) {
    const fate = fateOf(file, mutant);
    fates.set(fate, (fates.get(fate) ?? 0) + 1);
    if (fate === 'survived') unnoticed.push(`${file.name}:${mutant.line}  ${mutant.change}`);
    process.stderr.write(`\r${[...fates.values()].reduce((sum, count) => sum + count, 0)} mutants, ${unnoticed.length} unnoticed `);
  }
}
process.stderr.write('\n');
for (const line of unnoticed) console.log(line);
const count = (fate: Fate): number => fates.get(fate) ?? 0;
const noticed = count('binder') + count('case') + count('law');
const share = noticed + count('survived') === 0 ? 1 : noticed / (noticed + count('survived'));
console.log(
  `${noticed + count('survived')} mutants: ${count('binder')} noticed by the binder, ${count('case')} by a case, ${count('law')} by a law, ${count('survived')} by nothing; ${count('not run')} could not be run.`,
);
console.log(`${(100 * share).toFixed(1)} % noticed (bar: ${100 * bar} %)`);
process.exitCode = share >= bar ? 0 : 1;
