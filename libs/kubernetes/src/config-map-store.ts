import { createHash } from 'node:crypto';
import { ConflictError, type RolloutStore, type Stored } from '@canary/rollout';
import type { ConfigMap } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
import { follow, patient } from './follow.ts';
import { KubernetesError } from './kubernetes-error.ts';
import { corePath } from './resource-path.ts';

/** Where values are kept. */
export interface ConfigMapStoreOptions {
  readonly cluster: Cluster;
  /** It has to exist. */
  readonly namespace: string;
  /** What the ConfigMaps' names begin with; `canary-` without. */
  readonly prefix?: string;
}

/** A store that tells of changes. */
export interface ConfigMapStore extends RolloutStore {
  /**
   * Takes the rights to `list` and `watch` ConfigMaps.
   *
   * @throws an `Error` where the API server refuses it, or goes on refusing
   */
  watch(key: string, signal: AbortSignal): AsyncIterable<void>;
}

/** The API server's own limit of a ConfigMap's data. */
const MOST_BYTES = 1_048_576;
const KEY_ANNOTATION = 'canary/key';
const DATA = 'value.json';

/**
 * Keeps each value in a ConfigMap of its own; `kubectl get configmap -l app.kubernetes.io/managed-by=canary`
 * shows them. The resource version is the lock: who saves on top of an older one is refused.
 */
export function configMapStore(options: ConfigMapStoreOptions): ConfigMapStore {
  const { cluster, namespace, prefix = 'canary-' } = options;

  return {
    load: async <Value>(key: string): Promise<Stored<Value> | undefined> => {
      const name = nameOf(prefix, key);
      const asked = `load "${key}" from ConfigMap ${namespace}/${name}`;
      const path = corePath('configmaps', namespace, name);
      const found = await cluster.request<ConfigMap>({ asked, path }).catch((error: unknown) => {
        if (failureOf(error) !== 'not-found') throw error;
        return undefined;
      });
      if (!found) return undefined;
      return { value: parse(asked, found) as Value, version: versionOf(found) };
    },

    save: async (key, value, version) => {
      const name = nameOf(prefix, key);
      const asked = `save "${key}" in ConfigMap ${namespace}/${name}`;
      const body = configMap(name, key, serialize(asked, value));
      const create = version === undefined;
      const saved = cluster.request<ConfigMap>({
        asked,
        method: create ? 'POST' : 'PUT',
        path: corePath('configmaps', namespace, create ? undefined : name),
        body: create ? body : withVersion(body, version),
      });
      return versionOf(
        await saved.catch((cause: unknown) => {
          const failure = failureOf(cause);
          if (failure !== 'conflict' && (create || failure !== 'not-found')) throw cause;
          const what = failure === 'not-found' ? 'removed' : 'saved';
          const why = `someone else ${what} it meanwhile; load it again and decide anew`;
          throw new ConflictError(`cannot ${asked}: ${why}`, { cause });
        }),
      );
    },

    watch: async function* (key, signal) {
      const name = nameOf(prefix, key);
      const states = follow(cluster, {
        asked: `watch "${key}" in ConfigMap ${namespace}/${name}`,
        path: corePath('configmaps', namespace),
        query: { fieldSelector: `metadata.name=${name}` },
        metadataOnly: true,
        signal,
        pauses: patient,
      });
      let last: string | undefined;
      for await (const state of states) {
        const version = state.get(name)?.metadata.resourceVersion ?? 'none';
        if (version === last) continue;
        last = version;
        yield;
      }
    },
  };
}

function configMap(name: string, key: string, json: string) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      labels: { 'app.kubernetes.io/managed-by': 'canary' },
      annotations: { [KEY_ANNOTATION]: key },
    },
    data: { [DATA]: json },
  };
}

function withVersion(object: ConfigMap, resourceVersion: string): ConfigMap {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}

/** A name that the cluster allows, and that no other key has. */
function nameOf(prefix: string, key: string): string {
  const name = `${prefix}${key}`;
  if (
    name.length <= 253 &&
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name)
  )
    return name;
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const readable = key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100);
  return `${prefix}${readable}-${hash}`.replace(/--+/g, '-');
}

function serialize(asked: string, value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined)
    throw new Error(`cannot ${asked}: a value of type ${typeof value} is no JSON; save plain data`);
  const bytes = Buffer.byteLength(json);
  if (bytes > MOST_BYTES)
    throw new Error(
      `cannot ${asked}: it has ${bytes} bytes and a ConfigMap holds ${MOST_BYTES} (1 MiB); keep less in it`,
    );
  return json;
}

function parse(asked: string, { data }: ConfigMap): unknown {
  try {
    return JSON.parse(data?.[DATA] ?? '') as unknown;
  } catch (cause) {
    const why = `its ${DATA} is no JSON, so it was not saved by canary or was edited`;
    throw new Error(`cannot ${asked}: ${why}; mend or delete it`, { cause });
  }
}

function versionOf({ metadata }: ConfigMap): string {
  return metadata.resourceVersion ?? '';
}

function failureOf(error: unknown): string | undefined {
  return error instanceof KubernetesError ? error.failure : undefined;
}
