import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { httpGet } from '../testing/http-get.ts';
import { deployment, PORT, service } from '../testing/objects.ts';
import { testPlatform } from '../testing/test-platform.ts';
import { systemClock } from './clock.ts';

const v1 = { name: 'myapp-deploy-v1.0', env: { VERSION: 'v1' } };
const v2 = { name: 'myapp-deploy-v2.0', release: '2.0.0', env: { VERSION: 'v2' } };
const ref = (name: string) => ({ namespace: 'default', name });

async function runBoth(options: Parameters<typeof testPlatform>[0] = {}, replicas = 1) {
  const { platform } = await testPlatform(options);
  await platform.apply([
    service(),
    deployment({ ...v1, replicas }),
    deployment({ ...v2, replicas }),
    deployment({ name: 'tomcat', appname: 'tomcat', env: { VERSION: 'tomcat' } }),
  ]);
  const ready = async () =>
    (await platform.list({ namespace: 'default', labels: {} })).map((w) => w.readyReplicas);
  await expect.poll(ready, { timeout: 10_000 }).toEqual([replicas, replicas, 1]);
  return { platform, url: `http://${platform.serviceAddress('default', 'myapp-svc', PORT)}` };
}

it('sends connections to every ready pod of its selector, and to no other', async () => {
  const { url } = await runBoth();
  const answers: string[] = [];
  for (let request = 0; request < 60; request++) answers.push((await httpGet(`${url}/`)).body);
  // That one of two gets none of 60 happens once in 10^17 runs.
  expect([...new Set(answers)].sort()).toEqual(['v1', 'v2']);
});

it('sends nothing to a pod that is not ready', async () => {
  const { platform, url } = await runBoth();
  const [, workload] = await platform.list({ namespace: 'default', labels: {} });
  await httpGet(`http://${workload?.pods[0]?.scrapeAddress ?? ''}/unhealthy`);
  const ready = async () =>
    (await platform.list({ namespace: 'default', labels: {} }))[1]?.readyReplicas;
  await expect.poll(ready).toBe(0);
  for (let request = 0; request < 10; request++) expect((await httpGet(`${url}/`)).body).toBe('v1');
});

it('lets a request end that a pod has, while the pod leaves', async () => {
  const { platform, url } = await runBoth();
  await platform.remove(ref(v1.name));
  const slow = httpGet(`${url}/slow`);
  const [workload] = await platform.list({ namespace: 'default', labels: { release: '2.0.0' } });
  const logs = () => platform.logs('default', workload?.pods[0]?.name ?? '');
  await expect.poll(logs).toContain('slow');
  await platform.remove(ref(v2.name));
  await expect(slow).resolves.toEqual({ status: 200, body: 'v2' });
  await expect(httpGet(`${url}/`)).rejects.toThrow('ECONNRESET');
});

it(
  'loses no request while Deployments are scaled down and removed',
  { timeout: 30_000 },
  async () => {
    const { platform, url } = await runBoth({ clock: systemClock }, 3);
    const counts = new Map<string, number>();
    let over = false;
    const client = async () => {
      while (!over) {
        const outcome = await httpGet(`${url}/`).then(
          ({ body }) => body,
          (error: unknown) => String(error),
        );
        counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      }
    };
    const clients = Array.from({ length: 8 }, client);
    await platform.scale(ref(v1.name), 1);
    await sleep(300);
    await platform.remove(ref(v1.name));
    await platform.scale(ref(v2.name), 1);
    await sleep(300);
    over = true;
    await Promise.all(clients);
    expect([...counts.keys()].sort()).toEqual(['v1', 'v2']);
    expect(counts.get('v2')).toBeGreaterThan(100);
  },
);
