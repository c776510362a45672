import type { Command } from 'commander';
import type { Site, SiteOptions } from './site/site.ts';

/** What a command is given to talk with the world. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes a line of results. */
  readonly out: (line: string) => void;
  /** Writes a line of progress or advice, never part of the results. */
  readonly err: (line: string) => void;
  /** The terminal that the results go to; undefined where they go elsewhere. */
  readonly terminal: NodeJS.WriteStream | undefined;
  /** Everything that standard input has. */
  readonly input: () => Promise<string>;
  /** The way to where releases are; a client of the platform is loaded for it. */
  readonly connect: (options: SiteOptions) => Promise<Site>;
  /** Aborts when the user or the platform asks the command to end. */
  readonly signal: AbortSignal;
}

/** One option of a command, as data. */
export interface OptionSpec {
  /** As commander writes it, such as `-n, --namespace <name>`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  /** May be given several times; its values are collected. */
  readonly many?: boolean;
}

/** One command, as data. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** What `--help` says beside the summary. */
  readonly description?: string;
  /** As commander writes them, such as `<objects...>`, with a description each. */
  readonly arguments?: Readonly<Record<string, string>>;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly string[];
  /** Does the work and tells the exit code. */
  readonly run: (io: Io, args: readonly unknown[], options: Options) => Promise<ExitCode>;
}

/** Option values by their camel-case names, as the user wrote them. */
export type Options = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** What the process says of its end; `canary --help` and the README document it. */
export const exitCodes = {
  ok: 0,
  error: 1,
  usage: 2,
  rolledBack: 3,
  held: 4,
  timedOut: 5,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The user asked for something that cannot be; shown without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Adds a command to the program; `done` hears its exit code. */
export function addCommand(
  program: Command,
  spec: CommandSpec,
  io: Io,
  done: (code: ExitCode) => void,
): void {
  const command = program.command(spec.name).summary(spec.summary);
  command.description(spec.description ?? spec.summary);
  for (const [name, description] of Object.entries(spec.arguments ?? {})) {
    command.argument(name, description);
  }
  for (const option of spec.options) addOption(command, option);
  command.addHelpText(
    'after',
    `\nExamples:\n${spec.examples.map((line) => `  ${line}`).join('\n')}`,
  );
  command.action(async (...given: unknown[]) => {
    const { args, options } = await askedOf(command, spec, io, given.slice(0, -2));
    done(await spec.run(io, args, options));
  });
}

/** What the command line says, and the file of settings where the command reads one. */
async function askedOf(command: Command, spec: CommandSpec, io: Io, args: readonly unknown[]) {
  const options = command.opts<Options>();
  const names = command.options.map((option) => option.attributeName());
  if (!names.includes('config')) return { args, options };
  // Loaded only here: the help needs no schema.
  const { withConfig } = await import('./config/with-config.ts');
  return withConfig(io, spec, args, {
    options,
    has: (name) => names.includes(name),
    isGiven: (name) => ![undefined, 'default'].includes(command.getOptionValueSource(name)),
  });
}

function addOption(command: Command, spec: OptionSpec): void {
  const option = command.createOption(spec.flags, spec.description);
  if (spec.default !== undefined) option.default(spec.default);
  if (spec.choices) option.choices(spec.choices);
  if (spec.many)
    option.argParser((value: string, all: string[] | undefined) => [...(all ?? []), value]);
  command.addOption(option);
}
