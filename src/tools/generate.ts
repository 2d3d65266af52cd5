// npm run docs: writes every generated file. With --check it writes nothing, names the stale ones and exits with 1.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generated } from './generated.ts';

const root = join(import.meta.dirname, '../..');
const stale = generated.filter(({ path, content }) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== content()).map(({ path }) => path);

if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`Stale: ${stale.join(', ')}. Run npm run docs.`);
    process.exitCode = 1;
  }
} else {
  for (const { path, content } of generated.filter(file => stale.includes(file.path))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content());
  }
  console.log(stale.length > 0 ? `Written: ${stale.join(', ')}.` : 'Everything was up to date.');
}
