import { UsageError, type Io, type Options } from '../command.ts';
import { textOption } from '../options.ts';
import type { ReleaseNames } from './named-platform.ts';
import type { SiteOptions } from './site.ts';
import { DEFAULT_STATE } from './state-folder.ts';

const PLATFORMS = ['kubernetes', 'local'] as const;

/**
 * Which platform a command reaches, and where in it: by its options, or by `CANARY_ON`.
 *
 * @throws {@link UsageError} where an option is of the other platform
 */
export function siteOptionsOf(
  { env }: Pick<Io, 'env'>,
  options: Options,
  names: ReleaseNames = { naming: undefined, isInPlace: false },
): SiteOptions {
  const { isInPlace } = names;
  const namespace = textOption(options, 'namespace') ?? (isInPlace ? undefined : 'canary');
  const on = platformOf(textOption(options, 'on'), env['CANARY_ON']);
  if (on === 'local') {
    refuse(options, ['context', 'kubeconfig'], on);
    return { on, namespace, names, state: textOption(options, 'state') ?? DEFAULT_STATE };
  }
  refuse(options, ['state'], on);
  const [context, kubeconfig] = [textOption(options, 'context'), textOption(options, 'kubeconfig')];
  return { on, namespace, names, context, kubeconfig };
}

function platformOf(option: string | undefined, variable: string | undefined): SiteOptions['on'] {
  const wanted = option ?? (variable === undefined || variable === '' ? 'kubernetes' : variable);
  const found = PLATFORMS.find((platform) => platform === wanted);
  if (found) return found;
  throw new UsageError(
    `CANARY_ON ${JSON.stringify(wanted)} is no platform: use ${PLATFORMS.join(' or ')}`,
  );
}

function refuse(options: Options, names: readonly string[], on: SiteOptions['on']): void {
  const other = PLATFORMS.find((platform) => platform !== on) ?? '';
  for (const name of names) {
    if (options[name] === undefined) continue;
    throw new UsageError(
      `--${name} is of --on ${other}, and this is --on ${on}: leave it out, or say --on ${other}`,
    );
  }
}
