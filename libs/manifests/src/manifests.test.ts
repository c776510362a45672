import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlatformObject } from '@canary/rollout';
import { runPromtool } from '@canary/testing';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { catalogue, deploymentName, parseParameters, renderObjects, toYaml } from './index.ts';
import { validated } from './validated.ts';

const names = Object.keys(catalogue);
const render = (...objects: string[]) => renderObjects(objects, parseParameters({}));
const find = (objects: readonly PlatformObject[], kind: string) =>
  objects.find((object) => object.kind === kind) as unknown as {
    metadata: { name: string; labels: Record<string, string> };
    spec: {
      replicas: number;
      selector: { matchLabels: Record<string, string> };
      template: {
        metadata: { labels: Record<string, string>; annotations: Record<string, string> };
        spec: {
          terminationGracePeriodSeconds: number;
          containers: { args: string[]; env: { name: string; value: string }[] }[];
        };
      };
    };
    data: Record<string, string>;
  };

describe('parseParameters', () => {
  it.each([
    [{ namespace: 'Canary' }, 'namespace: "Canary" is not allowed'],
    [{ version: '1.0.0 beta' }, 'version: "1.0.0 beta" is not allowed: use a label value'],
    [{ version: '-1' }, 'version: "-1" is not allowed'],
    [{ replicas: 1.5 }, 'replicas: 1.5 is not allowed'],
    [{ env: { '1A': 'x' } }, 'is not allowed: use variable names'],
    [{ rps: 0 }, 'rps: 0 is not allowed'],
    [{ duration: 0.5 }, 'duration: 0.5 is not allowed'],
    [{ images: { myapp: '' } }, 'images.myapp: "" is not allowed: use an image reference'],
    [{ replica: 3 }, 'unknown parameter replica'],
  ])('rejects %j', (parameters, message) => {
    expect(() => parseParameters(parameters)).toThrow(message);
  });

  it('names every parameter that is not allowed at once', () => {
    expect(() => parseParameters({ replicas: -1, rps: -1 })).toThrow(/replicas: -1.*\nrps: -1/);
  });
});

describe('prometheus', () => {
  it.each([
    [1, ['--scrape.discovery-reload-interval=1s']],
    [4, ['--scrape.discovery-reload-interval=4s']],
    [5, []],
  ])('takes up new targets as often as it scrapes, each %i s', (scrapeSeconds, args) => {
    const objects = renderObjects(['prometheus'], parseParameters({ scrapeSeconds }));
    const { containers } = find(objects, 'Deployment').spec.template.spec;
    expect(containers[0]!.args.filter((arg) => arg.startsWith('--scrape.'))).toEqual(args);
  });
});

describe('validated', () => {
  it('names the object that does not fit its schema', () => {
    const model = {
      toJSON: () => ({ kind: 'Service', metadata: { name: 'svc' } }),
      validate: () => {
        throw new Error('data.spec.ports must be array');
      },
    };
    expect(() => validated(model)).toThrow('Service svc does not fit its schema: data.spec.ports');
  });
});

describe('the objects', () => {
  it('are the same text every time, and read back as they were', () => {
    const text = toYaml(render(...names));
    expect(toYaml(render(...names))).toBe(text);
    expect(parseAllDocuments(text).map((document) => document.toJS() as unknown)).toEqual(
      render(...names),
    );
  });

  it('use only stable APIs, none of which Kubernetes has deprecated', () => {
    expect([...new Set(render(...names).map(({ apiVersion }) => apiVersion))].sort()).toEqual([
      'apps/v1',
      'batch/v1',
      // Of the Prometheus Operator, for those who have it.
      'monitoring.coreos.com/v1',
      'rbac.authorization.k8s.io/v1',
      'v1',
    ]);
  });

  it('come once, however many entries need them', () => {
    const kinds = render('v1', 'tomcat', 'prometheus').map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'Namespace')).toHaveLength(1);
  });

  it('are the whole release, as a reader would review it', async () => {
    await expect(toYaml(render('v1', 'v2'))).toMatchFileSnapshot('golden/releases.yaml');
    await expect(toYaml(render('grafana'))).toMatchFileSnapshot('golden/grafana.yaml');
    await expect(toYaml(render('tomcat', 'prometheus', 'traffic'))).toMatchFileSnapshot(
      'golden/around.yaml',
    );
  });
});

describe('a release', () => {
  it('is selected by app and release, and the Service by app alone', () => {
    const [service, v1, v2] = [
      find(render('v1'), 'Service'),
      find(render('v1'), 'Deployment'),
      find(render('v2'), 'Deployment'),
    ];
    expect(service.spec.selector).toEqual({ appname: 'myapp' });
    expect(v1.spec.selector.matchLabels).toEqual({ appname: 'myapp', release: '1.0.0' });
    expect(v2.spec.selector.matchLabels).toEqual({ appname: 'myapp', release: '2.0.0' });
    expect([v1.metadata.name, v1.spec.replicas]).toEqual(['myapp-deploy-v1.0', 4]);
    expect([v2.metadata.name, v2.spec.replicas]).toEqual(['myapp-deploy-v2.0', 1]);
  });

  it('leaves v1 the version of its image, and names v2 in the environment', () => {
    const variables = (name: string) =>
      find(render(name), 'Deployment').spec.template.spec.containers[0]!.env.map(
        (variable) => `${variable.name}=${variable.value}`,
      );
    expect(variables('v1')).toEqual(['DRAIN_SECONDS=5']);
    expect(variables('v2')).toEqual(['VERSION=v2.0.0', 'DRAIN_SECONDS=5']);
  });

  it('has longer to leave than it drains', () => {
    const { template } = find(render('v1'), 'Deployment').spec;
    const drain = template.spec.containers[0]!.env.find(({ name }) => name === 'DRAIN_SECONDS');
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(Number(drain?.value) + 1);
  });

  it.each([
    ['1.0.0', 'myapp-deploy-v1.0'],
    ['v2.0.0', 'myapp-deploy-v2.0'],
    ['1.0.1', 'myapp-deploy-v1.0.1'],
    ['2026_11_RC', 'myapp-deploy-v2026-11-rc'],
  ])('of version %s is the Deployment %s', (version, name) => {
    expect(deploymentName(version)).toBe(name);
  });

  it('never catches the counter-example in its Service', () => {
    const { labels } = find(render('tomcat'), 'Deployment').spec.template.metadata;
    expect(labels['appname']).toBe('tomcat');
  });
});

it('configures Prometheus, its rules included, so that promtool finds nothing to mend', async (test) => {
  const { data } = find(render('prometheus'), 'ConfigMap');
  const folder = await mkdtemp(join(tmpdir(), 'canary-promtool-'));
  test.onTestFinished(() => rm(folder, { recursive: true }));
  const check = async (change: Readonly<Record<string, string>> = {}) => {
    for (const [name, text] of Object.entries({ ...data, ...change }))
      await writeFile(join(folder, name), text);
    return runPromtool(test, ['check', 'config', '--lint=all', join(folder, 'prometheus.yml')]);
  };
  expect(await check()).toMatchObject({
    exitCode: 0,
    said: expect.stringMatching(/SUCCESS: \d+ rules found/) as string,
  });
  const config = data['prometheus.yml']!.replace('action: keep', 'action: hold');
  expect((await check({ 'prometheus.yml': config })).exitCode).not.toBe(0);
  const rules = data['rules.yml']!.replace('sum by (', 'sum by by (');
  expect((await check({ 'rules.yml': rules })).exitCode).not.toBe(0);
});
