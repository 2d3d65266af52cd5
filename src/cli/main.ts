import { Argument, Command, Option } from 'commander';
import { version } from '../azure/user-agent.ts';
import { allControls } from '../controls/index.ts';
import { Problem } from '../core/problem.ts';
import { completionScript, shells, type Shell } from './completion.ts';
import { controlsListCommand, controlsShowCommand } from './controls-command.ts';
import { restrainHeap } from './heap.ts';
import { logFormats, openLog, type LogOptions } from './log.ts';
import { registerBaseline } from './register-baseline.ts';
import { registerResults } from './register-results.ts';
import { registerScan } from './register-scan.ts';

restrainHeap();

const program = new Command('cosmos-compliance')
  .description('Watches Azure Cosmos DB accounts: who can reach them, and which break the security baseline. Read only.')
  .version(version)
  .option('--quiet', 'say nothing but warnings and errors beside the result')
  .addOption(new Option('--verbose', 'say what is done').conflicts('quiet'))
  .addOption(new Option('--log-format <format>', 'how messages on standard error are written').choices(logFormats).default('text'))
  .addHelpText(
    'after',
    `
NO_COLOR=1 turns colours off.

Examples:
  cosmos-compliance scan --sandbox
  cosmos-compliance exposure events-prod --sandbox
  cosmos-compliance controls show local-auth-disabled
  source <(cosmos-compliance completion bash)`,
  )
  .showHelpAfterError('Run cosmos-compliance --help for the commands, or a command with --help for its options.')
  .exitOverride();

registerScan(program);
registerResults(program);

const controls = program
  .command('controls')
  .description('Explains the controls: what they check, why, and how to fix what fails.')
  .addHelpText('after', '\nExamples:\n  cosmos-compliance controls list\n  cosmos-compliance controls show exposure-not-public')
  .showHelpAfterError('Run cosmos-compliance controls --help for the commands.');
controls.command('list', { isDefault: true }).description('Lists every control with its severity.').action(() => controlsListCommand());
controls
  .command('show')
  .argument('<control>', 'id of the control')
  .description('Prints everything about a control.')
  .action((id: string) => controlsShowCommand(id));

registerBaseline(program);

program
  .command('completion')
  .description('Prints a script that completes commands, options and ids of controls in a shell.')
  .addArgument(new Argument('<shell>', 'the shell').choices(shells))
  .addHelpText(
    'after',
    `
Examples:
  source <(cosmos-compliance completion bash)
  source <(cosmos-compliance completion zsh)
  cosmos-compliance completion fish > ~/.config/fish/completions/cosmos-compliance.fish`,
  )
  .action((shell: Shell) => {
    process.stdout.write(completionScript(shell, program, { control: allControls.map(({ id }) => id).toSorted() }));
  });

program.parseAsync().catch((error: unknown) => {
  process.exitCode = report(error);
});

/** Commander has printed its own errors; help and version are not errors. */
function report(error: unknown): number {
  if (error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.')) return error.exitCode === 0 ? 0 : 2;
  const detail = error instanceof Problem ? error.message : error instanceof Error ? `Stopped with an error that should not happen: ${error.stack ?? error.message}` : String(error);
  openLog(program.opts<LogOptions>()).error(error instanceof Problem ? 'problem' : 'error', { detail, ...(error instanceof Problem && { fix: error.fix }) }, detail);
  return 2;
}
