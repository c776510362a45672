import type { Options } from '../command.ts';
import { camelCase } from '../options.ts';
import type { OptionValue } from './field-types.ts';
import { configFields, excludedBy, type ConfigField } from './fields.ts';
import { valueOf, type Config } from './schema.ts';

/** What was asked for on the command line. */
export interface Asked {
  /** With the defaults. */
  readonly options: Options;
  /** Whether the command has an option of that name, in camel case. */
  readonly has: (option: string) => boolean;
  /** Whether its value is no default. */
  readonly isGiven: (option: string) => boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Options of which each name has a value: a name that is given wins, and the others stay. */
const BY_NAME = ['query', 'max', 'min'];

/** The options with what the file says, where the command line does not say it. */
export function mergeConfig(config: Config, asked: Asked): Options {
  const merged: Record<string, Options[string]> = { ...asked.options };
  for (const field of configFields) {
    const value = valueOf(config, field);
    if (value === undefined || isOverruled(field, config, asked)) continue;
    for (const [option, own] of Object.entries(
      field.type.toOptions(value, field.options[0] ?? ''),
    )) {
      const name = camelCase(option);
      if (!field.options.includes(option) || !asked.has(name)) continue;
      if (!asked.isGiven(name)) merged[name] = own;
      else if (BY_NAME.includes(option)) merged[name] = byName(own, asked.options[name]);
    }
  }
  return merged;
}

/** What contradicts the field is given, or it is of another place than the one that is asked for. */
function isOverruled(field: ConfigField, config: Config, asked: Asked): boolean {
  const isGiven = (option: string) => asked.isGiven(camelCase(option));
  if (excludedBy(field).some(({ options }) => options.some(isGiven))) return true;
  const { CANARY_ON: variable = '' } = asked.env;
  const cluster = ['context', 'kubeconfig'].some(isGiven);
  if (field.path === 'on') return variable !== '' || cluster;
  if (field.path !== 'context') return false;
  const on = isGiven('on') ? asked.options['on'] : variable || valueOf(config, { path: 'on' });
  return on === 'local';
}

function byName(own: OptionValue, given: Options[string]): readonly string[] {
  const [mine, theirs] = [own, given ?? []] as [readonly string[], readonly string[]];
  const names = new Set(theirs.map(nameOf));
  return [...mine.filter((pair) => !names.has(nameOf(pair))), ...theirs];
}

function nameOf(pair: string): string {
  return pair.slice(0, pair.indexOf('=')).trim();
}
