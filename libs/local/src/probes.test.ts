import { PORT, quickly } from '@canary/rollout/contract/objects';
import { expect, it } from 'vitest';
import { runPod } from './testing/run-pod.ts';

const probe = { httpGet: { path: '/healthy', port: PORT }, ...quickly };
/** Fails never, for all practical purposes. */
const patient = { ...probe, failureThreshold: 10_000 };

it('is not ready while its readiness probe fails, and says why; connections stay', async () => {
  const { until, ready, get } = await runPod();
  await ready();
  await get('/unhealthy');
  await until((pod) => [pod.phase, pod.ready, pod.restarts, pod.reason]).toEqual([
    'Running',
    false,
    0,
    'NotReady',
  ]);
  await until((pod) => pod.message).toBe(
    'containers with unready status: [myapp]; Readiness probe failed: HTTP probe failed with statuscode: 503',
  );
});

it('is ready by a TCP probe of a named port', async () => {
  const { ready } = await runPod({
    container: {
      ports: [{ containerPort: PORT, name: 'http' }],
      readinessProbe: { tcpSocket: { port: 'http' }, ...quickly },
    },
  });
  await ready();
});

it('is restarted when its liveness probe fails, and is then well again', async () => {
  const { until, ready, get, logs } = await runPod({
    container: { startupProbe: patient, livenessProbe: probe },
  });
  await ready();
  await get('/unhealthy');
  await until((pod) => pod.restarts).toBe(1);
  await ready();
  expect((await get('/healthy')).status).toBe(200);
  expect((await logs()).filter((line) => !line.startsWith('listening'))).toEqual(['got SIGTERM']);
});

it('holds the liveness probe back until the startup probe succeeds', async () => {
  const { ready } = await runPod({
    env: { START_MS: '300' },
    container: {
      startupProbe: patient,
      livenessProbe: { ...probe, failureThreshold: 1 },
    },
  });
  expect((await ready()).restarts).toBe(0);
});

it('is restarted when its startup probe fails for too long', async () => {
  const { until } = await runPod({
    env: { HEALTHY: 'no' },
    container: { startupProbe: { ...probe, failureThreshold: 10 } },
  });
  await until((pod) => [pod.restarts, pod.reason, pod.message?.split('; ')[1]]).toEqual([
    1,
    'CrashLoopBackOff',
    'Startup probe failed: HTTP probe failed with statuscode: 503',
  ]);
});
