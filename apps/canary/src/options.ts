import { UsageError, type OptionSpec, type Options } from './command.ts';
import { parseSeconds } from './duration.ts';

/** Options that several commands have, each declared once. */
export const commonOptions = {
  namespace: {
    flags: '-n, --namespace <name>',
    description: 'namespace of the objects',
    default: 'canary',
  },
  output: {
    flags: '-o, --output <format>',
    description: 'how results are written',
  },
} as const satisfies Record<string, OptionSpec>;

/** Options that say where releases are. */
export const placeOptions: readonly OptionSpec[] = [
  {
    flags: '--on <platform>',
    description: 'a cluster, or the platform of canary up (default: CANARY_ON, or else kubernetes)',
    choices: ['kubernetes', 'local'],
  },
  {
    flags: '-n, --namespace <name>',
    description: "namespace (default: canary; for a Deployment that is named, the context's own)",
  },
  {
    flags: '--context <name>',
    description: 'on kubernetes: context of the kubeconfig (default: its current one)',
  },
  {
    flags: '--kubeconfig <file>',
    description: 'on kubernetes: kubeconfig file (default: as kubectl finds it)',
  },
  {
    flags: '--state <folder>',
    description: 'on local: the state folder of canary up (default: .canary)',
  },
];

/** Settings that are read where they are in the folder of the caller. */
export const CONFIG_FILE = 'canary.yaml';

/** Options of every command that works where releases are. */
export const siteOptions: readonly OptionSpec[] = [
  ...placeOptions,
  {
    flags: '--config <file>',
    description: `file with settings that are not given here, or none (default: ${CONFIG_FILE} of this folder, if any)`,
  },
];

/** The argument of every command that is about the releases of one Deployment, or of one app. */
export const targetArgument = {
  '[target]': 'the Deployment, such as deploy/shop; without, the app of --app',
} as const;

/** Options of every command that is about the releases of one app. */
export const appOptions: readonly OptionSpec[] = [
  { flags: '--app <name>', description: 'label appname of the releases', default: 'myapp' },
  ...siteOptions,
];

/** The option's value as text; undefined where it was not given. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[camelCase(name)];
  return typeof value === 'string' ? value : undefined;
}

/**
 * A list such as `1,2,4` as numbers; undefined where it was not given.
 *
 * @throws {@link UsageError} naming what is no number
 */
export function numbersOption(options: Options, name: string): number[] | undefined {
  return textOption(options, name)
    ?.split(',')
    .map((part) => {
      const number = part.trim() === '' ? Number.NaN : Number(part);
      if (!Number.isNaN(number)) return number;
      throw new UsageError(
        `--${name}: ${JSON.stringify(part)} is not a number: use a list such as 1,2,4`,
      );
    });
}

/**
 * A time such as `30s`, `5m` or `1h` in seconds; undefined where it was not given.
 *
 * @throws {@link UsageError} where it is none
 */
export function secondsOption(options: Options, name: string): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const seconds = parseSeconds(text);
  if (seconds !== undefined) return seconds;
  throw new UsageError(
    `--${name} ${JSON.stringify(text)} is no time: use one such as 30s, 5m or 1h`,
  );
}

/**
 * The option's value as a number; undefined where it was not given.
 *
 * @throws {@link UsageError} where it is none
 */
export function numberOption(options: Options, name: string): number | undefined {
  const value = options[camelCase(name)];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (!Number.isNaN(number)) return number;
  throw new UsageError(`--${name} ${JSON.stringify(value)} is not a number`);
}

/**
 * `NAME=VALUE` pairs as a record.
 *
 * @throws {@link UsageError} for one without `=`
 */
export function pairsOption(options: Options, name: string): Record<string, string> {
  const pairs = (options[name] ?? []) as readonly string[];
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
      throw new UsageError(`--${name} ${JSON.stringify(pair)} is not allowed: use NAME=VALUE`);
    }),
  );
}

/**
 * The option's value as a number within bounds.
 *
 * @throws {@link UsageError} naming the bounds
 */
export function boundedOption(
  options: Options,
  name: string,
  [min, max]: readonly [number, number],
): number {
  const number = numberOption(options, name) ?? Number.NaN;
  if (number >= min && number <= max) return number;
  throw new UsageError(`--${name} ${number} is not allowed: use ${min} to ${max}`);
}

/** {@link boundedOption} for whole numbers. */
export function wholeOption(
  options: Options,
  name: string,
  bounds: readonly [number, number],
): number {
  const number = boundedOption(options, name, bounds);
  if (Number.isInteger(number)) return number;
  throw new UsageError(`--${name} ${number} is not allowed: use a whole number`);
}

/** What was given, under its name; nothing where it was not. */
export function given<Name extends string, Value>(name: Name, value: Value | undefined) {
  return (value === undefined ? {} : { [name]: value }) as Readonly<Partial<Record<Name, Value>>>;
}

/** `error-status` as `errorStatus`. */
export function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
