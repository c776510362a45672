import { expect, it } from 'vitest';
import { deployment } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { removedApi } from './removed-api.ts';

const object = (apiVersion: string, kind: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n`;

it.each([
  ['extensions/v1beta1', 'Deployment', 16, 'apps/v1'],
  ['apps/v1beta2', 'StatefulSet', 16, 'apps/v1'],
  ['extensions/v1beta1', 'Ingress', 22, 'networking.k8s.io/v1'],
  ['batch/v1beta1', 'CronJob', 25, 'batch/v1'],
  ['policy/v1beta1', 'PodDisruptionBudget', 25, 'policy/v1'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26, 'autoscaling/v2'],
])('finds %s %s', (apiVersion, kind, version, instead) => {
  expect(problems(removedApi, object(apiVersion, kind))).toEqual([
    `1: ${kind} a: Kubernetes 1.${version} and later have no ${kind} of ${apiVersion}; there is ${instead} instead`,
  ]);
});

it.each([
  deployment(),
  object('networking.k8s.io/v1beta1', 'IPAddress'),
  object('example.com/v1beta1', 'Deployment'),
])('lets be what is there', (yaml) => {
  expect(problems(removedApi, yaml)).toEqual([]);
});
