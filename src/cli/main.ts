#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { Command, Option } from 'commander';
import { version } from '../azure/user-agent.ts';
import { severities } from '../core/finding.ts';
import { Problem } from '../core/problem.ts';
import { formats, scanCommand, type ScanOptions } from './scan-command.ts';

// Answers are parsed and forgotten: a young generation that does not grow takes a third off the peak memory, at the same speed.
setFlagsFromString('--semi-space-growth-factor=1');

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
