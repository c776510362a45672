import { randomBytes } from 'node:crypto';
import { kubernetesPlatform, type KubernetesPlatform } from '../kubernetes-platform.ts';

const kubeconfig = process.env['CANARY_TEST_KUBECONFIG'] ?? '';

/** Whether there is a cluster to test on, and what the tests' title says of it. */
export const withCluster = {
  missing: kubeconfig === '',
  title:
    kubeconfig === ''
      ? 'skipped: CANARY_TEST_KUBECONFIG names no kubeconfig of a cluster for tests'
      : 'on a real cluster',
};

/** A namespace of the test cluster, and what removes it. */
export interface ClusterNamespace {
  readonly platform: KubernetesPlatform;
  readonly namespace: string;
  readonly kubeconfig: string;
  readonly close: () => Promise<void>;
}

/** A namespace of its own for a test file. */
export async function clusterNamespace(prefix: string): Promise<ClusterNamespace> {
  const platform = kubernetesPlatform({ kubeconfig });
  const namespace = `${prefix}-${randomBytes(3).toString('hex')}`;
  await platform.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  return {
    platform,
    namespace,
    kubeconfig,
    close: async () => {
      await platform.cluster.request({
        asked: `remove Namespace ${namespace}`,
        method: 'DELETE',
        path: `/api/v1/namespaces/${namespace}`,
      });
      await platform.close();
    },
  };
}
