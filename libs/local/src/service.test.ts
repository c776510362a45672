import { deployment, PORT, service } from '@canary/rollout/contract/objects';
import { systemClock } from '@canary/runtime';
import { expect, it } from 'vitest';
import { httpGet } from './testing/http-get.ts';
import { testPlatform } from './testing/test-platform.ts';
import { HostPorts } from './host-ports.ts';

const v1 = { name: 'myapp-deploy-v1.0', env: { VERSION: 'v1' } };
const v2 = { name: 'myapp-deploy-v2.0', release: '2.0.0', env: { VERSION: 'v2' } };
const everything = { namespace: 'default', labels: {} };
const ref = (name: string) => ({ namespace: 'default', name });

async function runBoth(options: Parameters<typeof testPlatform>[0] = {}, replicas = 1) {
  const { platform } = await testPlatform(options);
  await platform.apply([
    service(),
    deployment({ ...v1, replicas }),
    deployment({ ...v2, replicas }),
    deployment({ name: 'tomcat', appname: 'tomcat', env: { VERSION: 'tomcat' } }),
  ]);
  const ready = async () => (await platform.list(everything)).map((w) => w.readyReplicas);
  await expect.poll(ready, { timeout: 10_000 }).toEqual([replicas, replicas, 1]);
  return { platform, url: `http://${platform.serviceAddress('default', 'myapp-svc', PORT)}` };
}

it('listens on its nodePort, and moves when that changes; other ports stay', async () => {
  const { platform } = await testPlatform();
  const nodePort = await new HostPorts(Math.random).take();
  const ports = (first: Record<string, unknown>) => ({
    ...service(),
    spec: {
      ports: [
        { name: 'http', port: 80, ...first },
        { name: 'admin', port: 81 },
      ],
    },
  });
  const addresses = () =>
    [80, 'admin'].map((port) => platform.serviceAddress('default', 'myapp-svc', port));
  await platform.apply([ports({ nodePort })]);
  const [http, admin] = addresses();
  expect(http).toBe(`127.0.0.1:${nodePort}`);
  await platform.apply([ports({})]);
  const [moved, stayed] = addresses();
  expect(moved).not.toBe(http);
  expect(stayed).toBe(admin);
  await expect(httpGet(`http://${http ?? ''}/`)).rejects.toThrow('ECONNREFUSED');
});

it('sends connections to every ready pod of its selector, and to no other', async () => {
  const { url } = await runBoth();
  const answers: string[] = [];
  for (let request = 0; request < 60; request++) answers.push((await httpGet(`${url}/`)).body);
  // That one of two gets none of 60 happens once in 10^17 runs.
  expect([...new Set(answers)].sort()).toEqual(['v1', 'v2']);
});

it('sends nothing to a pod that is not ready', async () => {
  const { platform, url } = await runBoth();
  const [, workload] = await platform.list(everything);
  await httpGet(`http://${workload?.pods[0]?.scrapeAddress ?? ''}/unhealthy`);
  const ready = async () => (await platform.list(everything))[1]?.readyReplicas;
  await expect.poll(ready).toBe(0);
  for (let request = 0; request < 10; request++) expect((await httpGet(`${url}/`)).body).toBe('v1');
});

it('sends nothing to a pod that is terminating, though it still answers', async () => {
  const { platform, url } = await runBoth();
  const container = { lifecycle: { preStop: { sleep: { seconds: 10_000 } } } };
  const pod = { terminationGracePeriodSeconds: 10_000 };
  await platform.apply([deployment({ ...v1, name: 'lingers', container, pod })]);
  const look = async () =>
    (await platform.list(everything)).find((w) => w.ref.name === 'lingers')?.pods[0];
  await expect.poll(async () => (await look())?.ready, { timeout: 10_000 }).toBe(true);
  await platform.remove(ref(v1.name));
  await platform.scale(ref('lingers'), 0);
  const left = await look();
  expect((await httpGet(`http://${left?.scrapeAddress ?? ''}/`)).body).toBe('v1');
  for (let request = 0; request < 20; request++) expect((await httpGet(`${url}/`)).body).toBe('v2');
  expect(await look()).toMatchObject({ terminating: true, ready: true });
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

it('loses no request while Deployments are scaled down and removed', async () => {
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
  const answered = () => [...counts.values()].reduce((sum, count) => sum + count, 0);
  const another = async (requests: number) => {
    const before = answered();
    await expect.poll(answered, { timeout: 10_000 }).toBeGreaterThan(before + requests);
  };
  const leaving = async () =>
    (await platform.list(everything)).flatMap(({ pods }) => pods.filter((pod) => pod.terminating));
  await another(50);
  await platform.scale(ref(v1.name), 1);
  await expect.poll(leaving, { timeout: 10_000 }).toEqual([]);
  await another(50);
  await platform.remove(ref(v1.name));
  await platform.scale(ref(v2.name), 1);
  await expect.poll(leaving, { timeout: 10_000 }).toEqual([]);
  await another(50);
  over = true;
  await Promise.all(clients);
  expect([...counts.keys()].sort()).toEqual(['v1', 'v2']);
});
