import { readFile } from 'node:fs/promises';
import { UsageError, type CommandSpec, type Io, type Options } from '../command.ts';
import { CONFIG_FILE, textOption } from '../options.ts';
import { addressed } from '../site/with-site.ts';
import { mergeConfig, type Asked } from './merge-config.ts';
import { NoSettingsError, readConfig } from './read-config.ts';
import type { Config } from './schema.ts';

/** What a command is run with. */
export interface Given {
  readonly args: readonly unknown[];
  readonly options: Options;
}

/**
 * The arguments and options of a command with what `canary.yaml`, or the file of `--config`, says
 * where the command line does not.
 *
 * @throws {@link UsageError} where the file cannot be read, or says what cannot be
 */
export async function withConfig(
  io: Io,
  spec: CommandSpec,
  args: readonly unknown[],
  asked: Omit<Asked, 'env'>,
): Promise<Given> {
  const { options } = asked;
  const named = textOption(options, 'config');
  if (named === 'none') return { args, options };
  const file = named ?? CONFIG_FILE;
  const text = await textOf(file, named !== undefined);
  if (text === undefined) return { args, options };
  const config = settingsOf(io, text, { file, isNamed: named !== undefined });
  if (!config) return { args, options };
  io.err(`canary: ${file} is used (--config none: not)`);
  const { target } = config;
  const isAddressed = asked.isGiven('app') || target === undefined;
  return {
    args: isAddressed ? args : aimed(spec, args, target),
    options: mergeConfig(config, { ...asked, env: io.env }),
  };
}

async function textOf(file: string, isNamed: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (!isNamed && code === 'ENOENT') return undefined;
    throw new UsageError(
      `${file} cannot be read: ${message}: name another one by --config, or say --config none`,
      { cause },
    );
  }
}

/** Whoever calls a manifest so has not asked for settings, and is told that it has none. */
function settingsOf(
  io: Io,
  text: string,
  { file, isNamed }: { readonly file: string; readonly isNamed: boolean },
): Config | undefined {
  try {
    return readConfig(text, file);
  } catch (error) {
    if (isNamed || !(error instanceof NoSettingsError)) throw error;
    io.err(`canary: ${error.message}: it is left alone (--config none: silently)`);
    return undefined;
  }
}

/** The target of the file goes before the arguments that there are, where none of them is one. */
function aimed(spec: CommandSpec, args: readonly unknown[], target: unknown): readonly unknown[] {
  const names = Object.keys(spec.arguments ?? {});
  if (names[0] !== '[target]') return args;
  if (names.length === 1) return [args[0] ?? target];
  return addressed(args).target === undefined ? [target, ...args] : args;
}
