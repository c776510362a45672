import { ManifestError } from '@canary/manifests';
import { Command, CommanderError } from 'commander';
import {
  addCommand,
  exitCodes,
  UsageError,
  type CommandSpec,
  type ExitCode,
  type Io,
} from './command.ts';
import { demo } from './commands/demo.ts';
import { render } from './commands/render.ts';
import { traffic } from './commands/traffic.ts';
import { version } from './images.ts';

/** Every command, in the order in which `canary --help` lists them. */
const commands: readonly CommandSpec[] = [demo, render, traffic];

/** Runs the command line on its arguments (without `node canary`) and tells the exit code; never rejects. */
export async function runProgram(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const program = new Command('canary')
    .description('Canary releases on plain Kubernetes Deployments.')
    .version(version, '-V, --version')
    // So that the --version of a command is its own.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.out(text.trimEnd());
      },
      writeErr: (text) => {
        io.err(text.trimEnd());
      },
    })
    .showHelpAfterError('(canary --help, or canary help <command>, tells more)');
  for (const spec of commands) addCommand(program, spec, io, (result) => (code = result));
  if (args.length === 0) {
    io.err(program.helpInformation().trimEnd());
    return exitCodes.usage;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return exitCodeOf(error, io);
  }
}

function exitCodeOf(error: unknown, io: Io): ExitCode {
  // Commander has already said what is wrong; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  const message = error instanceof Error ? error.message : String(error);
  for (const line of message.split('\n')) io.err(`canary: ${line}`);
  return error instanceof UsageError || error instanceof ManifestError
    ? exitCodes.usage
    : exitCodes.error;
}
