import { expect, it } from 'vitest';
import { deployment, service, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { serviceSelectsNothing } from './service-selects-nothing.ts';

it('finds a selector that misses the pods it is meant for', () => {
  expect(
    problems(serviceSelectsNothing, stream(service('web', '{app: wbe}'), deployment())),
  ).toEqual([
    '4: Service web: selector app=wbe catches no pods of those given; those of Deployment web have app=web',
  ]);
  const labels = '{app: web, release: "1"}';
  const port = 'ports: [{port: 81}]';
  const yaml = stream(service('web', '{app: web, release: "2"}', port), deployment({ labels }));
  expect(problems(serviceSelectsNothing, yaml)).toHaveLength(1);
});

const missed = stream(service('web', '{app: wbe}'), deployment());

it.each([
  ['it matches', stream(service('web', '{app: web}'), deployment())],
  ['no pods are given', service('web', '{app: web}')],
  ['the pods have a Service', stream(missed, service('other', '{app: web}'))],
  ['neither label nor port fits', missed.replace('port: 80', 'port: 5432')],
  [
    'the pods are of another namespace',
    stream(service('web', '{app: wbe}'), deployment({ namespace: 'a' })),
  ],
  [
    'an operator may make the pods',
    stream(missed, 'apiVersion: example.com/v1\nkind: App\nmetadata: {name: a}\n'),
  ],
  ['it selects nothing by design', missed.replace('selector: {app: wbe}, ', '')],
  [
    'it is of another API',
    missed.replace('apiVersion: v1\n', 'apiVersion: serving.knative.dev/v1\n'),
  ],
])('finds nothing where %s', (_, yaml) => {
  expect(problems(serviceSelectsNothing, yaml)).toEqual([]);
});
