import { Option, type Command } from 'commander';
import { severities } from '../core/finding.ts';
import { defaultConcurrency } from '../scan/settings.ts';
import { formatNames, formatsFrom } from './destinations.ts';
import { doctorCommand, type DoctorOptions } from './doctor-command.ts';
import { scanCommand, type ScanOptions } from './scan-command.ts';

/** For options that may be given several times. */
export function collect(value: string, all: readonly string[]): string[] {
  return [...all, value];
}

/** Adds the commands that read Azure for everything there is. */
export function registerScan(program: Command): void {
  program
    .command('scan')
    .description('Scans the subscriptions that the credentials can see, and prints what was found.')
    .option('--subscription <id>', 'scan this subscription; may be repeated', collect, [])
    .option('--exclude <id>', 'leave this subscription out; may be repeated', collect, [])
    .option('--management-group <name>', 'scan the subscriptions below this management group')
    .option('--baseline <file>', 'judge by this baseline (default: the standard profile)')
    .addOption(new Option('--format <formats>', 'what to print, or several with commas between').choices(formatNames).argParser(formatsFrom).default(['table'], 'table'))
    .option('--output <path>', 'write to this file; with several formats, to this name with the ending of each, or into this folder')
    .option('--report <file>', 'write the HTML report to this file as well')
    .option('--with-passes', 'write what passes and what does not apply into SARIF as well')
    .option('--publish', 'send rows to Log Analytics (LOGS_INGESTION_ENDPOINT, LOGS_RULE_ID)')
    .addOption(new Option('--fail-on <severity>', 'exit with 1 where a finding fails at this severity or worse').choices(severities))
    .option('--allow-incomplete', 'do not exit with 2 because subscriptions could not be read')
    .option('--concurrency <number>', `requests to Azure in flight at once (default: ${defaultConcurrency})`)
    .option('--sandbox', 'scan an embedded Azure with a made-up estate; nothing leaves this machine')
    .addHelpText(
      'after',
      `
Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the scan is incomplete or failed.

Examples:
  cosmos-compliance scan --sandbox
  cosmos-compliance scan --subscription 00000000-0000-0000-0000-000000000000 --fail-on high
  cosmos-compliance scan --management-group platform --format json --output scan.json
  cosmos-compliance scan --format html,sarif,csv --output report
  cosmos-compliance scan --format ocsf --quiet > findings.ocsf.jsonl`,
    )
    .action(async (_options: unknown, command: Command) => {
      process.exitCode = await scanCommand(command.optsWithGlobals<ScanOptions>());
    });

  program
    .command('doctor')
    .description('Tells what the current identity can read where, which permission is missing, and what stays unknown because of it.')
    .option('--subscription <id>', 'look at this subscription; may be repeated', collect, [])
    .option('--management-group <name>', 'look at the subscriptions below this management group')
    .option('--sandbox', 'look at the embedded Azure')
    .addHelpText('after', '\nExit codes: 0 nothing is missing, 2 something is, or it failed.\n\nExamples:\n  cosmos-compliance doctor\n  cosmos-compliance doctor --management-group platform')
    .action(async (options: DoctorOptions) => {
      process.exitCode = await doctorCommand(options);
    });
}
