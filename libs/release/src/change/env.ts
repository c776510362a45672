import { ReleaseError } from '../errors.ts';
import {
  allContainers,
  mapContainers,
  type Container,
  type PodTemplate,
} from '../objects/pod-template.ts';

/** One variable that is set, or with no value removed. */
interface Setting {
  /** Undefined: of every container. */
  readonly container: string | undefined;
  readonly key: string;
  readonly value: string | undefined;
}

/** A name of a container before the colon; the name of a variable is anything printable but `=`. */
const SETTING =
  /^(?:(?<container>[a-z0-9]([-a-z0-9]*[a-z0-9])?):)?(?<key>[\x20-\x3c\x3e-\x7e]+?)(?:=(?<value>[^]*)|(?<removed>-))$/;

/**
 * The template with other environment variables, each given as `KEY=value`, or as `KEY-` to remove
 * it, in every container; `container:KEY=value` is for one alone.
 *
 * @param owner what an error calls the object
 */
export function withEnv(
  template: PodTemplate,
  settings: readonly string[],
  owner: string,
): PodTemplate {
  return settings.reduce((before, text) => {
    const { container: name, ...setting } = parse(before, text, owner);
    return mapContainers(before, (container) =>
      name === undefined || container.name === name ? set(container, setting) : container,
    );
  }, template);
}

function set(container: Container, { key, value }: Omit<Setting, 'container'>): Container {
  const { env = [], ...others } = container;
  if (value === undefined) {
    const kept = env.filter(({ name }) => name !== key);
    return kept.length === 0 ? others : { ...container, env: kept };
  }
  // In its place: a variable may refer to those before it.
  const variable = { name: key, value };
  return env.some(({ name }) => name === key)
    ? { ...container, env: env.map((one) => (one.name === key ? variable : one)) }
    : { ...container, env: [...env, variable] };
}

function parse(template: PodTemplate, text: string, owner: string): Setting {
  const { container, key, value } = SETTING.exec(text)?.groups ?? {};
  if (key === undefined)
    throw new ReleaseError(
      `cannot set "${text}": write KEY=value, KEY- to remove it, or container:KEY=value for one container of ${owner}`,
    );
  const names = allContainers(template).map(({ name }) => name);
  if (container !== undefined && !names.includes(container))
    throw new ReleaseError(
      `cannot set "${text}": ${owner} has no container "${container}"; it has ${names.join(', ')}`,
    );
  return { container, key, value };
}
