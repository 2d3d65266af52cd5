import { chmodSync, copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

/** Parts of packages that are never used here and would be a fifth of a program, with what stands in for them. */
const unused: readonly { readonly filter: RegExp; readonly contents: string }[] = [
  // Messages of zod in fifty languages.
  { filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/, contents: "export { default as en } from './en.js';" },
  // Fetch, caches, web sockets: of undici only connections are used.
  { filter: /[\\/]undici[\\/]index\.js$/, contents: "module.exports.Pool = require('./lib/dispatcher/pool.js');" },
  // Whether Node is newer than 6, 15 and 16: for that it brings all of semver.
  { filter: /[\\/]jsonwebtoken[\\/]lib[\\/](asymmetricKeyDetails|rsaPssKeyDetails|ps)Supported\.js$/, contents: 'module.exports = true;' },
  // Only HTTP/1.1 is spoken.
  { filter: /[\\/]undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/, contents: "module.exports = () => { throw new Error('HTTP/2 is not spoken.'); };" },
  // The storage client loads it where a list of blobs is asked for in this format.
  { filter: /[\\/]apache-arrow[\\/].*\.m?js$/, contents: "export const tableFromIPC = () => { throw new Error('Lists of blobs are read as XML.'); };" },
];

const withoutUnused: Plugin = {
  name: 'without-unused',
  setup: bundler => unused.forEach(({ filter, contents }) => bundler.onLoad({ filter }, () => ({ contents }))),
};

const collectors = readdirSync('src/collectors').map(file => readFileSync(join('src/collectors', file), 'utf8')).join('\n');

/** The network client has 170 groups of operations, a third of a program, and makes them all for each subscription: those that no collector names are left out. */
const withoutUnusedOperations: Plugin = {
  name: 'without-unused-operations',
  setup: bundler =>
    bundler.onLoad({ filter: /[\\/]arm-network[\\/]dist[\\/]esm[\\/]classic[\\/]\w+[\\/]index\.js$/ }, ({ path }) => {
      if (collectors.includes(`.${basename(dirname(path))}.`)) return null;
      const exported = readFileSync(path, 'utf8').matchAll(/^export function (\w+)/gm);
      return { contents: [...exported].map(([, name]) => `export const ${name} = () => undefined;`).join('\n') };
    }),
};

/** One CommonJS file per program: 1 file instead of 1,265, and a cold start of a quarter of the time. */
const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  minify: true,
  // Node prints the line of an error: it had better be short.
  lineLimit: 160,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'linked',
  logLevel: 'warning',
  // The SDKs ask whether a body is a form. Node makes the class, and all of fetch, when it is named for the first time.
  define: { FormData: 'undefined' },
  plugins: [withoutUnused, withoutUnusedOperations],
};

const programs: Readonly<Record<string, BuildOptions>> = {
  'cosmos-compliance': { entryPoints: ['src/cli/main.ts'], outfile: 'dist/program.cjs' },
  // The Functions worker provides this module; it is in no registry.
  main: { entryPoints: ['functions/main.ts'], outfile: 'dist/main.cjs', external: ['@azure/functions-core'] },
};

const asked = process.argv.slice(2);
await Promise.all(Object.entries(programs).flatMap(([name, options]) => (asked.length === 0 || asked.includes(name) ? build({ ...common, ...options }) : [])));

if (asked.length === 0 || asked.includes('cosmos-compliance')) {
  copyFileSync('src/cli/start.cjs', 'dist/cosmos-compliance.cjs');
  chmodSync('dist/cosmos-compliance.cjs', 0o755);
}
