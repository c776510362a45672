import { expect, it } from 'vitest';
import type { Deployment, LabelSelector, PodObject } from './api-objects.ts';
import { workloadsOf } from './workload.ts';

const deployment = (name: string, selector: LabelSelector, more = {}): Deployment => ({
  metadata: { name, namespace: 'canary', uid: name, generation: 3, ...more },
  spec: { selector, template: { metadata: { labels: { release: '1.0.0' } } } },
});

const pod = (name: string, labels: Record<string, string>, owner?: string): PodObject => ({
  metadata: {
    name,
    labels,
    ...(owner ? { ownerReferences: [{ kind: 'ReplicaSet', name: owner, controller: true }] } : {}),
  },
  spec: { containers: [] },
});

const podsOf = (deployments: Deployment[], pods: PodObject[]) =>
  Object.fromEntries(
    workloadsOf(deployments, pods).map((workload) => [
      workload.ref.name,
      workload.pods.map(({ name }) => name),
    ]),
  );

it('gives a pod that two selectors match to the Deployment that made it', () => {
  const matchLabels = { appname: 'myapp' };
  const pods = [
    pod('web-v2-abc-1', { ...matchLabels, 'pod-template-hash': 'abc' }, 'web-v2-abc'),
    pod('web-abc-1', { ...matchLabels, 'pod-template-hash': 'abc' }, 'web-abc'),
    pod('other', { appname: 'another' }),
  ];
  const deployments = [deployment('web-v2', { matchLabels }), deployment('web', { matchLabels })];
  expect(podsOf(deployments, pods)).toEqual({ web: ['web-abc-1'], 'web-v2': ['web-v2-abc-1'] });
});

it.each([
  [{ key: 'tier', operator: 'In', values: ['a', 'b'] }, ['a']],
  [{ key: 'tier', operator: 'NotIn', values: ['a', 'b'] }, ['c', 'none']],
  [{ key: 'tier', operator: 'Exists' }, ['a', 'c']],
  [{ key: 'tier', operator: 'DoesNotExist' }, ['none']],
])('understands the selector %j', (expression, names) => {
  const pods = [pod('c', { tier: 'c' }), pod('a', { tier: 'a' }), pod('none', {})];
  const deployments = [deployment('web', { matchExpressions: [expression] })];
  expect(podsOf(deployments, pods)).toEqual({ web: names });
});

it('shows the object as one would have written it', () => {
  const server = { resourceVersion: '7', managedFields: [], creationTimestamp: 'then' };
  const annotations = { 'deployment.kubernetes.io/revision': '4', mine: 'kept' };
  const given = deployment('web', {}, { ...server, annotations });
  const [workload] = workloadsOf([{ ...given, status: { readyReplicas: 2 } }], []);
  expect(workload).toMatchObject({
    readyReplicas: 2,
    replicas: 1,
    generation: 3,
    release: '1.0.0',
  });
  expect(workload?.object).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'canary', annotations: { mine: 'kept' } },
    spec: given.spec,
  });
});
