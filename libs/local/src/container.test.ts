import { configMap } from '@canary/rollout/contract/objects';
import { expect, it } from 'vitest';
import { runPod } from './testing/run-pod.ts';

it('moves from ErrImagePull to ImagePullBackOff where nothing runs the image', async () => {
  const { platform } = await runPod({ image: 'tomcat:11' });
  const everything = { namespace: 'default', labels: {} };
  const seen: unknown[] = [];
  for await (const [workload] of platform.watch(everything, AbortSignal.timeout(5000))) {
    const { phase, reason, message } = workload?.pods[0] ?? {};
    if (reason !== 'ContainerCreating') seen.push([phase, reason, message]);
    if (reason === 'ImagePullBackOff') break;
  }
  const message =
    'nothing on the embedded platform runs the image "tomcat:11": ' +
    "correct its name, or say what stands for it with --run 'tomcat:11=<command>'";
  expect(seen).toEqual([
    ['Pending', 'ErrImagePull', message],
    ['Pending', 'ImagePullBackOff', message],
  ]);
});

it.each(['matches', 'command'] as const)('says why a runner fails at its %s', async (where) => {
  const fail = () => {
    throw new Error('prometheus is not installed; install it');
  };
  const runner = { matches: () => true, command: fail, [where]: fail };
  const { until } = await runPod({}, { images: [runner] });
  await until((pod) => [pod.phase, pod.reason, pod.message]).toEqual([
    'Pending',
    'CreateContainerError',
    'prometheus is not installed; install it',
  ]);
});

it('waits for a ConfigMap that is not there yet', async () => {
  const { platform, until, get, ready } = await runPod({
    container: {
      env: [{ name: 'VERSION', valueFrom: { configMapKeyRef: { name: 'later', key: 'v' } } }],
    },
  });
  await until((pod) => [pod.phase, pod.reason, pod.message]).toEqual([
    'Pending',
    'CreateContainerConfigError',
    'key "v" of configmap "later" not found in namespace default; apply it',
  ]);
  await platform.apply([configMap('later', { v: 'v9' })]);
  await ready();
  expect((await get('/')).body).toBe('v9');
});

it('restarts a container that ends quickly at first, then after longer and longer', async () => {
  const { until, ready, get } = await runPod();
  const { name, scrapeAddress } = await ready();
  await get('/exit').catch(() => undefined);
  await until((pod) => [pod.restarts, pod.ready]).toEqual([1, true]);
  await get('/exit').catch(() => undefined);
  await until((pod) => [pod.phase, pod.reason, pod.message]).toEqual([
    'Running',
    'CrashLoopBackOff',
    expect.stringMatching(
      /^back-off 10s restarting container myapp: exit code 3; its log ends with: listening on \d+$/,
    ),
  ]);
  await until((pod) => [pod.restarts, pod.ready, pod.name, pod.scrapeAddress]).toEqual([
    2,
    true,
    name,
    scrapeAddress,
  ]);
});
