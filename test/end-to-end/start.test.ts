import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../../src/azure/user-agent.ts';
import { temporaryFolder } from '../support/folder.ts';

/** The command in a folder where nothing else is. */
function installed(): string {
  const folder = temporaryFolder();
  for (const file of ['cosmos-compliance.cjs', 'program.cjs']) copyFileSync(join('dist', file), join(folder, file));
  return folder;
}

const command = (folder: string): string => join(folder, 'cosmos-compliance.cjs');

/** What Node says of its compile cache while the command runs. */
function said(folder: string): string {
  return spawnSync(process.execPath, [command(folder), '--version'], { encoding: 'utf8', env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' } }).stderr;
}

describe('the command', () => {
  test('is a program of its own, without node_modules, that can be run as it is', () => {
    expect(execFileSync(command(installed()), ['--version'], { encoding: 'utf8', env: { PATH: join(process.execPath, '..') } })).toBe(`${version}\n`);
  });

  test('keeps what was compiled beside itself, and nowhere else, and uses it the next time', () => {
    const folder = installed();
    expect(said(folder)).toContain('program.cjs was not initialized');
    expect(readdirSync(folder).toSorted()).toEqual(['compiled', 'cosmos-compliance.cjs', 'program.cjs']);
    expect(said(folder)).toContain('program.cjs was accepted');
  });

  test.each([
    { where: 'may not write', run: (folder: string) => writeFileSync(join(folder, 'compiled'), ''), env: {} },
    { where: 'is told not to', run: () => {}, env: { NODE_DISABLE_COMPILE_CACHE: '1' } },
  ])('works where it $where', ({ run, env }) => {
    const folder = installed();
    run(folder);
    expect(execFileSync(process.execPath, [command(folder), '--version'], { encoding: 'utf8', env })).toBe(`${version}\n`);
    expect(statSync(join(folder, 'compiled'), { throwIfNoEntry: false })?.isDirectory() ?? false).toBe(false);
  });
});
