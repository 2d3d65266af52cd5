// npm run new:control -- <id> [--scope account|cluster|perimeter|subscription]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../core/problem.ts';
import { checkId, controlFile, isNewScope, testFile, withControl } from './scaffold.ts';

/** Writes a control, its test and its lines in the catalogue; returns what was written. */
function newControl(args: readonly string[], root: string): string[] {
  const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options: { scope: { type: 'string', default: 'account' } } });
  const [id = '', ...more] = positionals;
  const { scope } = values;
  checkId(id);
  if (more.length > 0) throw new Problem(`One id at a time: ${more.join(', ')} is left over.`, 'Run the command once for each control.');
  if (!isNewScope(scope)) throw new Problem(`"${scope}" is no scope.`, 'One of account, cluster, perimeter, subscription.');
  const control = `src/controls/${id}.ts`;
  const test = `test/controls/${id}.test.ts`;
  const index = 'src/controls/index.ts';
  const existing = [control, test].find(file => existsSync(join(root, file)));
  if (existing !== undefined) throw new Problem(`${existing} is there already.`, 'Choose another id, or change that file.');
  const catalogue = withControl(readFileSync(join(root, index), 'utf8'), id, scope);
  writeFileSync(join(root, control), controlFile(id, scope));
  writeFileSync(join(root, test), testFile(id));
  writeFileSync(join(root, index), catalogue);
  return [control, test, index];
}

try {
  const written = newControl(process.argv.slice(2), process.cwd());
  console.log(`Written: ${written.join(', ')}.\nFill in both files, name the control in src/requirements/, then run npm run check and npm run docs.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
