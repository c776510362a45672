import { deleteCluster, missingTool } from '@canary/kind';
import { test } from '@playwright/test';
import { cluster, keepCluster, kubeconfig } from './environment.ts';

test('the cluster is deleted', async () => {
  const missing = await missingTool();
  test.skip(missing !== undefined, missing ?? '');
  test.skip(keepCluster, 'KEEP_CLUSTER=1');
  await deleteCluster(cluster, kubeconfig);
});
