import { Option, type Command } from 'commander';
import { profileNames, type ProfileName } from '../baseline/profiles.ts';
import { baselineInitCommand, baselineShowCommand, baselineValidateCommand, defaultFile } from './baseline-command.ts';

/** Adds the commands that write, check and show a baseline file. */
export function registerBaseline(program: Command): void {
  const baseline = program
    .command('baseline')
    .description('Writes, checks and shows a baseline file: what an organisation wants, and what it accepts.')
    .showHelpAfterError('Run cosmos-compliance baseline --help for the commands.');
  baseline
    .command('init')
    .argument('[file]', 'the file to write', defaultFile)
    .addOption(new Option('--profile <name>', 'the profile to start from').choices(profileNames).default('standard'))
    .description('Writes a commented file to begin with. Never overwrites one.')
    .action((file: string, options: { profile: ProfileName }) => baselineInitCommand(file, options));
  baseline
    .command('validate')
    .argument('<file>', 'the file to check')
    .description('Prints every problem with its line and column. Exit code 2 where there is one.')
    .action(async (file: string) => {
      process.exitCode = await baselineValidateCommand(file);
    });
  baseline
    .command('show')
    .argument('[file]', 'the file to show (default: the standard profile)')
    .option('--diff', 'only what differs from the profile')
    .description('Prints the effective baseline as YAML, every control and parameter spelt out.')
    .action((file: string | undefined, options: { diff?: boolean }) => baselineShowCommand(file, options));
}
