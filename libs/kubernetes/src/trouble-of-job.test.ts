import { expect, it, onTestFinished } from 'vitest';
import { fakeApiServer } from './testing/fake-api-server.ts';
import { connectCluster } from './cluster.ts';
import { troubleOfJob } from './trouble-of-job.ts';

const pod = (status: object) => ({
  metadata: { name: 'drive-x', labels: { 'batch.kubernetes.io/job-name': 'drive' } },
  spec: { nodeName: 'worker', containers: [{ name: 'driver' }] },
  status,
});

it.each([
  ['has none', [], 'Job drive has no pod: see kubectl -n canary describe job drive'],
  [
    'waits for its image',
    [
      pod({
        phase: 'Pending',
        containerStatuses: [
          {
            name: 'driver',
            ready: false,
            restartCount: 0,
            state: { waiting: { reason: 'ErrImagePull', message: 'no such image' } },
          },
        ],
      }),
    ],
    'drive-x: ErrImagePull: no such image',
  ],
  [
    'runs',
    [
      pod({
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [
          { name: 'driver', ready: true, restartCount: 0, state: { running: {} } },
        ],
      }),
    ],
    undefined,
  ],
] as const)('says of a pod that %s why it does not run', async (_, pods, why) => {
  const server = await fakeApiServer();
  const cluster = connectCluster({ kubeconfig: server.kubeconfig });
  onTestFinished(() => cluster.close());
  for (const each of pods) server.put('pods', each);
  expect(await troubleOfJob(cluster, 'canary', 'drive')).toBe(why);
  expect(server.requests[0]!.url).toContain('labelSelector=batch.kubernetes.io%2Fjob-name%3Ddrive');
});
