import { Option, type Command } from 'commander';
import { diffCommand, diffFormats, type DiffOptions } from './diff-command.ts';
import { explainCommand } from './explain-command.ts';
import { exposureCommand } from './exposure-command.ts';
import type { LookOptions } from './look.ts';
import { collect } from './register-scan.ts';

/** Adds the commands that look at results, or at single resources. */
export function registerResults(program: Command): void {
  program
    .command('diff')
    .argument('<old>', 'the older result of scan --format json')
    .argument('<new>', 'the newer one')
    .description('Compares two results: what regressed, was fixed, is new, gone or changed; accounts that opened or closed first.')
    .addOption(new Option('--format <format>', 'what to print').choices(diffFormats).default('table'))
    .option('--output <file>', 'write to this file instead of standard output')
    .option('--allow-incomplete', 'do not exit with 2 because the newer result says nothing of something the older one knew')
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing is worse, 1 something regressed or opened, 2 the newer result hides something that the older one
knew, or the two cannot be compared.

Examples:
  cosmos-compliance diff monday.json tuesday.json
  cosmos-compliance diff main.json branch.json --format markdown --output changes.md`,
    )
    .action(async (older: string, newer: string, options: DiffOptions) => {
      process.exitCode = await diffCommand(older, newer, options);
    });

  looking(program.command('explain').argument('<control>', 'id of the control').argument('[resource]', 'id or name of the resource'))
    .description('Explains what a control found on a resource: the observed values, the evidence and the fix. Without a resource, where it fails.')
    .addHelpText(
      'after',
      `
Exit codes: 0 the answer is known, 2 it is not, or it failed.

Examples:
  cosmos-compliance explain local-auth-disabled orders --from scan.json
  cosmos-compliance explain exposure-not-public orders-prod --sandbox
  cosmos-compliance explain keys-rotated --subscription 00000000-0000-0000-0000-000000000000`,
    )
    .action(async (control: string, resource: string | undefined, _options: unknown, command: Command) => {
      process.exitCode = await explainCommand(control, resource, command.optsWithGlobals<LookOptions>());
    });

  looking(program.command('exposure').argument('<account>', 'id or name of the account'))
    .description('Draws what decides who can reach an account: perimeters, public network access, firewall, private endpoints.')
    .addHelpText(
      'after',
      `
Exit codes: 0 the reach is known, 2 it is not, or it failed.

Examples:
  cosmos-compliance exposure events-prod --sandbox
  cosmos-compliance exposure orders --from scan.json
  cosmos-compliance exposure /subscriptions/…/databaseAccounts/orders`,
    )
    .action(async (account: string, _options: unknown, command: Command) => {
      process.exitCode = await exposureCommand(account, command.optsWithGlobals<LookOptions>());
    });
}

function looking(command: Command): Command {
  return command
    .option('--from <file>', 'read a result of scan --format json instead of scanning')
    .option('--subscription <id>', 'look in this subscription only; may be repeated', collect, [])
    .option('--baseline <file>', 'judge by this baseline (default: the standard profile)')
    .option('--sandbox', 'look at the embedded Azure');
}
