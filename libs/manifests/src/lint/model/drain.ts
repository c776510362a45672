import type { Container } from './container.ts';
import { fieldsOf, listOf, numberOf, textOf, valueAt, type Path } from './fields.ts';

/** How long a container says that it takes to leave, at the least. */
export interface Drain {
  readonly seconds: number;
  /** What says so, for a message. */
  readonly said: string;
  readonly path: Path;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
const SLEEP = /^\s*(?:\/bin\/|\/usr\/bin\/)?sleep\s+(\d+(?:\.\d+)?)([smh]?)\s*$/;

/** The drain of a container: its preStop sleep, then the `DRAIN_SECONDS` of its environment. */
export function drainOf(container: Container): Drain | undefined {
  const preStop = preStopSeconds(container);
  const variable = drainVariable(container);
  const parts = [
    ...(preStop > 0 ? [`preStop sleeps ${preStop} s`] : []),
    ...(variable.seconds > 0 ? [`DRAIN_SECONDS is ${variable.seconds}`] : []),
  ];
  if (parts.length === 0) return undefined;
  const path = preStop > 0 ? [...container.path, 'lifecycle', 'preStop'] : variable.path;
  return { seconds: preStop + variable.seconds, said: parts.join(' and '), path };
}

function preStopSeconds({ fields }: Container): number {
  const preStop = fieldsOf(valueAt(fields, ['lifecycle', 'preStop']));
  const slept = numberOf(valueAt(preStop, ['sleep', 'seconds']));
  if (slept !== undefined) return slept;
  const command = listOf(valueAt(preStop, ['exec', 'command'])).map(String);
  const script = command[1] === '-c' ? (command[2] ?? '') : command.join(' ');
  // A sleep in a loop or behind a condition says little of how long it all takes.
  if (/\b(while|for|until|if|case)\b|\|\||&\s*$/.test(script)) return 0;
  return script
    .split(/;|&&|\n/)
    .map((step) => SLEEP.exec(step))
    .reduce((sum, found) => sum + Number(found?.[1] ?? 0) * (UNITS[found?.[2] ?? ''] ?? 1), 0);
}

function drainVariable({ fields, path }: Container): { seconds: number; path: Path } {
  const env = listOf(fields['env']).map(fieldsOf);
  const index = env.findIndex(({ name }) => name === 'DRAIN_SECONDS');
  const seconds = Number(textOf(env[index]?.['value']) ?? 0);
  return { seconds: Number.isFinite(seconds) ? seconds : 0, path: [...path, 'env', index] };
}
