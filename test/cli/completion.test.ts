import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { describe, expect, test } from 'vitest';
import { completionScript, shells } from '../../src/cli/completion.ts';
import { temporaryFolder } from '../support/folder.ts';

function program(): Command {
  const made = new Command('try-me').version('1.0.0').option('--quiet', 'say little').addOption(new Option('--log-format <format>', 'of messages').choices(['text', 'json']));
  made
    .command('scan')
    .description("Looks at what's there.")
    .addOption(new Option('--format <formats>', 'what to print').choices(['table', 'html', 'sarif']).argParser(value => value.split(',')).default(['table']))
    .option('--output <path>', 'where to')
    .option('--subscription <id>', 'in this one');
  const controls = made.command('controls').description('About controls.');
  controls.command('show').argument('<control>', 'its id');
  made.command('diff').argument('<old>', 'one').argument('<label>', 'what for');
  made.command('completion').addArgument(new Argument('<shell>', 'which').choices(shells));
  return made;
}

const values = { control: ['door-locked', 'door-painted', 'guard-awake'] };

/** What bash offers at the end of a line. */
function offered(line: string): string[] {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'completion'), completionScript('bash', program(), values));
  const words = line.split(' ');
  const script = `source ./completion; COMP_WORDS=(${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _try_me; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' }).split('\n').filter(word => word !== '');
}

function isThere(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).error === undefined;
}

if (!isThere('bash')) console.log('SKIPPED: bash is not on this machine.');

describe.skipIf(!isThere('bash'))('completion in bash', () => {
  test.each([
    ['commands and options', 'try-me ', ['scan', 'controls', 'diff', 'completion', '--version', '--quiet', '--log-format', '--help']],
    ['the beginning of a command', 'try-me sc', ['scan']],
    ['options of a command, with those of the program', 'try-me scan --', ['--format', '--output', '--subscription', '--quiet', '--log-format', '--help']],
    ['commands of a command', 'try-me controls ', ['show', '--quiet', '--log-format', '--help']],
    ['values of an option', 'try-me scan --format h', ['html']],
    ['values of an option of the program', 'try-me scan --log-format ', ['text', 'json']],
    ['a further value after a comma', 'try-me scan --format table,s', ['table,sarif']],
    ['values of an argument', 'try-me controls show door', ['door-locked', 'door-painted']],
    ['choices of an argument', 'try-me completion z', ['zsh']],
    ['files', 'try-me scan --output comp', ['completion']],
    ['nothing where anything goes', 'try-me scan --subscription ', []],
    ['options after values', 'try-me scan --format html --qu', ['--quiet']],
  ])('offers %s', (_, line, expected) => {
    expect(offered(line)).toEqual(expected);
  });
});

describe('scripts', () => {
  test.each(shells)('of %s are accepted by the shell, where it is there', shell => {
    const file = join(temporaryFolder(), 'completion');
    const script = completionScript(shell, program(), values);
    for (const word of ['scan', 'controls', 'show', 'door-painted', 'sarif']) expect(script).toContain(word);
    writeFileSync(file, script);
    if (!isThere(shell)) {
      console.log(`SKIPPED: ${shell} is not on this machine.`);
      return;
    }
    expect(spawnSync(shell, ['-n', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  test('of zsh offer files where an argument is one, and nowhere else', () => {
    const lines = completionScript('zsh', program(), values).split('\n').filter(line => line.includes('compadd') && line.includes('_files'));
    expect(lines.map(line => line.trim().split(')')[0])).toEqual(['" diff"']);
  });

  test('of fish quote what is said of a command', () => {
    expect(completionScript('fish', program(), values)).toContain(String.raw`-a scan -d 'Looks at what\'s there.'`);
  });
});
