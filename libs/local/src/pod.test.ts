import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PORT } from '@canary/rollout/contract/objects';
import { systemClock } from '@canary/runtime';
import { expect, it } from 'vitest';
import { SPEED } from './testing/fast-clock.ts';
import { runPod } from './testing/run-pod.ts';
import { myappRunner } from './testing/test-platform.ts';
import type { ContainerContext } from './images.ts';
import type { LocalPlatform } from './local-platform.ts';

it('gives the container its environment, and none of this process', async () => {
  process.env['CANARY_SECRET'] = 'of this process';
  const field = (fieldPath: string) => ({ valueFrom: { fieldRef: { fieldPath } } });
  const env = [
    { name: 'VERSION', value: 'v2.0.0' },
    { name: 'POD_NAME', ...field('metadata.name') },
    { name: 'POD_NAMESPACE', ...field('metadata.namespace') },
    { name: 'WHO', value: '$(POD_NAME) at $(VERSION)' },
  ];
  const { ready, get } = await runPod({ container: { env } });
  const { name } = await ready();
  const seen = JSON.parse((await get('/env')).body) as Record<string, string>;
  delete process.env['CANARY_SECRET'];
  expect(seen).toMatchObject({
    VERSION: 'v2.0.0',
    POD_NAME: name,
    POD_NAMESPACE: 'default',
    HOSTNAME: name,
    WHO: `${name} at v2.0.0`,
  });
  expect(seen).not.toHaveProperty('CANARY_SECRET');
  expect(seen).not.toHaveProperty('VITEST');
});

it('hands the runner all that it needs, volumes written out', async () => {
  const seen: ContainerContext[] = [];
  const spy = {
    matches: () => true,
    command: (context: ContainerContext) => {
      seen.push(context);
      return myappRunner.command(context);
    },
  };
  const { ready, platform } = await runPod(
    {
      container: {
        args: ['--config=/etc/app/app.yml', '--as=$(HOSTNAME)'],
        ports: [{ containerPort: PORT }, { containerPort: 9090, name: 'admin' }],
        volumeMounts: [
          { name: 'config', mountPath: '/etc/app' },
          { name: 'scratch', mountPath: '/data', subPath: 'deep' },
        ],
      },
      pod: {
        volumes: [
          { name: 'config', configMap: { name: 'config', optional: true } },
          { name: 'scratch', emptyDir: {} },
        ],
      },
    },
    { images: [spy] },
  );
  const pod = await ready();
  const context = seen[0]!;
  expect(context).toMatchObject({
    image: 'myapp:v1.0',
    namespace: 'default',
    pod: pod.name,
    container: 'myapp',
    args: ['--config=/etc/app/app.yml', `--as=${pod.name}`],
    discoveryUrl: platform.discoveryUrl,
  });
  expect([...context.ports.keys()]).toEqual([PORT, 9090]);
  expect(pod.scrapeAddress).toBe(`127.0.0.1:${context.ports.get(PORT) ?? 0}`);
  expect(context.mounts.get('/etc/app')).toBe(join(context.directory, 'volumes', 'config'));
  expect(context.mounts.get('/data')).toBe(join(context.directory, 'volumes', 'scratch', 'deep'));
});

it('keeps the log of a pod that is gone, and removes its directory', async () => {
  const { platform, ready, directory } = await runPod({
    pod: { volumes: [{ name: 'v', emptyDir: {} }] },
  });
  const { name } = await ready();
  await platform.stop();
  expect(await platform.logs('default', name, 1)).toEqual(['got SIGTERM']);
  expect(await readFile(join(directory, 'logs', 'default', `${name}.log`), 'utf8')).toMatch(
    /^listening on \d+\ngot SIGTERM\n$/,
  );
  expect(await readdir(join(directory, 'pods'))).toEqual([]);
  expect(await platform.logs('default', 'never-was')).toEqual([]);
});

it('is killed when its grace period is over', async () => {
  const { platform, ready, until } = await runPod({
    env: { ON_SIGTERM: 'ignore' },
    pod: { terminationGracePeriodSeconds: 8 },
  });
  const { name } = await ready();
  const began = Date.now();
  await platform.scale({ namespace: 'default', name: 'web' }, 0);
  await until((pod) => pod.terminating).toBe(true);
  await gone(platform);
  expect(Date.now() - began).toBeGreaterThanOrEqual(8000 / SPEED);
  expect(await platform.logs('default', name)).toContain('got SIGTERM');
});

it('is not asked to end before connections that were on their way have arrived', async () => {
  const { platform, ready } = await runPod(
    { container: { readinessProbe: undefined } },
    { clock: systemClock },
  );
  await ready();
  const began = performance.now();
  await platform.scale({ namespace: 'default', name: 'web' }, 0);
  await gone(platform);
  expect(performance.now() - began).toBeGreaterThanOrEqual(99);
});

it('answers on until its preStop is over, and only then is asked to end', async () => {
  const lifecycle = { preStop: { sleep: { seconds: 8 } } };
  const { platform, ready, get, logs } = await runPod({ container: { lifecycle } });
  await ready();
  const began = Date.now();
  await platform.scale({ namespace: 'default', name: 'web' }, 0);
  expect((await get('/')).body).toBe('none');
  expect(await logs()).not.toContain('got SIGTERM');
  await gone(platform);
  expect(Date.now() - began).toBeGreaterThanOrEqual(8000 / SPEED);
});

async function gone(platform: LocalPlatform): Promise<void> {
  const pods = async () => (await platform.list({ namespace: 'default', labels: {} }))[0]?.pods;
  await expect.poll(pods, { timeout: 10_000 }).toEqual([]);
}
