// npm run infra:check: infra/ by the real compiler where there is one, and by this project's own checks always.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparable, compile, findCompiler } from './bicep/compiler.ts';
import { checkInfra, entries, findTypes, skippedIn } from './bicep/infra.ts';

const root = join(import.meta.dirname, '../..');
let faults = 0;

const types = findTypes(process.env, join(root, '../shared/tools/bicep/types'));
const checked = checkInfra(root, types);
for (const { file, line, column, code, message } of checked.diagnostics) console.error(`infra/${file}(${line},${column}): ${code}: ${message}`);
faults += checked.diagnostics.length;
for (const line of skippedIn(checked, types)) console.log(line);

const compiler = findCompiler(process.env);
if (compiler === null) {
  console.log('SKIPPED: build and lint by the Bicep compiler. Install it (az bicep install) and put it on PATH, or set BICEP_PATH.');
} else {
  for (const entry of entries) {
    const { complaints, template } = await compile(compiler, root, `infra/${entry}`);
    for (const complaint of complaints) console.error(complaint);
    faults += complaints.length;
    faults += staleTemplate(entry, template);
  }
}
console.log(faults === 0 ? `infra/ is in order: ${entries.join(', ')} and their modules.` : `infra/ has ${faults} faults.`);
process.exitCode = faults === 0 ? 0 : 1;

/** A template that is committed has to be what the compiler makes today. */
function staleTemplate(entry: string, template: string | null): number {
  const path = join(root, 'infra', entry.replace(/\.bicep$/, '.json'));
  if (!existsSync(path) || template === null || comparable(readFileSync(path, 'utf8')) === comparable(template)) return 0;
  console.error(`infra/${entry.replace(/\.bicep$/, '.json')} is stale: bicep build infra/${entry}`);
  return 1;
}
