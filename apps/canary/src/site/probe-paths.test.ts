import { expect, it } from 'vitest';
import { probePathsOf } from './probe-paths.ts';

const objectOf = (spec: unknown) => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop' } },
  spec,
});

it('finds none where there are none', () => {
  expect(probePathsOf(objectOf(undefined))).toEqual([]);
  const containers = [{ name: 'a' }, { livenessProbe: { exec: { command: ['true'] } } }];
  expect(probePathsOf(objectOf({ template: { spec: { containers } } }))).toEqual([]);
});

it('finds the paths of all probes of all containers, each once', () => {
  const probe = (path: string) => ({ httpGet: { path, port: 'http' } });
  const containers = [
    { livenessProbe: probe('/live'), readinessProbe: probe('/ready') },
    { startupProbe: probe('/live') },
  ];
  expect(probePathsOf(objectOf({ template: { spec: { containers } } }))).toEqual([
    '/live',
    '/ready',
  ]);
});
