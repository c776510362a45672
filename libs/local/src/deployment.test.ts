import { deployment, type DeploymentFixture } from '@canary/rollout/contract/objects';
import { expect, it } from 'vitest';
import { SPEED } from './testing/fast-clock.ts';
import { testPlatform } from './testing/test-platform.ts';

const everything = { namespace: 'default', labels: {} };

async function runWeb(fixture: Partial<DeploymentFixture>) {
  const { platform } = await testPlatform();
  const apply = (more: Partial<DeploymentFixture> = {}) =>
    platform.apply([deployment({ name: 'web', ...fixture, ...more })]);
  await apply();
  const look = async () => (await platform.list(everything))[0]!;
  const ready = async () => {
    const all = async () => {
      const { readyReplicas, replicas, pods } = await look();
      return readyReplicas === replicas && pods.length === replicas;
    };
    await expect.poll(all, { timeout: 15_000, interval: 20 }).toBe(true);
    return look();
  };
  return { platform, apply, look, ready };
}

it('keeps within the bounds of a rolling update', async () => {
  const strategy = { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } };
  const { platform, apply, ready } = await runWeb({ replicas: 3, spec: { strategy } });
  const before = (await ready()).pods.map(({ name }) => name);
  await apply({ env: { VERSION: 'v2' } });
  const active: number[] = [];
  const readyOnes: number[] = [];
  for await (const [workload] of platform.watch(everything, AbortSignal.timeout(20_000))) {
    const pods = workload?.pods.filter(({ terminating }) => !terminating) ?? [];
    active.push(pods.length);
    readyOnes.push(pods.filter((pod) => pod.ready).length);
    if (pods.every((pod) => pod.ready && !before.includes(pod.name)) && pods.length === 3) break;
  }
  expect(Math.max(...active)).toBe(4);
  expect(Math.min(...readyOnes)).toBe(2);
});

it('recreates: no pod of two templates at once', async () => {
  const { platform, apply, ready } = await runWeb({
    replicas: 2,
    spec: { strategy: { type: 'Recreate' } },
  });
  await ready();
  await apply({ env: { VERSION: 'v2' } });
  const hashes: number[] = [];
  let sawAllLeave = false;
  for await (const [workload] of platform.watch(everything, AbortSignal.timeout(20_000))) {
    const pods = workload?.pods ?? [];
    hashes.push(new Set(pods.map(({ labels }) => labels['pod-template-hash'])).size);
    if (pods.every(({ terminating }) => terminating)) sawAllLeave = true;
    if (sawAllLeave && pods.length === 2 && pods.every((pod) => pod.ready && !pod.terminating))
      break;
  }
  expect(Math.max(...hashes)).toBe(1);
  expect(sawAllLeave).toBe(true);
});

it('counts a pod as available only after minReadySeconds', async () => {
  const { ready, look } = await runWeb({ spec: { minReadySeconds: 10 } });
  await ready();
  const available = async () => (await look()).conditions[0]?.status;
  expect(await available()).toBe('False');
  const began = Date.now();
  await expect.poll(available, { timeout: 10_000, interval: 20 }).toBe('True');
  expect(Date.now() - began).toBeLessThan(10_000 / SPEED + 5000);
});

it('names pods after the Deployment and its template, the same template with the same name', async () => {
  const { apply, ready } = await runWeb({});
  const [first] = (await ready()).pods;
  expect(first?.name).toMatch(/^web-[a-z0-9]{10}-[a-z0-9]{5}$/);
  await apply({ env: { VERSION: 'v2' } });
  const [second] = (await ready()).pods;
  await apply({});
  const [third] = (await ready()).pods;
  const replicaSet = (name = '') => name.split('-').slice(0, 2).join('-');
  expect(replicaSet(second?.name)).not.toBe(replicaSet(first?.name));
  expect(replicaSet(third?.name)).toBe(replicaSet(first?.name));
});
