import { FIELD_PATH, type ContainerSpec } from './pod-schema.ts';
import type { ConfigMapObject } from './schema.ts';

/** What a variable can be taken from: the fields of the pod, and the ConfigMaps of its namespace. */
export interface EnvironmentSources {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly node: string;
  readonly configMap: (name: string) => ConfigMapObject | undefined;
}

/** A ConfigMap, or a key of it, is not there (yet). */
export class MissingConfigError extends Error {
  override readonly name = 'MissingConfigError';
}

/**
 * A container's environment: `envFrom`, then `env` in its order, with `$(NAME)` replaced by what
 * stands before it, and `HOSTNAME`, which container runtimes set to the pod's name.
 *
 * @throws {@link MissingConfigError} where a ConfigMap is not there
 */
export function podEnvironment(
  { env, envFrom }: Pick<ContainerSpec, 'env' | 'envFrom'>,
  sources: EnvironmentSources,
): Record<string, string> {
  const result: Record<string, string> = { HOSTNAME: sources.name };
  for (const { prefix, configMapRef } of envFrom) {
    if (!configMapRef) continue;
    const data = sources.configMap(configMapRef.name)?.data;
    if (!data && !configMapRef.optional) throw missing(configMapRef.name, sources.namespace);
    for (const [key, value] of Object.entries(data ?? {})) result[prefix + key] = value;
  }
  for (const variable of env) {
    const value = valueOf(variable, sources);
    if (value !== undefined) result[variable.name] = expand(value, result);
  }
  return result;
}

/** The error for a ConfigMap, or one key of it, that is not there. */
export function missing(name: string, namespace: string, key?: string): MissingConfigError {
  const what = key === undefined ? `configmap "${name}"` : `key "${key}" of configmap "${name}"`;
  return new MissingConfigError(`${what} not found in namespace ${namespace}; apply it`);
}

/** Replaces `$(NAME)` by the variable's value where there is one; `$$` stands for one `$`. */
export function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\$|\$\(([^)]+)\)/g, (found, name: string | undefined) =>
    name === undefined ? '$' : (variables[name] ?? found),
  );
}

function valueOf(
  { value, valueFrom }: ContainerSpec['env'][number],
  sources: EnvironmentSources,
): string | undefined {
  if (valueFrom?.fieldRef) return fieldValue(valueFrom.fieldRef.fieldPath, sources);
  if (!valueFrom?.configMapKeyRef) return value ?? (valueFrom ? undefined : '');
  const { name, key, optional } = valueFrom.configMapKeyRef;
  const found = sources.configMap(name)?.data[key];
  if (found === undefined && !optional) throw missing(name, sources.namespace, key);
  return found;
}

function fieldValue(path: string, sources: EnvironmentSources): string {
  const [, , plain, map, key = ''] = FIELD_PATH.exec(path) ?? [];
  if (plain === 'name' || plain === 'namespace' || plain === 'uid') return sources[plain];
  if (map === 'labels' || map === 'annotations') return sources[map][key] ?? '';
  return path === 'spec.nodeName' ? sources.node : '127.0.0.1';
}
