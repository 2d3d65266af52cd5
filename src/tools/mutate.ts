// npm run mutate: flips each comparison, constant and verdict of each control, one at a time, and runs the control's own
// tests on the mutant. Works on a copy; prints the mutants that no test noticed, and fails below the bar.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { mutantsOf, type Mutant } from './mutants.ts';

/** Share of mutants that tests must notice. */
const bar = 0.9;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { jobs: { type: 'string', default: String(availableParallelism()) } } });
const root = join(import.meta.dirname, '../..');
const asked = new Set(positionals);
const controls = readdirSync(join(root, 'src/controls'))
  .filter(file => file.endsWith('.ts') && /= (manualC|c)ontrol\(\{/.test(readFileSync(join(root, 'src/controls', file), 'utf8')))
  .map(file => basename(file, '.ts'))
  .filter(id => asked.size === 0 || asked.has(id));

const waiting = controls.flatMap(id => mutantsOf(readFileSync(join(root, 'src/controls', `${id}.ts`), 'utf8')).map(mutant => ({ id, mutant })));
const total = waiting.length;
const survivors: { id: string; mutant: Mutant }[] = [];

/** One copy of the code per worker: mutants must not meet. */
async function worker(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'cosmos-compliance-mutants-'));
  for (const part of ['src', 'test', 'package.json', 'tsconfig.json']) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  mkdirSync(join(copy, 'dist'));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const file = join(copy, 'src/controls', `${next.id}.ts`);
    const original = readFileSync(file, 'utf8');
    writeFileSync(file, next.mutant.code);
    if (await passes(copy, next.id)) survivors.push(next);
    writeFileSync(file, original);
    process.stderr.write(`\r${total - waiting.length} of ${total} mutants, ${survivors.length} unnoticed `);
  }
  rmSync(copy, { recursive: true });
}

function passes(copy: string, id: string): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', '--bail', '1', '--reporter', 'dot', `test/controls/${id}.test.ts`], {
      cwd: copy,
      stdio: 'ignore',
      env: { ...process.env, CI: 'true', SKIP_BUILD: 'true' },
    });
    child.on('exit', code => resolve(code === 0));
  });
}

await Promise.all(Array.from({ length: Number(values.jobs) }, worker));
process.stderr.write('\n');
for (const { id, mutant } of survivors) console.log(`${id}:${mutant.line}  ${mutant.change}`);
const killed = total === 0 ? 1 : (total - survivors.length) / total;
console.log(`${controls.length} controls, ${total} mutants, ${total - survivors.length} noticed: ${(100 * killed).toFixed(1)} % (bar: ${100 * bar} %)`);
process.exitCode = killed >= bar ? 0 : 1;
