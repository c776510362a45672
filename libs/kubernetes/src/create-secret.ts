import type { Cluster } from './cluster.ts';
import { KubernetesError } from './kubernetes-error.ts';
import { corePath } from './resource-path.ts';

/** A Secret, and where. */
export interface SecretOptions {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

/**
 * Makes a Secret, and leaves one of that name as it is: what is in it may be in use.
 *
 * @returns whether it was made
 */
export async function createSecret(options: SecretOptions): Promise<boolean> {
  const { cluster, namespace, name, data } = options;
  const made = cluster.request({
    asked: `make Secret ${namespace}/${name}`,
    method: 'POST',
    path: corePath('secrets', namespace),
    body: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'canary' } },
      stringData: data,
    },
  });
  return made.then(
    () => true,
    (error: unknown) => {
      if (error instanceof KubernetesError && error.failure === 'conflict') return false;
      throw error;
    },
  );
}
