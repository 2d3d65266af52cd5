import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

const root = join(import.meta.dirname, '../..');
const bundles = ['dist/cosmos-compliance.cjs', 'dist/program.cjs', 'dist/main.cjs'];

/** Builds the bundles, which end-to-end tests run, where they are older than what they are made of. */
export default async function setup(project: TestProject): Promise<void> {
  const { testFiles } = await project.globTestFiles();
  if (!testFiles.some(file => file.includes('end-to-end')) || !areStale()) return;
  try {
    execFileSync(process.execPath, ['src/tools/build.ts'], { cwd: root, stdio: 'inherit' });
  } catch {
    // Without bundles the end-to-end tests fail; with old ones they would prove nothing.
    for (const bundle of bundles) rmSync(join(root, bundle), { force: true });
  }
}

function areStale(): boolean {
  if (!bundles.every(bundle => existsSync(join(root, bundle)))) return true;
  const built = Math.min(...bundles.map(changed));
  const sources = ['src', 'functions'].flatMap(folder => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)));
  return ['package-lock.json', ...sources].some(file => changed(file) > built);
}

function changed(file: string): number {
  return statSync(join(root, file)).mtimeMs;
}
