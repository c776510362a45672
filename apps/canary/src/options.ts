import { UsageError, type OptionSpec, type Options } from './command.ts';

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

/**
 * The option's value as a number; undefined where it was not given.
 *
 * @throws {@link UsageError} where it is none
 */
export function numberOption(options: Options, name: string): number | undefined {
  const value = options[name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
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
