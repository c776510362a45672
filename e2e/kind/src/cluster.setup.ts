import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  buildImage,
  clusterExists,
  createCluster,
  deleteCluster,
  loadImages,
  pullMissing,
} from '@canary/kind';
import { test } from '@playwright/test';
import {
  builtImages,
  cluster,
  keepCluster,
  kindNodeImage,
  kubeconfig,
  nodeImage,
  pulledImages,
} from './environment.ts';
import { kubectl } from './kubectl.ts';
import { requireKind } from './require-kind.ts';

requireKind();
test.describe.configure({ mode: 'serial' });

test('a cluster of a control plane and two workers', async () => {
  await mkdir(dirname(kubeconfig), { recursive: true });
  if (keepCluster && (await clusterExists(cluster))) {
    // What an earlier run left in a kept cluster must not help this one.
    await kubectl(['delete', 'namespace', 'canary', '--ignore-not-found', '--wait']);
    return;
  }
  await deleteCluster(cluster, kubeconfig);
  await createCluster({ name: cluster, workers: 2, kubeconfig, nodeImage: kindNodeImage });
});

test('the images: built, pulled where missing, loaded onto every node', async () => {
  for (const { tag, context } of builtImages) await buildImage({ tag, context, nodeImage });
  await pullMissing(Object.values(pulledImages));
  await loadImages(cluster, [...builtImages.map(({ tag }) => tag), ...Object.values(pulledImages)]);
});
