import { UsageError, type Io, type Options, type OptionSpec } from '../command.ts';
import { textOption } from '../options.ts';
import { findProgram, isProgram } from './find-program.ts';

export const prometheusOption: OptionSpec = {
  flags: '--prometheus <path>',
  description: 'the prometheus program (default: the one on the PATH, if any)',
};

/**
 * The `prometheus` program that was named, or is on the PATH; undefined where there is none.
 *
 * @throws {@link UsageError} where what was named is no program
 */
export async function prometheusProgram(io: Io, options: Options): Promise<string | undefined> {
  const given = textOption(options, 'prometheus');
  if (given === undefined) return findProgram('prometheus', io.env['PATH']);
  if (await isProgram(given)) return given;
  throw new UsageError(
    `--prometheus ${JSON.stringify(given)} is no program: give the path of Prometheus' executable, or leave it out`,
  );
}
