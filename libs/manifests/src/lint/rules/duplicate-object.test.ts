import { expect, it } from 'vitest';
import { deployment, service, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { duplicateObject } from './duplicate-object.ts';

it('finds the same object twice', () => {
  expect(problems(duplicateObject, stream(deployment(), deployment()))).toEqual([
    '12: Deployment web: the object is also in line 1 of this file',
  ]);
});

it('lets names that are made up each time be', () => {
  const yaml = stream(deployment(), deployment()).replaceAll('{name: web}', '{generateName: web-}');
  expect(problems(duplicateObject, yaml)).toEqual([]);
});

it('lets other kinds, names and namespaces be', () => {
  const yaml = stream(
    deployment(),
    service('web', '{app: web}'),
    deployment({ name: 'api' }),
    deployment({ namespace: 'other' }),
  );
  expect(problems(duplicateObject, yaml)).toEqual([]);
});
