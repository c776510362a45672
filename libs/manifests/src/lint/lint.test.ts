import { describe, expect, it } from 'vitest';
import { lint } from './lint.ts';
import { readManifests } from './read/read-manifests.ts';
import { deployment } from './testing/objects.ts';

const sized = 'resources: {limits: {cpu: 1, memory: 1Gi}}';
const untagged = (annotations = '') =>
  deployment({ container: `image: web, ${sized}` }).replace(
    '{name: web}',
    `{name: web${annotations}}`,
  );

describe('lint', () => {
  it('says which rule found what, and where', async () => {
    expect(await lint(readManifests('shop.yaml', untagged()))).toEqual([
      {
        rule: 'image-tag',
        severity: 'warning',
        file: 'shop.yaml',
        line: 8,
        object: 'Deployment web',
        message: 'image "web" of container main has no tag',
      },
    ]);
  });

  it('leaves out the rules that are disabled, for all or for one object', async () => {
    const manifests = readManifests('shop.yaml', untagged());
    expect(await lint(manifests, { disabled: ['image-tag'] })).toEqual([]);
    const own = untagged(', annotations: {canary/lint-disable: "grace-period, image-tag"}');
    expect(await lint(readManifests('shop.yaml', own))).toEqual([]);
  });

  it('tells in the order of files and lines', async () => {
    const files = ['b.yaml', 'a.yaml'].flatMap((file) =>
      readManifests(file, `${untagged()}---\n${deployment({ name: 'other' })}`),
    );
    const found = await lint(files);
    expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'b.yaml:8',
      'b.yaml:17',
      'a.yaml:8',
      'a.yaml:17',
    ]);
  });

  it('asks the pods that run only where it has a way to them', async () => {
    const annotations = '{prometheus.io/scrape: "true", prometheus.io/port: "80"}';
    const manifests = readManifests(
      'shop.yaml',
      deployment({
        annotations,
        container: `image: "web:1", ${sized}, ports: [{containerPort: 80}]`,
      }),
    );
    expect(await lint(manifests)).toEqual([]);
    const down = { pod: 'web-1', url: 'http://10.0.0.1:80/metrics', error: 'connection refused' };
    const live = { targetsOf: () => Promise.resolve([down]) };
    expect(await lint(manifests, { live })).toMatchObject([{ rule: 'metrics-live', line: 7 }]);
    expect(await lint(manifests, { live, disabled: ['metrics-live'] })).toEqual([]);
  });

  it('says nothing of a patch, which has no image', async () => {
    const patch = deployment({ container: 'image: "", livenessProbe: {httpGet: {port: web}}' });
    const yaml = patch.replace('image: "", ', '');
    expect(await lint(readManifests('patch.yaml', patch))).not.toEqual([]);
    expect(await lint(readManifests('patch.yaml', yaml))).toEqual([]);
  });

  it('takes whatever the fields are', async () => {
    const odd = [
      'apiVersion: apps/v1\nkind: Deployment\nspec: 3\n',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: [1]\nspec: {template: {spec: {containers: {a: 1}}}}\n',
      'apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [1, null, {image: a, name: [1], ports: [1], env: 2, resources: [], livenessProbe: 1, lifecycle: {preStop: {exec: {command: 1}}}}]}}}\n',
      'apiVersion: v1\nkind: Service\nspec: {selector: [1], ports: {a: 1}}\n',
      'apiVersion: v1\nkind: Service\nspec: {selector: {a: [1]}, ports: [null, {port: x}]}\n',
      'apiVersion: 1\nkind: Pod\n',
    ];
    for (const yaml of odd.slice(0, -1)) {
      await expect(lint(readManifests('odd.yaml', yaml))).resolves.toBeDefined();
    }
    expect(() => readManifests('odd.yaml', odd.at(-1)!)).toThrow('it has no apiVersion');
  });
});
