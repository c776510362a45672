import { createServer } from 'node:net';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { configMap, deployment, service } from '@canary/rollout/contract/objects';
import { expect, it, onTestFinished } from 'vitest';
import { httpGet } from './testing/http-get.ts';
import { testPlatform } from './testing/test-platform.ts';

const everything = { namespace: 'default', labels: {} };

it('refuses a kind that it cannot run, and runs nothing of what came with it', async () => {
  const { platform } = await testPlatform();
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once' } };
  await expect(platform.apply([deployment({ name: 'web' }), job])).rejects.toThrow(
    'Job default/once: the embedded platform does not run the kind Job; it knows Deployment, Service, ConfigMap,',
  );
  expect(await platform.list(everything)).toEqual([]);
});

it('refuses a field that is wrong by its path', async () => {
  const { platform } = await testPlatform();
  const broken = deployment({ name: 'web', container: { ports: [{ containerPort: 'http' }] } });
  await expect(platform.apply([broken])).rejects.toThrow(
    /^Deployment default\/web cannot be run; correct these fields:\n.*expected number[^]*at spec\.template\.spec\.containers\[0\]\.ports\[0\]\.containerPort/,
  );
});

it('refuses a number of replicas that is none', async () => {
  const { platform } = await testPlatform();
  await platform.apply([deployment({ name: 'web', replicas: 0 })]);
  await expect(platform.scale({ namespace: 'default', name: 'web' }, 1.5)).rejects.toThrow(
    'Deployment default/web cannot be scaled to 1.5; give a whole number from 0',
  );
});

it('names the port of the machine that a Service cannot have', async () => {
  const { platform } = await testPlatform({ hostPort: () => taken });
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : 0;
  await expect(platform.apply([service()])).rejects.toThrow(
    `Service default/myapp-svc port 5555 cannot listen on 127.0.0.1:${taken}`,
  );
  expect(() => platform.serviceAddress('default', 'myapp-svc', 5555)).toThrow(
    'Service default/myapp-svc with a port 5555 is not there; apply it first',
  );
  expect(platform.read('Service', { namespace: 'default', name: 'myapp-svc' })).toBeUndefined();
});

it('says once for each field that it is not honoured, and nothing of harmless ones', async () => {
  const { platform, notices } = await testPlatform();
  const limited = {
    resources: { limits: { cpu: '500m' } },
    imagePullPolicy: 'IfNotPresent',
    securityContext: { runAsNonRoot: true },
  };
  const pod = {
    serviceAccountName: 'web',
    dnsPolicy: 'Default',
    volumes: [{ name: 's', secret: {} }],
  };
  const web = (name: string) => deployment({ name, replicas: 0, container: limited, pod });
  await platform.apply([web('one'), web('two')]);
  await platform.apply([web('one'), service('svc', { protocol: 'UDP' })]);
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } };
  await platform.apply([account, { ...account, metadata: { name: 'other' } }]);
  expect([...notices].sort()).toEqual([
    'Deployment spec.template.spec.containers[].resources is not honoured by the embedded platform; first seen in Deployment default/one',
    'Deployment spec.template.spec.containers[].securityContext is not honoured by the embedded platform; first seen in Deployment default/one',
    'Deployment spec.template.spec.dnsPolicy is not honoured by the embedded platform unless it is ClusterFirst; first seen in Deployment default/one',
    'Deployment spec.template.spec.serviceAccountName is not honoured by the embedded platform; first seen in Deployment default/one',
    'Deployment spec.template.spec.volumes[].secret is not honoured by the embedded platform; first seen in Deployment default/one',
    'Service spec.ports[].protocol is not honoured by the embedded platform unless it is TCP; first seen in Service default/svc',
    'ServiceAccount default/web is accepted, but means nothing on the embedded platform',
  ]);
});

it('keeps the uid of a Service for as long as it is there', async () => {
  const { platform } = await testPlatform();
  await platform.apply([service()]);
  const ref = { namespace: 'default', name: 'myapp-svc' };
  const before = platform.read('Service', ref)?.metadata;
  const address = platform.serviceAddress('default', 'myapp-svc', 5555);
  await platform.apply([service(), service('myapp-svc', { name: 'http' })]);
  expect(platform.read('Service', ref)?.metadata).toEqual({ ...before, generation: 2 });
  expect(before).toMatchObject({ uid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
  expect(platform.serviceAddress('default', 'myapp-svc', 'http')).toBe(address);
});

it('keeps the number of replicas where a Deployment is applied that asks for none', async () => {
  const { platform } = await testPlatform();
  const ref = { namespace: 'default', name: 'web' };
  const silent = deployment({ name: 'web', spec: { replicas: undefined } });
  await platform.apply([silent]);
  expect((await platform.list(everything))[0]?.replicas).toBe(1);
  await platform.scale(ref, 3);
  await platform.apply([silent]);
  expect((await platform.list(everything))[0]?.replicas).toBe(3);
});

it('says that pods keep the files of a ConfigMap that changes', async () => {
  const { platform, notices } = await testPlatform();
  await platform.apply([configMap('files', { a: '1' }), configMap('files', { a: '1' })]);
  expect(notices).toEqual([]);
  await platform.apply([configMap('files', { a: '2' })]);
  expect(notices).toEqual([
    'ConfigMap default/files has changed; pods that run keep the files they started with',
  ]);
});

it('runs nothing more once it is stopped, and stops once', async () => {
  const { platform } = await testPlatform();
  await platform.apply([service(), deployment({ name: 'web' })]);
  const address = platform.serviceAddress('default', 'myapp-svc', 5555);
  await Promise.all([platform.stop(), platform.stop()]);
  expect(await platform.list(everything)).toEqual([]);
  await expect(platform.apply([service()])).rejects.toThrow('start another');
  await expect(httpGet(`http://${address}/`)).rejects.toThrow('ECONNREFUSED');
  await expect(httpGet(platform.discoveryUrl)).rejects.toThrow('ECONNREFUSED');
});

it('leaves nothing behind when it is stopped while pods start', async () => {
  const { platform, directory } = await testPlatform();
  await platform.apply([deployment({ name: 'web', replicas: 5 })]);
  await platform.stop();
  expect(await readdir(join(directory, 'pods'))).toEqual([]);
});

it('stops within the grace that it is given, however long the pods have', async () => {
  const { platform } = await testPlatform();
  const stubborn = {
    env: { ON_SIGTERM: 'ignore' },
    pod: { terminationGracePeriodSeconds: 100_000 },
  };
  await platform.apply(['web', 'removed'].map((name) => deployment({ name, ...stubborn })));
  const ready = async () => (await platform.list(everything)).map((w) => w.readyReplicas);
  await expect.poll(ready, { timeout: 10_000 }).toEqual([1, 1]);
  await platform.remove({ namespace: 'default', name: 'removed' });
  const began = Date.now();
  await platform.stop(5);
  expect(Date.now() - began).toBeLessThan(2000);
});
