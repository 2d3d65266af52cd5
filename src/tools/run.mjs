// What the npm scripts run. Plain JavaScript without dependencies: it works on a bare clone, on any Node from 20 on.
// It installs from the lockfile when that is needed, and runs everything else on the pinned Node.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [task = '', ...rest] = process.argv.slice(2);

const tasks = {
  async start() {
    await build('cosmos-compliance');
    const azure = rest.includes('--azure');
    const mode = azure ? [] : ['--sandbox', '--allow-incomplete'];
    const asked = rest.filter(argument => argument !== '--azure');
    const report = asked.some(argument => /^--(report|format)\b/.test(argument)) ? null : join(root, 'dist/report.html');
    const code = await node(['dist/cosmos-compliance.cjs', 'scan', ...mode, ...(report ? ['--report', report] : []), ...asked]);
    if (report && code !== 130 && existsSync(report)) show(report);
    return code;
  },
  async 'cosmos-compliance'() {
    await build('cosmos-compliance');
    return node(['dist/cosmos-compliance.cjs', ...rest]);
  },
  build: () => build(),
  check: () => all([typecheck, lint, () => vitest('--exclude', 'test/end-to-end/**')]),
  test: () => all([typecheck, lint, build, () => vitest()]),
  faults: () => {
    const folder = mkdtempSync(join(tmpdir(), 'cosmos-compliance-faults-'));
    Object.assign(process.env, { FAULT_SEEDS: process.env.FAULT_SEEDS ?? '500', FAULT_TABLE: folder });
    return all([() => vitest('test/faults'), () => node(['test/faults/write-table.ts'], 'table')]);
  },
  mutate: () => node(['src/tools/mutate.ts', ...rest]),
  'mutate:kql': () => node(['test/kql/mutate.ts', ...rest]),
  docs: () => node(['src/tools/generate.ts', ...rest]),
  'infra:check': () => node(['src/tools/infra-check.ts', ...rest]),
  async package() {
    await build('main');
    return node(['src/tools/package.ts', ...rest]);
  },
  async screenshots() {
    await build('cosmos-compliance');
    return node(['src/tools/screenshots.ts', ...rest]);
  },
  'new:control': () => node(['src/tools/new-control.ts', ...rest]),
  bench: async () => {
    await build();
    return node(['test/bench/scan.ts', ...rest]);
  },
};

const typecheck = () => node(['node_modules/typescript/bin/tsc', '-p', '.'], 'types');
const lint = () => node(['node_modules/oxlint/bin/oxlint', '--type-aware'], 'lint');
const build = (...only) => node(['src/tools/build.ts', ...only], 'build');
const vitest = (...options) => node(['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', ...options, ...rest], 'tests');

/** Opens a page where somebody sits before a display. */
function show(page) {
  const { platform, stdout, env } = process;
  const opener = { darwin: ['open', page], win32: ['cmd', '/c', 'start', '', page] }[platform] ?? (env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open', page] : null);
  if (!opener || !stdout.isTTY || env.CI) return;
  const [command, ...args] = opener;
  spawn(command, args, { stdio: 'ignore', detached: true }).on('error', () => {}).unref();
}

async function all(steps) {
  for (const step of steps) {
    const code = await step();
    if (code !== 0) return code;
  }
  return 0;
}

/** Runs the pinned Node; with a label, says how long it took and stops everything where it fails. */
async function node(args, label) {
  const binary = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const started = Date.now();
  const code = await run(binary, args);
  if (label && (code !== 0 || task !== 'start')) console.log(`${label}: ${code === 0 ? 'passed' : 'failed'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (label && code !== 0) process.exit(code);
  return code;
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** Whether node_modules holds what the lockfile says. */
function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed) || !existsSync(join(root, 'node_modules/node/bin'))) return false;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(want).every(([path, { version, optional }]) => path === '' || optional || have[path]?.version === version);
}

async function install() {
  if (isInstalled()) return;
  console.log('Installing from package-lock.json …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = npm?.endsWith('.js') ? await run(process.execPath, [npm, ...args]) : await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
  if (code !== 0) {
    console.error('npm ci failed. Check the network or the registry setting (npm config get registry), and run the command again.');
    process.exit(code);
  }
}

// Ctrl-C reaches the child as well; it ends first, and with what it has.
process.on('SIGINT', () => {});
if (!Object.hasOwn(tasks, task)) {
  console.error(`Unknown task "${task}". One of: ${Object.keys(tasks).join(', ')}.`);
  process.exit(2);
}
await install();
process.exitCode = await tasks[task]();
