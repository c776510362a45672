import { expect, it } from 'vitest';
import { deployment, service, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { updateToZero } from './update-to-zero.ts';

const front = service('web', '{app: web}');
const updated = (replicas: number | undefined, update: string, name = 'web') =>
  deployment({
    name,
    labels: '{app: web}',
    spec: [
      ...(replicas === undefined ? [] : [`replicas: ${replicas}`]),
      `strategy: {rollingUpdate: {${update}}}`,
    ].join(', '),
  });

it.each([
  [1, 'maxSurge: 1, maxUnavailable: 1'],
  [1, 'maxUnavailable: 1'],
  [2, 'maxSurge: 25%, maxUnavailable: 100%'],
])('finds %s replicas with %s', (replicas, update) => {
  expect(problems(updateToZero, stream(front, updated(replicas, update)))).toEqual([
    `9: Deployment web: maxUnavailable leaves none of ${replicas} replicas ready for Service web`,
  ]);
});

const all = 'maxSurge: 1, maxUnavailable: 1';

it.each([
  ['one stays', stream(front, updated(2, all))],
  ['a percentage is less than a pod', stream(front, updated(1, 'maxUnavailable: 50%'))],
  ['none has to go', stream(front, updated(1, 'maxUnavailable: 0'))],
  ['there is no other way', stream(front, updated(1, 'maxSurge: 0, maxUnavailable: 1'))],
  [
    'another release stays behind the Service',
    stream(front, updated(1, all), updated(4, all, 'v1')),
  ],
  ['no Service sends it traffic', updated(1, all)],
  ['the replicas are left to others', stream(front, updated(undefined, all))],
  [
    'an autoscaler sets the replicas',
    stream(
      front,
      updated(1, all),
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {scaleTargetRef: {name: web}}\n',
    ),
  ],
])('finds nothing where %s', (_, yaml) => {
  expect(problems(updateToZero, yaml)).toEqual([]);
});
