import type { ImageCommand } from '@canary/local';
import { UsageError, type OptionSpec, type Options } from '../command.ts';
import type { Site } from '../site/site.ts';
import { shellWords } from './shell-words.ts';

/** What stands for images where replicas are processes. */
export const runOption: OptionSpec = {
  flags: '--run <image=command>',
  description:
    'on local: the command that stands for an image, with its tag or of any; it listens on the PORT that it is given; may be repeated',
  many: true,
};

/**
 * The commands that stand for images, each to be run in the folder.
 *
 * @param cwd absolute
 * @throws {@link UsageError} for what is no `image=command`, or no command
 */
export function runCommandsOf(options: Options, cwd: string): readonly ImageCommand[] {
  const runs = (options['run'] ?? []) as readonly string[];
  return runs.map((run) => {
    const [, image = '', text = ''] = /^\s*([^\s=]+)\s*=([^]*)$/.exec(run) ?? [];
    const argv = image === '' ? [] : wordsOf(run, text);
    if (argv.length > 0 && argv[0] !== '') return { image, argv, cwd };
    throw new UsageError(
      `--run ${JSON.stringify(run)} is no command for an image: use one such as 'shop:2=node app.mjs'`,
    );
  });
}

/** Tells the host, once nothing is in the way any more: what runs keeps its command until then. */
export async function tellRuns(options: Options, site: Site): Promise<void> {
  const commands = runCommandsOf(options, process.cwd());
  if (commands.length > 0) await site.run?.(commands);
}

function wordsOf(run: string, text: string): readonly string[] {
  try {
    return shellWords(text.trim());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--run ${JSON.stringify(run)}: ${error.message}`, { cause: error });
  }
}
