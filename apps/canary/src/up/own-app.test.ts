import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toYaml } from '@canary/manifests';
import type { PlatformObject } from '@canary/rollout';
import { expect, it, onTestFinished } from 'vitest';
import type { Io } from '../command.ts';
import { fakeSite } from '../testing/fake-site.ts';
import { terminalOf } from '../testing/terminal.ts';
import { ownAppOf, refuseUnknownImages, type OwnApp } from './own-app.ts';

const deployment = (image: string): PlatformObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop' } },
      spec: { containers: [{ name: 'web', image }] },
    },
  },
});
const service: PlatformObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop', namespace: 'front' },
  spec: { selector: { app: 'shop' }, ports: [{ port: 80 }, { port: 'http' }, { port: 90 }] },
};

/** A state folder of its own, for a `canary up` that is refused before it would use it. */
async function up(line: string, ...objects: PlatformObject[]) {
  const folder = await mkdtemp(join(tmpdir(), 'canary-own-app-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'shop.yaml');
  await writeFile(file, toYaml(objects));
  const state = join(folder, 'state');
  return terminalOf(fakeSite())(`up ${line.replaceAll('FILE', file)} --state ${state}`);
}

const app = deployment('shop:1');

it.each<[string, readonly PlatformObject[], string]>([
  ['-f FILE.missing', [app], 'cannot be read'],
  ['-f FILE', [service], 'has no Deployment: name a file that has the app'],
  ['-f FILE', [{ ...app, spec: {} }], 'Deployment shop (apps/v1) is no Deployment of apps/v1'],
  ['-f FILE', [app], `nothing runs the image "shop:1" of container web of Deployment shop`],
  ['-f FILE --run shop', [app], '--run "shop" is no command for an image'],
  ['-f FILE --run "shop=x" --rps 5', [app], '--rps is about the first Service of the files'],
  ['-f FILE --run "shop=x" --port 80', [app], '--port is about the first Service of the files'],
  ['-f FILE --replicas 2', [app], '--replicas is of v1, and -f has an app of yours'],
  // What runs the catalogue's app is not what an app of that name runs.
  ['-f FILE', [deployment('myapp:v1.0')], 'nothing runs the image "myapp:v1.0"'],
])('refuses up %s of %j', async (line, objects, message) => {
  const { code, err } = await up(line, ...objects);
  expect(err).toContain(message);
  expect(code).toBe(2);
});

it('says that a cluster takes no files and no commands', async () => {
  const canary = terminalOf(fakeSite());
  for (const option of ['--file shop.yaml', '--run "shop=node app.mjs"'])
    expect(await canary(`up --on kubernetes ${option}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is of --on local, and --on kubernetes is not') as string,
    });
});

it('names each image that nothing runs', () => {
  const containers = [
    { name: 'web', image: 'shop:1' },
    { name: 'proxy', image: 'envoy:1' },
  ];
  const deployments = [{ namespace: 'default', name: 'shop', containers }];
  const own: OwnApp = { objects: [], deployments, services: [], leftOut: [] };
  expect(() => {
    refuseUnknownImages(own, []);
  }).toThrow(/"shop:1" of container web .*\n.*"envoy:1" of container proxy .*--run 'envoy:1=/);
});

it('has what of the files can run, each in its namespace, and says what is left out', async () => {
  const list = { apiVersion: 'v1', kind: 'List', metadata: { name: '' }, items: [service] };
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'in' } };
  const input = () => Promise.resolve(toYaml([app, list, ingress]));
  const own = await ownAppOf({ input } as Io, { file: ['-', '-'] }, 'shops');
  expect(own?.objects.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([
    ['Deployment', 'shops'],
    ['Service', 'front'],
  ]);
  expect(own?.services).toEqual([
    { namespace: 'front', name: 'shop', port: 80 },
    { namespace: 'front', name: 'shop', port: 90 },
  ]);
  expect(own?.leftOut).toEqual(['Ingress in']);
});
