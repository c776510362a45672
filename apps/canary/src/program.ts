import { ManifestError } from '@canary/manifests';
import { messageOf, PlanError } from '@canary/rollout';
import { Command, CommanderError } from 'commander';
import {
  addCommand,
  exitCodes,
  UsageError,
  type CommandSpec,
  type ExitCode,
  type Io,
} from './command.ts';
import { completion } from './commands/completion.ts';
import { dashboard } from './commands/dashboard.ts';
import { demo } from './commands/demo.ts';
import { deploy } from './commands/deploy.ts';
import { doctor } from './commands/doctor.ts';
import { drive } from './commands/drive.ts';
import { explain } from './commands/explain.ts';
import { freeze } from './commands/freeze.ts';
import { history } from './commands/history.ts';
import { init } from './commands/init.ts';
import { lint } from './commands/lint.ts';
import { metrics } from './commands/metrics.ts';
import { orderCommands } from './commands/orders.ts';
import { plan } from './commands/plan.ts';
import { render } from './commands/render.ts';
import { report } from './commands/report.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';
import { thaw } from './commands/thaw.ts';
import { traffic } from './commands/traffic.ts';
import { up } from './commands/up.ts';
import { version } from './images.ts';

/** Every command, in the order in which `canary --help` lists them. */
const listed: readonly CommandSpec[] = [
  demo,
  up,
  render,
  lint,
  deploy,
  metrics,
  init,
  plan,
  start,
  drive,
  status,
  ...orderCommands,
  freeze,
  thaw,
  history,
  explain,
  dashboard,
  report,
  traffic,
  doctor,
];
const commands: readonly CommandSpec[] = [...listed, completion(listed)];

const EXIT_CODES = `
Exit codes:
  0  it did what was asked; of a release: promoted
  1  an error; of a lint: something was found
  2  it was asked for something that cannot be
  3  the release was rolled back, or aborted
  4  the release is held: it waits for a person
  5  the release was rolled back because something took too long`;

/** Runs the command line on its arguments (without `node canary`) and tells the exit code; never rejects. */
export async function runProgram(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const program = new Command('canary')
    .description(
      'Canary releases on plain Kubernetes Deployments, on a cluster or (--on local) on this machine.',
    )
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
    .addHelpText('after', EXIT_CODES)
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
  const message = messageOf(error);
  for (const line of message.split('\n')) io.err(`canary: ${line}`);
  const isUsage = [UsageError, ManifestError, PlanError].some((kind) => error instanceof kind);
  return isUsage ? exitCodes.usage : exitCodes.error;
}
