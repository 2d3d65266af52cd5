#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { Command, Option } from 'commander';
import { version } from '../azure/user-agent.ts';
import { severities } from '../core/finding.ts';
import { Problem } from '../core/problem.ts';
import { controlsListCommand, controlsShowCommand } from './controls-command.ts';
import { registerBaseline } from './register-baseline.ts';
import { doctorCommand, type DoctorOptions } from './doctor-command.ts';
import { formats, scanCommand, type ScanOptions } from './scan-command.ts';

// Answers are parsed and forgotten. A young generation that does not grow, and an old one that grows by halves, take a
// third off the peak memory.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=50');

const collect = (value: string, all: string[]): string[] => [...all, value];

const program = new Command('cosmos-compliance')
  .description('Watches Azure Cosmos DB accounts: who can reach them, and which break the security baseline. Read only.')
  .version(version)
  .showHelpAfterError('Run cosmos-compliance scan --help for the options.')
  .exitOverride();

program
  .command('scan')
  .description('Scans the subscriptions that the credentials can see, and prints what was found.')
  .option('--subscription <id>', 'scan this subscription; may be repeated', collect, [])
  .option('--exclude <id>', 'leave this subscription out; may be repeated', collect, [])
  .option('--management-group <name>', 'scan the subscriptions below this management group')
  .option('--baseline <file>', 'judge by this baseline (default: the standard profile)')
  .addOption(new Option('--format <format>', 'what to print').choices(formats).default('table'))
  .option('--output <file>', 'write the result to a file instead of standard output')
  .option('--publish', 'send rows to Log Analytics (LOGS_INGESTION_ENDPOINT, LOGS_RULE_ID)')
  .addOption(new Option('--fail-on <severity>', 'exit with 1 where a finding fails at this severity or worse').choices(severities))
  .option('--allow-incomplete', 'do not exit with 2 because subscriptions could not be read')
  .option('--concurrency <number>', 'requests to Azure in flight at once (default: 32)')
  .option('--sandbox', 'scan an embedded Azure with a made-up estate; nothing leaves this machine')
  .addHelpText(
    'after',
    `
Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the scan is incomplete or failed.

Examples:
  cosmos-compliance scan --sandbox
  cosmos-compliance scan --subscription 00000000-0000-0000-0000-000000000000 --fail-on high
  cosmos-compliance scan --management-group platform --format json --output scan.json`,
  )
  .action(async (options: ScanOptions) => {
    process.exitCode = await scanCommand(options);
  });

program
  .command('doctor')
  .description('Tells what the current identity can read where, which permission is missing, and what stays unknown because of it.')
  .option('--subscription <id>', 'look at this subscription; may be repeated', collect, [])
  .option('--management-group <name>', 'look at the subscriptions below this management group')
  .option('--sandbox', 'look at the embedded Azure')
  .action(async (options: DoctorOptions) => {
    process.exitCode = await doctorCommand(options);
  });

const controls = program
  .command('controls')
  .description('Explains the controls: what they check, why, and how to fix what fails.')
  .showHelpAfterError('Run cosmos-compliance controls --help for the commands.');
controls.command('list', { isDefault: true }).description('Lists every control with its severity.').action(() => controlsListCommand());
controls
  .command('show')
  .argument('<id>', 'id of the control')
  .description('Prints everything about a control.')
  .action((id: string) => controlsShowCommand(id));

registerBaseline(program);

program.parseAsync().catch((error: unknown) => {
  process.exitCode = report(error);
});

/** Commander has printed its own errors; help and version are not errors. */
function report(error: unknown): number {
  if (error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.')) return error.exitCode === 0 ? 0 : 2;
  const detail = error instanceof Problem ? error.message : error instanceof Error ? `Stopped with an error that should not happen: ${error.stack ?? error.message}` : String(error);
  process.stderr.write(`${detail}\n`);
  return 2;
}
