import { platformContract } from '@canary/rollout/contract';
import { describe } from 'vitest';
import { clusterNamespace, withCluster } from './testing/test-cluster.ts';

describe.skipIf(withCluster.missing)(withCluster.title, () => {
  platformContract(
    'a Kubernetes cluster',
    async () => {
      const { platform, namespace, close } = await clusterNamespace('contract');
      return { platform, namespace, image: 'myapp:v1.0', close };
    },
    { patience: 120_000 },
  );
});
