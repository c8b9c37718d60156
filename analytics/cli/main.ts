#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { WeirError } from '../contract/errors.ts';
import { addImportCommands } from './commands/imports.ts';
import { addMetricCommands } from './commands/metrics.ts';
import { addProfileCommand } from './commands/profiles.ts';
import { addReadCommand } from './commands/read.ts';
import { addReviewCommand } from './commands/review.ts';
import { addStreamCommands } from './commands/streams.ts';
import { addWatchCommand } from './commands/watch.ts';
import { addWorkspaceCommands } from './commands/workspace.ts';
import { errorHint } from './hints.ts';
import { tell } from './output.ts';
import { FailedCall } from './session.ts';

const DONE = 0;
const FAILED = 1;
const USAGE = 2;

/** Runs one command line; gives the exit code: 0 done, 1 the data or the request is wrong, 2 usage. */
async function run(args: readonly string[]): Promise<number> {
  const program = new Command('weir')
    .description('Measures how well a value stream flows.')
    .version(packageJson.version)
    .exitOverride();
  program.configureHelp({ sortSubcommands: false }).showHelpAfterError('(weir --help lists the commands)');
  addWorkspaceCommands(program);
  addImportCommands(program);
  addWatchCommand(program);
  addProfileCommand(program);
  addMetricCommands(program);
  addStreamCommands(program);
  addReviewCommand(program);
  addReadCommand(program);
  for (const command of program.commands) passOn(command);
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? DONE);
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? DONE : USAGE;
    if (isClosedPipe(thrown)) return DONE;
    const known = thrown instanceof WeirError || thrown instanceof FailedCall ? thrown : null;
    const hint = errorHint(known?.code ?? null);
    tell(`weir: ${thrown instanceof Error ? thrown.message : String(thrown)}${hint === null ? '' : ` ${hint}`}`);
    const detail = known ? known.detail : thrown instanceof Error ? thrown.stack : null;
    if (detail && process.env.WEIR_DEBUG) tell(detail);
    return FAILED;
  }
}

/** Subcommands throw like the program itself, instead of ending the process. */
function passOn(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) passOn(child);
}

function isClosedPipe(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPIPE';
}

process.stdout.on('error', (fault) => {
  if (isClosedPipe(fault)) process.exit(DONE);
  throw fault;
});
process.exitCode = await run(process.argv.slice(2));
